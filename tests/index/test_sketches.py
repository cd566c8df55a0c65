import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.copies import wording_of
from index.sketches import BANDS, kept_of_article, sketch

PLAIN = "The flood shut 12 schools in the old town of Oslen, and the mayor opened the town hall."
GOLDEN = (570897500, 806650778, 1682652550, 1627955410, 1560609687, 742601597, 1308958932, 1306467175)


def sketches_of(*sentences: str):
    return sketch([wording_of(sentence) for sentence in sentences])


def test_what_is_kept_in_an_index_is_hashed_as_it_was():
    # A failure means that this version of rensa hashes otherwise: COPIES_VERSION is then to be raised.
    assert sketches_of(PLAIN) == [GOLDEN]


def test_sentences_that_differ_in_their_numbers_have_one_sketch():
    one, other = sketches_of(PLAIN, PLAIN.replace("12", "fourteen"))
    assert one == other


def test_a_sentence_with_a_word_put_in_shares_a_band_and_another_sentence_shares_none():
    one, edited, other = map(
        set,
        sketches_of(PLAIN, PLAIN.replace("old", "quiet old"), "The ferry across the Linden will run until midnight."),
    )
    assert one & edited
    assert not one & other


def test_short_sentences_have_none():
    assert sketches_of("Rain fell.", "", PLAIN) == [None, None, GOLDEN]
    assert sketch([]) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), max_size=5))
def test_a_sketch_is_that_of_its_sentence_alone_and_fits_in_four_bytes(sentences):
    together = sketches_of(*sentences)
    assert together == [found for sentence in sentences for found in sketches_of(sentence)]
    for found in together:
        assert found is None or (len(found) == BANDS and all(-(2**31) <= band < 2**31 for band in found))


def test_asking_and_reading_an_index_load_no_minhash():
    code = "import index.library, qa.evidence, sys; sys.exit('rensa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_of_an_article_the_sketches_of_different_sentences_are_all_kept():
    sketches = sketches_of(PLAIN, "Rain fell.", "The ferry across the Linden will run until midnight, the office said.")
    assert kept_of_article(sketches) == {0: sketches[0], 2: sketches[2]}


@given(st.lists(st.none() | st.tuples(*[st.integers(0, 3)] * BANDS)))
def test_of_sentences_that_share_a_band_few_are_kept(sketches):
    kept = kept_of_article(sketches)
    assert all(kept[position] == sketches[position] for position in kept)
    for band in range(BANDS):
        values = [bands[band] for bands in kept.values()]
        assert all(values.count(value) <= 5 for value in values)
