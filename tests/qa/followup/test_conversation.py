from qa.followup.conversation import articles_of, as_told, names_quoted, span_of, spoken_of, time_told
from tests.qa.conversations import turn


def texts(mentions: list) -> list[str]:
    return [mention.text for mention in mentions]


def test_answer_question_and_quote_speak_of_different_things() -> None:
    asked = turn("Who opened the mill?", "Mayor Ida Brandt opened the mill in Karn.", "Ida Brandt")
    articles = articles_of([asked])
    answer, question = spoken_of(asked, articles)
    assert (texts(answer), texts(question)) == (["Ida Brandt"], ["the mill"])
    assert "Karn" in texts(names_quoted(asked, articles))


def test_a_question_without_an_answer_speaks_by_itself() -> None:
    asked = turn("Who opened the mill of Karn?")
    answer, question = spoken_of(asked, [])
    assert (answer, texts(question)) == ([], ["the mill of Karn", "Karn"])
    assert names_quoted(asked, []) == []


def test_a_number_or_a_reason_names_nothing() -> None:
    counted = turn("How many boats sank?", "One boat sank.", "One")
    reason = turn("Why did boats sink?", "Boats sank because of Karn.", "because of Karn")
    assert [spoken_of(asked, [])[0] for asked in (counted, reason)] == [[], []]


def test_a_description_does_not_replace_the_name_that_was_asked_about() -> None:
    described = turn("Who is Runa Holt?", "Runa Holt is the chief engineer.", "the chief engineer")
    assert spoken_of(described, [])[0] == []


def test_a_list_is_meant_as_a_whole() -> None:
    listed = turn("Which towns voted?", "Karn, Oslen and Bramford voted.", "Karn, Oslen and Bramford")
    assert texts(spoken_of(listed, [])[0]) == ["Karn, Oslen and Bramford"]


def test_of_a_measure_what_it_measures_is_spoken_of() -> None:
    assert texts(spoken_of(turn("What is the population of Karn?"), [])[1]) == ["Karn"]


def test_answering_words_are_told_with_their_preposition() -> None:
    opened = turn("When was the mill opened?", "The mill was opened in 1982.", "1982")
    assert (span_of(opened), as_told(opened), time_told(opened)) == ("1982", "in 1982", "in 1982")


def test_a_capital_of_the_beginning_is_dropped_and_that_of_a_name_is_kept() -> None:
    assert span_of(turn("What sank?", "The ferry sank.", "The ferry")) == "the ferry"
    assert span_of(turn("What voted?", "Karn voted.", "Karn")) == "Karn"
