import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup.mentions import Sort, is_country, is_plural, is_sure, mentions, names_in, sorts_of_name


@pytest.mark.parametrize(
    ("question", "spoken_of"),
    [
        ("How many police officers were hurt?", ["the police officers"]),
        ("When did the rallies begin?", ["the rallies"]),
        ("What did the L.N.P. spokesman say?", ["the L.N.P. spokesman", "the L.N.P."]),
        ("Who is the mayor of Oslen?", ["the mayor of Oslen", "Oslen"]),
        ("Who leads the League of Northern Ports?", ["the League of Northern Ports"]),
        ("What did Oslen's Herald news service report?", ["Oslen's Herald news service", "Oslen", "Herald"]),
        ("What did engineer Runa Holt say?", ["Runa Holt"]),
        ("What is a Karn-led group of ports?", ["the Karn-led group of ports", "the ports"]),
        ("Which pop star is ill?", ["the pop star"]),
        ("Did the pilots praise engineers?", ["the pilots", "the engineers"]),
        ("How far is Voyager 1 from Earth?", ["Voyager 1", "Earth"]),
        ("Whom did Brandt ask for help?", ["Brandt"]),
        ("How many police officers died?", ["the police officers"]),
        ("How many ferries left Oslen?", ["the ferries", "Oslen"]),
        ("What did the united guild say?", ["the united guild"]),
        ("Is Runa Holt still in Karn?", ["Runa Holt", "Karn"]),
        ("Is Runa Holt alive?", ["Runa Holt"]),
        ("Why?", []),
    ],
)
def test_a_question_speaks_of_names_and_of_things(question: str, spoken_of: list[str]) -> None:
    assert [mention.text for mention in mentions(question)] == spoken_of


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("the old mayor", Sort.PERSON),
        ("the village", Sort.PLACE),
        ("the water tax", Sort.THING),
        ("the boats", Sort.MANY),
        ("the police", Sort.MANY),
        ("Lake Linden", Sort.PLACE),
        ("Norway", Sort.PLACE),
        ("the LNP", Sort.MANY),
        ("the Harbour Ministry", Sort.THING),
        ("Runa Holt", Sort.PERSON),
    ],
)
def test_the_last_noun_tells_what_is_meant(words: str, sort: Sort) -> None:
    assert sort in mentions(words)[0].sorts


def test_a_word_between_an_acronym_and_a_plural_is_a_verb_behind_did() -> None:
    assert [found.text for found in mentions("Why did the LNP send boats?")] == ["the LNP", "the boats"]
    assert mentions("Did the LNP boats leave?")[0].text == "the LNP boats"


def test_the_articles_tell_what_a_name_names() -> None:
    assert sorts_of_name("Karn", ["The mill in Karn burnt."]) == {Sort.PLACE, Sort.THING}
    assert sorts_of_name("Karn", ["Mayor Ida Karn left."]) == {Sort.PERSON}
    assert sorts_of_name("Herald", ["He told the Herald so."]) == {Sort.THING, Sort.MANY}
    assert [is_sure(mention) for mention in mentions("Karn?", ["Karn won."])] == [False]


def test_a_word_that_begins_a_sentence_is_a_name_unless_it_is_written_small_elsewhere() -> None:
    assert [name.text for name in names_in("Boats sank. Karn grieved.", ["The boats were old."])] == ["Karn"]


@pytest.mark.parametrize(("word", "several"), [("ferries", True), ("women", True), ("glass", False), ("gas", False)])
def test_several_are_told_by_the_ending(word: str, several: bool) -> None:
    assert is_plural(word) is several


def test_a_country_is_known_by_its_name() -> None:
    assert is_country("Norway")
    assert not is_country("Bank of England")


@given(st.text(max_size=80))
def test_mentions_lie_in_the_text_and_do_not_fail(text: str) -> None:
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_letters_that_are_longer_in_lower_case_move_no_place() -> None:
    text = "İ" * 40 + " asked the old mayor of Karn"
    found = mentions(text)
    assert any(mention.text.startswith("the old mayor") for mention in found)
    assert all(text[mention.start :].startswith(("the", "İ", "Karn")) for mention in found)
