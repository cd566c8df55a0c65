"""Draw ``docs/chat.svg``: the real chat over the sample articles, asked one question.

python docs/make_picture.py
"""

import asyncio
import re
import time
from pathlib import Path

from qa import Chat
from tui.app import ChatApp

QUESTION = "how many troops did CSTO send"
LONGEST_WAIT = 60.0


async def draw(path: Path) -> None:
    """Ask the question, and save the screen when it is answered."""
    app = ChatApp(Chat(), QUESTION)
    async with app.run_test(size=(84, 24)) as pilot:
        deadline = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < deadline:
            await pilot.pause(0.1)
            if app.screen.query(".confidence"):
                break
        await pilot.pause(0.2)
        drawn = app.export_screenshot(title="pullquote")
        # The picture loads nothing from elsewhere: the reader's own monospace font will do.
        path.write_text(re.sub(r"@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    asyncio.run(draw(Path(__file__).parent / "chat.svg"))
