from datetime import date

from index.records import Article, Sentence
from qa.answer import Answer
from qa.chat import Chat
from qa.evidence import gather
from qa.reading import ScoredSentence


def article(name: str, text: str) -> Article:
    return Article(name, f"/news/{name}.txt", name, "", date(2021, 1, 1), "", text, "utf-8")


def scored(name: str, text: str, score: float, span: tuple[int, int] | None = None) -> ScoredSentence:
    return ScoredSentence(article(name, text), Sentence(0, len(text)), span, score)


def test_the_same_sentence_is_shown_once_under_its_best_score_with_its_other_places() -> None:
    evidence = gather(
        [
            scored("a", "12 men left.", 0.9, (0, 2)),
            scored("b", "The rain fell.", 0.5),
            scored("c", "12 men left!", 0.4, (0, 2)),
            scored("d", "13 men left.", 0.3, (0, 2)),
        ],
        10,
    )
    assert [(item.number, item.article.id, item.span, item.score) for item in evidence] == [
        (1, "a", "12", 0.9),
        (2, "b", "", 0.5),
        (3, "d", "13", 0.3),
    ]
    assert [[(place.article.id, place.quote) for place in item.also] for item in evidence] == [
        [("c", "12 men left!")],
        [],
        [],
    ]


def test_a_copy_with_a_word_put_in_or_a_dateline_is_a_further_place_of_the_quote():
    text = "The flood shut 12 schools in the old town of Oslen, engineer Tomas Veld said."
    first, other = gather(
        [
            scored("a", text, 0.9, (15, 17)),
            scored("b", f"OSLEN (AP) — {text}", 0.8),
            scored("c", text.replace("town", "market town"), 0.7),
            scored("d", text.replace("12", "13"), 0.6),
        ],
        10,
    )
    assert (first.article.id, {place.article.id for place in first.also}) == ("a", {"b", "c"})
    assert (other.article.id, other.also) == ("d", ())


def test_a_place_below_the_limit_is_still_named_with_the_sentence_above_it() -> None:
    items = [scored("a", "It rained.", 0.9), scored("b", "It snowed.", 0.8), scored("c", "It rained!", 0.1)]
    (only,) = gather(items, 1)
    assert [place.article.id for place in only.also] == ["c"]


def test_sentences_without_words_are_the_same_only_to_the_letter() -> None:
    links = [scored("a", "https://example.org/1", 0.2), scored("b", "https://example.org/2", 0.1)]
    assert len(gather(links, 10)) == 2


def test_nothing_gives_no_evidence() -> None:
    assert gather([], 5) == ()


def test_two_articles_with_one_sentence_are_one_evidence(town: Chat) -> None:
    answer = town.ask("How many people live on the far bank?", top=10)
    quotes = [evidence.quote for evidence in answer.evidence]
    assert quotes.count("About 230 people live on the far bank.") == 1
    (evidence,) = [item for item in answer.evidence if item.quote == "About 230 people live on the far bank."]
    places = {item.article.title for item in (evidence, *evidence.also)}
    assert places == {"Old bridge closes after flood", "Stone bridge opens again"}


def test_reports_that_differ_in_a_number_are_told_apart(hostile_answers: list[Answer]) -> None:
    answer = hostile_answers[0]
    told = [evidence for evidence in answer.evidence if "drivers" in evidence.quote]
    assert {evidence.span for evidence in told} == {"412", "413", "414"}
    assert [evidence.also for evidence in told] == [(), (), ()]
