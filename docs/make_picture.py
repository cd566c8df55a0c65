"""Draw the pictures of the README: the real chat over the sample articles, asked one question, dark and light.

python docs/make_picture.py
"""

import asyncio
import re
import time
from pathlib import Path

from qa.session import Session
from tui.app import ChatApp
from tui.settings import Settings
from tui.themes import DARK, LIGHT

QUESTION = "how many troops did CSTO send"
LONGEST_WAIT = 60.0


async def draw(path: Path, theme: str) -> None:
    """Ask the question, and save the screen when it is answered."""
    app = ChatApp(Session, QUESTION, settings=Settings(theme))
    async with app.run_test(size=(84, 24)) as pilot:
        deadline = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < deadline and not app.screen.query(".confidence"):
            await pilot.pause(0.1)
        await pilot.pause(0.2)
        drawn = app.export_screenshot(title="pullquote")
        # The picture loads nothing from elsewhere: the reader's own monospace font will do.
        path.write_text(re.sub(r"@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL), "utf-8")
    app.wait_for_engine()


if __name__ == "__main__":
    here = Path(__file__).parent
    asyncio.run(draw(here / "chat-dark.svg", DARK.name))
    asyncio.run(draw(here / "chat-light.svg", LIGHT.name))
