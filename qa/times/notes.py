"""The days that words such as "on Friday" or "last week" mean in an article that was published on a known day.

What can be read in two ways is left out: no note is better than a wrong one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from index.dates import month_number
from qa.answer import Evidence, TimeNote
from qa.render import days_in_words
from qa.times.near_days import Days, day_of_other_week, day_of_week, day_of_year, period
from qa.times.tenses import Tense, tense_at

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = ("zero", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STEPS = {"last": -1, "this": 0, "next": 1}
_ONE_DAY = timedelta(days=1)
_SIX_DAYS = timedelta(days=6)
# What lies farther back is rounded by whoever counts it.
_MOST_DAYS = 14
_MOST_WEEKS = 4

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))"
)
_PART = r"(?: (?:morning|afternoon|evening|night))?"
# A possessive ("Friday's vote") or a piece of a longer word is no time of its own.
_ALONE = r"(?![\w’'-])"
_DATE = (
    rf"(?:[Oo]n )?(?:(?P<its_day>{_DAY}),? )?(?:(?P<month>{_MONTH}) (?P<number>\d\d?)(?:st|nd|rd|th)?"
    rf"|(?P<number_first>\d\d?)(?:st|nd|rd|th)? (?P<month_last>{_MONTH}))"
)
_LEAD = r"(?:(?:[Ee]arly|[Ll]ate|[Oo]vernight|[Ee]arlier|[Ll]ater)(?: on)?|[Oo]n|[Aa]s of)(?: early| late)? "
_DAY_NAME = rf"(?P<lead>{_LEAD})?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his coming|[Tt]his past) )?(?P<day>{_DAY}){_PART}"
_NEAR = (
    r"(?P<today>(?:(?:[Ee]arlier|[Ll]ater) )?today|[Tt]his (?:morning|afternoon|evening)|[Tt]onight)"
    rf"|(?P<yesterday>[Ll]ast night|(?:(?:early|late) )?[Yy]esterday{_PART})|(?P<tomorrow>[Tt]omorrow{_PART})"
)
_PERIOD = r"(?P<step>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)"
_AGO = (
    r"(?P<count>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Aa]|\d\d?)"
    r" (?P<of>day|week)s? ago"
)
_TIME = re.compile(rf"(?<![\w’'-])(?:{_DATE}|{_DAY_NAME}|{_NEAR}|{_PERIOD}|{_AGO}){_ALONE}", re.ASCII)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_JOINT = r"(?:and|or|to|through|until|–|-)"
# Words before a time that make it another, or none: "the Friday before", "in the last week", "a year ago today".
_OTHER = (
    "ago the a an each every that same previous following one some any first second third fourth many most other all"
    " past his her their its my our your Unlike unlike like only than nearly almost about around least over"
    " under within roughly approximately By by Until until Black Good Super Cyber Ash Bloody Easter Palm Giving Shrove"
    " Holy News Remembrance Ruby Sheffield"
)
_OTHER_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_OTHER.split())}|day (?:before|after)),? $|{_DAY}{_PART},? {_JOINT} $|[-–/] ?$"
    # "A year earlier, on Wednesday"
    r"|\b(?:day|week|month|year|decade)s? (?:before|after|earlier|later),? $"
)
_OTHER_BEHIND = re.compile(
    rf" of\b| ago\b| prayers\b|{_PART}[’']s\b|,? {_JOINT} (?:on )?(?:early |late )?{_DAY}|[/–]|,? \d{{4}}\b"
    r"|,? (?:before|after) last\b"
    # "on Friday in 2019", "on Saturday, 14 years ago"
    rf"|,? (?:in|of) (?:{_MONTH} )?(?:1\d|20)\d\d\b"
    r"|,? (?:\w+ ){1,2}(?:day|week|month|year|decade)s? (?:ago|earlier)\b"
)
_WEEK_BEHIND = re.compile(r",? (?:last|next|this) week")
_DATE_BEHIND = re.compile(r",? ?(?:of )?\d| ?[–-]|,? (?:and|or|to) \d|/")
_DATE_BEFORE = re.compile(r"\b(?:[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Ss]tarting|[Bb]eginning) $")
# In capitals these words begin a sentence, or they are a name: "The Tonight Show".
_CAPITAL_BEFORE = re.compile(r"(?:^|[.!?:;“\"‘–—]) ?$")
# "today" often means "nowadays": only a verb so near tells of a day.
_TODAY_REACH = 40
_SINCE = re.compile(r"\b[Ss]ince $")
_NAME_BEHIND = re.compile(r" [A-Z]")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_OF_THE_SPEAKER = ("today", "yesterday", "tomorrow")


def times_in(text: str, published: date | None) -> list[TimeNote]:
    """Find the words that tell a time by the day of publication, and the days they mean.

    Args:
        text: A sentence, or a few.
        published: When its article was published.

    Returns:
        Notes with ranges in ``text``, in order; none where the day of publication is unknown.

    Example:
        >>> [note] = times_in("The port closed on Wednesday night.", date(2022, 1, 6))
        >>> note.start, note.end, note.days
        (16, 34, '2022-01-05')
        >>> times_in("The port was to close on Friday.", date(2022, 1, 6))
        []
    """
    if published is None:
        return []
    # One blank for every run of white space, as articles break their lines anywhere.
    places = [place for place, char in enumerate(text) if not (char.isspace() and text[place - 1 : place].isspace())]
    line = "".join(" " if text[place].isspace() else text[place] for place in places)
    return [
        TimeNote(places[start], places[end - 1] + 1, first, last)
        for start, end, (first, last) in _found(line, published)
    ]


def with_times(evidence: Evidence) -> Evidence:
    """The evidence with the days that words of its quote mean, as places in the article's text.

    Example:
        >>> from index.records import Article
        >>> text = "Rain. The port closed on Wednesday."
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", date(2022, 1, 6), "", text, "utf-8")
        >>> [note] = with_times(Evidence(1, article, 6, 35, 22, 34, 0.8)).times
        >>> text[note.start : note.end], note.days
        ('on Wednesday', '2022-01-05')
    """
    notes = times_in(evidence.quote, evidence.article.published)
    start = evidence.start
    return replace(
        evidence, times=tuple(replace(note, start=start + note.start, end=start + note.end) for note in notes)
    )


def resolved_date(evidence: Evidence) -> str:
    """The days that the answering words mean, or ``""`` where they tell no time by the day of publication.

    Args:
        evidence: Evidence that ``with_times`` made.

    Example:
        >>> from index.records import Article
        >>> text = "The port closed on Wednesday."
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", date(2022, 1, 6), "", text, "utf-8")
        >>> resolved_date(with_times(Evidence(1, article, 0, 29, 19, 28, 0.8)))
        '5 January 2022'
    """
    inside = [note for note in evidence.times if note.start < evidence.span_end and evidence.span_start < note.end]
    return ", ".join(days_in_words(note.first, note.last) for note in inside)


def _found(line: str, published: date) -> Iterator[tuple[int, int, Days]]:
    """The places and the days of the times in a line."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    found, since = [], 0
    for match in _TIME.finditer(line):
        if days := _days(match, published, since):
            found.append((match, any(start < match.start() < end for start, end in quoted), days))
        since = match.end()
    # Where the line tells that the words were spoken on another day, it is not clear what their "today" is.
    spoken_elsewhen = any(not in_quote and days != (published, published) for _, in_quote, days in found)
    of_another_year = any(int(year) != published.year for year in _YEAR.findall(line))
    for match, in_quote, days in found:
        is_of_then = spoken_elsewhen and any(match[name] for name in _OF_THE_SPEAKER)
        if not (in_quote and (of_another_year or is_of_then)):
            yield *match.span(), days


def _days(match: re.Match[str], published: date, since: int) -> Days | None:
    """The days that a match means, or None."""
    text, start, end = match.string, match.start(), match.end()
    if match["month"] or match["month_last"]:
        return _of_date(match, published, since)
    if _OTHER_BEFORE.search(text[:start]) or _OTHER_BEHIND.match(text, end):
        return None
    if match["step"]:
        return period(match["unit"], published, _STEPS[match["step"].lower()])
    if match["count"]:
        return _ago(match["count"], match["of"], published)
    day = _of_week(match, published, since) if match["day"] else _near(match, published, since)
    return (day, day) if day else None


def _of_week(match: re.Match[str], published: date, since: int) -> date | None:
    """The day that the name of a day means."""
    weekday = _DAYS.index(match["day"][:3].lower())
    which = (match["which"] or "").lower()
    if which in _STEPS:
        return day_of_other_week(weekday, published, _STEPS[which])
    if which:
        day = day_of_week(weekday, published, Tense.FUTURE if which == "this coming" else Tense.PAST)
        return None if day == published else day
    if _WEEK_BEHIND.match(match.string, match.end()):
        return None
    if not match["lead"] and _NAME_BEHIND.match(match.string, match.end()):
        return None
    day = day_of_week(weekday, published, _tense(match, since))
    # A bare name of the day after publication tells rather of an article that was written later than it is dated.
    return None if day and published - day == _SIX_DAYS and not match["lead"] else day


def _near(match: re.Match[str], published: date, since: int) -> date | None:
    """The day that "today", "yesterday" or "tomorrow" means, where it means a day and not an age."""
    word = match.group().lower()
    if match.group()[0].isupper() and not _CAPITAL_BEFORE.search(match.string[: match.start()]):
        return None
    if match["yesterday"]:
        return published - _ONE_DAY
    if word.startswith(("this", "earlier", "later")):
        return published
    if match["today"] == "today":
        since = max(since, match.string.find(" ", max(match.start() - _TODAY_REACH, 0)))
    tense = _tense(match, since)
    if match["tomorrow"]:
        return published + _ONE_DAY if tense is Tense.FUTURE else None
    told = tense in (Tense.PAST, Tense.FUTURE) or (word == "tonight" and tense is Tense.UNTOLD)
    return published if told else None


def _of_date(match: re.Match[str], published: date, since: int) -> Days | None:
    """The day that a date without its year means, unless the line tells a year that may be its own."""
    line, start, end = match.string, match.start(), match.end()
    leads = match["its_day"] or line[start : start + 3].lower() == "on " or _DATE_BEFORE.search(line[:start])
    if not leads or _DATE_BEHIND.match(line, end):
        return None
    month = month_number(match["month"] or match["month_last"])
    number = int(match["number"] or match["number_first"])
    weekday = _DAYS.index(match["its_day"][:3].lower()) if match["its_day"] else None
    day = day_of_year(month, number, published, _tense(match, since), weekday)
    years = {int(year) for year in _YEAR.findall(line)}
    return (day, day) if day and years <= {day.year} else None


def _ago(count: str, unit: str, published: date) -> Days | None:
    """The day that lies some days before, or the week that lies some weeks before."""
    number = int(count) if count.isdigit() else _NUMBERS.index(count.lower().replace("one", "a"))
    if unit == "week":
        return period("week", published, -number) if number <= _MOST_WEEKS else None
    day = published - number * _ONE_DAY
    return (day, day) if number <= _MOST_DAYS else None


def _tense(match: re.Match[str], since: int) -> Tense:
    """The tense at a match; ``since`` is where the time before it ends."""
    if _SINCE.search(match.string[: match.start()]):
        return Tense.PAST
    return tense_at(match.string, match.start(), match.end(), since)
