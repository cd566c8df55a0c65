"""The chat as plain lines, for screen readers, braille displays and terminals that can only print.

Nothing here moves the cursor, draws or colours. The conversation goes to ``out``, everything else to ``err``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from index.errors import PullquoteError, UsageError
from qa.citation import cite
from qa.guard import INTERRUPTED
from qa.printable import printable
from qa.render import one_line
from tui import labelled
from tui.conversation import Conversation

if TYPE_CHECKING:
    from index.records import CatalogueEntry, Progress
    from qa.answer import Answer, Evidence
    from tui.engine import Engine
    from tui.history import History

REPORT_INTERVAL = 2.0
_PROMPT = "Question: "
_SENTENCES, _ARTICLES = 3, 20
_LEAVING = {"exit", "quit", ":q", "/quit", "/exit", "/q"}
_HELP = {
    "/more": "reads the next sentences",
    "/source N": "reads what stands around the quote of source N",
    "/cite N FORM": "cites source N; the form is plain, markdown or bibtex",
    "/articles WORDS": "lists the articles with these words in title, publisher or file name",
    "/new": "begins a new conversation; the next question refers to nothing before it",
    "/help": "names the commands",
    "/quit": "leaves, and so does the end of the input",
}

Outcome = TypeVar("Outcome")


def run_plain(
    engine: Engine,
    question: str | None = None,
    *,
    source: TextIO,
    out: TextIO,
    err: TextIO,
    history: History | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Hold a conversation line by line, until the user leaves it or the input ends.

    Args:
        engine: What opens the articles and answers the questions.
        question: A question to begin with.
        source: Where questions and commands are read from, one a line.
        out: Where the conversation is written.
        err: Where progress and errors are written.
        history: Where the conversation is kept for the next time; None does not keep it.
        clock: Tells the time in seconds.

    Returns:
        The exit code: 0, that of the error which kept the articles closed, or 130 after Ctrl+C twice in a row.
    """
    talk = _Talk(engine, source, out, err, history, clock)
    try:
        talk.open()
    except PullquoteError as error:
        talk.note(*labelled.failure(error))
        return error.exit_code
    return talk.hold(question)


class _Talk:
    """A conversation: what was answered last, and how much of that was read out."""

    def __init__(
        self,
        engine: Engine,
        source: TextIO,
        out: TextIO,
        err: TextIO,
        history: History | None,
        clock: Callable[[], float],
    ) -> None:
        self._engine = engine
        self._source = source
        self._out = out
        self._err = err
        self._clock = clock
        self._kept = Conversation(history) if history else None
        self._corpus = ""
        # A person who types sees what was typed; in a file or a pipe it has to be told.
        self._typed = source.isatty() and out.isatty()
        self._answer: Answer | None = None
        self._rest: Sequence[Evidence] = ()

    def open(self) -> None:
        """Open the articles, and tell what there is."""
        self.note("Opening the articles.")
        info = self._engine.open(_reporter(self.note, self._clock))
        self._corpus = info.path
        self.note(*labelled.opened(info))
        if self._typed:
            self.note("Help: type a question and press Enter; /help names the commands.")

    def hold(self, question: str | None) -> int:
        """Take a first question if there is one, and then line by line, to the end of them."""
        interrupted = False
        while True:
            try:
                line = self._told(question) if question else self._read()
                question = None
                if not line or line.strip().lower() in _LEAVING:
                    return 0
                self._take(line.strip())
                interrupted = False
            except KeyboardInterrupt:
                # What was typed on a line cannot be known before Enter, so that one Ctrl+C never leaves.
                self._end_line()
                if interrupted:
                    return INTERRUPTED
                interrupted = True
                self.note("Cancelled. Ctrl+C once more leaves.")

    def note(self, *lines: str) -> None:
        """Say what is no part of the conversation."""
        _write(self._err, lines)

    def _say(self, lines: Iterable[str]) -> None:
        _write(self._out, lines)

    def _read(self) -> str:
        """The next line with its line end, or ``""`` at the end of the input."""
        if self._typed:
            self._out.write(_PROMPT)
            self._out.flush()
        line = self._source.readline()
        if not line:
            self._end_line()
        elif not self._typed and line.strip():
            self._told(line)
        return line

    def _told(self, line: str) -> str:
        """The line, once it is told, since nobody sees it typed."""
        self._say([f"{'Command' if line.lstrip().startswith('/') else 'Question'}: {one_line(line)}"])
        return line

    def _end_line(self) -> None:
        if self._typed:
            self._say([""])

    def _take(self, text: str) -> None:
        """Do what a line asks for; an error is told, and the conversation goes on."""
        try:
            if text.startswith("/"):
                self._command(*text.lower().split())
            elif text:
                self._ask(text)
        except PullquoteError as error:
            self.note(*labelled.failure(error))

    def _ask(self, question: str) -> None:
        began = self._clock()
        answer = self._answer = self._called(lambda: self._engine.ask(question))
        self._rest = [evidence for evidence in answer.evidence if evidence not in labelled.told(answer)]
        self._say(labelled.answer(answer))
        self._tell_rest()
        if self._kept:
            self._kept.keep(self._corpus, answer, self._clock() - began)

    def _command(self, name: str, *words: str) -> None:
        match name:
            case "/help" | "/?":
                self._say(f"Command: {command}: {does}" for command, does in _HELP.items())
            case "/more":
                self._more()
            case "/source" | "/open":
                evidence = self._numbered(words)
                kept = self._called(lambda: self._engine.kept(evidence.article))
                self._say(labelled.excerpt(evidence, kept))
            case "/cite":
                self._cite(words)
            case "/articles":
                self._list(words)
            case "/new":
                self._kept.begin(self._engine) if self._kept else self._engine.forget()
                self._answer, self._rest = None, ()
                self._say(["New conversation: the next question refers to nothing before it."])
            case _:
                known = ", ".join(command.split()[0] for command in _HELP)
                raise UsageError(f"There is no command {name}", "what begins with / is a command", f"use {known}")

    def _more(self) -> None:
        """Read out the next sentences of the last answer."""
        self._last()
        if not self._rest:
            self._say(["More: none"])
        now, self._rest = self._rest[:_SENTENCES], self._rest[_SENTENCES:]
        self._say(labelled.sentences(now))
        self._tell_rest()

    def _tell_rest(self) -> None:
        if self._rest:
            self._say([f"More: {len(self._rest)}, with /more"])

    def _cite(self, words: Sequence[str]) -> None:
        numbers = [word for word in words if word.isdecimal()]
        evidence = self._numbered(numbers)
        form = next((word for word in words if word not in numbers), "plain")
        first, *others = printable(cite(evidence, form)).splitlines()
        self._say([f"Citation: {first}", *others])

    def _list(self, words: Sequence[str]) -> None:
        """List the articles that have all the words."""
        entries = self._called(self._engine.catalogue)
        found = [entry for entry in entries if all(word in _searched(entry) for word in words)]
        self._say([f"Articles: {len(found):,} of {len(entries):,}"])
        shown = found[:_ARTICLES]
        self._say(f"Article {number}: {labelled.source(entry)}" for number, entry in enumerate(shown, 1))
        if len(found) > len(shown):
            self._say([f"More: {len(found) - len(shown):,}, to be found with more words"])

    def _last(self) -> Answer:
        if self._answer is None:
            raise UsageError("There is no answer yet", "nothing has been asked in this conversation", "ask a question")
        return self._answer

    def _numbered(self, words: Sequence[str]) -> Evidence:
        """The sentence of the last answer that a command names by its number; the first if it names none."""
        evidence = self._last().evidence
        number = words[0] if words else "1"
        for one in evidence:
            if str(one.number) == number:
                return one
        why = f"the last answer has {len(evidence)} sentences"
        raise UsageError(f"There is no source {number}", why, "name a sentence by its number")

    def _called(self, work: Callable[[], Outcome]) -> Outcome:
        """What the engine gives; a fault in it is an error like others, so that the conversation goes on."""
        try:
            return work()
        except PullquoteError:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            fix = "ask otherwise, and please report this"
            raise PullquoteError("Something unexpected went wrong", why, fix) from error


def _searched(entry: CatalogueEntry) -> str:
    return f"{entry.title} {entry.publisher} {Path(entry.path).name}".lower()


def _reporter(note: Callable[[str], None], clock: Callable[[], float]) -> Callable[[Progress], None]:
    """Tells how far long work is, every two seconds at most."""
    told = clock()

    def report(progress: Progress) -> None:
        nonlocal told
        now = clock()
        if now - told >= REPORT_INTERVAL:
            told = now
            total = f" of {progress.total:,}" if progress.total else ""
            note(f"{progress.stage}: {progress.done:,}{total}")

    return report


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    stream.writelines(f"{line}\n" for line in lines)
    stream.flush()
