import pytest

from index.records import Article
from qa.agreement.quantities import Quantity
from qa.agreement.values import Name, relation, tells, value_of
from qa.answer import Evidence
from qa.question import read_question


def evidence(quote: str, span: str) -> Evidence:
    start = quote.index(span)
    article = Article("00", "/a.txt", "", "", None, "", quote, "utf-8")
    return Evidence(1, article, 0, len(quote), start, start + len(span), 0.9)


def words(question: str, quote: str, span: str) -> tuple[str, bool] | None:
    found = value_of(read_question(question), evidence(quote, span))
    return (quote[found[0].start : found[0].end], found[1]) if found else None


HURT = "How many guards were hurt?"


@pytest.mark.parametrize(
    ("question", "quote", "span", "expected"),
    [
        (HURT, "Nine guards were killed and 41 hurt.", "Nine", ("41 hurt", True)),
        (HURT, "Nine guards were killed.", "Nine", None),
        (HURT, "Some 41 guards are in hospital.", "41", ("Some 41 guards", False)),
        (HURT, "Another 41 guards were hurt.", "41", None),
        (HURT, "It is feared that 41 guards were hurt.", "41", None),
        (HURT, "41 ships were sold.", "41", None),
        ("How many guards were hanged?", "41 men were hurt and nine guards died, two of whom were hanged.", "41",
         ("two", True)),
        ("What is the death toll?", "The death toll is 58.", "58", ("58", True)),
        ("What share of voters backed it?", "Of 90 voters 54% backed it.", "54%", ("54%", True)),
        ("Where were ports shut?", "Ports in Karn and two other towns were shut.", "Karn",
         ("Karn and two other towns", False)),
        ("Who won?", "Then President Ida Brandt won.", "Ida Brandt", ("Ida Brandt", False)),
        ("Who won?", "Then the hosts won.", "the hosts", None),
        ("When was it built?", "It was built in 1702.", "1702", ("1702", False)),
        ("When was it built?", "It was built long ago.", "long ago", None),
        ("Why did it fall?", "It fell.", "It", None),
        ("Who won?", "Ida won.", "", None),
        ("Why were they shut?", "Ports in Karn and two other towns were shut.", "Karn", None),
        ("Who was hanged?", "Ida Brandt and two other guards were hanged.", "Ida Brandt", ("Ida Brandt", False)),
        ("How many people were killed?", "Nine people, including two children, were killed.", "Nine",
         ("Nine people", False)),
        ("How many children were killed?", "Nine people, including two children, were killed.", "two",
         ("two children", True)),
    ],
)  # fmt: skip
def test_the_value_that_is_asked_for_is_read_in_or_beside_the_span(
    question: str, quote: str, span: str, expected: tuple[str, bool] | None
) -> None:
    assert words(question, quote, span) == expected


def name(text: str) -> Name:
    found = value_of(read_question("Who won?"), evidence(text, text))
    assert found
    assert isinstance(found[0], Name)
    return found[0]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Solheim", "Arne-Johan Solheim"),
        ("President Solheim", "Mr Solheim"),
        ("Jen Maradi", "Jen Marradi"),
        ("Constantinescu", "Constantineski"),
        ("League of Northern Ports", "LNP"),
        ("Karn", "Norland's largest city, Karn"),
        ("New Holm", "NH"),
    ],
)
def test_parts_initials_and_spellings_of_a_name_are_the_same(one: str, two: str) -> None:
    assert relation(name(one), name(two)) == relation(name(two), name(one)) == "same"


WHO_IS = "Then President Arne-Johan Solheim won."


@pytest.mark.parametrize("question", ["Who is Solheim?", "who is arne-johan solheim", "Who is President Solheim?"])
def test_who_a_named_person_is_has_no_name_for_an_answer(question: str) -> None:
    assert words(question, WHO_IS, "President Arne-Johan") is None


@pytest.mark.parametrize("span", ["President", "President Arne", "President Arne-Johan"])
def test_a_name_that_goes_on_behind_the_span_is_taken_whole(span: str) -> None:
    assert words("Who is the president?", WHO_IS, span) == ("President Arne-Johan Solheim", False)
    assert words("Who is the president?", WHO_IS, "Johan") == ("Arne-Johan Solheim", False)


@pytest.mark.parametrize(("one", "two"), [("Ida Moor", "Ada Moor"), ("Karn", "Holm"), ("LNP", "League of Ports")])
def test_other_names_are_different(one: str, two: str) -> None:
    assert relation(name(one), name(two)) == "different"


@pytest.mark.parametrize(("one", "two"), [("New Karn", "Karn"), ("Norland", "South Norland")])
def test_a_place_and_a_new_one_or_a_part_of_it_may_be_two(one: str, two: str) -> None:
    assert relation(name(one), name(two)) == relation(name(two), name(one)) == "unclear"


def test_values_of_different_types_cannot_be_compared() -> None:
    found = value_of(read_question(HURT), evidence("41 guards were hurt.", "41"))
    assert found
    assert isinstance(found[0], Quantity)
    assert relation(found[0], name("Karn")) == "unclear"


def test_a_quote_may_tell_a_value_beside_another() -> None:
    question = read_question("When was it built?")
    found = value_of(question, evidence("It was built in 1702.", "1702"))
    assert found
    assert tells(question, evidence("Planned in 1702, it was built in 1720.", "1720"), found[0])
    assert not tells(question, evidence("It was built in 1720.", "1720"), found[0])
    assert tells(question, evidence("Tom met Ida Moor.", "Tom"), name("Ida Moor"))
