import importlib.util
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article
from qa.agreement.verdict import agree
from qa.answer import Agreement, Evidence, Occurrence
from qa.chat import Chat
from qa.question import read_question
from qa.times.notes import with_times

ROOT = Path(__file__).resolve().parents[3]
KAZAKHSTAN = ROOT.parent / "shared" / "corpus" / "kazakhstan"
HURT = "How many guards were hurt?"
FIRST_DAY, SECOND_DAY = date(2021, 5, 6), date(2021, 5, 7)


def article(number: int, text: str, published: date | None = None) -> Article:
    return Article(f"{number:016x}", f"/news/{number}.txt", "", "", published, "", text, "utf-8")


def told(number: int, text: str, span: str, published: date | None = None, score: float = 0.9) -> Evidence:
    start = text.index(span)
    source = article(number, text, published)
    return with_times(Evidence(number, source, 0, len(text), start, start + len(span), score))


def judge(question: str, *evidence: Evidence) -> Agreement | None:
    return agree(read_question(question), evidence)


def texts(agreement: Agreement | None) -> list[str]:
    return [value.text for value in agreement.values] if agreement else []


NINE = told(1, "Nine guards were hurt in the fire.", "Nine", FIRST_DAY)
NINE_TOO = told(2, "The fire hurt 9 guards.", "9", SECOND_DAY)
TWELVE = told(3, "Twelve guards were hurt in the fire.", "Twelve", FIRST_DAY)
TWELVE_LATER = told(4, "Twelve guards were hurt in the fire.", "Twelve", SECOND_DAY)


def test_sources_that_tell_the_same_agree() -> None:
    agreement = judge(HURT, NINE, NINE_TOO)
    assert agreement
    (value,) = agreement.values
    assert agreement.verdict == "agree"
    assert (value.text, value.evidence, value.sources, value.published) == ("Nine guards", (1, 2), 2, SECOND_DAY)


def test_figures_of_one_day_differ_and_of_two_days_differ_over_time() -> None:
    differ, over_time = judge(HURT, NINE, TWELVE), judge(HURT, NINE, TWELVE_LATER)
    assert differ
    assert over_time
    assert (differ.verdict, over_time.verdict) == ("differ", "differ_over_time")
    assert texts(differ) == texts(over_time) == ["Nine guards", "Twelve guards"]


def test_one_source_alone_says_nothing_of_agreement() -> None:
    assert judge(HURT) is None
    assert judge(HURT, NINE) is None
    assert judge(HURT, NINE, told(2, "It was a bad fire.", "a bad fire")) is None


def test_articles_of_one_origin_count_once_and_never_differ() -> None:
    for other in (NINE_TOO, TWELVE):
        assert agree(read_question(HURT), [NINE, other], lambda _article: "agency") is None


def test_reprints_of_a_quote_are_one_source_even_if_their_articles_differ() -> None:
    reprint = Occurrence(article(7, NINE.quote, SECOND_DAY), 0, len(NINE.quote))
    reprinted = Evidence(1, NINE.article, 0, len(NINE.quote), 0, 4, 0.9, also=(reprint,))
    assert judge(HURT, reprinted) is None
    other = Evidence(2, article(8, "The fire hurt nine guards.", FIRST_DAY), 0, 26, 14, 18, 0.8)
    agreement = judge(HURT, reprinted, other)
    assert agreement
    assert (agreement.values[0].sources, agreement.values[0].published) == (2, SECOND_DAY)


def test_quotes_with_far_lower_scores_are_not_heard() -> None:
    assert judge(HURT, NINE, told(3, TWELVE.quote, "Twelve", FIRST_DAY, score=0.1)) is None
    assert judge("Who won?", told(1, "Ida won.", "Ida"), told(2, "Ida won.", "Ida", score=0.3)) is None


def test_the_first_quote_is_always_heard() -> None:
    assert judge(HURT, told(1, "It was a bad fire.", "a bad fire"), NINE, TWELVE) is None


def test_a_source_that_tells_both_figures_contradicts_neither() -> None:
    both = told(3, "Twelve guards were hurt in the fire, after nine guards were hurt in May.", "Twelve", FIRST_DAY)
    assert judge(HURT, NINE, both) is None


def test_what_was_news_twice_weeks_apart_happened_twice() -> None:
    question = "When did the bridge close?"
    one = told(1, "The bridge closed on 5 May 2021.", "5 May 2021", FIRST_DAY)
    later = told(2, "The bridge closed on 1 July 2021.", "1 July 2021", date(2021, 7, 2))
    same_week = told(2, "The bridge closed on 2 May 2021.", "2 May 2021", FIRST_DAY)
    assert judge(question, one, later) is None
    differ = judge(question, one, same_week)
    assert differ
    assert differ.verdict == "differ"


def test_what_lies_ahead_may_be_put_off() -> None:
    one = told(1, "The bridge will close on 5 June 2021.", "5 June 2021", FIRST_DAY)
    two = told(2, "The bridge will close on 9 June 2021.", "9 June 2021", SECOND_DAY)
    agreement = judge("When will the bridge close?", one, two)
    assert agreement
    assert agreement.verdict == "differ_over_time"


def test_figures_of_one_event_are_told_within_weeks() -> None:
    assert judge(HURT, NINE, told(4, TWELVE.quote, "Twelve", date(2021, 9, 9))) is None


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("Who designed the old mill?", "{} designed the old mill in a week.", "differ"),
        ("Who was killed near the mill?", "{} was killed near the old mill at night.", None),
        ("Who criticised the old mill?", "{} criticised the old mill in a letter.", None),
        ("Who said the mill was unsafe?", "{} said the old mill was unsafe at night.", None),
    ],
)
def test_what_several_can_have_done_or_suffered_is_no_contradiction(
    question: str, sentence: str, verdict: str | None
) -> None:
    one, two = (told(n, sentence.format(name), name) for n, name in enumerate(("Ida Moor", "Tom Veld"), start=1))
    agreement = judge(question, one, two)
    assert (agreement.verdict if agreement else None) == verdict


@pytest.mark.parametrize(("days", "verdict"), [((FIRST_DAY, FIRST_DAY), "differ_over_time"), ((None, None), None)])
def test_figures_counted_to_two_days_differ_over_time_if_the_days_are_known(
    days: tuple[date | None, date | None], verdict: str | None
) -> None:
    one = told(1, "By Monday nine guards had been hurt in the fire.", "nine", days[0])
    two = told(2, "By Tuesday twelve guards had been hurt in the fire.", "twelve", days[1])
    agreement = judge(HURT, one, two)
    assert (agreement.verdict if agreement else None) == verdict


def test_a_day_name_in_news_of_two_weeks_tells_two_events() -> None:
    quote = "The fire started on Thursday."
    one, two = (told(n, quote, "on Thursday", day) for n, day in ((1, date(2021, 5, 7)), (2, date(2021, 5, 14))))
    assert judge("When did the fire start?", one, two) is None


def test_quotes_of_nearly_the_same_words_are_one_source() -> None:
    one = told(
        1, "Nine guards were hurt in the mill fire, the harbour station reported, citing the fire chief.", "Nine"
    )
    two = told(2, "Nine guards were hurt in the mill fire, the harbour station said, citing the fire chief.", "Nine")
    assert judge(HURT, one, two) is None


def test_a_name_that_is_spelled_alike_needs_one_occasion() -> None:
    question = "Who is the president?"
    one = told(1, "Maria Holt is president of Karn.", "Maria Holt")
    two = told(2, "President of Holm is Marie Holt.", "Marie Holt")
    assert judge(question, one, two) is None
    agreement = judge(question, one, told(2, "The president of Karn, Marie Holt, spoke.", "Marie Holt"))
    assert agreement
    assert agreement.values[0].sources == 2


TEMPLATES = ("The fire left {} guards hurt.", "The fire hurt {} guards.", "{} guards died.", "They sold {} ships.")
FIGURES = ("nine", "12", "about 40", "dozens", "at least 300", "1.5 million")
DAYS = (None, FIRST_DAY, SECOND_DAY)


@st.composite
def evidences(draw: st.DrawFn) -> Sequence[Evidence]:
    rows = draw(st.lists(st.tuples(*map(st.sampled_from, (TEMPLATES, FIGURES, DAYS))), min_size=1, max_size=5))
    return [told(n, text.format(figure), figure, day) for n, (text, figure, day) in enumerate(rows, start=1)]


@given(evidences())
def test_every_value_is_told_word_for_word_by_its_evidence(evidence: Sequence[Evidence]) -> None:
    agreement = agree(read_question(HURT), evidence)
    if agreement is None:
        return
    numbers = [number for value in agreement.values for number in value.evidence]
    assert len(numbers) == len(set(numbers))
    assert (len(agreement.values) == 1) == (agreement.verdict == "agree")
    for value in agreement.values:
        assert any(value.text in evidence[number - 1].quote for number in value.evidence)
        assert 1 <= value.sources <= len(value.evidence)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("agreement_benchmark", ROOT / "benchmarks" / "agreement.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("half", ["dev", "test"])
def test_sources_are_rarely_said_to_differ_where_they_do_not(benchmark: ModuleType, half: str) -> None:
    judged = [benchmark.judge(group) for group in benchmark.read_groups(benchmark.GROUPS, half)]
    assert len(judged) >= 45
    for verdict in ("differ", "differ_over_time"):
        precision, recall = benchmark.precision_and_recall(judged, verdict)
        assert precision >= 0.95
        assert recall >= 0.8


@pytest.mark.skipif(not KAZAKHSTAN.is_dir(), reason="these articles are not part of the project")
def test_real_articles_differ_where_they_do(tmp_path: Path) -> None:
    chat = Chat(KAZAKHSTAN, tmp_path / "index")
    for question, some in {
        "Which airports were shut?": ["two other cities", "one other city"],
        "How many police officers were found beheaded?": ["One", "two"],
        "How many police officers were injured?": ["353 police", "353 people"],
    }.items():
        agreement = judge(question, *map(with_times, chat.ask(question).evidence))
        assert agreement
        assert agreement.verdict == "differ"
        assert all(any(words in text for text in texts(agreement)) for words in some)
    agreed = judge("What is the largest city?", *chat.ask("What is the largest city?").evidence)
    assert agreed
    assert (agreed.verdict, texts(agreed)) == ("agree", ["Almaty"])
    chat.close()
