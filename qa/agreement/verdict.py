"""Whether the sources of an answer say the same: their values, grouped, over independent sources."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from index.records import Article
from qa.agreement.happenings import BEFALLS_PEOPLE, asked_event, is_common
from qa.agreement.limits import narrow_apart
from qa.agreement.occasions import (
    Occasion,
    are_near_paraphrases,
    both_tell_all,
    both_tell_some,
    may_be_one,
    may_be_parts,
    occasion_of,
)
from qa.agreement.quantities import Quantity
from qa.agreement.sources import Telling, count_sources
from qa.agreement.told_days import Days, counted_to, is_counted_to_a_day
from qa.agreement.values import Name, Reading, relation, tells, value_of
from qa.answer import Agreement, Evidence, Value, Verdict
from qa.question import Kind, Question

Origin = Callable[[Article], str]

# How near the score of the first quote that of another must be to be heard, where the span alone picks its value, and
# where the quote itself says that this is the figure asked for.
_NEAR, _NEAR_IF_CERTAIN = 0.5, 0.2
_FLOOR = 0.05
# Figures of one event are told within so many days; what is told later is likely told of another one.
_LONGEST_NEWS = 45
# What happened within so many days of publication is news.
_FRESH = 10
# Two articles a week apart, each of what happened "on Thursday", may be out so many days sooner or later.
_ABOUT = 2
_GROWING = frozenset("die hurt arrest miss rescue free flee treat infect destroy damage burn".split())
# What several people say, do or suffer, each on their own: to name another one is no contradiction.
_OF_SEVERAL = frozenset(
    "accused attended backed blamed condemned criticised criticized denied joined opposed praised rejected resigned"
    " said spoke supported told urged voted warned welcomed".split()
)
_STILL_GROWING = re.compile(
    r"\b(?:has|have)\b.+?\b(?:\w+ed|been|become|found|fled|left|lost|sold|sent|begun|come|gone|\w+ought|died)\b"
    r"|\b(?:so far|toll|raised|donated|infected|confirmed|recovered|registered|vaccinated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A value with the evidence that tells it, the origins of its articles and the latest day of their publication."""

    reading: Reading
    evidence: Evidence
    occasion: Occasion
    origins: frozenset[str]
    published: date | None


def article_id(article: Article) -> str:
    """Take every article for its own origin.

    Example:
        >>> article_id(Article("00ff", "/a.txt", "", "", None, "", "", "utf-8"))
        '00ff'
    """
    return article.id


def agree(question: Question, evidence: Sequence[Evidence], origin: Origin = article_id) -> Agreement | None:
    """Compare what the sources of an answer tell.

    Saying that sources differ where they do not is worse than silence: values are compared only where their quotes can
    be read as telling of the same thing, and a vague or open figure ("dozens", "at least 12") rules out little.

    Args:
        question: The question.
        evidence: The evidence of its answer, best first, with the ``times`` of its quotes.
        origin: The origin of an article. Articles of one origin are reprints, and count as one source.

    Returns:
        The values and the verdict, or None where fewer than two independent sources tell of the same thing.

    Example:
        >>> from qa.question import read_question
        >>> texts = ("Nine guards died in the fire.", "The fire left nine guards dead.")
        >>> articles = [Article(f"0{n}", f"/{n}.txt", "", "", None, "", text, "utf-8") for n, text in enumerate(texts)]
        >>> evidence = [Evidence(1, articles[0], 0, 29, 0, 4, 0.9), Evidence(2, articles[1], 0, 31, 14, 18, 0.8)]
        >>> agreement = agree(read_question("How many guards died?"), evidence)
        >>> agreement.verdict, agreement.values[0].text, agreement.values[0].sources
        ('agree', 'Nine guards', 2)
    """
    told = _told(question, evidence, origin)
    if not told:
        return None
    groups = _groups(told)
    concerned: dict[Verdict, set[int]] = {"differ": set(), "differ_over_time": set()}
    for (here, ours), (there, theirs) in combinations(enumerate(groups), 2):
        for one, two in product(ours, theirs):
            if verdict := _conflict(question, one, two, told):
                concerned[verdict] |= {here, there}
    for verdict, numbers in concerned.items():
        if numbers:
            shown = {0, *numbers, *concerned["differ_over_time"]}
            return Agreement(verdict, tuple(_value(groups[number]) for number in sorted(shown)))
    first = _value(groups[0])
    return Agreement("agree", (first,)) if first.sources > 1 else None


def _told(question: Question, evidence: Sequence[Evidence], origin: Origin) -> list[_Told]:
    """The values that can be heard: that of the first quote, and those of the same thing in others."""
    told: list[_Told] = []
    for one in evidence:
        found = value_of(question, one)
        if found is None and not told:
            return []
        if found is None:
            continue
        reading, is_certain = found
        least = max(_FLOOR, evidence[0].score * (_NEAR_IF_CERTAIN if is_certain else _NEAR))
        articles = [one.article, *(place.article for place in one.also)]
        published = max((article.published for article in articles if article.published), default=None)
        new = _Told(reading, one, occasion_of(one), frozenset(map(origin, articles)), published)
        if not told or (one.score >= least and _can_be_compared(question, told[0], new)):
            told.append(new)
    return told


def _can_be_compared(question: Question, one: _Told, two: _Told) -> bool:
    """Whether two values are of one type and, unless one has all words of the other's name, of one occasion."""
    if isinstance(one.reading, Name) and isinstance(two.reading, Name):
        ours, theirs = set(one.reading.words), set(two.reading.words)
        if (ours <= theirs or theirs <= ours) and relation(one.reading, two.reading) == "same":
            return True
    return type(one.reading) is type(two.reading) and may_be_one(question, one.occasion, two.occasion)


def _groups(told: Sequence[_Told]) -> list[list[_Told]]:
    """Values that are the same, together: that of the first quote first."""
    groups: list[list[_Told]] = []
    for one in told:
        for group in groups:
            if all(relation(one.reading, other.reading) == "same" for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _conflict(question: Question, one: _Told, two: _Told, told: Sequence[_Told]) -> Verdict | None:
    """How two values contradict each other, if they do."""
    if one.origins & two.origins or not may_be_one(question, one.occasion, two.occasion):
        return None
    if _tells_both(question, one, two, told) or _tells_both(question, two, one, told):
        return None
    if isinstance(one.reading, Quantity) and isinstance(two.reading, Quantity):
        return _conflict_of_figures(question, one, two, one.reading, two.reading)
    if question.several or relation(one.reading, two.reading) != "different":
        return None
    if isinstance(one.reading, Days) and isinstance(two.reading, Days):
        return _conflict_of_days(question, one, two, one.reading, two.reading)
    is_name = isinstance(one.reading, Name) and isinstance(two.reading, Name)
    can_compare = is_name and not _may_be_several(question) and are_near_paraphrases(one.occasion, two.occasion)
    return "differ" if can_compare else None


def _may_be_several(question: Question) -> bool:
    """Whether a question asks for a person, but for something that several can have done or suffered."""
    befalls = asked_event(question.text, question.verbs) in BEFALLS_PEOPLE
    return question.kind is Kind.PERSON and (befalls or not question.verbs.isdisjoint(_OF_SEVERAL))


def _tells_both(question: Question, one: _Told, two: _Told, told: Sequence[_Told]) -> bool:
    """Whether a source tells the other's value too: then it means another thing by its own."""
    return tells(question, one.evidence, two.reading) or any(
        other.origins & one.origins and relation(other.reading, two.reading) == "same" for other in told
    )


def _conflict_of_figures(
    question: Question, one: _Told, two: _Told, figure: Quantity, other: Quantity
) -> Verdict | None:
    if may_be_parts(one.occasion, two.occasion) or narrow_apart(one.evidence.quote, two.evidence.quote):
        return None
    is_counted = any(is_counted_to_a_day(each.evidence.quote) for each in (one, two))
    here, there = (counted_to(each.evidence) if is_counted else each.published for each in (one, two))
    if is_counted and not (here and there):
        return None
    gap = (there - here).days if here and there else 0
    grows = is_counted or bool({figure.event, other.event} & _GROWING or _STILL_GROWING.search(question.text))
    if not _are_asked_for(question, one, two, figure, other) or (grows and abs(gap) > _LONGEST_NEWS):
        return None
    counts_same = figure.noun == other.noun and figure.modifiers == other.modifiers
    over_time: Verdict | None = "differ_over_time" if gap and grows and counts_same else None
    if gap and is_counted and not counts_same:
        return None
    match relation(figure, other):
        case "different":
            return over_time or "differ"
        case "unclear":
            # "dozens" on one day, and 2,600 on a later one.
            earlier, later = (figure.number, other.number) if gap > 0 else (other.number, figure.number)
            return over_time if earlier.is_open and later.amount > earlier.high else None
        case _:
            return None


def _are_asked_for(question: Question, one: _Told, two: _Told, figure: Quantity, other: Quantity) -> bool:
    """Whether two quotes say that these are the figures that a question asks for: by what happened, or what of."""
    event = asked_event(question.text, question.verbs)
    if is_common(event):
        return figure.event == other.event == event
    return figure.event == other.event != "" or both_tell_some(question, one.occasion, two.occasion)


def _conflict_of_days(question: Question, one: _Told, two: _Told, days: Days, other: Days) -> Verdict | None:
    here, there = one.occasion, two.occasion
    if not (both_tell_all(question, here, there) or are_near_paraphrases(here, there)):
        return None
    if not (one.published and two.published) or one.published == two.published:
        return "differ"
    if days.first > one.published and other.first > two.published:
        # What lies ahead may be put off.
        return "differ_over_time"
    # What was news twice happened twice, if weeks lie between, or as many days as between those that are named.
    are_fresh = abs((one.published - days.last).days) <= _FRESH and abs((two.published - other.last).days) <= _FRESH
    gap = (two.published - one.published).days
    is_as_told = not (days.is_date and other.is_date) and abs(gap - (other.first - days.first).days) <= _ABOUT
    return None if are_fresh and (abs(gap) > _FRESH or is_as_told) else "differ"


def _value(group: Sequence[_Told]) -> Value:
    """What some sources tell alike, in words that say what is counted."""
    clear = next((one for one in group if not isinstance(one.reading, Quantity) or one.reading.is_named), group[0])
    return Value(
        text=_words(clear),
        evidence=tuple(one.evidence.number for one in group),
        sources=count_sources(
            [Telling(one.evidence.quote, _words(one), one.origins, not isinstance(one.reading, Name)) for one in group]
        ),
        published=max((one.published for one in group if one.published), default=None),
    )


def _words(one: _Told) -> str:
    return one.evidence.quote[one.reading.start : one.reading.end]
