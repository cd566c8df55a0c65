"""The terminal chat: a front end to anything that fulfils ``tui.engine.Engine``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.engine import Engine

__all__ = ["run"]


def run(make_engine: Callable[[], Engine], question: str | None = None, *, history: bool = True) -> int:
    """Run the chat in this terminal until the user leaves it.

    Args:
        make_engine: Makes what opens the articles and answers the questions, once the first screen is drawn.
        question: A question to begin with.
        history: Whether the conversation is kept for the next time.

    Returns:
        The exit code: 0, or that of the error which kept the articles closed.
    """
    from tui.app import ChatApp
    from tui.history import HISTORY_FILE, History
    from tui.log import start_log, stop_log
    from tui.noise import quiet_stderr
    from tui.paths import config_folder, state_folder
    from tui.settings import SETTINGS_FILE, load_settings

    settings_path = config_folder() / SETTINGS_FILE
    settings, notes = load_settings(settings_path)
    app = ChatApp(
        make_engine,
        question,
        history=History(state_folder() / HISTORY_FILE if history else None),
        settings=settings,
        settings_path=settings_path,
        log_path=start_log(state_folder()),
        notes=notes,
    )
    try:
        with quiet_stderr():
            app.run()
    finally:
        app.wait_for_engine()
        stop_log()
    return app.exit_code
