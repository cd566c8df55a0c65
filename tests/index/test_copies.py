import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.copies import differ_in_number, is_copy, wording_of

PLAIN = (
    "The flood shut the old ferry harbour of Oslen and the market beside it, engineer Tomas Veld said in the town hall"
)

NAMES = ("Oslen", "Bramford", "Ida Brandt", "Tomas Veld", "Monday", "Friday")
NUMBERS = (
    "3",
    "12",
    "1,200",
    "4.5",
    "two",
    "fifty",
    "dozens of",
    "7:30",
    "-4",
    "$9",
    "5%",
    "2nd",
    "third",
    "half",
    "½",
)
LOWER = (
    "river",
    "bridge",
    "old",
    "quiet",
    "boats",
    "wooden",
    "harbour",
    "market",
    "beside",
    "flooded",
    "closed",
    "slow",
)

lower_words = st.lists(st.sampled_from(LOWER), min_size=9, max_size=24)
any_words = st.lists(st.sampled_from([*LOWER, *NAMES, *NUMBERS, "the", "not", "also", ",", "—"]), max_size=24)


def copied(one: str, other: str) -> bool:
    forwards, backwards = (
        is_copy(wording_of(first), wording_of(second)) for first, second in [(one, other), (other, one)]
    )
    assert forwards == backwards
    return forwards


class TestCopies:
    @pytest.mark.parametrize(
        "edited",
        [
            f"OSLEN (AP) — {PLAIN}.",
            f"OSLEN, Linden, March 3 (Reuters) - {PLAIN}.",
            f"OSLEN - {PLAIN}.",
            PLAIN.replace("The flood", "Meanwhile, the flood"),
            PLAIN.replace("old ferry", "ferry"),
            PLAIN.replace("harbour of", "harbour in"),
            PLAIN.replace("said", "says"),
            f"“{PLAIN}.”",
        ],
    )
    def test_what_editors_do_to_agency_text_leaves_a_copy(self, edited):
        assert copied(PLAIN, edited)

    def test_a_sentence_cut_short_at_a_comma_is_a_copy(self):
        whole = (
            "The flood shut the old ferry harbour of Oslen and the market beside it, and left behind a field of mud."
        )
        assert copied(whole, "The flood shut the old ferry harbour of Oslen and the market beside it.")
        assert not copied(whole, "The flood shut the old ferry harbour of Oslen and the market.")

    def test_numbers_may_be_written_as_digits_or_as_words(self):
        assert copied(
            "Twelve boats sank, 1,200 sacks of barley with them.", "12 boats sank, 1200 sacks of barley with them."
        )

    def test_months_and_the_two_spellings_of_english_are_one(self):
        assert copied("The Centre for Defence opened on Sept. 3.", "The Center for Defense opened on September 3.")


class TestNoCopies:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Oslen", "Bramford"),
            ("engineer Tomas Veld", "engineer Piet Veld"),
            ("engineer Tomas Veld", "engineer Veld"),
            ("shut", "did not shut"),
            ("shut", "may shut"),
            ("shut", "nearly shut"),
            ("shut", "was said to have shut"),
            ("The flood shut the old ferry", "The ferry shut the old flood"),
            ("in the town hall", "in the town hall on Friday"),
            ("the market", "both markets"),
            (" said ", " denied "),
            ("shut", "opened"),
            ("engineer Tomas", "deputy engineer Tomas"),
            ("engineer Tomas", "wife of engineer Tomas"),
        ],
    )
    def test_what_says_something_else_is_none(self, old, new):
        assert old in PLAIN
        assert not copied(PLAIN, PLAIN.replace(old, new))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Rain fell in the night.", "Heavy rain fell in the night."),
            (
                "NATO - ships sailed north in the night, and all was quiet.",
                "OPEC - ships sailed north in the night, and all was quiet.",
            ),
            (
                "Brandt: we will win in every town of the whole valley.",
                "Veld: we will win in every town of the whole valley.",
            ),
            ("", "Rain fell."),
            ("…", "12"),
        ],
    )
    def test_neither_are_short_or_labelled_sentences_of_other_words(self, one, other):
        assert not copied(one, other)

    @given(lower_words, st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.data())
    def test_sentences_that_differ_in_a_number_are_never_copies(self, words, one, other, data):
        place = data.draw(st.integers(0, len(words)))
        first, second = (" ".join([*words[:place], number, *words[place:]]) for number in (one, other))
        assert copied(first, second) == (one == other)
        assert not copied(" ".join(words), first)

    @given(lower_words, st.sampled_from(NAMES), st.sampled_from(NAMES), st.data())
    def test_sentences_that_differ_in_a_name_are_never_copies(self, words, one, other, data):
        place = data.draw(st.integers(0, len(words)))
        first, second = (" ".join([*words[:place], name, *words[place:]]) for name in (one, other))
        assert copied(first, second) == (one == other)
        assert not copied(" ".join(words), first)

    @given(any_words, any_words)
    def test_copies_have_the_same_numbers_in_the_same_order(self, one, other):
        first, second = wording_of(" ".join(one)), wording_of(" ".join(other))
        assert not is_copy(first, second) or first.numbers == second.numbers

    @given(st.text(), st.text())
    def test_any_text_can_be_read_and_is_a_copy_of_itself_if_it_has_words(self, one, other):
        assert copied(one, one) == bool(wording_of(one).words)
        copied(one, other)


class TestNumbersThatDiffer:
    def test_they_are_told_though_the_sentence_was_written_anew(self):
        first = wording_of("The flood shut 12 schools in Oslen on Monday.")
        assert differ_in_number(first, wording_of("On Monday, the flood in Oslen has now shut 14 schools."))
        assert not differ_in_number(first, wording_of("The ferry to Bramford costs 14 crowns on Monday."))

    def test_fewer_numbers_are_no_others(self):
        first = wording_of("The flood shut 12 schools and 3 shops in Oslen on Monday.")
        assert not differ_in_number(first, wording_of("The flood shut 12 schools in Oslen on Monday."))

    def test_the_same_numbers_in_another_order_are(self):
        first = wording_of("The flood shut 12 schools and 3 shops in Oslen.")
        assert differ_in_number(first, wording_of("The flood shut 3 schools and 12 shops in Oslen."))

    @given(any_words, any_words)
    def test_no_copies_differ_in_a_number(self, one, other):
        first, second = wording_of(" ".join(one)), wording_of(" ".join(other))
        assert not (is_copy(first, second) and differ_in_number(first, second))
        assert differ_in_number(first, second) == differ_in_number(second, first)
