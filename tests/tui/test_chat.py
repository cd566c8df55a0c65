from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Static

from index.errors import CorpusNotFoundError, QuestionError
from index.records import Article, Progress
from qa.answer import Agreement, TimeNote, Value
from tests.tui.fakes import (
    QUESTION,
    QUOTE,
    SECOND,
    SPAN,
    FakeEngine,
    buses,
    make_answer,
    make_article,
    make_evidence,
)
from tests.tui.pilots import ChatPilot, answers, ask, chat, one_source, screen, wait_for, wait_until
from tui.app import ChatApp
from tui.conversation import Conversation
from tui.history import History
from tui.screens.article import ArticleScreen
from tui.settings import Settings
from tui.widgets.prompt import Prompt
from tui.widgets.source import Source
from tui.widgets.transcript import MOST, Transcript
from tui.widgets.turn import Turn

NOT_THERE = CorpusNotFoundError("The articles cannot be read", "there is no folder /articles/flood", "check the path")


def prompt(pilot: ChatPilot) -> Prompt:
    return pilot.app.screen.query_one(Prompt)


def exit_code(pilot: ChatPilot) -> int:
    assert isinstance(pilot.app, ChatApp)
    return pilot.app.exit_code


async def test_the_prompt_takes_keys_before_the_articles_are_open() -> None:
    async with chat(FakeEngine(slow=True)) as pilot:
        assert pilot.app.focused is prompt(pilot)
        await pilot.press("w", "h", "o")
        assert prompt(pilot).value == "who"


async def test_a_question_asked_while_loading_waits_in_sight_and_is_answered_later() -> None:
    engine = FakeEngine(slow=True)
    async with chat(engine) as pilot:
        await ask(pilot, QUESTION)
        assert QUESTION in screen(pilot)
        assert "Waiting for the index…" in screen(pilot)
        assert engine.asked == []
        engine.opening.set()
        await wait_for(pilot, "Searching 12 articles…")
        engine.asking.set()
        await wait_for(pilot, "likely · 0.83")
        assert "Waiting" not in screen(pilot)


async def test_questions_are_answered_in_the_order_in_which_they_were_asked() -> None:
    engine = FakeEngine(slow=True)
    async with chat(engine, question="first") as pilot:
        await ask(pilot, "second")
        engine.opening.set()
        await wait_for(pilot, "Waiting for the question before…")
        engine.asking.set()
        await wait_until(pilot, lambda: len(pilot.app.screen.query(Source)) == 4)
        assert engine.asked == ["first", "second"]


async def test_questions_typed_ahead_of_the_screen_stay_apart() -> None:
    engine = FakeEngine()
    async with chat(engine) as pilot:
        for key in ("o", "n", "e", "enter", "t", "w", "o", "enter"):
            prompt(pilot).post_message(Key(key, key if key != "enter" else "\r"))
        await wait_until(pilot, lambda: len(engine.asked) == 2)
        assert engine.asked == ["one", "two"]


async def test_what_is_typed_in_one_burst_over_a_source_reaches_the_prompt_whole() -> None:
    async with chat(FakeEngine()) as pilot:
        await answers(pilot, 1)
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, Source)
        typed = "who owns the glassworks and why did the workers walk off the job"
        for character in typed:
            pilot.app.post_message(Key("space" if character == " " else character, character))
        await wait_until(pilot, lambda: len(prompt(pilot).value) >= len(typed))
        assert prompt(pilot).value == typed


async def test_down_and_up_lead_from_source_to_source() -> None:
    async with chat(FakeEngine(), size=(80, 50)) as pilot:
        await answers(pilot, 1)
        sources = list(pilot.app.screen.query(Source))
        await pilot.press("tab", "down")
        assert pilot.app.focused is sources[1]
        await pilot.press("up")
        assert pilot.app.focused is sources[0]


async def test_progress_is_told_with_counts_and_a_bar() -> None:
    async with chat(FakeEngine(slow=True)) as pilot:
        await wait_for(pilot, "Encoding passages · 30 of 120")
        assert "█░" in screen(pilot)
        assert "25%" in screen(pilot)


async def test_a_stage_of_unknown_length_has_no_bar() -> None:
    engine = FakeEngine(slow=True)
    engine.progress = [Progress("Loading the model", 0, 0)]
    async with chat(engine) as pilot:
        await wait_for(pilot, "Loading the model…")
        assert "█" not in screen(pilot)


async def test_an_answer_shows_quote_citation_confidence_and_sources() -> None:
    async with chat(FakeEngine()) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "likely · 0.83 · 0.0 s")
        shown = " ".join(screen(pilot).replace("▌", " ").split())
        assert f"“{QUOTE}” [1]" in shown
        assert "[1] City sends buses · The Harbourside Courier · 8 January 2022" in shown
        assert "also in: Buses on their way" in shown
        assert "Also [2] “Before noon" in shown


async def test_the_answering_words_are_bold_and_underlined() -> None:
    async with chat(FakeEngine()) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, SPAN)
        marked = [
            segment.text
            for strip in pilot.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and segment.style.bold and segment.style.underline
        ]
        assert "".join(marked) == SPAN


async def test_not_found_is_said_calmly_and_the_nearest_sentences_never_look_like_an_answer() -> None:
    article = make_article(SECOND)
    async with chat(FakeEngine(one_source(article, SECOND, found=False))) as pilot:
        await ask(pilot, "who is the mayor")
        await wait_for(pilot, "Not in these articles.")
        shown = screen(pilot)
        assert "The nearest sentences, which do not answer:" in shown
        assert "likely" not in shown
        assert not pilot.app.screen.query(".quote")
        await pilot.press("tab", "enter")
        await wait_for(pilot, "The Harbourside Courier · 8 January 2022")


async def test_what_is_missing_is_told_right_below_the_refusal() -> None:
    told = "The articles never mention “tanks”."
    refused = replace(one_source(make_article(SECOND), SECOND, found=False), missing=told)
    async with chat(FakeEngine(refused)) as pilot:
        await ask(pilot, "how many tanks")
        await wait_for(pilot, told)
        lines = [line.strip() for line in screen(pilot).splitlines()]
        assert lines[lines.index(told) - 1].startswith("Not in these articles.")
        assert lines.index(told) < lines.index("The nearest sentences, which do not answer:")


async def test_an_answer_of_two_parts_shows_both_quotes_then_both_sources() -> None:
    first, second = buses().evidence
    answer = replace(make_answer(first, replace(first, number=2), replace(second, number=3)), parts=(1, 3))
    async with chat(FakeEngine(answer), size=(100, 30)) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "likely · 0.83")
        shown = " ".join(screen(pilot).replace("▌", " ").split())
        assert shown.index(f"“{QUOTE}” [1]") < shown.index(f"“{SECOND}” [3]") < shown.index("likely · 0.83")
        compact = [source.has_class("compact") for source in pilot.app.screen.query(Source)]
        assert compact == [False, False, True]


async def test_the_sentence_that_a_quote_leans_on_is_shown_dim_before_it() -> None:
    article = make_article("The city has forty buses. It will send them on Friday.")
    leaning = make_evidence(article, "It will send them on Friday.", "Friday")
    answer = make_answer(replace(leaning, context_start=0, context_end=25))
    async with chat(FakeEngine(answer)) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "“The city has forty buses. It will send them on Friday.” [1]")


async def test_days_agreement_and_the_question_as_it_was_asked_stand_around_the_quote() -> None:
    article = make_article(QUOTE)
    start = QUOTE.index("on Friday")
    note = TimeNote(start, start + len("on Friday"), date(2022, 1, 7), date(2022, 1, 7))
    evidence = replace(make_evidence(article, QUOTE, SPAN), times=(note,))
    values = (Value(SPAN, (1,), 1, None), Value("[AFP] 50[/]", (1,), 1, None))
    answer = replace(make_answer(evidence), agreement=Agreement("differ", values), resolved_question="[b]How many?")
    async with chat(FakeEngine(answer), size=(40, 30)) as pilot:
        await ask(pilot, "and how many?")
        await wait_for(pilot, "on Friday: 7 January 2022")
        shown = " ".join(screen(pilot).split())
        places = [shown.index(part) for part in ("and how many?", "Asked as: [b]How many?", "“The city of Harbourside")]
        assert places == sorted(places)
        assert "Sources differ: about 40 buses [1]" in shown
        assert "[AFP] 50[/]" in shown
        assert "the mayor said on Friday.”" in shown


async def test_every_quote_that_the_agreement_refers_to_is_shown() -> None:
    article = make_article(f"{QUOTE} {SECOND}")
    numbered = [make_evidence(article, SECOND, number=number) for number in range(2, 7)]
    values = (Value("forty", (1,), 1, None), Value("fifty", (6,), 1, None))
    answer = replace(make_answer(make_evidence(article, QUOTE, SPAN), *numbered), agreement=Agreement("differ", values))
    async with chat(FakeEngine(answer), size=(80, 40)) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "fifty [6]")
        sources = [
            line.split()[0] for line in screen(pilot).splitlines() if line.split()[:1] and "[" in line.split()[0]
        ]
        assert {"[2]", "[3]", "[6]"} <= set(sources)
        assert not {"[4]", "[5]"} & set(sources)


async def test_not_found_without_any_sentence_is_complete() -> None:
    async with chat(FakeEngine(make_answer(found=False))) as pilot:
        await ask(pilot, "who is the mayor")
        await wait_for(pilot, "Not in these articles.")
        assert "nearest" not in screen(pilot)


async def test_notes_and_skipped_files_are_told_once() -> None:
    evidence = buses().evidence
    engine = FakeEngine(make_answer(*evidence, notes=("A note.", "Of this answer.")))
    engine.skip("a.bin", "b.bin", "c.bin", "d.bin", "e.bin")
    async with chat(engine, size=(100, 40)) as pilot:
        await wait_for(pilot, "5 files were skipped: a.bin (binary), b.bin (binary), c.bin (binary) and 2 more")
        await ask(pilot, QUESTION)
        await wait_for(pilot, "Of this answer.")
        assert screen(pilot).count("A note.") == 1


async def test_articles_that_cannot_be_opened_are_explained_and_each_question_too() -> None:
    async with chat(FakeEngine(open_error=NOT_THERE), question=QUESTION) as pilot:
        await wait_for(pilot, "Why: there is no folder /articles/flood.")
        await ask(pilot, "another")
        await wait_until(pilot, lambda: len(pilot.app.screen.query(".failure")) == 3)
        assert "What to do: check the path." in screen(pilot)
        assert exit_code(pilot) == 3


async def test_opening_can_be_tried_again_after_it_failed() -> None:
    engine = FakeEngine(open_error=NOT_THERE)
    async with chat(engine) as pilot:
        await wait_for(pilot, "^r Retry")
        engine.open_error = None
        await pilot.press("ctrl+r")
        await wait_for(pilot, "flood · 12 articles")
        assert "Retry" not in screen(pilot)
        await ask(pilot, QUESTION)
        await wait_for(pilot, "likely · 0.83")
        assert exit_code(pilot) == 0


async def test_an_error_in_an_answer_is_explained_and_the_session_goes_on() -> None:
    engine = FakeEngine(QuestionError("The question cannot be asked", "it is too long", "shorten it"))
    async with chat(engine) as pilot:
        await ask(pilot, "too long")
        await wait_for(pilot, "What to do: shorten it.")
        engine.answer = buses()
        await ask(pilot, QUESTION)
        await wait_for(pilot, "likely · 0.83")
        assert exit_code(pilot) == 0


async def test_an_unexpected_error_is_shown_without_a_traceback() -> None:
    async with chat(FakeEngine(ValueError("bad [b]thing[/b]\x1b[2J"))) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "ValueError: bad [b]thing[/b]␛[2J")
        assert "Traceback" not in screen(pilot)


async def test_an_unexpected_error_while_opening_leaves_a_usable_screen() -> None:
    async with chat(FakeEngine(open_error=RuntimeError("no disk"))) as pilot:
        await wait_for(pilot, "RuntimeError: no disk")
        assert pilot.app.focused is prompt(pilot)
        assert exit_code(pilot) != 0


async def test_escape_cancels_the_running_question_and_drops_its_late_answer() -> None:
    engine = FakeEngine(slow=True)
    engine.opening.set()
    async with chat(engine, question=QUESTION) as pilot:
        await wait_for(pilot, "Searching 12 articles…")
        await pilot.press("escape")
        await wait_for(pilot, "Cancelled.")
        assert prompt(pilot).value == QUESTION
        await pilot.press("enter")
        await wait_for(pilot, "Waiting for the question before…")
        engine.asking.set()
        await wait_for(pilot, "likely · 0.83")
        assert [len(turn.query(Source)) for turn in pilot.app.screen.query(Turn)] == [0, 2]


async def test_escape_cancels_a_waiting_question_and_keeps_what_is_typed() -> None:
    engine = FakeEngine(slow=True)
    async with chat(engine, question=QUESTION) as pilot:
        await pilot.press("n", "e", "w", "escape")
        await wait_for(pilot, "Cancelled.")
        assert prompt(pilot).value == "new"
        engine.opening.set()
        await wait_for(pilot, "flood · 12 articles")
        assert engine.asked == []


async def test_escape_clears_the_prompt_when_nothing_is_open() -> None:
    async with chat(FakeEngine()) as pilot:
        await pilot.press("a", "b", "escape")
        assert prompt(pilot).value == ""


async def test_up_and_down_bring_back_questions_and_the_draft() -> None:
    engine = FakeEngine(slow=True)
    async with chat(engine) as pilot:
        await ask(pilot, "one")
        await ask(pilot, "two")
        await ask(pilot, "two")
        await pilot.press(*"draft")
        recalled = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            recalled.append(prompt(pilot).value)
        assert recalled == ["two", "one", "one", "two", "draft", "draft"]


async def test_an_empty_question_does_nothing() -> None:
    async with chat(FakeEngine()) as pilot:
        await pilot.press("space", "enter")
        assert not pilot.app.screen.query(Turn)


async def test_pasted_lines_become_one_question() -> None:
    async with chat(FakeEngine()) as pilot:
        prompt(pilot).paste("who spoke\n  on Friday\n")
        assert prompt(pilot).value == "who spoke on Friday"


async def test_tab_leads_to_the_newest_sources_and_back_and_typing_to_the_prompt() -> None:
    async with chat(FakeEngine(), size=(80, 50)) as pilot:
        await answers(pilot, 2)
        sources = list(pilot.app.screen.query(Source))
        places: list[Widget | None] = []
        for _ in range(3):
            await pilot.press("tab")
            places.append(pilot.app.focused)
        assert places == [sources[2], sources[3], prompt(pilot)]
        for key in ("shift+tab", "x"):
            await pilot.press(key)
            places.append(pilot.app.focused)
        assert places[3:] == [sources[3], prompt(pilot)]
        assert prompt(pilot).value == "x"


async def test_page_keys_scroll_the_transcript_from_the_prompt() -> None:
    async with chat(FakeEngine(), size=(60, 15)) as pilot:
        await answers(pilot, 2)
        transcript = pilot.app.screen.query_one("#transcript")
        before = transcript.scroll_y
        await pilot.press("pageup")
        assert transcript.scroll_y < before
        assert pilot.app.focused is prompt(pilot)


async def test_an_answer_longer_than_the_screen_is_shown_from_its_question_on() -> None:
    async with chat(FakeEngine(), size=(40, 15)) as pilot:
        await wait_for(pilot, "12 articles")
        await ask(pilot, QUESTION)
        await wait_for(pilot, "“The city")
        assert QUESTION in " ".join(screen(pilot).replace("▌", " ").split())


async def test_a_reader_who_scrolled_away_is_left_where_they_are() -> None:
    engine = FakeEngine()
    async with chat(engine, size=(60, 15)) as pilot:
        await ask(pilot, QUESTION)
        await wait_until(pilot, lambda: len(pilot.app.screen.query(Source)) == 2)
        engine.asking.clear()
        await ask(pilot, QUESTION)
        transcript = pilot.app.screen.query_one("#transcript")
        transcript.scroll_home(animate=False)
        await pilot.pause()
        engine.asking.set()
        await wait_until(pilot, lambda: len(pilot.app.screen.query(Source)) == 4)
        assert transcript.scroll_y == 0


@pytest.mark.parametrize("word", ["exit", "QUIT", ":q"])
async def test_a_word_of_farewell_leaves(word: str) -> None:
    async with chat(FakeEngine()) as pilot:
        await ask(pilot, word)
        await wait_until(pilot, lambda: pilot.app.return_code is not None)
        assert exit_code(pilot) == 0


async def test_markup_and_control_characters_in_articles_are_shown_not_obeyed() -> None:
    quote = '"[AFP] said [/b] [red]3-1[/]\x1b[31m \u202etxt\x9b2J, [link=a]he[/link] added."'
    article = make_article(quote, title="[b]Bold[/b] \x07title", name="a\x1b]0;x.txt")
    async with chat(FakeEngine(one_source(article, quote, "[red]3-1[/]"))) as pilot:
        await ask(pilot, "[i]who[/i]")
        await wait_for(pilot, "likely")
        shown = screen(pilot)
        assert "[i]who[/i]" in shown
        assert '"[AFP] said [/b] [red]3-1[/]␛[31m \ufffdtxt\ufffd2J, [link=a]he[/link]' in shown
        assert "[b]Bold[/b] ␇title" in shown
        assert not set("\x1b\x07\x9b\u202e") & set(shown)


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (60, 20), (40, 15), (30, 8)])
async def test_every_size_shows_prompt_and_keys(size: tuple[int, int]) -> None:
    async with chat(FakeEngine(), size=size) as pilot:
        await ask(pilot, QUESTION)
        await wait_until(pilot, lambda: len(pilot.app.screen.query(Source)) == 2)
        assert prompt(pilot).region.bottom < size[1]
        assert "f1 Keys" in screen(pilot)
        assert "^q Quit" in screen(pilot)


@pytest.mark.parametrize("size", [(29, 20), (80, 7)])
async def test_a_window_that_is_too_small_says_so_until_it_is_larger(size: tuple[int, int]) -> None:
    async with chat(FakeEngine(), size=size) as pilot:
        assert "too small" in screen(pilot)
        await pilot.resize_terminal(80, 24)
        await wait_for(pilot, "f1 Keys")
        assert "too small" not in screen(pilot)


async def test_the_reading_column_is_capped_and_in_the_middle() -> None:
    async with chat(FakeEngine(), size=(200, 40)) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "likely")
        quote = pilot.app.screen.query_one(".quote", Static)
        assert quote.region.width <= 100
        assert quote.region.x > 40


async def test_f1_lists_the_keys_and_gives_the_focus_back() -> None:
    async with chat(FakeEngine(), size=(100, 60)) as pilot:
        await pilot.press("f1")
        await wait_for(pilot, "F1, /help  Keys and commands")
        await pilot.press("f1")
        await wait_until(pilot, lambda: pilot.app.focused is prompt(pilot))


async def test_a_question_that_is_open_when_a_new_conversation_begins_is_given_up() -> None:
    engine = FakeEngine(slow=True)
    engine.opening.set()
    async with chat(engine) as pilot:
        await ask(pilot, QUESTION)
        await ask(pilot, "and the other")
        await wait_for(pilot, "Searching")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: QUESTION not in screen(pilot))
        engine.asking.set()
        await wait_until(pilot, lambda: engine.taken_back == 1)
        await ask(pilot, "a third")
        await wait_for(pilot, "very likely")
        assert engine.asked == [QUESTION, "a third"]


async def test_failed_and_cancelled_questions_are_taken_off_the_screen_like_others() -> None:
    async with chat(FakeEngine(QuestionError("It failed", "it was so", "do it"))) as pilot:
        transcript = pilot.app.screen.query_one(Transcript)
        for number in range(MOST + 5):
            await ask(pilot, f"question {number}")
        await wait_until(pilot, lambda: len(pilot.app.screen.query(".failure")) >= MOST)
        await ask(pilot, "one more")
        await wait_until(pilot, lambda: len(transcript.blocks) == MOST)


async def test_a_new_answer_below_what_is_being_read_is_told_and_not_scrolled_to() -> None:
    engine = FakeEngine()
    async with chat(engine) as pilot:
        await answers(pilot, 3)
        engine.asking.clear()
        await ask(pilot, QUESTION)
        await wait_for(pilot, "Searching")
        await pilot.press("ctrl+home")
        engine.asking.set()
        await wait_for(pilot, "A new answer is below")
        assert pilot.app.screen.query_one(Transcript).scroll_y == 0
        await pilot.press("ctrl+end")
        await wait_until(pilot, lambda: "A new answer is below" not in screen(pilot))


async def test_an_unknown_word_after_a_slash_is_told_and_not_asked() -> None:
    engine = FakeEngine()
    async with chat(engine) as pilot:
        await ask(pilot, "/sing [AFP]")
        await wait_for(pilot, "There is no command /sing [AFP].")
        assert engine.asked == []


async def test_suggestions_come_back_in_a_new_conversation() -> None:
    engine = FakeEngine()
    engine.suggested = ["Who is the mayor?", "What burned down?"]
    async with chat(engine, question=QUESTION) as pilot:
        await wait_for(pilot, "very likely")
        await pilot.press("ctrl+n")
        await wait_for(pilot, "What burned down?")
        assert "(Tab, Enter)" in screen(pilot)


async def test_what_is_cut_out_of_the_prompt_can_be_pasted_again() -> None:
    async with chat(FakeEngine()) as pilot:
        await pilot.press("w", "h", "o", "shift+home", "ctrl+x")
        assert prompt(pilot).value == ""
        await pilot.press("ctrl+v")
        assert prompt(pilot).value == "who"


async def test_two_commands_on_one_key_of_the_readers_own_are_told() -> None:
    async with chat(FakeEngine(), settings=Settings("", {"chat.copy": "ctrl+t"}), size=(120, 40)) as pilot:
        await wait_for(pilot, "chat.cite")


async def test_questions_of_earlier_runs_come_back_in_the_prompt() -> None:
    history = History(None)
    Conversation(history).keep("/articles/flood", buses(), 0.1)
    async with chat(FakeEngine(), history=history) as pilot:
        await wait_for(pilot, "12 articles")
        await pilot.press("up")
        assert prompt(pilot).value == QUESTION


async def test_an_unexpected_error_in_something_else_than_a_question_is_told() -> None:
    class Broken(FakeEngine):
        def kept(self, article: Article) -> Sequence[tuple[int, int]]:
            raise RuntimeError("it broke")

    async with chat(Broken()) as pilot:
        await answers(pilot, 1)
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
        await pilot.press("d")
        await wait_for(pilot, "RuntimeError: it broke")


async def test_a_new_width_goes_on_showing_what_is_being_read() -> None:
    async with chat(FakeEngine(), size=(120, 20)) as pilot:
        await answers(pilot, 4)
        transcript = pilot.app.screen.query_one(Transcript)
        await pilot.press("ctrl+end")
        await wait_until(pilot, lambda: transcript.at_end)
        await pilot.resize_terminal(45, 20)
        await wait_until(pilot, lambda: transcript.size.width < 50 and transcript.at_end)
        await pilot.press("alt+up", "alt+up")
        reading = pilot.app.focused
        assert isinstance(reading, Turn)
        transcript.scroll_to_widget(reading, animate=False, top=True)
        await pilot.pause()
        await pilot.resize_terminal(110, 20)
        await wait_until(pilot, lambda: transcript.size.width > 90)
        assert reading.region.y - transcript.region.y in range(-2, 3)
