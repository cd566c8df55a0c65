import logging
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.metadata import Draft
from index.parse_html import decode_page, has_tags, read_page, strip_tags

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Rain floods the market of Oxted - The Puddle</title>
<meta property="og:title" content="Rain floods the market of Oxted">
<meta property="og:site_name" content="The Puddle">
<meta property="article:published_time" content="2022-01-06T10:00:00Z">
<link rel="canonical" href="https://puddle.example/2022/rain">
<script>var tracker = "spy";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Rain floods the market of Oxted</h1>
<p>It rained on the town of Oxted for nine hours on Thursday, the mayor said.</p>
<p>Nobody was hurt.</p>
<h2>What comes next</h2>
<blockquote>We are wet, said a baker.</blockquote>
<ul><li>Schools stay closed.</li></ul>
<table><tr><td>Monday</td><td>12 mm</td></tr></table>
<div>The river Eden rose by <b>two</b> metres &amp; is still rising.</div>
<p>The council meets on Friday.<br>It will not meet outdoors.</p></article>
<section id="comments" class="comments"><p>First! says a reader from far away.</p></section>
<footer>Copyright 2019 The Puddle</footer></body></html>"""


def read(page: str) -> Draft:
    draft = read_page(page)
    assert draft is not None
    return draft


def test_every_paragraph_of_the_body_is_kept_on_a_line_of_its_own() -> None:
    lines = read(PAGE).text.splitlines()
    for line in (
        "It rained on the town of Oxted for nine hours on Thursday, the mayor said.",
        "Nobody was hurt.",
        "What comes next",
        "We are wet, said a baker.",
        "- Schools stay closed.",
        "The river Eden rose by two metres & is still rising.",
        "The council meets on Friday.",
        "It will not meet outdoors.",
    ):
        assert line in lines
    assert "12 mm" in read(PAGE).text


def test_menus_scripts_footers_and_readers_comments_are_left_out() -> None:
    text = read(PAGE).text
    for furniture in ("Home", "spy", "Copyright", "First!"):
        assert furniture not in text


def test_the_page_tells_its_title_publisher_day_and_address() -> None:
    draft = read(PAGE)
    assert draft.title == "Rain floods the market of Oxted"
    assert draft.publisher == "The Puddle"
    assert draft.published == date(2022, 1, 6)
    assert draft.url == "https://puddle.example/2022/rain"


def test_json_for_search_engines_is_used() -> None:
    linked_data = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
        '"headline": "Rain floods Oxted", "datePublished": "2022-01-06", "publisher": {"@type": "Organization", '
        '"name": "The Puddle"}}</script>'
    )
    draft = read(f"<html><head>{linked_data}</head><body><p>It rained for nine hours.</p></body></html>")
    assert (draft.title, draft.publisher, draft.published) == ("Rain floods Oxted", "The Puddle", date(2022, 1, 6))


def test_the_year_of_a_copyright_line_is_no_day_of_publication() -> None:
    draft = read("<html><body><p>It rained for nine hours.</p><footer>&copy; 2019 The Puddle</footer></body></html>")
    assert draft.published is None


def test_a_piece_of_a_page_is_read_too() -> None:
    assert read("<p>It rained.</p><p>It stopped.</p>").text == "It rained.\nIt stopped."


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "<html></html>",
        "<html><body><script>x()</script></body></html>",
        "<!-- rain -->",
        "<html><body><img src=a>",
    ],
)
def test_a_page_without_text_gives_none(page: str) -> None:
    assert read_page(page) is None


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 50_000 + "rain",
        "<html" * 2_000,
        "<p>\x00\x01\ud800</p><![foo[<![if",
        '<html><script type="application/ld+json">' + "[" * 5_000 + "</script><p>It rained for nine hours.</p>",
        '<html><head><meta property="og:url" content="http://[::1"></head><body><p>It rained.</p></body></html>',
    ],
    ids=["deep", "unclosed", "control characters", "deep data", "broken address"],
)
def test_nasty_pages_do_no_harm(page: str) -> None:
    assert isinstance(read_page(page), Draft | None)


@settings(deadline=None)  # the first call imports the parsers
@given(st.text(alphabet="<>/!-[]&;=\"' \nabphtml\x00\ud800é"))
def test_no_page_makes_it_fail(page: str) -> None:
    assert isinstance(read_page(page), Draft | None)


def test_the_parsers_print_and_log_nothing(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    read_page("")
    read_page("<html><body></body></html>")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_other_users_of_the_parsers_keep_their_log_levels() -> None:
    logger = logging.getLogger("trafilatura")
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        read_page("")
        assert logger.level == logging.INFO
    finally:
        logger.setLevel(level)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("KOI8-R", "koi8-r"),
        ("shift_jis", "cp932"),
        ("gb2312", "gb18030"),
        ("EUC-KR", "cp949"),
    ],
)
@pytest.mark.parametrize(
    "tag", ['<meta charset="{}">', "<META http-equiv=Content-Type content='text/html; charset={}'>"]
)
def test_the_encoding_that_a_page_names_is_heeded(tag: str, declared: str, encoding: str) -> None:
    word = {"cp932": "雨が降った", "gb18030": "下雨了", "cp949": "비가 왔다"}.get(encoding, "Дождь")
    data = f"<html><head>{tag.format(declared)}</head><p>{word}".encode(encoding)
    text, named = decode_page(data)
    assert word in text
    assert data.decode(named) == text


def test_latin_1_means_what_browsers_take_it_for() -> None:
    text, encoding = decode_page(b"<meta charset=iso-8859-1><p>\x93Rain\x94</p>")
    assert (text, encoding) == ("<meta charset=iso-8859-1><p>“Rain”</p>", "cp1252")


def test_utf8_is_utf8_whatever_the_page_names() -> None:
    page = '<meta charset="windows-1251"><p>“Rain” in Zürich</p>'
    assert decode_page(page.encode()) == (page, "utf-8")


@pytest.mark.parametrize("declared", ["rot13", "zlib", "unicode_escape", "utf-7", "iso-8859-12", "nonsense", ""])
def test_an_encoding_that_is_none_of_the_webs_is_passed_over(declared: str) -> None:
    data = f"<meta charset='{declared}'><p>café in the rain</p>".encode("cp1252")
    assert decode_page(data) == (data.decode("cp1252"), "cp1252")


def test_a_page_that_names_the_wrong_encoding_is_read_all_the_same() -> None:
    data = b"<meta charset=shift_jis><p>caf\xe9 in the rain</p>"
    assert decode_page(data) == ("<meta charset=shift_jis><p>café in the rain</p>", "cp1252")


def test_one_broken_byte_does_not_cost_the_page() -> None:
    assert "“Rain” in Zürich \ufffd" in decode_page("<p>“Rain” in Zürich ".encode() + b"\xe2\x80</p>")[0]


@pytest.mark.parametrize("text", ["<p>Rain</p>", "one<br/>two", '<a href="/">x</a>', "<H2>Rain</H2>", "<IMG src=a>"])
def test_tags_are_recognised(text: str) -> None:
    assert has_tags(text)


@pytest.mark.parametrize("text", ["", "a < b > c", "<3", "i<p, p>q", "<rain@puddle.example>", "R&amp;D"])
def test_other_uses_of_angle_brackets_are_not_tags(text: str) -> None:
    assert not has_tags(text)


def test_stripping_keeps_all_text_and_only_the_text() -> None:
    text = strip_tags(
        "<h2>Rain</h2><p>It <i>rained</i> for <a href='/x'>nine&nbsp;hours</a>.<br>Then it\nstopped.</p>"
        "<script>spy()</script><!-- ad --><style>p {}</style><ul><li>One</li><li>Two</li></ul>Last words"
    )
    assert text == "Rain\n\nIt rained for nine hours.\nThen it stopped.\n\nOne\n\nTwo\n\nLast words"


def test_stripping_keeps_the_paragraphs_of_text_that_is_only_partly_marked_up() -> None:
    assert strip_tags("It <b>rained</b>.\n\nIt stopped.\nAgain.") == "It rained.\n\nIt stopped.\nAgain."


@settings(deadline=None)  # the first call imports the parsers
@given(st.lists(st.text("abc def.", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_stripping_loses_no_paragraph(paragraphs: list[str]) -> None:
    stripped = strip_tags("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    assert stripped.split("\n\n") == [" ".join(paragraph.split()) for paragraph in paragraphs]


@settings(deadline=None)  # the first call imports the parsers
@given(st.text(alphabet="<>/!-[]?&;=\"' \nabpbrscriptxml"))
def test_nothing_makes_stripping_fail(text: str) -> None:
    assert isinstance(strip_tags(text), str)


@pytest.mark.parametrize(
    "sign", ["\x01", "\x1b", "\0", "\uffff", "&#1;", "&#x1B;", "&#0;", "&#xD800;", "&#1;&#2", "&#" + "9" * 5000]
)
def test_what_xml_does_not_allow_is_a_space(sign: str) -> None:
    assert strip_tags(f"<p>It rained{sign} all day.</p>") == "It rained all day."
    draft = read_page(f"<html><p>It rained{sign} all day.</p></html>")
    assert draft is not None
    assert draft.text == "It rained all day."


def test_what_xml_allows_stays() -> None:
    assert strip_tags("<p>3 &#60; 5, caf&#xE9;, \U0001f327</p>") == "3 < 5, café, \U0001f327"


@pytest.mark.timeout(20)
def test_an_element_of_a_hundred_thousand_attributes_is_read_at_once() -> None:
    attributes = " ".join(f"a{number}='b'" for number in range(100_000))
    page = f"<html><body><p {attributes}>Rain fell on Monday.</p><p>It stopped.</p></body></html>"
    draft = read_page(page)
    assert draft is not None
    assert draft.text == strip_tags(page).replace("\n\n", "\n") == "Rain fell on Monday.\nIt stopped."
