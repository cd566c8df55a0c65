import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup.conversation import Turn
from qa.followup.resolve import resolve
from qa.question import LONGEST_QUESTION
from tests.qa.conversations import turn

STRIKE = turn(
    "When did the strike begin?",
    "The strike at the harbour of Oslen began on Monday because wages were cut, Runa Holt said.",
    "Monday",
)
RALLIES = turn("When did the rallies begin?", "The rallies began on Sunday in Karn.", "Sunday")
MINERS = turn("How many miners were killed?", "Nine miners were killed and 40 hurt at Karn, rescuers said.", "Nine")
WARDENS = turn("How many police officers were hurt?", "At Karn 31 police officers were hurt.", "31")
HELD = turn("How many people were held in Bramford?", "About 70 people were held in Bramford.", "About 70")
HOLT = turn(
    "Who is Runa Holt?",
    "The chief engineer of the tunnel, Runa Holt, told reporters that 300 pumps would be sent to Karn.",
    "chief engineer",
)
CAPITAL = turn("What is the capital of Estonia?", "Tallinn is the capital of Estonia.", "Tallinn")
NORWAY = turn("How many people live in Norway?", "About five million people live in Norway.", "About five million")
LIGHT = turn("Where is the Karn lighthouse?", "The Karn lighthouse stands in Oslen.", "Oslen")
LNP = turn(
    "Which countries belong to the LNP?", "Norway, Sweden and Estonia belong to it.", "Norway, Sweden and Estonia"
)
LEAGUE = turn(
    "Whom did Ida Brandt ask for help?", "Brandt asked a Karn-led group of ports for help.", "a Karn-led group of ports"
)
MAYOR = turn("Who is the mayor of Oslen?", "Ida Brandt, the mayor of Oslen, opened the bridge.", "Ida Brandt")
SPOKESMAN = turn("What did the harbour spokesman say?", "The harbour spokesman asked for patience.", "patience")
TAX = turn("What did the council cut on Friday?", "On Friday the council cut the water tax.", "the water tax")
BOATS = turn("How many boats did Norway send?", "Norway sent 12 boats.", "12")
RESIGNED = turn("Who resigned after the flood?", "Ida Brandt resigned after the flood on Tuesday.", "Ida Brandt")
BURNT = turn("What did the rioters burn in Karn?", "In Karn the rioters burnt the customs house.", "the customs house")
ENTERED = turn("Which building did rioters break into on Monday?", "They broke into the mint in Karn.", "the mint")
CHESS = turn("Who won the chess cup in 2019?", "Tomas Veld won the chess cup in 2019.", "Tomas Veld")
FINED = turn("Which airline was fined?", "Blue Heron was fined four million crowns.", "Blue Heron")
CLOSED = turn(
    "Which airports were closed?", "The airports of Karn and Oslen were closed.", "airports of Karn and Oslen"
)
LAKE = turn("How deep is Lake Linden?", "Lake Linden is 300 metres deep.", "300 metres")
BRIDGE = turn("How much did the bridge cost?", "The bridge cost 40 million crowns.", "40 million crowns")
MUSEUM = turn("When was the museum opened?", "The museum was opened in 1982.", "1982")
POLICE = turn("Did the police arrest protesters?", "The police arrested 40 protesters.", "arrested")
INTERNET = turn("What happened to the internet in Karn?", "The internet was cut off in Karn.", "was cut off")
AIRPORT = turn("What happened to the airport?", "The airport of Karn was shut down on Monday.", "shut down")
FERRIES = turn("What happened to the ferries?", "Owners said that they had lost much money.", "had lost much money")
PRISON = turn("Is Piet Harrow still in prison?", "Harrow is in prison.", "in prison")
REFUSED = turn("Is Piet Harrow still in prison?")
GUARDS = turn("How many lighthouse keepers died?", "Nine lighthouse keepers died.", "Nine")
TREASURER = turn("Who is the treasurer?", "Ivo Brand is the treasurer.", "Ivo Brand")
FIRST_NAME = turn("Was Olaf arrested?", "Karn Mayor Olaf Dunn was arrested, Runa Holt said.", "was arrested")
TOLD = turn(
    "What did Ida Brandt say?",
    "Ida Brandt told the KTX-Signal news agency of a flood.",
    "told the KTX-Signal news agency",
)
UNKNOWN = turn("What is the population of Sweden?")


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        (STRIKE, "When did it end?", "When did the strike end?"),
        (STRIKE, "Who organised it?", "Who organised the strike?"),
        (HOLT, "How many pumps did she say would be sent?", "How many pumps did Runa Holt say would be sent?"),
        (HOLT, "Where was she born?", "Where was Runa Holt born?"),
        (HOLT, "What is her job?", "What is Runa Holt's job?"),
        (HOLT, "Who met her?", "Who met Runa Holt?"),
        (HOLT, "What did Tomas Veld say about her?", "What did Tomas Veld say about Runa Holt?"),
        (MAYOR, "When was she elected?", "When was Ida Brandt elected?"),
        (MAYOR, "Whom did she thank for her help?", "Whom did Ida Brandt thank for her help?"),
        (MAYOR, "Who was mayor before her?", "Who was mayor before Ida Brandt?"),
        (SPOKESMAN, "What does he want?", "What does the harbour spokesman want?"),
        (CHESS, "Whom did he beat?", "Whom did Tomas Veld beat?"),
        (LIGHT, "How old is it?", "How old is the Karn lighthouse?"),
        (LIGHT, "Who built it?", "Who built the Karn lighthouse?"),
        (CAPITAL, "Who founded it?", "Who founded Tallinn?"),
        (LNP, "Who belongs to it?", "Who belongs to the LNP?"),
        (LNP, "Who is its president?", "Who is the LNP's president?"),
        (LEAGUE, "Who is its general secretary?", "Who is the Karn-led group of ports' general secretary?"),
        (TAX, "How long will it last?", "How long will the water tax last?"),
        (FINED, "Who owns it?", "Who owns Blue Heron?"),
        (LAKE, "What lives in it?", "What lives in Lake Linden?"),
        (UNKNOWN, "What is its capital?", "What is Sweden's capital?"),
    ],
)
def test_a_pronoun_means_what_was_last_spoken_of(before: Turn, question: str, complete: str) -> None:
    assert resolve(question, [before]).text == complete


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        (RALLIES, "Where did they begin?", "Where did the rallies begin?"),
        (MINERS, "What did they dig for?", "What did the miners dig for?"),
        (MINERS, "Who were they?", "Who were the miners?"),
        (MINERS, "How many of them were rescued?", "How many of the miners were rescued?"),
        (MINERS, "How many of those were fathers?", "How many of the miners were fathers?"),
        (MINERS, "What did the doctor say about their wounds?", "What did the doctor say about the miners' wounds?"),
        (BOATS, "Where did they land?", "Where did the boats land?"),
        (BOATS, "What did the crew say about them?", "What did the crew say about the boats?"),
        (LNP, "When did they join?", "When did Norway, Sweden and Estonia join?"),
        (CLOSED, "When did they open again?", "When did the airports of Karn and Oslen open again?"),
        (POLICE, "What did they say?", "What did the police say?"),
    ],
)
def test_they_are_several_or_an_institution(before: Turn, question: str, complete: str) -> None:
    assert resolve(question, [before]).text == complete


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        (CAPITAL, "How many people live there?", "How many people live in Tallinn?"),
        (CAPITAL, "Who went there?", "Who went to Tallinn?"),
        (CAPITAL, "Who comes from there?", "Who comes from Tallinn?"),
        (CAPITAL, "Who is the mayor of that city?", "Who is the mayor of Tallinn?"),
        (CAPITAL, "How many people live in the city?", "How many people live in Tallinn?"),
        (NORWAY, "What is the capital of that country?", "What is the capital of Norway?"),
        (NORWAY, "How long is that country's border with Finland?", "How long is Norway's border with Finland?"),
        (LIGHT, "How many people live there?", "How many people live in Oslen?"),
        (LNP, "Where does the alliance meet?", "Where does the LNP meet?"),
        (LNP, "When was that organization founded?", "When was the LNP founded?"),
        (BRIDGE, "When was this bridge built?", "When was the bridge built?"),
        (RALLIES, "Who led these rallies?", "Who led the rallies?"),
        (RALLIES, "Who was president then?", "Who was president on Sunday?"),
        (MUSEUM, "Who was mayor then?", "Who was mayor in 1982?"),
    ],
)
def test_places_nouns_and_times_refer_as_well(before: Turn, question: str, complete: str) -> None:
    assert resolve(question, [before]).text == complete


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        (STRIKE, "Why?", "Why did the strike begin?"),
        (STRIKE, "and why", "Why did the strike begin?"),
        (STRIKE, "Where?", "Where did the strike begin?"),
        (STRIKE, "How?", "How did the strike begin?"),
        (STRIKE, "How come?", "Why did the strike begin?"),
        (STRIKE, "Why did that happen?", "Why did the strike begin?"),
        (STRIKE, "According to whom?", "According to whom did the strike begin on Monday?"),
        (STRIKE, "Who said so?", "According to whom did the strike begin on Monday?"),
        (MINERS, "Where?", "Where were miners killed?"),
        (MINERS, "When was that?", "When were miners killed?"),
        (MINERS, "By whom?", "By whom were miners killed?"),
        (MINERS, "According to whom?", "According to whom were nine miners killed?"),
        (MINERS, "Who?", "Who were killed?"),
        (MAYOR, "Since when?", "Since when is Ida Brandt the mayor of Oslen?"),
        (LIGHT, "Since when?", "Since when is the Karn lighthouse in Oslen?"),
        (SPOKESMAN, "When did he say that?", "When did the harbour spokesman say that?"),
        (TAX, "For how long?", "For how long did the council cut the water tax on Friday?"),
        (BURNT, "When?", "When did the rioters burn the customs house in Karn?"),
        (BURNT, "What else?", "What else did the rioters burn in Karn?"),
        (ENTERED, "Why?", "Why did rioters break into the mint on Monday?"),
        (ENTERED, "In which town?", "In which town did rioters break into the mint on Monday?"),
        (BOATS, "When?", "When did Norway send boats?"),
        (RESIGNED, "When?", "When did Ida Brandt resign after the flood?"),
        (RESIGNED, "Who else?", "Who else resigned after the flood?"),
        (CHESS, "How?", "How did Tomas Veld win the chess cup in 2019?"),
        (FINED, "What for?", "For what was Blue Heron fined?"),
        (FINED, "How much?", "How much was Blue Heron fined?"),
        (LNP, "How many?", "How many countries belong to the LNP?"),
        (LAKE, "How long?", "How long is Lake Linden?"),
        (MUSEUM, "Who by?", "By whom was the museum opened?"),
        (POLICE, "How many?", "How many protesters did the police arrest?"),
        (INTERNET, "When?", "When was the internet in Karn cut off?"),
    ],
)
def test_a_question_of_one_word_asks_the_last_one_in_another_way(before: Turn, question: str, complete: str) -> None:
    assert resolve(question, [before]).text == complete


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        (STRIKE, "and in Karn?", "When did the strike begin in Karn?"),
        (STRIKE, "What about the boycott?", "When did the boycott begin?"),
        (MINERS, "and how many were injured?", "How many miners were injured?"),
        (MINERS, "and how many injured?", "How many miners were injured?"),
        (WARDENS, "How many were killed?", "How many police officers were killed?"),
        (MINERS, "What about divers?", "How many divers were killed?"),
        (MINERS, "And the divers?", "How many divers were killed?"),
        (MINERS, "And injured?", "How many miners were injured?"),
        (MINERS, "and in 2019?", "How many miners were killed in 2019?"),
        (MINERS, "And how many in Oslen?", "How many miners were killed in Oslen?"),
        (HELD, "and in Karn?", "How many people were held in Karn?"),
        (HELD, "In Karn?", "How many people were held in Karn?"),
        (CHESS, "and in 2020?", "Who won the chess cup in 2020?"),
        (CHESS, "What about 2021?", "Who won the chess cup in 2021?"),
        (CHESS, "And the golf cup?", "Who won the golf cup in 2019?"),
        (TAX, "And on Monday?", "What did the council cut on Monday?"),
        (HOLT, "And Piet Harrow?", "Who is Piet Harrow?"),
        (CAPITAL, "And Finland?", "What is the capital of Finland?"),
        (MAYOR, "And of Karn?", "Who is the mayor of Karn?"),
        (MAYOR, "How about the governor?", "Who is the governor of Oslen?"),
        (SPOKESMAN, "And the White Tower?", "What did the White Tower say?"),
        (SPOKESMAN, "What about the mayor?", "What did the mayor say?"),
        (BOATS, "and how many did Russia send?", "How many boats did Russia send?"),
        (BOATS, "What about Sweden?", "How many boats did Sweden send?"),
        (BOATS, "And planes?", "How many planes did Norway send?"),
        (NORWAY, "What about Sweden?", "How many people live in Sweden?"),
        (BRIDGE, "And the tunnel?", "How much did the tunnel cost?"),
        (POLICE, "And journalists?", "Did journalists arrest protesters?"),
    ],
)
def test_words_take_the_place_of_what_they_correspond_to(before: Turn, question: str, complete: str) -> None:
    assert resolve(question, [before]).text == complete


@pytest.mark.parametrize(
    "question",
    [
        "Who won the chess cup?",
        "Is it raining in Karn?",
        "How long does it take to build a tunnel?",
        "What is it called when a river leaves the bed?",
        "Why is it hard to count owls?",
        "Which company makes it possible to rent a heron?",
        "How many people were there?",
        "Are there owls in the tower?",
        "What did Tomas Veld say about his plans?",
        "What did the keeper of the light tell his daughter?",
        "Which town changed its name?",
        "Which pop star is being sued for leaving her own concert?",
        "Which officers lost their jobs?",
        "Who lost his keys?",
        "Which bird builds its own nest?",
        "In her speech, what did Greta Lund announce?",
        "When the ferry sank, who was on it?",
        "What did the minister say that night owls eat?",
        "Which sentence did the judge say that the court would repeat?",
        "Which service was cut off across the whole country on Monday?",
        "What did the city of Karn buy?",
        "How many weeks will the repairs of the bridge take?",
        "When the tunnel was flooded, how many people did it hold?",
        "Which party does the man who sold the mill belong to?",
        "how do I reset my password",
        "IT jobs in Karn this week",
    ],
)
@pytest.mark.parametrize("before", [MINERS, CAPITAL, MAYOR, BOATS, LNP, UNKNOWN], ids=lambda turn: turn.question)
def test_a_question_that_stands_alone_is_left_alone(before: Turn, question: str) -> None:
    found = resolve(question, [HOLT, before])
    assert (found.text, found.note) == (question, "")


def test_the_and_before_a_question_that_stands_alone_is_dropped() -> None:
    assert resolve("and in which city is the Blue Tower?", [STRIKE]).text == "In which city is the Blue Tower?"


@pytest.mark.parametrize("question", ["Who is he?", "What did she say?", "Who leads that country?", "Who pays for it?"])
def test_the_first_question_can_refer_to_nothing_and_that_is_said(question: str) -> None:
    found = resolve(question, [])
    assert found.text == question
    assert found.note.startswith("It is not known what “")


@pytest.mark.parametrize("question", ["Why?", "and in Oslen?", "What about the tunnel?", "For how long?"])
def test_a_part_of_a_question_cannot_be_completed_without_one_before(question: str) -> None:
    found = resolve(question, [])
    assert (found.text, found.note) == (question, "There is no earlier question that would complete this one.")


def test_only_somebody_is_he_or_she() -> None:
    found = resolve("Where does he live?", [BRIDGE])
    assert (found.text, found.note) == ("Where does he live?", "It is not known what “he” refers to.")


def test_he_is_not_somebody_whom_the_articles_call_she() -> None:
    before = [
        turn("Who opened the mill?", "Piet Harrow opened the mill.", "Piet Harrow", more="He was late."),
        turn("Who painted the mill?", "Greta Lund painted the mill.", "Greta Lund", more="She was paid well."),
    ]
    assert resolve("Where does he live?", before).text == "Where does Piet Harrow live?"
    assert resolve("Where does she live?", before).text == "Where does Greta Lund live?"


def test_the_latest_that_fits_is_meant() -> None:
    assert resolve("Where was she born?", [HOLT, MAYOR]).text == "Where was Ida Brandt born?"
    assert resolve("Where was she born?", [MAYOR, HOLT]).text == "Where was Runa Holt born?"
    assert resolve("Where was she born?", [MAYOR, BRIDGE]).text == "Where was Ida Brandt born?"


def test_an_ellipsis_is_completed_from_the_last_question_only() -> None:
    assert resolve("Why?", [STRIKE, BOATS]).text == "Why did Norway send boats?"


def test_a_chain_goes_on_from_what_was_resolved() -> None:
    asked = "Who is the president of the guild?"
    turns = [turn(asked, "Olaf Dunn is the president of the guild.", "Olaf Dunn")]
    for question, quote, span, complete in (
        ("Whom did he ask for boats?", "Dunn asked the LNP for boats.", "the LNP", "Whom did Olaf Dunn ask for boats?"),
        ("Who is its treasurer?", "The LNP's treasurer is Ivo Brand.", "Ivo Brand", "Who is the LNP's treasurer?"),
        ("How old is he?", "Brand is 61.", "61", "How old is Ivo Brand?"),
        ("Who won the golf cup?", "", "", "Who won the golf cup?"),
    ):
        assert resolve(question, turns).text == complete
        turns.append(turn(complete, quote, span))


@pytest.mark.parametrize(
    ("before", "question", "subject"),
    [
        (PRISON, "How about the airport?", "the airport"),
        (PRISON, "and the ferries?", "the ferries"),
        (HOLT, "What about Norway?", "Norway"),
        (STRIKE, "What about Piet Harrow?", "Piet Harrow"),
        (CLOSED, "ok, what about the mayor?", "the mayor"),
        (MAYOR, "And the tunnel, please?", "the tunnel"),
    ],
)
def test_what_is_of_another_sort_than_all_before_is_asked_for_by_itself(
    before: Turn, question: str, subject: str
) -> None:
    found = resolve(question, [before])
    assert found.text == subject
    assert found.note == f"“{subject}” has no place in the last question, and is asked for by itself."


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        (PRISON, "And Ida Brandt?", "Is Ida Brandt still in prison?"),
        (PRISON, "Who said that?", "According to whom is Piet Harrow still in prison?"),
        (CLOSED, "Who said that?", "According to whom were airports of Karn and Oslen closed?"),
        (AIRPORT, "When?", "When was the airport shut down?"),
        (AIRPORT, "why please", "Why was the airport shut down?"),
        (FERRIES, "When?", "When did that happen to the ferries?"),
        (GUARDS, "How did they die?", "How did the lighthouse keepers die?"),
        (TREASURER, "Since when?", "Since when is Ivo Brand the treasurer?"),
        (TREASURER, "Who was it before him?", "Who was it before Ivo Brand?"),
        (FIRST_NAME, "Why was he arrested?", "Why was Olaf Dunn arrested?"),
        (TOLD, "Who is he?", "Who is Ida Brandt?"),
        (STRIKE, "ok what about the boycott?", "When did the boycott begin?"),
        (STRIKE, "so what about the boycott", "When did the boycott begin?"),
        (STRIKE, "well, and in Karn?", "When did the strike begin in Karn?"),
        (STRIKE, "ok thanks, and why?", "Why did the strike begin?"),
        (STRIKE, "Who won the chess cup, please?", "Who won the chess cup?"),
    ],
)
def test_a_completed_question_reads_as_english(before: Turn, question: str, complete: str) -> None:
    assert resolve(question, [before]).text == complete


def test_nobody_said_what_was_not_found() -> None:
    found = resolve("Who said that?", [REFUSED])
    assert found.text == "Who said that?"
    assert found.note == "There is no answer before this that somebody could have said."


@pytest.mark.parametrize("question", ["And of Norway?", "Happily?"])
def test_what_does_not_go_with_the_last_question_is_asked_as_it_is(question: str) -> None:
    assert resolve(question, [turn("How old is Runa Holt?")]).text == question


def test_he_is_no_news_agency_and_no_place_though_nobody_else_is_spoken_of() -> None:
    before = turn("What was flooded?", "KTX-Signal reported that Lake Linden flooded Norway.", "Norway")
    found = resolve("Who is he?", [before])
    assert (found.text, found.note) == ("Who is he?", "It is not known what “he” refers to.")


def test_it_is_not_the_name_that_the_question_has_already() -> None:
    found = resolve("What did Brandt say about it?", [turn("What did Brandt say?")])
    assert (found.text, found.note) == ("What did Brandt say about it?", "It is not known what “it” refers to.")


@pytest.mark.parametrize("words", ["thanks", "ok, thank you very much!", "Tell me more.", "really?"])
@pytest.mark.parametrize("turns", [[], [STRIKE]], ids=["first", "later"])
def test_small_talk_asks_nothing(words: str, turns: list[Turn]) -> None:
    found = resolve(words, turns)
    assert (found.text, found.note) == (words, "Ask a question about the articles.")


def test_a_name_that_two_may_bear_is_left_as_it_is() -> None:
    before = turn("Was Olaf arrested?", "Mayor Olaf Dunn was arrested, Captain Olaf Berg said.", "was arrested")
    assert resolve("Why was he arrested?", [before]).text == "Why was Olaf arrested?"


def test_what_would_become_too_long_to_ask_is_asked_as_it_stands() -> None:
    before = turn(f"When did the {'very ' * 392}old mill close?", "The mill closed on Monday.", "Monday")
    assert len(before.question) < LONGEST_QUESTION
    found = resolve("According to whom?", [before])
    assert found.text == "According to whom?"
    assert "too long" in found.note


_WORDS = st.sampled_from(
    "and what about who when why how many in Oslen Runa Holt the bridge it its they them there then that country did is"
    " were said of her miners 2019 ? , ' ’s “ LNP".split()
)


@given(st.lists(_WORDS, min_size=1, max_size=12).map(" ".join))
def test_no_question_fails_and_what_is_resolved_is_one_line(question: str) -> None:
    found = resolve(question, [HOLT, LNP, MINERS])
    assert found.text
    assert found.text == " ".join(found.text.split())
    assert resolve(question, []).text == question


@pytest.mark.timeout(20)
@pytest.mark.parametrize("words", ["he ", "it ", "his ", "A W. w ", "Mr. ", "Runa Holt and ", "this that "])
def test_a_question_of_two_thousand_characters_is_completed_at_once(words: str) -> None:
    long = (words * LONGEST_QUESTION)[: LONGEST_QUESTION - 10].strip()
    before = Turn(long, HOLT.answer)
    for question, turns in ((long, []), (long, [HOLT]), ("What did she say about it there?", [before] * 4)):
        assert resolve(question, turns).text


def test_what_is_not_known_is_named_once() -> None:
    assert resolve("Did it open before it fell?", []).note == "It is not known what “it” refers to."


@pytest.mark.parametrize("before", ["How many were injured?", "How many were killed in Karn?", "Who was?", "How many?"])
@pytest.mark.parametrize("question", ["and who said so?", "according to whom?", "why?", "when?", "where?", "who?"])
def test_a_question_without_a_noun_can_be_followed(before, question):
    assert resolve(question, [turn(before, "Nine were injured in Karn, rescuers said.", "Nine")]).text
