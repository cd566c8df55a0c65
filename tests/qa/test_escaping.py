import re
from html import unescape
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from qa.escaping import markdown_line, markdown_link, markdown_strong, markdown_text, tex_text, web_address
from qa.render import one_line

# What Markdown and TeX obey, in every order, among letters, figures and spaces.
hostile = st.text(st.sampled_from("[]()*_`#<>!~|&;:/\\-+=.@^${}%\"'“ 12aéwx"))
any_text = st.text(st.characters(exclude_categories=()))
READER = MarkdownIt("gfm-like")


def read(markdown):
    """The text that readers of Markdown see, and the names of what else is in it."""
    tokens = READER.parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    blocks = {token.tag for token in tokens if token.type != "inline"}
    # A reader shows no space at the end of a line.
    text = "".join("\n" if child.type == "softbreak" else child.content for child in inline)
    return text, blocks | {child.tag for child in inline if child.type not in ("text", "softbreak")}


@given(hostile | any_text)
def test_a_line_of_any_text_is_read_as_that_text_and_obeyed_in_nothing(text):
    line = one_line(text)
    assert read(markdown_line(markdown_text(line))) == (line, {"p"} if line else set())


@pytest.mark.parametrize(
    "text",
    [
        "[AFP] The mayor spoke",
        "[here](https://evil.example)",
        "![x](https://evil.example/pixel)",
        "# One",
        "1. One",
        "1) One",
        "- One",
        "+ One",
        "> One",
        "***",
        "---",
        "=====",
        "<script>alert(1)</script>",
        "<!-- One",
        "`one`",
        "~~one~~",
        "AT&amp;T &copy; &#91;",
        "https://evil.example",
        "www.evil.example",
        "| a | b |",
        "a\\",
        "\\[a\\]",
        "[^1]: One",
        "5 * 3 * 2",
        "snake_case_name",
    ],
)
def test_nothing_that_markdown_knows_is_obeyed(text):
    assert read(markdown_line(markdown_text(text))) == (text, {"p"})


@pytest.mark.parametrize(
    "text",
    ["2,500 troops landed, Mr. Zas said.", "“Rain - and wind,” she said (again).", "12-year-old wins 3:1", "A&E"],
)
def test_ordinary_text_stays_as_it_is(text):
    assert markdown_line(markdown_text(text)) == text


@given(hostile, hostile, hostile)
def test_the_words_in_the_middle_are_emphasised_and_no_others(before, words, after):
    before, words, after = f"He {one_line(before)}", one_line(words), f"{one_line(after)} he"
    html = MarkdownIt("commonmark").renderInline(markdown_strong(before, words, after))
    emphasised = f"<strong>{escapeHtml(words)}</strong>" if words else ""
    assert html == escapeHtml(before) + emphasised + escapeHtml(after)


def test_asterisks_are_used_wherever_they_are_sure_to_be_obeyed():
    assert markdown_strong("It cost ", "$40", ".") == r"It cost **\$40**."
    assert markdown_strong("It cost US", "$40", ".") == r"It cost US<strong>\$40</strong>."
    assert markdown_strong("It cost", " 40 crowns ", "then.") == "It cost **40 crowns** then."
    assert markdown_strong("", "", "Rain.") == "Rain."


@given(hostile, hostile | any_text)
def test_a_link_leads_to_its_address_whatever_that_holds(label, rest):
    label, url = f"x{one_line(label)}x", f"https://news.example/{rest}"
    link = markdown_link(label, url)
    assert read(link) == (label, {"p", "a"})
    [target] = re.findall('<a href="(.*?)">', MarkdownIt("commonmark").render(link))
    assert unquote(unescape(target)) == unquote(web_address(url))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "", "//news.example"])
def test_only_the_web_is_linked_to(url):
    assert web_address(url) == ""
    assert markdown_link("Rain", url) == "Rain"


@given(hostile | any_text)
def test_an_address_holds_nothing_that_has_to_be_escaped(rest):
    address = web_address(f"https://news.example/{rest}")
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' "<>\\^`{|}')
    assert web_address(address) == address


SIGNS = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    r"{\textless}": "<",
    r"{\textgreater}": ">",
    r"{\textbar}": "|",
    r"{\$}": "$",
    r"{\&}": "&",
    r"{\%}": "%",
    r"{\#}": "#",
    r"{\_}": "_",
}


@given(hostile | any_text)
def test_tex_shows_any_text_as_it_stands_and_counts_as_many_braces_opened_as_closed(text):
    escaped = tex_text(text)
    depths = [escaped[:end].count("{") - escaped[:end].count("}") for end in range(len(escaped) + 1)]
    assert set(depths) <= {0, 1}
    assert depths[-1] == 0
    pieces = []
    while escaped:
        sign = next((sign for sign in SIGNS if escaped.startswith(sign)), escaped[0])
        assert sign in SIGNS or sign not in "\\{}~^<>|$&%#_"
        pieces.append(SIGNS.get(sign, sign))
        escaped = escaped.removeprefix(sign)
    assert "".join(pieces) == text
