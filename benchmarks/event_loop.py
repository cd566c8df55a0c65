"""How long the chat's event loop is held up while articles are indexed and questions are answered.

python benchmarks/event_loop.py DIR [--questions 20]

An index is built anew in a temporary folder while the chat runs without a terminal. Beside it, a task sleeps for a
millisecond again and again; how much later than that it wakes is how long a key would have waited.
"""

import argparse
import asyncio
import tempfile
import time

from qa.garbage import collect_rarely
from qa.session import LongSession
from tui.app import ChatApp
from tui.widgets.prompt import Prompt
from tui.widgets.status import Status

SLEEP = 0.001
QUESTION = "How many people were killed?"


async def watch(app: ChatApp, late: dict[str, list[float]]) -> None:
    """Note how late each waking was, by what the chat was doing."""
    while True:
        began = time.monotonic()
        await asyncio.sleep(SLEEP)
        waited = time.monotonic() - began - SLEEP
        progress = app.chat.query_one(Status).progress
        stage = progress.stage if progress is not None else "Answering"
        late.setdefault(stage, []).append(waited * 1000)


async def run(articles: str, questions: int) -> None:
    """Index and ask, and print a line for each stage."""
    late: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        app = ChatApp(lambda: LongSession(articles, folder))
        async with app.run_test(size=(80, 24)) as pilot:
            task = asyncio.create_task(watch(app, late))
            while app.chat.check_action("articles", ()) is False:
                await asyncio.sleep(0.05)
            for _ in range(questions):
                app.chat.query_one(Prompt).paste(QUESTION)
                await pilot.press("enter")
                while app.chat.check_action("cancel", ()):
                    await asyncio.sleep(0.01)
            task.cancel()
        app.wait_for_engine()
    print(f"{'stage':<24} {'wakings':>8} {'median ms':>9} {'p99 ms':>7} {'worst ms':>8} {'over 50 ms':>10}")
    for stage, values in late.items():
        values.sort()
        over = sum(value > 50 for value in values)
        middle, high = values[len(values) // 2], values[int(0.99 * len(values))]
        print(f"{stage:<24} {len(values):>8} {middle:>9.2f} {high:>7.1f} {values[-1]:>8.1f} {over:>10}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("--questions", type=int, default=20)
    options = parser.parse_args()
    collect_rarely()
    asyncio.run(run(options.articles, options.questions))
