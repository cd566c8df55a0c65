import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.records import Article
from qa.answer import Evidence, TimeNote
from qa.citation import CITATION_FORMS, cite, markdown_source
from qa.render import one_line

TEXT = "Rain fell.\nIt lasted until\r\nFriday, Mr. Zas said. “No bus came,” he said."
ARTICLE = Article(
    "00ff00ff00ff00ff",
    "/news/rain.txt",
    "The rain of [January]",
    "The Harbour Wire",
    date(2022, 1, 6),
    "https://wire.example/rain_(2)?a=1",
    TEXT,
    "utf-8",
)
SPEECH_START = TEXT.index("“")
ALONE = Evidence(1, ARTICLE, TEXT.index("It"), SPEECH_START - 1, TEXT.index("Friday"), TEXT.index(","), 0.8)
LEANING = replace(ALONE, context_end=TEXT.index("\n"))
SPEECH = Evidence(2, ARTICLE, SPEECH_START, len(TEXT), SPEECH_START, SPEECH_START, 0.8)
FRIDAY = replace(ALONE, times=(TimeNote(ALONE.span_start, ALONE.span_end, date(2022, 1, 7), date(2022, 1, 7)),))
UNKNOWN = replace(ARTICLE, title="", publisher="", published=None, url="")


def of(article, evidence=ALONE):
    return replace(evidence, article=article)


def test_a_plain_citation_is_the_quote_in_quotation_marks_and_its_source():
    assert cite(ALONE) == (
        "“It lasted until Friday, Mr. Zas said.” — The rain of [January], The Harbour Wire, 6 January 2022, "
        "https://wire.example/rain_(2)?a=1"
    )


@pytest.mark.parametrize("form", CITATION_FORMS)
def test_the_sentence_that_a_quote_leans_on_stands_before_it(form):
    assert "Rain fell. It lasted until Friday, Mr. Zas said." in cite(LEANING, form)


@pytest.mark.parametrize("form", CITATION_FORMS)
def test_a_quote_with_a_quotation_mark_at_its_beginning_gets_no_second_one(form):
    cited = cite(SPEECH, form)
    assert "“No bus came,” he said." in cited
    assert cited.count("“") == cited.count("”") == 1


def test_without_an_address_the_name_of_the_file_is_told():
    assert cite(of(replace(ARTICLE, url=""))).endswith("The Harbour Wire, 6 January 2022, rain.txt")
    assert cite(of(UNKNOWN)).endswith("” — rain.txt")
    assert markdown_source(UNKNOWN) == "rain.txt"
    assert "title = {{rain.txt}}" in cite(of(UNKNOWN), "bibtex")


def test_days_that_words_of_the_quote_mean_are_noted_in_brackets():
    assert "said.” [Friday: 7 January 2022] — The rain" in cite(FRIDAY)
    assert cite(FRIDAY, "markdown").endswith(r"6 January 2022 \[Friday: 7 January 2022\]")


def test_in_markdown_the_quote_is_a_block_and_its_source_a_link():
    assert cite(ALONE, "markdown").splitlines() == [
        "> It lasted until Friday, Mr. Zas said.",
        ">",
        r"> — [The rain of \[January\]](https://wire.example/rain_\(2\)?a=1), The Harbour Wire, 6 January 2022",
    ]


def test_an_article_without_a_title_is_linked_by_its_address():
    nameless = replace(UNKNOWN, url="https://wire.example/rain")
    assert markdown_source(nameless) == r"[https\://wire.example/rain](https://wire.example/rain)"


def test_an_address_that_is_not_of_the_web_is_shown_and_not_linked():
    assert markdown_source(replace(ARTICLE, url="javascript:alert(1)")) == (
        r"The rain of \[January\], The Harbour Wire, 6 January 2022, javascript:alert(1)"
    )


def test_a_bibtex_entry_tells_what_plain_bibtex_and_biblatex_both_read():
    assert cite(ALONE, "bibtex").splitlines() == [
        "@misc{harbourwire2022rain,",
        "  title = {{The rain of [January]}},",
        "  key = {The Harbour Wire},",
        "  howpublished = {The Harbour Wire},",
        "  date = {2022-01-06},",
        "  year = {2022},",
        "  month = jan,",
        "  url = {https://wire.example/rain_(2)?a=1},",
        "  note = {“It lasted until Friday, Mr. Zas said.”},",
        "}",
    ]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"publisher": "Österby Nyheter"}, "osterbynyheter2022rain"),
        ({"title": "Fog of May", "publisher": ""}, "article2022fogofmay"),
        ({"title": ""}, "harbourwire2022rain"),
        ({"title": "Дождь", "published": None}, "harbourwire00ff00ff00ff00ff"),
        (
            {"title": "Incomprehensibilities", "publisher": "The " + "Long " * 9},
            "longlonglonglonglonglong2022incomprehensibil",
        ),
    ],
)
def test_the_key_of_an_entry_is_made_of_ascii_letters_and_figures(changes, key):
    cited = cite(of(replace(ARTICLE, **changes)), "bibtex")
    assert cited.splitlines()[0] == f"@misc{{{key},"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_the_name_that_bibtex_gives_it(month):
    cited = cite(of(replace(ARTICLE, published=date(2021, month, 1))), "bibtex")
    assert f"month = {date(2021, month, 1):%b}".lower() in cited


def test_an_unknown_form_is_told_with_the_known_ones():
    with pytest.raises(UsageError, match=r"'APA'.*use plain, markdown or bibtex"):
        cite(ALONE, "APA")


any_text = st.text(st.characters(exclude_categories=()))


@given(any_text, any_text, any_text, any_text, st.sampled_from(CITATION_FORMS))
def test_whatever_an_article_holds_a_citation_has_its_lines_and_no_character_that_a_terminal_obeys(
    text, title, publisher, url, form
):
    article = Article("00ff", "/news/a.txt", title, publisher, date(2022, 1, 6), url, f"x{text}", "utf-8")
    lines = cite(Evidence(1, article, 0, len(text) + 1, 0, 0, 0.5), form).split("\n")
    assert [one_line(line) for line in lines] == [line.strip() for line in lines]
    assert len(lines) == {"plain": 1, "markdown": 3}.get(form, len(lines))
    if form == "plain":
        assert lines[0].startswith(f"“{one_line(f'x{text}')}” — ")


@given(any_text, any_text, any_text)
def test_a_bibtex_entry_ends_with_its_last_brace_whatever_the_article_holds(text, title, publisher):
    article = Article("00ff", "/news/a.txt", title, publisher, None, f"https://a.example/{text}", f"x{text}", "utf-8")
    entry = cite(Evidence(1, article, 0, len(text) + 1, 0, 0, 0.5), "bibtex")
    depth = 0
    for place, character in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or place < len("@misc") or place == len(entry) - 1
    assert depth == 0
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in entry.splitlines()[1:-1])
