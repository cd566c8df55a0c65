"""Page furniture: the navigation, buttons, pleas and footers of a scraped page, told by their own words."""

import re

from index import wording
from index.reporting import reports

_LONGEST_FURNITURE = 300
_LONGEST_NOTICE = 2_000
_LONGEST_BUTTON = 120
_LONGEST_BLOCK = 80
_LONGEST_MENU = 90
_LONGEST_WORDLESS = 80
_SHOUTED_WORDS = 3
_LONGEST_SHOUT = 200

_STRAIGHT = str.maketrans("‘’‛′“”„″", "''''\"\"\"\"")
_END_MARKS = " :…>»›→+*"
_TERMINAL = re.compile(r"""[.!?…。！？।]["'”’»)\]]*$""")
_WORD = re.compile(r"[^\W\d_]{3}|[^\W\d_a-z]{2}", re.IGNORECASE)
_MENU_WORD = re.compile(r"[^\s|•·,/]+")
_BREADCRUMB = re.compile(r"[^.!?>›»]{1,40}(?:[>›»][^.!?>›»]{1,40})+|\w+(?: / \w[\w ]{0,25})+")
_PIPED_MENU = re.compile(
    r"[^\W\d]+(?: [^\W\d]+)?(?: ?[|·•] ?[^\W\d]+(?: [^\W\d]+)?){2,}|[^|.!?]{2,30}(?: \| [^|.!?]{2,30}){3,}"
)
_TRAIL = re.compile(r"home ?[/>›»|] ?[^.!?]+|[A-Z][\w.&]*(?: [\w&]+)?\|\w[^.!?|]+", re.IGNORECASE)
_GAP = re.compile(r"\s{2,}|\t|\s[|·•]\s")
_GLUED_LINK = re.compile(
    r"(?=[^:]*[^\W\d])(?![^:]*\b(?:[Dd]ate|[Tt]ime|[Ww]hen|[Ww]here|[Tt]ickets?|[Cc]ost|[Pp]rice|[Vv]enue)s?:)"
    r"[^:.!?]{2,60}(?:(?<!\d):|:(?!\d))(?=[A-Z0-9'\"])\S+(?: \S+){3,}"
)
_BOUNDARY = re.compile(r"""[.!?]["'”’)]*\s+(?=[A-Z]|read more)""")
_COUNTER = re.compile(r" \(?\d[\d.,]*k?\)?$", re.IGNORECASE)
_MARKDOWN_LINK = r"\[[^\[\]]*(?<![.!])\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: \"[^\"]*\")?\)"
_MARKDOWN_IMAGE = r"!\[[^\[\]]*\]\([^()]*(?:\([^()]*\)[^()]*)?\)"
_MARKDOWN_ITEM = rf"(?:{_MARKDOWN_LINK}|{_MARKDOWN_IMAGE}|\[{_MARKDOWN_IMAGE}\]\([^()]*\))"
_MARKDOWN = re.compile(rf"{_MARKDOWN_ITEM}(?:[ ,|·•]*{_MARKDOWN_ITEM})*")
_ARROWS = "▶►▸»›→➤"


def _any(lines: str) -> re.Pattern[str]:
    """One pattern of many lines; an indented line goes on with the line above it."""
    joined = re.sub(r"\n +", "", lines.strip())
    for name, words in (("@P", wording.PLATFORMS), ("@D", wording.CONSENT), ("@C", wording.HEADLINE)):
        joined = joined.replace(name, words)
    return re.compile("|".join(f"(?:{line})" for line in joined.split("\n")), re.IGNORECASE)


_BUTTONS = _any(wording.BUTTONS)
_OPEN_LABELS = _any(wording.OPEN_LABELS)
_SENTENCES = _any(wording.SENTENCES + wording.LINKS.lstrip())
_NOTICES = _any(wording.NOTICES)
_CUED_HEADLINES = _any(wording.CUED_HEADLINES)
_BLOCKS = _any(wording.BLOCKS)
_MENU_WORDS = frozenset(wording.MENU_WORDS.split())


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is page furniture by its own words.

    Args:
        paragraph: One paragraph without surrounding white space.

    Example:
        >>> is_furniture("Skip to main content"), is_furniture("The bridge reopened on Monday.")
        (True, False)
    """
    if len(paragraph) > _LONGEST_NOTICE:
        return False
    if len(paragraph) <= _LONGEST_WORDLESS and not _WORD.search(paragraph) and not ends_sentence(paragraph):
        return True
    words = _plain(paragraph)
    if len(words) > _LONGEST_FURNITURE:
        return bool(_NOTICES.fullmatch(words)) and not reports(words)
    if _MARKDOWN.fullmatch(words):
        return True
    if _is_button(words) or _SENTENCES.fullmatch(words) or _NOTICES.fullmatch(words) or opens_link_block(words):
        return not (ends_sentence(words) and reports(words))
    return not ends_sentence(words) and bool(_OPEN_LABELS.fullmatch(words) or _is_menu(paragraph))


def is_link(paragraph: str) -> bool:
    """Whether a paragraph below the page's headline links to another story by the way it begins.

    ``Watch: ...`` may stand before the headline of the page itself, and an arrow before a news item: a link is what
    does not end as a statement does.

    Example:
        >>> is_link("► Taxes: What the new budget means"), is_link("► The budget passed by one vote.")
        (True, False)
    """
    if len(paragraph) > _LONGEST_FURNITURE or (ends_sentence(paragraph) and not paragraph.endswith("?")):
        return False
    words = _plain(paragraph)
    return words[0] in _ARROWS or bool(_CUED_HEADLINES.fullmatch(words) or _GLUED_LINK.fullmatch(words))


def opens_link_block(paragraph: str) -> bool:
    """Whether links to other stories follow: ``Related Content``, ``Most read``.

    Example:
        >>> opens_link_block("RELATED:"), opens_link_block("Related parties were sued.")
        (True, False)
    """
    if len(paragraph) > _LONGEST_BLOCK or ends_sentence(paragraph.rstrip(_END_MARKS)):
        return False
    return bool(_BLOCKS.fullmatch(_plain(paragraph).rstrip(_END_MARKS)))


def is_shouted(paragraph: str) -> bool:
    """Whether a line of three or more words is written in capitals, as link headlines are.

    Example:
        >>> is_shouted("MAYOR SHOULD NOT WAIT FOR THE FLOOD"), is_shouted("The BBC said so.")
        (True, False)
    """
    if len(paragraph) >= _LONGEST_SHOUT or len(paragraph.split()) < _SHOUTED_WORDS:
        return False
    letters = [character for character in paragraph if character.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def ends_sentence(paragraph: str) -> bool:
    """Whether a paragraph ends as a sentence does.

    Example:
        >>> ends_sentence('“It is over.”'), ends_sentence("Storm hits the coast")
        (True, False)
    """
    return bool(_TERMINAL.search(paragraph[-20:]))


def furniture_tail(paragraph: str) -> int:
    """Where the page furniture begins that ends a paragraph, or the length of the paragraph.

    Example:
        >>> text = "The bridge reopened. Read more"
        >>> text[: furniture_tail(text)]
        'The bridge reopened.'
    """
    end = len(paragraph)
    for boundary in reversed(list(_BOUNDARY.finditer(paragraph, max(0, end - _LONGEST_FURNITURE)))):
        tail = paragraph[boundary.end() : end]
        words = _plain(tail)
        if " " not in words or not (_is_button(words) or _SENTENCES.fullmatch(words)) or reports(words):
            break
        end = boundary.start() + len(boundary.group().rstrip())
    return end


def _plain(paragraph: str) -> str:
    """A paragraph with single spaces and straight quotation marks, as the wording expects it."""
    words = " ".join(paragraph.split())
    return words if words.isascii() else words.translate(_STRAIGHT)


def _is_button(words: str) -> bool:
    """A label; a full stop or an exclamation mark may stand behind it unless it is one word."""
    if len(words) > _LONGEST_BUTTON:
        return False
    bare = words.rstrip(_END_MARKS).removesuffix("...").lstrip("+•·|▼▲ ")
    if _BUTTONS.fullmatch(bare) or _BUTTONS.fullmatch(_COUNTER.sub("", bare)):
        return True
    return " " in bare and bool(_BUTTONS.fullmatch(bare.rstrip(".!")))


def _is_menu(paragraph: str) -> bool:
    """A breadcrumb, names of sections, entries between pipes, or buttons side by side."""
    words = _plain(paragraph)
    if _PIPED_MENU.fullmatch(words) or _TRAIL.fullmatch(words):
        return True
    if len(paragraph) >= _LONGEST_MENU:
        return False
    if _BREADCRUMB.fullmatch(words) and words.count(" ") < 12:
        return True
    entries = _MENU_WORD.findall(words.lower())
    if len(entries) > 1 and all(entry in _MENU_WORDS for entry in entries):
        return True
    buttons = _GAP.split(paragraph)
    return len(buttons) > 1 and all(map(is_furniture, buttons))
