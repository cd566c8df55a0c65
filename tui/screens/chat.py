"""The chat: what its commands do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.content import Content

from qa.render import one_line, score_lines
from tui import messages, text
from tui.commands import bindings, slashed
from tui.palette import AnswerProvider
from tui.screens.article import ArticleScreen
from tui.screens.articles import ArticlesScreen
from tui.screens.asking import AskingScreen
from tui.screens.conversations import ConversationsScreen
from tui.screens.sheet import Sheet
from tui.widgets.prompt import Prompt
from tui.widgets.source import Source
from tui.widgets.suggestion import Suggestion
from tui.widgets.turn import Turn

if TYPE_CHECKING:
    from qa.answer import Evidence
    from tui.app import ChatApp
    from tui.conversation import KeptTurn
    from tui.engine import Engine

FAREWELLS = {"exit", "quit", ":q"}
_EXPORTS = {"markdown": ".md", "json": ".json"}
_OF_AN_ANSWER = {"copy", "cite", "open", "why", "edit", "again"}


class ChatScreen(AskingScreen):
    """Asks, and does what the reader wants done with the answers.

    Commands on an answer act on the one that has the focus, else on the newest.
    """

    SCOPE = "chat"
    BINDINGS: ClassVar[list[BindingType]] = bindings("chat")

    @on(messages.Asked)
    async def _asked(self, message: messages.Asked) -> None:
        if message.question.lower() in FAREWELLS:
            self.app.exit()
        elif message.question.startswith("/"):
            await self._command(message.question)
        else:
            await self._ask(message.question)

    async def _command(self, typed: str) -> None:
        command, argument = slashed(typed)
        if command is None:
            self._app.tell(f"There is no command {one_line(typed)}. /help lists the commands.", severity="warning")
        elif not self._app.is_available(command, self):
            self._app.tell(f"There is nothing for /{command.slashes[0]} to do now.")
        else:
            await self._app.do(command, argument, screen=self)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer an action only where there is something to do for it."""
        if action in _OF_AN_ANSWER:
            return self.turn is not None
        match action:
            case "cancel":
                return self._turns.pending
            case "clear":
                return not self._turns.pending
            case "retry":
                return self._failure is not None
            case "details":
                return self.error is not None
            case "more":
                return self.turn is not None and self.turn.has_more
            case "previous":
                return self.transcript.first_kept > 1
            case "articles" | "conversations" | "new":
                return self._info is not None
            case "export" | "transcript":
                return any(block.kept for block in self.transcript.blocks)
            case "focus_sources":
                return bool(self.query(Source)) or bool(self.query(Suggestion))
            case "step_turn":
                return bool(self.transcript.blocks)
        return True

    # The answer

    @property
    def turn(self) -> Turn | None:
        """The answer that the commands act on."""
        if self.focused is not None:
            for node in self.focused.ancestors_with_self:
                if isinstance(node, Turn) and node.answer is not None:
                    return node
        answered = [block for block in self.transcript.blocks if block.answer is not None]
        return answered[-1] if answered else None

    def action_copy(self) -> None:
        """Copy the quoted sentence, word for word, on one line."""
        if evidence := self._quoted():
            self._app.copy(one_line(evidence.quote), f"the quote [{evidence.number}]")

    def action_cite(self, form: str = "") -> None:
        """Copy the quote with its citation."""
        from qa.citation import CITATION_FORMS, cite

        wanted = _completed(form or CITATION_FORMS[0], CITATION_FORMS)
        if wanted is None:
            self._app.tell(f"A citation is {', '.join(CITATION_FORMS)}; not {form}.", severity="warning")
        elif evidence := self._quoted():
            self._app.copy(cite(evidence, wanted), f"the quote [{evidence.number}] with its source ({wanted})")

    async def action_more(self) -> None:
        """Show the further sentences of the answer, or hide them again."""
        if (turn := self.turn) is not None and (first := await turn.toggle_more()):
            self.call_after_refresh(first.scroll_visible, animate=False)

    def action_open(self, number: str = "") -> None:
        """Open the article of the quote, or of the source with a number."""
        nearest = self.turn.shown[:1] if self.turn is not None else []
        evidence = nearest[0] if nearest and self.turn and self.turn.quoted is None else self._quoted()
        if number and self.turn is not None and self.turn.answer is not None:
            found = [one for one in self.turn.answer.evidence if str(one.number) == number.strip("[]")]
            if not found:
                self._app.tell(f"This answer has no source {number}.", severity="warning")
                return
            evidence = found[0]
        if evidence is not None:
            self._open_article(evidence)

    @on(messages.SourceChosen)
    def _source_chosen(self, message: messages.SourceChosen) -> None:
        self._open_article(message.evidence)

    def _open_article(self, evidence: Evidence) -> None:
        others = self.turn.shown if self.turn is not None else []
        # An article that has changed since is no longer that of the quote, though it has the same id.
        quotes = [one for one in others if one.article == evidence.article]
        self.app.push_screen(
            ArticleScreen(evidence.article, self.engine, quotes if evidence in quotes else [evidence], evidence)
        )

    def action_why(self) -> None:
        """Show the scores that led to each sentence."""
        turn = self.turn
        if turn is None or turn.answer is None:
            return
        lines: list[Content] = []
        for evidence in turn.answer.evidence:
            lines += [text.quote(evidence), *(Content(line) for line in score_lines(evidence)), Content("")]
        legend = Content.styled(text.SCORES_EXPLAINED, text.MUTED)
        self.app.push_screen(Sheet(f"Why: {one_line(turn.question)}", Content("\n").join([*lines, legend])))

    def action_edit(self) -> None:
        """Put the question, as it was asked of the articles, into the prompt."""
        if (turn := self.turn) is not None and turn.answer is not None:
            self.show_in_prompt(turn.answer.resolved_question or turn.question)

    async def action_again(self) -> None:
        """Ask the question once more."""
        if (turn := self.turn) is not None and turn.answer is not None:
            await self._ask(turn.answer.resolved_question or turn.question)

    def action_answer_menu(self) -> None:
        """List what can be done with the answer."""
        self.app.push_screen(CommandPalette(providers=[AnswerProvider], placeholder="What to do with this answer?"))

    def _quoted(self) -> Evidence | None:
        evidence = self.turn.quoted if self.turn is not None else None
        if evidence is None:
            self._app.tell("This answer has no quote: the articles do not tell. Tab leads to the nearest sentences.")
        return evidence

    # The conversation

    async def action_new(self) -> None:
        """Begin a new conversation on an empty screen."""
        self.engine.call(self.conversation.begin, self.post_message)
        await self._empty()
        self.transcript.show_welcome(self._info)
        self._suggest_more()
        self.refresh_bindings()

    async def _empty(self) -> None:
        """Leave the conversation that is on the screen."""
        self.give_up_questions()
        await self.transcript.clear()
        self.query_one("#below").display = False
        self.focus_prompt()

    def action_articles(self) -> None:
        """List the articles."""
        self.app.push_screen(ArticlesScreen(self.engine))

    def action_conversations(self) -> None:
        """List the earlier conversations about these articles."""
        if self._info is not None:
            self.app.push_screen(ConversationsScreen(self.history, self._info.path, self.engine), self._take_up)

    def _take_up(self, identifier: int | None) -> None:
        if identifier is not None:
            take_up = self.conversation.take_up
            self.engine.call(lambda engine: messages.TakenUp(take_up(engine, identifier)), self.post_message)

    @on(messages.TakenUp)
    async def _taken_up(self, message: messages.TakenUp) -> None:
        await self._empty()
        await self._show_kept(message.turns)
        self.transcript.scroll_end(animate=False)

    def action_previous(self) -> None:
        """Show turns of this conversation that came before those on the screen."""
        first, turns = self.transcript.first_kept, self.conversation.turns
        if first > 1:
            self.engine.call(lambda engine: messages.EarlierShown(turns(engine, before=first)), self.post_message)

    @on(messages.EarlierShown)
    async def _earlier_shown(self, message: messages.EarlierShown) -> None:
        # The command may have been given twice before the first turns came.
        first = self.transcript.first_kept
        await self._show_kept([turn for turn in message.turns if turn.number < first])
        self.transcript.scroll_home(animate=False)

    async def _show_kept(self, turns: Sequence[KeptTurn]) -> None:
        blocks = [Turn(turn.exchange.answer.question) for turn in turns]
        await self.transcript.add_before(blocks)
        for block, turn in zip(blocks, turns, strict=True):
            exchange = turn.exchange
            await block.show_answer(exchange.answer, exchange.seconds, self.notes_of(exchange.answer))
            block.kept = turn.number
        self.transcript.tell_earlier()
        self.refresh_bindings()

    def action_export(self, form: str = "") -> None:
        """Write the conversation to a file."""
        from qa.transcript import file_name, free_path, transcript_json, transcript_markdown

        wanted = _completed(form or "markdown", tuple(_EXPORTS))
        if wanted is None:
            self._app.tell(f"The conversation is written as {' or '.join(_EXPORTS)}; not {form}.", severity="warning")
            return
        write = transcript_json if wanted == "json" else transcript_markdown

        def transcribe(engine: Engine) -> messages.Transcribed:
            exchanges = self.conversation.exchanges(engine)
            path = free_path(Path.cwd(), file_name(exchanges, self._corpus, _EXPORTS[wanted]))
            return messages.Transcribed(write(exchanges, self._corpus), path)

        self.engine.call(transcribe, self.post_message)

    def action_transcript(self) -> None:
        """Copy the conversation as plain text."""
        from qa.transcript import transcript_text

        exchanges = self.conversation.exchanges
        self.engine.call(
            lambda engine: messages.Transcribed(transcript_text(exchanges(engine)), None), self.post_message
        )

    @on(messages.Transcribed)
    def _transcribed(self, message: messages.Transcribed) -> None:
        if message.path is None:
            self._app.copy(message.text, "the conversation")
        else:
            text_file, path = io.StringIO(message.text), message.path
            self.app.deliver_text(text_file, save_directory=path.parent, save_filename=path.name)

    def action_details(self) -> None:
        """Copy what the last error was."""
        from tui.reports import report

        if self.error is not None:
            self._app.copy(report(self.error), "what the last error was")

    def action_erase(self, confirmed: str = "") -> None:
        """Erase every conversation for good."""
        if confirmed == "all":
            self.engine.call(lambda _: self.history.clear(), self.post_message)
            self._app.tell("Every kept conversation is erased. What is on the screen stays until you leave.")
        else:
            self._app.tell("Type /erase all to erase every kept conversation for good.", severity="warning")

    # Moving

    def action_clear(self) -> None:
        """Clear the prompt; from elsewhere, go back to it."""
        prompt = self.query_one(Prompt)
        if prompt.has_focus:
            prompt.show("")
        prompt.focus()

    def action_focus_sources(self) -> None:
        """Go to the first source of the newest answer, or to the first suggestion."""
        newest = [block for block in self.transcript.blocks if block.query(Source)]
        if newest:
            newest[-1].query(Source).first().focus()
        elif suggestions := self.query(Suggestion):
            suggestions.first().focus()

    def action_step_turn(self, step: int) -> None:
        """Go to the answer before (-1) or after (1)."""
        blocks = self.transcript.blocks
        here = next((block for block in blocks if block.has_focus_within), None)
        place = len(blocks) if here is None else blocks.index(here)
        if place + step >= len(blocks):
            self.focus_prompt()
        else:
            blocks[max(place + step, 0)].focus()

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the transcript by nearly a page."""
        transcript = self.transcript
        transcript.scroll_relative(y=pages * max(transcript.size.height - 1, 1), animate=False)

    def action_top(self) -> None:
        """Go to the first answer on the screen."""
        self.transcript.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the newest answer."""
        self.transcript.scroll_end(animate=False)

    @property
    def _app(self) -> ChatApp:
        return cast("ChatApp", self.app)

    @property
    def _corpus(self) -> str:
        return "" if self._info is None else self._info.path


def _completed(word: str, known: tuple[str, ...]) -> str | None:
    """The one known word that begins so.

    Example:
        >>> _completed("bib", ("plain", "bibtex"))
        'bibtex'
    """
    return next((one for one in known if one.startswith(word.strip().lower())), None)
