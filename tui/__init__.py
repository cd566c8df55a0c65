"""The terminal chat: a front end to anything that fulfils ``tui.engine.Engine``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.engine import Engine

__all__ = ["run"]


def run(engine: Engine, question: str | None = None) -> int:
    """Run the chat in this terminal until the user leaves it.

    Args:
        engine: What opens the articles and answers the questions.
        question: A question to begin with.

    Returns:
        The exit code: 0, or that of the error which kept the articles closed.
    """
    from tui.app import ChatApp
    from tui.noise import quiet_stderr

    app = ChatApp(engine, question)
    with quiet_stderr():
        app.run()
    app.wait_for_engine()
    return app.exit_code
