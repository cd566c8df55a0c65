import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from index.library import Index
from index.records import Article
from index.terms import is_function_word
from qa.answer import Evidence
from qa.corpus import open_corpus
from qa.missing import missing
from qa.question import read_question

STORIES = {
    "troops.txt": (
        "Alliance sends troops\n\nPublished 7 January 2022\n\n"
        "The CSTO sent its soldiers to Karn, a spokesman of Olaf Dunn said. "
        "The Treaty of Lower Oslen binds the members. It costs 1,200 crowns a day, and many are against it.\n\n"
        "Skip to main content\n"
    ),
    "lamps.txt": " ".join(f"Keeper {number} lit {number + 3} lamps before dusk." for number in range(100, 180)),
    "owls.html": (
        "<html><head><title>Owls return to the belfry</title></head><body><nav>Volcano tours | Sign in</nav>"
        "<article><h1>Owls return to the belfry</h1><p>The owls of the belfry have come back to their old nest, "
        "and the sexton has closed the stairs so that nobody can come too near.</p></article></body></html>"
    ),
}
WORDS = [
    "CSTO", "Karn", "Olaf", "Dunn", "Oslen", "soldiers", "crowns", "owls", "owl", "nesting", "belfries", "content",
    "January", "1,200", "1200", "2022", "tanks", "Belarus", "volcanoes", "submarine", "2018", "Ida Brandt", "TLO",
    "the", "of", "a", "who", "which", "how many", "in", "was", "is", "Étoile", "\x1b[2J", "_", "%", "’s", "-", "?",
]  # fmt: skip


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("stories")
    for name, text in STORIES.items():
        (folder / name).write_text(text, "utf-8")
    opened = open_corpus(folder, None).index
    yield opened
    opened.close()


def nearest(*quotes: str) -> list[Evidence]:
    return [
        Evidence(
            number, Article(f"{number:x}", "/news/a.txt", "", "", None, "", quote, "utf-8"), 0, len(quote), 0, 0, 0
        )
        for number, quote in enumerate(quotes, start=1)
    ]


def told(index: Index, question: str, *quotes: str) -> str:
    return missing(read_question(question), nearest(*quotes), index)


class TestWordsThatNoArticleHas:
    @pytest.mark.parametrize(
        ("question", "sentence"),
        [
            ("How many tanks did the CSTO send?", "The articles never mention “tanks”."),
            ("How many tanks went to Belarus?", "The articles never mention “tanks” or “Belarus”."),
            ("Which owls live on Mount Elbrus in 2018?", "The articles never mention “Mount Elbrus” or “2018”."),
            ("Did Ida Dunn send soldiers?", "The articles never mention “Ida”."),
            ("Is tea, cake, jam or beer sold in Karn?", "The articles never mention “tea”, “cake” or “jam”."),
        ],
    )
    def test_they_are_named_as_the_question_writes_them(self, index: Index, question: str, sentence: str) -> None:
        assert told(index, question) == sentence
        assert told(index, question, "The CSTO sent its soldiers.") == sentence

    @pytest.mark.parametrize(
        "question",
        [
            "Where are the owl's nesting grounds' OWLS?",  # by the stem
            "Who opened the content?",  # in page furniture
            "Did it cost 1200 crowns?",  # with another comma
            "Which city was conquered?",  # what it chooses from, and its verb
            "On which 3 days?",  # a small number may be spelled out
            "Why is it?",
        ],
    )
    def test_what_is_there_in_any_form_or_says_little_is_not_named(self, index: Index, question: str) -> None:
        assert "never mention “" not in told(index, question).replace("“grounds”", "")

    def test_an_abbreviation_counts_for_its_name_and_the_other_way_round(self, index: Index) -> None:
        assert told(index, "Who leads the Common Security Tea Organisation?") == ""
        assert "TLO" in told(index, "What binds the TLO?")
        assert told(index, "What binds the TLO?", "The Treaty of Lower Oslen binds the members.") == ""

    def test_what_a_terminal_would_obey_is_replaced(self, index: Index) -> None:
        assert told(index, "Who owns Zem\u202ebla?") == "The articles never mention “Zem” or “bla”."
        assert told(index, "Who owns \u00adzembla?") == "The articles never mention “zembla”."


class TestWhatTheNearestSentencesLack:
    def test_the_kind_of_answer_where_they_have_all_names(self, index: Index) -> None:
        quote = "The CSTO sent its soldiers."
        assert told(index, "In what year did the CSTO send soldiers?", quote, "It rained.") == (
            "The nearest sentences mention the CSTO, but no year."
        )
        assert told(index, "When did the CSTO send soldiers?", quote) == (
            "The nearest sentence mentions the CSTO, but no date."
        )
        assert told(index, "How many soldiers did the CSTO send?", quote) == (
            "The nearest sentence mentions the CSTO, but no number."
        )
        assert told(index, "Where did the CSTO send soldiers?", "The soldiers of the CSTO left.") == (
            "The nearest sentence mentions the CSTO, but no other name."
        )

    @pytest.mark.parametrize(
        ("question", "quote"),
        [
            ("In what year did the CSTO send soldiers?", "The CSTO sent soldiers last year."),
            ("In what year did the CSTO send soldiers?", "The CSTO sent soldiers in 2022."),
            ("When did the CSTO send soldiers?", "The CSTO sent soldiers on Friday."),
            ("When did the CSTO send soldiers?", "The CSTO sent soldiers at 11:30."),
            ("How many soldiers did the CSTO send?", "The CSTO sent a dozen soldiers."),
            ("How many soldiers did the CSTO send?", "The CSTO sent soldiers on 5 May."),
            ("Where did the CSTO send soldiers?", "The CSTO sent soldiers, said Dunn."),
            ("Why did the CSTO send soldiers?", "The CSTO sent soldiers."),
        ],
    )
    def test_a_kind_that_they_have_is_not_missed(self, index: Index, question: str, quote: str) -> None:
        assert told(index, question, quote) == ""

    def test_else_the_rarest_thing_and_a_name_before_it(self, index: Index) -> None:
        assert told(index, "Did the CSTO cross the stairs?", "The CSTO sent soldiers.") == (
            "The nearest sentence mentions the CSTO, but not “stairs”."
        )
        assert told(index, "Did the CSTO cross the stairs to Karn?", "The CSTO sent soldiers.", "It rained.") == (
            "The nearest sentences mention the CSTO, but not “Karn”."
        )
        assert told(index, "did the sexton cross the stairs", "The sexton left.") == (
            "The nearest sentence mentions “sexton”, but not “stairs”."
        )

    def test_where_they_have_nothing_of_the_question_that_is_said(self, index: Index) -> None:
        assert told(index, "Who climbed the stairs?", "It rained.") == "The nearest sentence does not mention “stairs”."
        assert told(index, "Who left Karn?", "It rained.", "It snowed.") == (
            "The nearest sentences do not mention “Karn”."
        )

    def test_of_many_sentences_the_first_three_are_spoken_of(self, index: Index) -> None:
        quotes = ["It rained.", "Dunn left.", "It snowed.", "Dunn came to Karn in 2022."]
        assert told(index, "In what year did Dunn leave?", *quotes) == (
            "The three nearest sentences mention Dunn, but no year."
        )

    def test_where_they_have_all_of_it_nothing_is_said(self, index: Index) -> None:
        assert told(index, "Why did the CSTO send soldiers?", "The CSTO sent soldiers.") == ""

    def test_without_sentences_nothing_is_said_of_them(self, index: Index) -> None:
        assert told(index, "Did the CSTO cross the stairs?") == ""


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    quotes=st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=5),
)
def test_nothing_false_is_said(index: Index, words: list[str], quotes: list[str]) -> None:
    try:
        question = read_question(" ".join(words))
    except QuestionError:
        return
    sentence = missing(question, nearest(*quotes), index)
    assert sentence == "" or sentence.endswith(".")
    assert "\x1b" not in sentence
    quoted = re.findall("“(.*?)”", sentence)
    if "never mention" in sentence:
        in_articles = {term for article in index.articles() for term in index.terms(article.text)}
        assert quoted
        assert all(words in question.text for words in quoted)
        denied = [word for words in quoted for word in words.split() if not is_function_word(word.lower())]
        assert in_articles.isdisjoint(term for word in denied for term in index.terms(word))
    elif sentence:
        in_quotes = {term for quote in quotes[:3] for term in index.terms(quote)}
        before, _, after = sentence.partition(", but ")
        lacking = after or before
        assert in_quotes.isdisjoint(term for word in re.findall("“(.*?)”", lacking) for term in index.terms(word))
        if after:
            assert all(in_quotes.issuperset(index.terms(word)) for word in re.findall("“(.*?)”", before))
        if after == "no year.":
            assert not re.search(r"\d{4}", " ".join(quotes[:3]))
        if after in ("no date.", "no number."):
            assert not re.search(r"\d", " ".join(quotes[:3]))
