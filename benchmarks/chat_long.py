"""Ask many questions in one chat, and tell whether it gets slower or larger.

python benchmarks/chat_long.py [--articles DIR] [--questions 1000]

The chat is the real one, over real articles, without a terminal. Its time for a question is what passes from Enter to
the answer on the screen; the engine's part of that is told apart.
"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path

from qa.session import LongSession
from tui.app import ChatApp
from tui.widgets.prompt import Prompt

QUESTIONS = (
    "How many troops did the CSTO send?",
    "Who is the president of Kazakhstan?",
    "How many people were detained?",
    "Why did the protests begin?",
    "Who won the 2018 World Cup?",
)
PART = 100


def resident_megabytes() -> float:
    """The memory that this process holds now, where the system tells."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def run(articles: str | None, number: int) -> None:
    """Ask, and print a line for each hundred questions."""
    app = ChatApp(lambda: LongSession(articles))
    seconds: list[float] = []
    async with app.run_test(size=(80, 24)) as pilot:
        while app.chat.check_action("articles", ()) is False:
            await pilot.pause(0.05)
        print(f"{'questions':>9} {'median ms':>9} {'p95 ms':>7} {'MB':>7} {'on screen':>9}")
        for place in range(number):
            app.chat.query_one(Prompt).paste(QUESTIONS[place % len(QUESTIONS)])
            began = time.monotonic()
            await pilot.press("enter")
            await pilot.pause(0)
            while app.chat.check_action("cancel", ()):
                await asyncio.sleep(0.001)
            seconds.append(time.monotonic() - began)
            if (place + 1) % PART == 0:
                part = sorted(seconds[-PART:])
                median, slow = statistics.median(part) * 1000, part[int(0.95 * PART)] * 1000
                memory, blocks = resident_megabytes(), len(app.chat.transcript.blocks)
                print(f"{place + 1:>9} {median:>9.1f} {slow:>7.1f} {memory:>7.1f} {blocks:>9}", flush=True)
    app.wait_for_engine()
    first, last = statistics.median(seconds[:PART]), statistics.median(seconds[-PART:])
    print(f"The last {PART} took {last / first:.2f} times as long as the first {PART}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", help="a folder of articles; default: the bundled samples")
    parser.add_argument("--questions", type=int, default=1000)
    options = parser.parse_args()
    asyncio.run(run(options.articles, options.questions))
