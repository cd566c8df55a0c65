"""Runs the chat in the terminal that this process was given, with an engine that makes noise."""

import os
import sys
from collections.abc import Callable

import tui
from index.records import Progress
from qa.corpus import CorpusInfo
from tests.tui.fakes import FakeEngine

NOISE = "a library's own words"
AFTER = "after the chat"


class NoisyEngine(FakeEngine):
    """Writes past Python to standard error, as native libraries do."""

    def open(self, report: Callable[[Progress], None]) -> CorpusInfo:
        os.write(2, NOISE.encode())
        return super().open(report)


if __name__ == "__main__":
    code = tui.run(NoisyEngine)
    os.write(2, AFTER.encode())
    sys.exit(code)
