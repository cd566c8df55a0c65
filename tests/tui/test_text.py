from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.records import Article, Skipped
from qa.answer import Evidence
from qa.render import one_line
from tests.tui.fakes import make_answer, make_article, make_evidence
from tui import text

any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_text_made_safe_line_by_line_keeps_every_place(raw: str) -> None:
    shown = text.same_length(raw)
    assert len(shown) == len(raw)
    assert not set(shown) & set("\r\t\x1b")


@given(any_text, st.data())
def test_a_quote_is_shown_whole_wherever_its_answering_words_are_said_to_be(raw: str, data: st.DataObject) -> None:
    places = st.integers(0, len(raw))
    start, end = sorted((data.draw(places), data.draw(places)))
    span_start, span_end = sorted((data.draw(places), data.draw(places)))
    evidence = Evidence(1, make_article(raw), start, end, span_start, span_end, 0.5)
    shown = "".join(text.quote(evidence).plain.split())
    whole = "".join(one_line(raw[start:end]).split())
    # A quote with a quotation mark of its own at the beginning gets no second one.
    assert shown in (f"“{whole}”[1]", f"{whole}[1]")


def test_the_sentence_that_a_quote_leans_on_stands_dim_before_it_in_the_same_marks() -> None:
    article = make_article("Rain fell.\n\nIt lasted all day.")
    evidence = replace(make_evidence(article, "It lasted all day.", "all day"), context_start=0, context_end=10)
    shown = text.quote(evidence)
    assert shown.plain == "“Rain fell. It lasted all day.” [1]"
    assert [shown.plain[span.start : span.end] for span in shown.spans if span.style == text.MUTED] == ["Rain fell. "]


def test_an_excerpt_begins_shortly_before_the_answering_words() -> None:
    quote = "The council of the valley, which met until late, heard that twelve boats had left."
    excerpt = text.excerpt(make_evidence(make_article(quote), quote, "twelve boats"))
    assert excerpt.plain == "“… until late, heard that twelve boats had left.”"


def test_an_excerpt_of_a_quote_without_answering_words_begins_with_it() -> None:
    quote = "The council of the valley met until late, and heard about the boats."
    assert text.excerpt(make_evidence(make_article(quote), quote)).plain == f"“{quote}”"


def test_only_what_is_known_about_an_article_is_told() -> None:
    unknown = Article("0" * 16, "/articles/a.txt", "", "", None, "", "Rain.", "utf-8")
    assert text.details(unknown) == ""
    assert text.details(make_article("Rain.")) == "The Harbourside Courier · 8 January 2022"


def test_confidence_is_told_in_words_and_as_a_number() -> None:
    article = make_article("Rain.")
    evidence = make_evidence(article, "Rain.")
    assert text.confidence(make_answer(evidence), 1.26).plain == "very likely · 0.83 · 1.3 s"


def test_skipped_files_are_counted_and_the_first_few_named() -> None:
    files = [Skipped(f"/articles/{name}.bin", "binary") for name in "abcde"]
    assert text.skipped(files[:1]) == "1 file was skipped: a.bin (binary)"
    assert text.skipped(files) == "5 files were skipped: a.bin (binary), b.bin (binary), c.bin (binary) and 2 more"
