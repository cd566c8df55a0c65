"""Does things to indexes while they fail or while it is killed: ``python driver.py WORK``.

It must run with ``interpose.c``, compiled, in LD_PRELOAD. This process imports everything but starts no thread, so that
each of its forked children is like a fresh process. It reads one order a line from standard input, as
``[action, articles, folder, mode, point, errno]``, copies the folder, does the action to the ``index`` in the copy, and
answers with a line of JSON: the copy, the signal that ended the action or 0, what it raised, as the name of the class
of the error, and where the changes are told that it made.
"""

import ctypes
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path

import faiss
import filelock
import nupunkt
import onnxruntime
import pytest
import rensa
import tantivy
import tokenizers
import trafilatura

from index import intake, recall, shard_origins, writing
from index.errors import PullquoteError
from tests.index.faults.actions import ACTIONS, read_here
from tests.index.faults.modes import COUNT, FEW_FILES, KILL_AT_MOMENT

LIBRARIES = (faiss, filelock, nupunkt, onnxruntime, rensa, tantivy, tokenizers, trafilatura)
MODULES = (intake, recall, shard_origins, writing)


def done(action: str, articles: Path, folder: Path, fault: tuple[int, int, int], log: Path) -> tuple[int, str]:
    """Do something to an index in a forked child that meets a fault; returns its signal and what it raised."""
    mode, point, error = fault
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    record = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    child = os.fork()
    if child == 0:
        raised = ""
        try:
            if mode == FEW_FILES:
                resource.setrlimit(resource.RLIMIT_NOFILE, (point, hard))
            met = COUNT if mode in (FEW_FILES, KILL_AT_MOMENT) else mode
            ctypes.CDLL(None).interpose_arm(os.fsencode(folder), met, ctypes.c_long(point), error, record)
            assert ctypes.CDLL(None).interpose_renames() == 0, "the system does not let renames be met"
            ACTIONS[action](articles, folder / "index")
        except PullquoteError as error:
            raised = type(error).__name__
        except BaseException as error:
            raised = f"! {type(error).__name__}: {error}"
            if mode != FEW_FILES:
                traceback.print_exc()
        finally:
            ctypes.CDLL(None).interpose_arm(b"/nowhere", COUNT, ctypes.c_long(0), 0, -1)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            log.with_suffix(".raised").write_text(raised)
            os._exit(0)
    os.close(record)
    if mode == KILL_AT_MOMENT:
        time.sleep(point / 1_000_000)
        os.kill(child, signal.SIGKILL)
    stopped_by = -os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return stopped_by, "" if stopped_by else log.with_suffix(".raised").read_text()


def main(work: Path) -> None:
    """Follow each order on standard input."""
    read_here(pytest.MonkeyPatch())
    for number, line in enumerate(sys.stdin):
        action, articles, origin, *fault = json.loads(line)
        folder = Path(shutil.copytree(origin, work / f"copy-{number}"))
        log = work / f"changes-{number}"
        stopped_by, raised = done(action, Path(articles), folder, tuple(fault), log)
        sys.stdout.write(json.dumps([str(folder), stopped_by, raised, str(log)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
