from pathlib import Path

from rich.cells import cell_len

from tests.tui.fakes import QUESTION, QUOTE, SPAN, FakeEngine, long_article, make_article
from tests.tui.pilots import ChatPilot, ask, chat, one_source, screen, wait_for, wait_until
from tui.screens.article import ArticleScreen
from tui.widgets.article_text import LONGEST, MARKER, ArticleText
from tui.widgets.source import Source


async def open_source(pilot: ChatPilot, number: int = 1) -> ArticleText:
    await ask(pilot, QUESTION)
    await wait_until(pilot, lambda: bool(pilot.app.screen.query(Source)))
    await pilot.press(*["tab"] * number, "enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
    text = pilot.app.screen.query_one(ArticleText)
    await wait_until(pilot, lambda: bool(text.lines))
    return text


def marked(text: ArticleText) -> str:
    """The lines in view with the marker in the margin, as one text."""
    lines = (text.render_line(y).text for y in range(text.size.height))
    return " ".join(line.removeprefix(MARKER).strip() for line in lines if line.startswith(MARKER))


async def test_a_source_opens_its_article_with_the_quote_a_third_from_the_top() -> None:
    async with chat(FakeEngine()) as pilot:
        text = await open_source(pilot)
        assert QUOTE in marked(text)
        assert text.scroll_y == text.quote_line - text.size.height // 3
        assert 0 < text.scroll_y < text.max_scroll_y


async def test_the_answering_words_are_underlined_and_the_quote_is_bold() -> None:
    async with chat(FakeEngine()) as pilot:
        text = await open_source(pilot)
        segments = [segment for y in range(text.size.height) for segment in text.render_line(y)]
        underlined = [part.text for part in segments if part.style is not None and part.style.underline]
        bold = " ".join(
            part.text for part in segments if part.style is not None and part.style.bold and part.text.strip("▌│ ")
        )
        assert "".join(underlined) == SPAN
        assert " ".join(bold.split()) == QUOTE


async def test_the_head_tells_what_the_article_is() -> None:
    async with chat(FakeEngine()) as pilot:
        await open_source(pilot)
        for line in (
            "City sends buses",
            "The Harbourside Courier · 8 January 2022",
            f"buses.txt in {Path('/articles')}",
        ):
            assert line in screen(pilot)


async def test_a_further_source_opens_at_its_own_sentence() -> None:
    async with chat(FakeEngine()) as pilot:
        text = await open_source(pilot, 2)
        assert "twelve boats." in marked(text)


async def test_escape_comes_back_to_the_source_it_was_opened_from() -> None:
    for key in ("escape", "q"):
        async with chat(FakeEngine()) as pilot:
            await open_source(pilot, 2)
            await pilot.press(key)
            await wait_until(pilot, lambda: not isinstance(pilot.app.screen, ArticleScreen))
            assert pilot.app.focused is list(pilot.app.screen.query(Source))[1]


async def test_a_click_on_a_source_opens_it() -> None:
    async with chat(FakeEngine()) as pilot:
        await ask(pilot, QUESTION)
        await wait_until(pilot, lambda: bool(pilot.app.screen.query(Source)))
        await pilot.click(Source)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))


async def test_the_keys_scroll_the_article() -> None:
    async with chat(FakeEngine()) as pilot:
        text = await open_source(pilot)
        places = []
        for key in ("home", "down", "pagedown", "pageup", "up", "end"):
            await pilot.press(key)
            await pilot.pause()
            places.append(text.scroll_y)
        assert places[:2] == [0, 1]
        assert places[2] > places[3] >= places[4]
        assert places[5] == text.max_scroll_y


async def test_a_new_width_wraps_again_and_keeps_the_place() -> None:
    async with chat(FakeEngine()) as pilot:
        text = await open_source(pilot)
        await pilot.resize_terminal(40, 24)
        await wait_until(pilot, lambda: text.size.width < 60)
        assert QUOTE in marked(text)
        assert all(cell_len(text.text[start:end].rstrip()) <= 38 for start, end in text.lines)


async def test_markup_and_control_characters_are_shown_not_obeyed() -> None:
    quote = "[AFP] said [/b] [red]3-1[/]\x1b[31m and\x07 \u202eleft\ud83d."
    article = make_article(f"Up.\r\nA\tB\r\n{quote}\r\nDown.", title="[b]x[/b]\x1b", name="\x1b[1m.txt")
    async with chat(FakeEngine(one_source(article, quote, "3-1"))) as pilot:
        text = await open_source(pilot)
        assert "[AFP] said [/b] [red]3-1[/]␛[31m and␇ \ufffdleft\ufffd." in marked(text)
        assert "A B" in screen(pilot)
        assert "[b]x[/b]␛" in screen(pilot)
        assert "␛[1m.txt" in screen(pilot)
        assert not set("\x1b\x07\r\u202e\ud83d") & set(screen(pilot))


async def test_a_very_long_article_is_shown_around_the_quote_and_says_so() -> None:
    filler = "word " * 150_000
    article = make_article(f"{filler}{QUOTE} {filler}")
    async with chat(FakeEngine(one_source(article, QUOTE, SPAN))) as pilot:
        text = await open_source(pilot)
        assert len(text.text) == LONGEST
        assert QUOTE in marked(text)
        await wait_for(pilot, f"Showing 200,000 of {len(article.text):,} characters, around the quote.")


async def test_a_line_of_a_megabyte_without_a_blank_is_folded() -> None:
    article = make_article("x" * 1_000_000 + QUOTE)
    async with chat(FakeEngine(one_source(article, QUOTE))) as pilot:
        text = await open_source(pilot)
        assert "also sent twelve" not in marked(text)
        assert QUOTE.split(maxsplit=1)[1] in marked(text)


async def test_wide_characters_keep_to_the_column() -> None:
    quote = "市长星期五说，大约四十辆公共汽车将被派往被淹的村庄。" * 5
    async with chat(FakeEngine(one_source(make_article(quote), quote)), size=(40, 15)) as pilot:
        text = await open_source(pilot)
        assert {text.render_line(y).cell_length for y in range(text.size.height)} == {text.size.width}
        assert quote.startswith(marked(text).replace(" ", ""))


async def test_selected_text_is_copied_without_the_line_breaks_of_wrapping() -> None:
    async with chat(FakeEngine(), size=(60, 20)) as pilot:
        text = await open_source(pilot)
        text.text_select_all()
        await pilot.pause()
        assert pilot.app.screen.get_selected_text() == long_article().text.rstrip("\n")


async def test_dragging_selects_exactly_the_characters_under_the_mouse() -> None:
    article = make_article("Rain fell on the far bank of the river.")
    async with chat(FakeEngine(one_source(article, "Rain fell on the far bank of the river."))) as pilot:
        text = await open_source(pilot)
        left = text.content_region.x - text.region.x + len(MARKER)
        await pilot.mouse_down(text, offset=(left + 5, 0))
        await pilot.hover(text, offset=(left + 8, 0))
        await pilot.mouse_up(text, offset=(left + 8, 0))
        assert pilot.app.screen.get_selected_text() == "fell"


async def test_an_article_that_tells_nothing_about_itself_is_named_by_its_file() -> None:
    article = make_article("Rain fell.", title="", name="dispatch.txt")
    async with chat(FakeEngine(one_source(article, "Rain fell.")), size=(40, 15)) as pilot:
        await open_source(pilot)
        assert screen(pilot).startswith(" dispatch.txt\n")
