import io
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CorpusNotFoundError, HistoryError, QuestionError
from index.records import Progress
from qa.answer import Answer
from tests.tui.fakes import QUESTION, QUOTE, SECOND, FakeEngine, buses, make_answer, make_article
from tests.tui.fakes import make_evidence as evidence
from tui.history import History
from tui.plain import run_plain


class Stream(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, text: str = "", *, terminal: bool = False) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Interrupted(Stream):
    """Input in which the line ``^C`` is Ctrl+C."""

    def readline(self, size: int = -1) -> str:
        line = super().readline(size)
        if line == "^C\n":
            raise KeyboardInterrupt
        return line


class Conversation:
    """What came of some lines of input."""

    def __init__(
        self,
        *lines: str,
        engine: FakeEngine | None = None,
        question: str | None = None,
        terminal: bool = False,
        history: History | None = None,
        clock: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.engine = engine or FakeEngine()
        source = Interrupted("".join(f"{line}\n" for line in lines), terminal=terminal)
        out, err = Stream(terminal=terminal), Stream(terminal=terminal)
        self.code = run_plain(self.engine, question, source=source, out=out, err=err, history=history, clock=clock)
        self.out, self.err = out.getvalue(), err.getvalue()
        self.told = self.out.splitlines()
        self.noted = self.err.splitlines()


def test_a_question_is_answered_in_labelled_lines() -> None:
    talk = Conversation(QUESTION)
    assert talk.told[:3] == [f"Question: {QUESTION}", f"Answer: {QUOTE}", "Answering words: about 40 buses"]
    assert talk.told[-1] == "More: 1, with /more"
    assert talk.noted == ["Opening the articles.", "Articles: 12 in /articles/flood."]
    assert talk.code == 0


def test_a_first_question_is_asked_before_any_line_is_read() -> None:
    talk = Conversation("and then?", question=QUESTION)
    assert talk.engine.asked == [QUESTION, "and then?"]
    assert talk.told[0] == f"Question: {QUESTION}"


def test_the_prompt_is_written_only_where_a_person_types() -> None:
    talk = Conversation(QUESTION, terminal=True)
    assert talk.out.startswith("Question: Answer: ")  # The terminal itself shows what is typed between them.
    assert talk.out.endswith("Question: \n")
    assert "/help" in talk.err
    assert "/help" not in Conversation(QUESTION).err


def test_blank_lines_ask_nothing() -> None:
    talk = Conversation("", "   ", "\t")
    assert (talk.engine.asked, talk.out, talk.code) == ([], "", 0)


@pytest.mark.parametrize("word", ["/quit", "/exit", "/q", "exit", "Quit", ":q", " :q "])
def test_the_words_that_leave_leave(word: str) -> None:
    talk = Conversation(word, QUESTION)
    assert (talk.engine.asked, talk.code) == ([], 0)


def test_further_sentences_are_read_three_at_a_time() -> None:
    quotes = [f"Bus number {number} left." for number in range(1, 7)]
    article = make_article(" ".join(quotes))
    answer = make_answer(*(evidence(article, quote, number=number) for number, quote in enumerate(quotes, 1)))
    talk = Conversation(QUESTION, "/more", "/more", "/more", engine=FakeEngine(answer))
    read = [line for line in talk.told if line.startswith(("Sentence", "More", "Command"))]
    assert read == [
        "More: 5, with /more",
        "Command: /more",
        "Sentence 2: Bus number 2 left.",
        "Sentence 3: Bus number 3 left.",
        "Sentence 4: Bus number 4 left.",
        "More: 2, with /more",
        "Command: /more",
        "Sentence 5: Bus number 5 left.",
        "Sentence 6: Bus number 6 left.",
        "Command: /more",
        "More: none",
    ]


@pytest.mark.parametrize("command", ["/source 2", "/SOURCE 2", "/open 2"])
def test_a_source_is_read_around_its_quote(command: str) -> None:
    talk = Conversation(QUESTION, command)
    begins = talk.told.index("Quote begins.")
    assert talk.told[begins : begins + 3] == ["Quote begins.", SECOND, "Quote ends."]
    assert talk.told[begins + 3].startswith("After: Paragraph 0 tells")


def test_a_source_without_a_number_is_the_first() -> None:
    assert QUOTE in Conversation(QUESTION, "/source").told


@pytest.mark.parametrize("number", ["0", "3", "x", "-1", "²"])
def test_a_source_that_is_not_there_is_told(number: str) -> None:
    talk = Conversation(QUESTION, f"/source {number}", QUESTION)
    assert talk.noted[-3:] == [
        f"Error: There is no source {number}.",
        "Why: the last answer has 2 sentences.",
        "What to do: name a sentence by its number.",
    ]
    assert talk.engine.asked == [QUESTION, QUESTION]


@pytest.mark.parametrize("command", ["/more", "/source", "/source 1", "/cite"])
def test_before_an_answer_there_is_nothing_to_read(command: str) -> None:
    assert "Error: There is no answer yet." in Conversation(command).noted
    assert "Error: There is no answer yet." in Conversation(QUESTION, "/new", command).noted


@pytest.mark.parametrize(
    ("command", "begins"),
    [
        ("/cite", f"Citation: “{QUOTE}”"),
        ("/cite 2", f"Citation: “{SECOND}”"),
        ("/cite 2 markdown", f"Citation: > {SECOND}"),
        ("/cite bibtex", "Citation: @"),
    ],
)
def test_a_sentence_is_cited_in_the_form_that_is_named(command: str, begins: str) -> None:
    talk = Conversation(QUESTION, command)
    assert talk.told[talk.told.index(f"Command: {command}") + 1].startswith(begins)


def test_a_form_of_citation_that_is_not_known_is_told() -> None:
    assert "What to do: use plain, markdown or bibtex." in Conversation(QUESTION, "/cite 1 sung").noted


def test_articles_are_listed_by_their_words() -> None:
    engine = FakeEngine()
    engine.articles = [
        make_article("x", title="Owls of Odile", name="a.txt"),
        make_article("x", title="Rain", name="owls.txt"),
        make_article("x", title="Snow", name="c.txt"),
    ]
    found = Conversation("/articles OWLS courier", engine=engine).told
    assert found == [
        "Command: /articles OWLS courier",
        "Articles: 2 of 3",
        "Article 1: Owls of Odile, The Harbourside Courier, 8 January 2022",
        "Article 2: Rain, The Harbourside Courier, 8 January 2022",
    ]
    assert Conversation("/articles", engine=engine).told[1] == "Articles: 3 of 3"


def test_of_many_articles_twenty_are_listed_and_the_others_counted() -> None:
    engine = FakeEngine()
    engine.articles = [make_article("x", title=f"Owl {number}") for number in range(30)]
    told = Conversation("/articles", engine=engine).told
    assert len([line for line in told if line.startswith("Article ")]) == 20
    assert told[-1] == "More: 10, to be found with more words"


def test_a_new_conversation_forgets_the_old_one() -> None:
    engine = FakeEngine()
    engine.remembered = [buses()]
    Conversation("/new", engine=engine)
    assert engine.remembered == []


def test_the_help_names_every_command() -> None:
    told = Conversation("/help").told
    named = {line.split(": ")[1].split()[0] for line in told[1:]}
    assert named == {"/more", "/source", "/cite", "/articles", "/new", "/help", "/quit"}


def test_a_command_that_is_not_known_names_those_that_are() -> None:
    assert Conversation("/sing a song").noted[-3:] == [
        "Error: There is no command /sing.",
        "Why: what begins with / is a command.",
        "What to do: use /more, /source, /cite, /articles, /new, /help, /quit.",
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (QuestionError("It is empty", "it has no word", "ask"), ["It is empty.", "it has no word.", "ask."]),
        (
            ZeroDivisionError("by\x1b zero"),
            [
                "Something unexpected went wrong.",
                "ZeroDivisionError: by␛ zero.",
                "ask otherwise, and please report this.",
            ],
        ),
    ],
)
def test_an_error_is_told_in_three_lines_and_the_conversation_goes_on(error: Exception, told: list[str]) -> None:
    talk = Conversation(QUESTION, "again", engine=FakeEngine(error))
    lines = [f"{label}: {text}" for label, text in zip(("Error", "Why", "What to do"), told, strict=True)]
    assert talk.noted[2:] == lines * 2
    assert talk.engine.asked == [QUESTION, "again"]
    assert talk.code == 0


def test_after_a_question_that_failed_the_answer_before_it_can_still_be_read() -> None:
    class Failing(FakeEngine):
        def ask(self, question: str) -> Answer:
            answer = super().ask(question)
            self.answer = QuestionError("a", "b", "c")
            return answer

    talk = Conversation(QUESTION, "again", "/more", engine=Failing())
    assert f"Sentence 2: {SECOND}" in talk.told


def test_articles_that_cannot_be_opened_end_it_with_the_code_of_the_error() -> None:
    talk = Conversation(QUESTION, engine=FakeEngine(open_error=CorpusNotFoundError("No news", "gone", "look")))
    assert (talk.code, talk.out, talk.engine.asked) == (3, "", [])
    assert talk.noted[-3:] == ["Error: No news.", "Why: gone.", "What to do: look."]


def test_long_work_is_told_every_two_seconds_at_most() -> None:
    engine = FakeEngine()
    engine.progress = [Progress("Encoding passages", number, 1_200) for number in range(0, 1_000, 50)]
    engine.progress.append(Progress("Reading articles", 7, 0))
    ticks = iter([0.5 * number for number in range(100)])
    told = Conversation(engine=engine, clock=lambda: next(ticks)).noted
    assert told[1:-1] == [f"Encoding passages: {number} of 1,200" for number in (150, 350, 550, 750, 950)]


def test_what_takes_no_time_is_not_told() -> None:
    assert not [line for line in Conversation().noted if line.startswith("Encoding")]


def test_ctrl_c_once_cancels_the_line_and_the_conversation_goes_on() -> None:
    talk = Conversation("^C", QUESTION, "^C", QUESTION)
    assert talk.engine.asked == [QUESTION, QUESTION]
    assert talk.noted[2:] == ["Cancelled. Ctrl+C once more leaves."] * 2
    assert talk.code == 0


def test_ctrl_c_twice_in_a_row_leaves() -> None:
    talk = Conversation("^C", "^C", QUESTION)
    assert (talk.engine.asked, talk.code) == ([], 130)


def test_ctrl_c_cancels_a_question_that_is_worked_on() -> None:
    class Slow(FakeEngine):
        def ask(self, question: str) -> Answer:
            if question == "slow":
                raise KeyboardInterrupt
            return super().ask(question)

    talk = Conversation("slow", QUESTION, engine=Slow())
    assert f"Answer: {QUOTE}" in talk.told
    assert (talk.engine.asked, talk.code) == ([QUESTION], 0)


def test_ctrl_c_while_the_articles_are_opened_ends_the_command() -> None:
    class Opening(FakeEngine):
        def open(self, report: Callable[[Progress], None]) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Conversation(QUESTION, engine=Opening())


def test_a_conversation_is_kept_where_there_is_a_history() -> None:
    with closing(History(None)) as history:
        Conversation(QUESTION, "and then?", "/new", "who?", history=history)
        kept = history.conversations()
        assert sorted((one.corpus, one.turns) for one in kept) == [("/articles/flood", 1), ("/articles/flood", 2)]


def test_a_history_that_cannot_be_written_costs_no_answer() -> None:
    class Full(History):
        def add(self, *arguments: object, **options: object) -> int:
            raise HistoryError("It is not kept", "no room", "make some")

    with closing(Full(None)) as history:
        talk = Conversation(QUESTION, history=history)
    assert f"Answer: {QUOTE}" in talk.told
    assert talk.noted[-3] == "Error: It is not kept."


@given(st.text())
def test_nothing_that_is_written_can_command_a_terminal(text: str) -> None:
    article = replace(make_article(f"{text} owl.", title=text or "Title"), publisher=text, path=f"/a/{text}")
    answer = replace(
        make_answer(evidence(article, f"{text} owl.", text, also=True), notes=(text,)), resolved_question=text
    )
    engine = FakeEngine(answer)
    engine.articles = [article]
    talk = Conversation(QUESTION, "/source", "/cite", "/cite markdown", "/articles", engine=engine, question=text)
    assert not [character for character in talk.out + talk.err if character < " " and character != "\n"]
    assert not {*talk.out} & {*"\x7f\x9b\u202e\u2028"}
