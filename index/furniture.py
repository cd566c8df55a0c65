"""Page furniture: the words by which a scraped page's navigation, buttons and footers give themselves away.

Each pattern is matched against one whole paragraph. Wording that a reporter could write stays out: a lost body
sentence costs more than a kept button.
"""

import re

_LABELS = r"""
    skip\ to\ .{0,30} | (?:main\ )?menu | (?:site\ )?navigation | search(?:\ .{0,20})? | (?:clear|search|menu|close|share)\ icon
  | (?:log|sign)[\ -]?(?:in|out|up)(?:\ (?:or|/)\ .{0,20})? | subscribe(?:\ (?:now|today))? | register(?:\ now)? | (?:my\ )?account
  | home(?:page)? | back(?:\ to\ .{0,20})? | next(?:\ (?:article|story|page|post))? | prev(?:ious)?(?:\ (?:article|story|page|post))?
  | (?:share|save|print|email|e-mail|tweet|bookmark|listen|copy(?:\ link)?)(?:\ (?:this|the|on|via|full|to|by)\b.{0,40})?
  | (?:share\ on\ )?(?:facebook|twitter|x|google\ ?(?:plus|\+|news)|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|tiktok|flipboard|rss)
  | (?:audio|video|text)\ only | live(?:\ (?:tv|now|updates|blog))? | watch(?:\ (?:live|now))? | play(?:\ (?:video|audio))? | videos?
  | photos?:?\ ?gallery | (?:view|see)\ (?:all|more|gallery)(?:\ .{0,30})? | (?:show|load|read|see)\ (?:more|less|full\ .{0,20}) | expand | close | open
  | (?:\d+\ )?comments?(?:\ \(?\d+\)?)? | no\ comments(?:\ yet)?\.? | (?:post|leave|add|write)\ (?:a\ )?(?:comment|reply|.{0,10}\ comments?)\.?
  | post\ with\ no\ comments\.? | (?:join|view|start)\ (?:the\ )?(?:conversation|discussion|comments) | be\ the\ first\ to\ comment\.? | reply | report
  | loading(?:\ \w+)?(?:\ ?\.{2,3}|…)? | reading\ time:.{0,20} | please\ wait(?:\ ?\.{2,3}|…)? | advert(?:isement|ising)?s?(?:\ ?[-–—:].{0,60})? | (?:ad|sponsored|promoted|partner)(?:\ content|\ post)?
  | (?:story|article)\ continues\ below(?:\ .{0,30})? | (?:top|breaking|latest|world|local|national|business|sports?|opinion)\ ?(?:news|stories)?
  | (?:font|text)\ size | accept(?:\ (?:all|cookies))* | (?:cookie|privacy)\ (?:policy|settings|notice|preferences) | terms(?:\ (?:of|and|&)\ .{0,20})?
  | (?:contact|about)(?:\ us)? | careers? | newsletters? | notifications? | (?:get|download|open)\ (?:the|our)\ app | follow(?:\ us)?(?:\ on)?(?:\ .{0,30})?
  | (?:image|photo|slide|page)\ \d+\ (?:of|/)\ \d+ | \d+\ ?(?:min(?:ute)?s?)\ (?:read|listen|ago|to\ read) | \d+\ (?:hours?|days?|shares?|views?|likes?|reads?)(?:\ ago)?
  | tags?:?.{0,80} | filed\ under:?.{0,80} | topics?:.{0,80} | categor(?:y|ies):.{0,80}
"""

_SENTENCES = r"""
    (?:please\ )?click\ here\b.* | .{0,40}\ball\ rights\ reserved\b.* | (?:copyright|©|\(c\))\ ?(?:©\ ?)?(?:\d{4}|the\b|by\b).* | ©.*
  | (?:we|this\ (?:site|website|page))\ (?:and\ our\ partners\ )?uses?\ cookies\b.* | by\ (?:using|continuing|signing|subscribing|clicking|submitting)\b.{0,80}\b(?:you\ agree|you\ accept|you\ consent|our\ terms)\b.*
  | (?:sign\ up|subscribe|register)\b.{0,60}\b(?:newsletter|inbox|alerts?|updates|emails?|briefing|podcast|channel|today|free|here)\b.*
  | (?:get|receive|enjoy)\b.{0,60}\b(?:newsletter|inbox|e-?mail\ alerts?|app)\b.* | (?:download|get|install)\ (?:our|the)\ (?:free\ )?(?:\w+\ ){0,3}app\b.*
  | (?:follow|like|find|join)\ us\ on\b.* | (?:follow|like|join)\ .{0,40}\bon\ (?:facebook|twitter|instagram|telegram|whatsapp|x|youtube|tiktok)\b.{0,60}
  | (?:your|the)\ browser\ (?:does\ not|doesn['’]t)\ support\b.* | (?:please\ )?enable\ javascript\b.* | javascript\ is\ (?:required|disabled)\b.*
  | this\ (?:material|story|article|content)\ may\ not\ be\ (?:published|reproduced)\b.* | (?:support|donate\ to)\ (?:our|independent)\ journalism\b.*
  | (?:have|got)\ a\ (?:news\ )?tip\b.* | (?:terms\ of\ (?:use|service)|privacy\ policy)\b.{0,120}
  | (?:comments?|commenting)\ (?:are|is|will\ be)\ (?:now\ )?(?:closed|disabled|off|moderated)\b.* | (?:please\ )?(?:keep|read)\ (?:your\ |our\ )?comments?\b.{0,60}\b(?:relevant|respectful|civil|polite|guidelines|policy|rules)\b.* | you\ (?:must|need\ to)\ (?:be\ logged|log|sign)\ in\b.*
"""

_LINKS = r"""
    (?:read|see|watch|listen|also|hear|view)\ ?(?:more|also|next|read|now|this)?\ ?[:|»>›→].* | (?:read|see)\ (?:more|also)\b.{0,100}
  | (?:related|more|up\ next|don['’]t\ miss|must\ read|editor['’]?s['’]?\ picks?|recommended|trending|exclusive|watch\ live|in\ pictures|gallery|video)\ ?[:»›].*
  | (?:▶|►|»|›|→|🔴).*
"""

_BLOCKS = r"""
    related(?:\ (?:content|articles?|stories|news|posts?|topics?|links?|coverage|reading|videos?))?\ ?:?
  | recommended(?:\ (?:videos?|for\ you|stories|articles?|reading|by\ .{0,30}))?\ ?:?
  | (?:most|top)\ (?:read|popular|viewed|shared|commented|watched|stories|headlines|news)(?:\ .{0,20})?\ ?:?
  | (?:trending|popular)(?:\ (?:now|today|stories|articles|news|posts|topics))?\ ?:? | (?:you\ (?:may|might)\ also\ (?:like|be\ interested\ in))\ ?:?
  | (?:more|read\ more|latest)\ (?:on|from|in|about|stories|news|headlines|articles|coverage)\b.{0,50} | (?:read|see|watch)\ (?:also|next|more)\ ?:?
  | (?:also|further)\ (?:read|reading|on\ .{0,30})\ ?:? | editor['’]?s['’]?\ (?:picks?|choice)\ ?:? | what\ to\ (?:read|watch)\ next\ ?:? | up\ next\ ?:?
  | (?:other|more|latest|top|breaking)\ (?:stories|headlines|articles|news|videos?)\ ?:? | in\ this\ (?:section|article|story)\ ?:? | don['’]t\ miss\ ?:?
  | (?:\d+\ )?comments?(?:\ \(?\d+\)?)? | (?:from|around)\ the\ web\ ?:? | sponsored\ (?:content|stories|links)\ ?:?
"""


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.VERBOSE | re.DOTALL)


_FURNITURE = _whole(_LABELS, _SENTENCES, _LINKS)
_BLOCK = _whole(_BLOCKS)
_BREADCRUMB = re.compile(r"\S[^.!?>›»]{0,40}(?:\s*[>›»]\s*\S[^.!?>›»]{0,40})+|\w+(?:\s/\s\w[\w ]{0,25})+")
_PIPED_MENU = re.compile(r"[^\W\d]+(?:\s[^\W\d]+)?(?:\s*[|·•]\s*[^\W\d]+(?:\s[^\W\d]+)?){2,}")
_TERMINAL = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_GAP = re.compile(r"\s{2,}|\t|\s[|·•]\s")
_WORD = re.compile(r"[^\W\d_]{3}")
_LONGEST_FURNITURE = 300
_LONGEST_MENU = 90


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is page furniture by its own words.

    Args:
        paragraph: One paragraph without surrounding white space.

    Example:
        >>> is_furniture("Skip to main content"), is_furniture("The bridge reopened on Monday.")
        (True, False)
    """
    if not _WORD.search(paragraph) and not ends_sentence(paragraph):
        return True
    if len(paragraph) > _LONGEST_FURNITURE:
        return False
    if _FURNITURE.fullmatch(paragraph) or opens_link_block(paragraph):
        return True
    return len(paragraph) < _LONGEST_MENU and not ends_sentence(paragraph) and _is_menu(paragraph)


def opens_link_block(paragraph: str) -> bool:
    """Whether links to other stories follow: ``Related Content``, ``Most read``.

    Example:
        >>> opens_link_block("RELATED:"), opens_link_block("Related parties were sued.")
        (True, False)
    """
    return len(paragraph) < 80 and bool(_BLOCK.fullmatch(paragraph))


def is_shouted(paragraph: str) -> bool:
    """Whether a line of three or more words is written in capitals, as link headlines are.

    Example:
        >>> is_shouted("MAYOR SHOULD NOT WAIT FOR THE FLOOD"), is_shouted("The BBC said so.")
        (True, False)
    """
    letters = [character for character in paragraph if character.isalpha()]
    shouted = sum(character.isupper() for character in letters)
    return len(paragraph.split()) >= 3 and len(paragraph) < 200 and shouted >= 0.9 * len(letters)


def ends_sentence(paragraph: str) -> bool:
    """Whether a paragraph ends as a sentence does.

    Example:
        >>> ends_sentence('“It is over.”'), ends_sentence("Storm hits the coast")
        (True, False)
    """
    return bool(_TERMINAL.search(paragraph))


def _is_menu(paragraph: str) -> bool:
    """A breadcrumb, entries between pipes, or buttons side by side."""
    if _BREADCRUMB.fullmatch(paragraph) and len(paragraph.split()) <= 12:
        return True
    buttons = _GAP.split(paragraph)
    return bool(_PIPED_MENU.fullmatch(paragraph)) or (len(buttons) > 1 and all(map(is_furniture, buttons)))
