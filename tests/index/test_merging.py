from hypothesis import given
from hypothesis import strategies as st

from index.merging import Fetched, Found, chosen, merged
from index.records import Passage

SCORES = st.floats(0.01, 30, allow_nan=False)
# For each passage its cosine, its BM25 score if it has a word of the question, and the shard that it lies in.
PASSAGES = st.dictionaries(
    st.integers(0, 40), st.tuples(st.floats(-1, 1), st.none() | SCORES, st.integers(0, 3)), max_size=30
)


def best(scores, depth):
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:depth]


def found_among(passages, depth):
    """What exact search finds among some passages."""
    dense = best({number: cosine for number, (cosine, _, _) in passages.items()}, depth)
    lexical = best({number: score for number, (_, score, _) in passages.items() if score is not None}, depth)
    reached = dict(dense)
    return Found(dense, lexical, {number: passages[number][0] for number, _ in lexical if number not in reached})


@given(passages=PASSAGES, depth=st.integers(1, 10))
def test_however_passages_are_split_the_parts_find_what_the_whole_finds(passages, depth):
    parts = [
        found_among({number: passage for number, passage in passages.items() if passage[2] == shard}, depth)
        for shard in range(4)
    ]
    assert merged(parts, depth) == found_among(passages, depth)


@given(passages=PASSAGES, limit=st.integers(1, 8), weight=st.floats(0, 1), kinds=st.integers(1, 9))
def test_passages_are_chosen_alike_whether_they_are_fetched_together_or_one_by_one(passages, limit, weight, kinds):
    found = found_among(passages, 10)

    def fetch(numbers):
        assert numbers
        return {number: Fetched(Passage(number, number, ()), frozenset({number % kinds})) for number in numbers}

    hits = chosen(found, limit, weight, fetch)
    assert len(hits) <= limit
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    # No passage repeats what a better one says.
    assert len({hit.passage.id % kinds for hit in hits}) == len(hits)
    assert hits == chosen(found, 99, weight, fetch)[:limit]


def test_passages_that_are_gone_make_room_for_the_next():
    found = Found([(1, 0.9), (2, 0.8), (3, 0.7)], [], {})

    def fetch(numbers):
        return {number: Fetched(Passage(number, 1, ()), frozenset({number})) for number in numbers if number != 1}

    assert [hit.passage.id for hit in chosen(found, 2, 1.0, fetch)] == [2, 3]


def test_hits_tell_their_scores_of_both_searches():
    found = Found([(1, 0.9)], [(2, 4.0)], {2: 0.3})
    hits = chosen(
        found, 5, 0.5, lambda numbers: {each: Fetched(Passage(each, 1, ()), frozenset({each})) for each in numbers}
    )
    assert {(hit.passage.id, hit.dense, hit.lexical) for hit in hits} == {(1, 0.9, None), (2, 0.3, 4.0)}
