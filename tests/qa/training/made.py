"""Rows made by hand and by hypothesis."""

import re

from hypothesis import strategies as st

from qa.training.rows import Row

_TOWNS = (
    "Oslen Bramford Karn Velmar Tisbury Norrich Halden Quill Saxby Dunmore Ferrow Grenholt Ashby Lorne Mirfield"
    " Tarnside Wexley Pelham Orvik Stenmark Corrin Dalry Esker Fenwick Garsdale Hollin Irthing Jarrow Kelso Lindale"
).split()
_PEOPLE = (
    "Holt Brandt Veld Roux Harrow Dunn Brand Moss Keel Pike Thorn Wray Lamb Frost Crane Boyle Nash Penn Rudd Shaw"
    " Tate Vane Webb York Zell Amos Birk Cole Dahl Egan"
).split()
_THINGS = (
    "ferry tunnel market lighthouse orchard bakery harbour railway theatre library mill quarry brewery chapel museum"
    " school reservoir stadium windmill castle foundry aquarium nursery monastery cinema hospital airfield vineyard"
    " observatory shipyard"
).split()
_PASSAGE = (
    "The {thing} of {town} was closed on Monday after a storm tore off its roof. Inspector {name} said that the repairs"
    " would cost {cost} crowns and take {weeks} weeks. About {people} people who work there were sent home, and the"
    " council has promised to pay their wages. Visitors from abroad had booked the place for a festival of old music,"
    " which will now be held in a barn outside the town."
)

WORDS = st.sampled_from("owls Karn storm Brandt 1987 2,500 bridge hid first before river Oslen the of rose".split())
ASKING = st.sampled_from(["Who", "When", "Where", "How many", "Which", "Why"])
SENTENCES = st.lists(WORDS, min_size=2, max_size=8).map(lambda words: " ".join(["The", *words]) + ".")


def news_rows() -> list[Row]:
    """Two questions about each of thirty passages, which are long enough to be asked about in an index."""
    rows = []
    for number, (town, name, thing) in enumerate(zip(_TOWNS, _PEOPLE, _THINGS, strict=True)):
        cost, weeks = f"{number + 2},400", f"{number + 3}"
        passage = _PASSAGE.format(thing=thing, town=town, name=name, cost=cost, weeks=weeks, people=number * 7 + 40)
        rows.append(row(f"What will the repairs of the {thing} in {town} cost?", passage, f"{cost} crowns"))
        rows.append(row(f"Which inspector spoke about the {thing} of {town}?", passage, name))
    return rows


def row(question: str, context: str, answer: str) -> Row:
    """A row whose answer stands in the passage once at least."""
    start = context.index(answer)
    return Row(question, context, (start, start + len(answer)))


def words_of(given: Row) -> str | None:
    """The words that answer."""
    return None if given.answer is None else given.context[slice(*given.answer)]


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A row of a few sentences whose answer is one to three words."""
    context = " ".join(draw(st.lists(SENTENCES, min_size=1, max_size=4)))
    words = list(re.finditer(r"\w+", context))
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, min(first + 2, len(words) - 1)))
    question = " ".join([draw(ASKING), *draw(st.lists(WORDS, min_size=1, max_size=6))]) + "?"
    return Row(question, context, (words[first].start(), words[last].end()))


@st.composite
def rows_of_any_text(draw: st.DrawFn) -> Row:
    """A row of any characters, whose question has a word."""
    question = draw(st.text(max_size=20)) + draw(st.sampled_from(["a", "7", "é", "猫"]))
    answer = draw(st.text(min_size=1, max_size=10).filter(str.strip))
    before = draw(st.text(max_size=20))
    return Row(question, before + answer + draw(st.text(max_size=20)), (len(before), len(before) + len(answer)))


def unanswered(given: Row) -> Row:
    """The same row without an answer."""
    return Row(given.question, given.context, None)
