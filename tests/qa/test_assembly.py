from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Index
from index.records import Article, Sentence
from qa.answer import Answer, Evidence
from qa.assembly import assemble
from qa.question import read_question
from qa.reading import ScoredSentence
from tests.qa.exactness import check_exact

THRESHOLD = 0.1


def article(text: str, name: str = "a", title: str = "") -> Article:
    return Article(name, f"/news/{name}.html", title, "", None, "", text, "utf-8")


def evidence(item: Article, quote: str, span: str = "", *, number: int = 1, score: float = 0.8) -> Evidence:
    start = item.text.index(quote)
    span_start = item.text.index(span, start) if span else start
    return Evidence(number, item, start, start + len(quote), span_start, span_start + len(span), score)


def read(item: Article, *sentences: str) -> list[ScoredSentence]:
    """Sentences of an article that were read, in any order."""
    found = [(item.text.index(text), text) for text in sentences]
    return [ScoredSentence(item, Sentence(start, start + len(text)), None, 0.5) for start, text in found]


def context(index: Index, question: str, before: str, quote: str, *, gap: str = " ", title: str = "") -> str:
    """The context of a quote, where the sentence before it was read too."""
    item = article(f"{before}{gap}{quote}", title=title)
    found, _ = assemble(
        read_question(question), [evidence(item, quote)], read(item, quote, before), index, threshold=THRESHOLD
    )
    return found[0].context


def parts(index: Index, question: str, found: Sequence[Evidence]) -> tuple[int, ...]:
    return assemble(read_question(question), found, (), index, THRESHOLD)[1]


class TestContext:
    @pytest.mark.parametrize("gap", [" ", "\n", "\r\n\r\n", " — ", "\u00a0"])
    def test_a_quote_that_refers_back_has_the_sentence_before_it(self, town_index: Index, gap: str) -> None:
        before = "Ida Brandt came late."
        assert context(town_index, "Who opened the bridge?", before, "She opened the bridge.", gap=gap) == before

    def test_a_quote_that_stands_alone_has_none(self, town_index: Index) -> None:
        assert context(town_index, "Who hid?", "Rain fell.", "Owls hid in the tower.") == ""

    def test_a_thing_without_a_name_needs_the_name_that_is_asked_about(self, town_index: Index) -> None:
        quote = "The operation is its first abroad."
        named = "The CSTO has sent troops."
        assert context(town_index, "Was it the first operation of the CSTO?", named, quote) == named
        assert context(town_index, "Was it the first operation of the CSTO?", "Troops landed.", quote) == ""
        assert context(town_index, "Was it the first operation of the CSTO?", named, f"{quote[:-1]} for CSTO.") == ""

    def test_without_a_name_in_the_question_its_other_terms_count(self, town_index: Index) -> None:
        quote = "The cause is not known yet."
        assert context(town_index, "why did the pumps fail", "The pumps failed.", quote) == "The pumps failed."
        assert context(town_index, "why did the pumps fail", "It rained.", quote) == ""

    @pytest.mark.parametrize(
        "gap", [" Read more. ", "\n\nShare\n\n", " ***** ", "\n\n• "], ids=["words", "a button", "marks", "a bullet"]
    )
    def test_what_stands_between_two_sentences_parts_them(self, town_index: Index, gap: str) -> None:
        assert context(town_index, "Who left?", "Ida Brandt came.", "She left.", gap=gap) == ""

    @pytest.mark.parametrize("heading", ["Mayor comes late", "Who came late?", "What we know:"])
    def test_a_heading_is_no_sentence_before(self, town_index: Index, heading: str) -> None:
        assert context(town_index, "Who left?", heading, "She left.", gap="\n\n") == ""

    def test_the_headline_is_none_even_where_it_is_a_sentence(self, town_index: Index) -> None:
        headline = "The mayor came late."
        assert context(town_index, "Who left?", headline, "She left.", title=headline) == ""
        assert context(town_index, "Who left?", headline, "She left.", title="Other") == headline

    def test_a_sentence_that_was_not_read_is_not_shown(self, town_index: Index) -> None:
        item = article("Ida Brandt came. She spoke. She left.")
        found = [evidence(item, "She left.")]
        elsewhere = read(article(item.text, "b"), "She spoke.")
        sentences = [*read(item, "She left.", "Ida Brandt came."), *elsewhere]
        (alone,), _ = assemble(read_question("Who left?"), found, sentences, town_index, THRESHOLD)
        assert alone.context == ""

    def test_nothing_else_about_the_evidence_changes(self, town_index: Index) -> None:
        item = article("Ida Brandt came. She left.")
        found = evidence(item, "She left.", "She")
        (leaning,), _ = assemble(
            read_question("Who left?"), [found], read(item, "Ida Brandt came."), town_index, THRESHOLD
        )
        assert replace(leaning, context_start=0, context_end=0) == found

    @given(
        sentences=st.lists(
            st.sampled_from(
                ["She left.", "Rain fell.", "The ship of the line sank.", "Oslen Bridge", "“No.”", "It is."]
            ),
            min_size=1,
            max_size=6,
        ),
        gap=st.sampled_from([" ", "\n\n", " — "]),
        several=st.booleans(),
    )
    def test_answers_stay_exact(self, town_index: Index, sentences: list[str], gap: str, several: bool) -> None:
        item = article(gap.join(sentences))
        starts = [sum(len(text) + len(gap) for text in sentences[:place]) for place in range(len(sentences))]
        ranges = [Sentence(start, start + len(text)) for start, text in zip(starts, sentences, strict=True)]
        found = [
            Evidence(number, item, sentence.start, sentence.end, sentence.start, sentence.start + 3, 0.9)
            for number, sentence in enumerate(reversed(ranges), start=1)
        ]
        question = read_question("Which ships sank?" if several else "Who left, when and where?")
        scored = [ScoredSentence(item, sentence, None, 0.5) for sentence in ranges]
        assembled, numbers = assemble(question, found, scored, town_index, THRESHOLD)
        check_exact(Answer(question.text, "answered", 0.9, assembled, parts=numbers))


WHEN_AND_WHERE = "When and where did the two mayors meet?"
MET_ON = evidence(article("The mayors met on 4 May.", "a"), "The mayors met on 4 May.", "4 May", score=0.8)
MET_IN = evidence(
    article("The mayors met in Karn, by the lake.", "b"),
    "The mayors met in Karn, by the lake.",
    "Karn",
    number=2,
    score=0.5,
)
LISTED = "Which towns were flooded by the Linden?"
OSLEN = evidence(article("The Linden flooded Oslen.", "a"), "The Linden flooded Oslen.", "Oslen")
KARN = evidence(article("Karn, too, was flooded by the Linden.", "b"), "Karn, too", "Karn", number=2)
KARN = replace(KARN, end=len(KARN.article.text))


class TestParts:
    def test_an_answer_is_one_quote(self, town_index: Index) -> None:
        for question in ("When did the two mayors meet?", "Where did the two mayors meet?", "Who met?"):
            assert parts(town_index, question, [MET_ON, MET_IN]) == (1,)
        assert parts(town_index, "Which town was flooded by the Linden?", [OSLEN, KARN]) == (1,)

    def test_a_quote_of_the_other_kind_that_is_asked_for_joins(self, town_index: Index) -> None:
        assert parts(town_index, WHEN_AND_WHERE, [MET_ON, MET_IN]) == (1, 2)

    def test_the_third_can_join_but_not_the_fourth(self, town_index: Index) -> None:
        useless = evidence(article("It rained.", "c"), "It rained.", "It", number=2)
        third, fourth = replace(MET_IN, number=3), replace(MET_IN, number=4)
        assert parts(town_index, WHEN_AND_WHERE, [MET_ON, useless, third]) == (1, 3)
        assert parts(town_index, WHEN_AND_WHERE, [MET_ON, useless, replace(useless, number=3), fourth]) == (1,)

    def test_only_one_joins(self, town_index: Index) -> None:
        assert parts(town_index, WHEN_AND_WHERE, [MET_ON, MET_IN, replace(MET_IN, number=3)]) == (1, 2)

    def test_none_joins_a_quote_that_tells_both(self, town_index: Index) -> None:
        both = "The mayors met on 4 May in Karn."
        assert parts(town_index, WHEN_AND_WHERE, [evidence(article(both), both, "4 May"), MET_IN]) == (1,)

    @pytest.mark.parametrize(("score", "joined"), [(0.4, (1, 2)), (0.39, (1,))])
    def test_it_is_at_least_half_as_likely_as_the_first(
        self, town_index: Index, score: float, joined: tuple[int, ...]
    ) -> None:
        assert parts(town_index, WHEN_AND_WHERE, [MET_ON, replace(MET_IN, score=score)]) == joined

    @pytest.mark.parametrize(("score", "joined"), [(0.1, (1, 2)), (0.09, (1,))])
    def test_it_is_above_the_threshold(self, town_index: Index, score: float, joined: tuple[int, ...]) -> None:
        found = [replace(MET_ON, score=0.11), replace(MET_IN, score=score)]
        assert parts(town_index, WHEN_AND_WHERE, found) == joined

    def test_without_answering_words_none_joins(self, town_index: Index) -> None:
        wordless = replace(MET_IN, span_end=MET_IN.span_start)
        assert parts(town_index, WHEN_AND_WHERE, [MET_ON, wordless]) == (1,)

    def test_a_list_is_gone_on_with(self, town_index: Index) -> None:
        assert parts(town_index, LISTED, [OSLEN, KARN]) == (1, 2)

    def test_a_quote_that_names_nothing_new_adds_nothing_to_a_list(self, town_index: Index) -> None:
        again = "Oslen was flooded by the Linden."
        assert parts(town_index, LISTED, [OSLEN, evidence(article(again, "b"), again, "Oslen", number=2)]) == (1,)
        asked = "Flooded towns are by the Linden."
        assert parts(town_index, LISTED, [OSLEN, evidence(article(asked, "b"), asked, "Linden", number=2)]) == (1,)

    def test_a_quote_that_speaks_of_less_than_the_first_adds_nothing_to_a_list(self, town_index: Index) -> None:
        dry = "Karn was spared by the Linden."
        assert parts(town_index, LISTED, [OSLEN, evidence(article(dry, "b"), dry, "Karn", number=2)]) == (1,)

    def test_a_quote_that_lists_already_is_left_alone(self, town_index: Index) -> None:
        text = "The Linden flooded Oslen and Bramford."
        assert parts(town_index, LISTED, [evidence(article(text), text, "Oslen and Bramford"), KARN]) == (1,)

    def test_a_part_that_leans_on_the_first_is_read_right_after_it(self, town_index: Index) -> None:
        item = article("The mayors met on 4 May. They sat in Karn for an hour.")
        first = evidence(item, "The mayors met on 4 May.", "4 May")
        second = evidence(item, "They sat in Karn for an hour.", "Karn", number=2)
        sentences = read(item, first.quote, second.quote)
        found, numbers = assemble(read_question(WHEN_AND_WHERE), [first, second], sentences, town_index, THRESHOLD)
        answer = Answer(WHEN_AND_WHERE, "answered", 0.8, found, parts=numbers)
        assert answer.text == item.text

    def test_what_the_first_leans_on_is_there_already(self, town_index: Index) -> None:
        item = article("The mayors sat in Karn for an hour. They met on 4 May.")
        first = evidence(item, "They met on 4 May.", "4 May")
        second = evidence(item, "The mayors sat in Karn for an hour.", "Karn", number=2)
        sentences = read(item, first.quote, second.quote)
        found, numbers = assemble(read_question(WHEN_AND_WHERE), [first, second], sentences, town_index, THRESHOLD)
        assert Answer(WHEN_AND_WHERE, "answered", 0.8, found, parts=numbers).text == item.text

    def test_nothing_makes_no_answer(self, town_index: Index) -> None:
        assert assemble(read_question(LISTED), (), (), town_index, THRESHOLD) == ((), (1,))
