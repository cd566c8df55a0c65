"""Runs updates of an index that fail or die at chosen changes of the disk: ``python driver.py INDEX ARTICLES WORK``.

It must run with ``interpose.c``, compiled, in LD_PRELOAD. This process imports everything but starts no thread, so that
each of its forked children is like a fresh process. It reads one fault a line from standard input, as
``[mode, point, errno]``, and answers each with a line of JSON: the index that was left behind, the signal that ended
the update or 0, and what it raised, as the name of the class of the error. A fault of the mode ``COUNT`` is answered
with the names of all changes that an undisturbed update makes.
"""

import ctypes
import json
import os
import shutil
import sys
import traceback
from pathlib import Path

import faiss
import filelock
import nupunkt
import onnxruntime
import rensa
import tantivy
import tokenizers
import trafilatura

from index import intake, update
from index.errors import PullquoteError

LIBRARIES = (faiss, filelock, nupunkt, onnxruntime, rensa, tantivy, tokenizers, trafilatura, intake)
COUNT, KILL, TEAR, FAIL_ONCE, FAIL_ALWAYS = range(5)


def updated(articles: Path, index: Path, fault: tuple[int, int, int], log: Path) -> tuple[int, str]:
    """Update an index in a forked child that meets a fault; returns its signal and what it raised."""
    record = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    child = os.fork()
    if child == 0:
        raised = ""
        try:
            mode, point, error = fault
            ctypes.CDLL(None).interpose_arm(os.fsencode(index), mode, ctypes.c_long(point), error, record)
            update.update_index(articles, index)
        except PullquoteError as error:
            raised = type(error).__name__
        except BaseException as error:
            raised = f"! {type(error).__name__}: {error}"
            traceback.print_exc()
        finally:
            ctypes.CDLL(None).interpose_arm(b"/nowhere", COUNT, ctypes.c_long(0), 0, -1)
            log.with_suffix(".raised").write_text(raised)
            os._exit(0)
    os.close(record)
    stopped_by = -os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return stopped_by, "" if stopped_by else log.with_suffix(".raised").read_text()


def main(index: Path, articles: Path, work: Path) -> None:
    """Answer each fault on standard input."""
    for number, line in enumerate(sys.stdin):
        fault = json.loads(line)
        folder = Path(shutil.copytree(index, work / f"index-{number}"))
        log = work / f"changes-{number}.txt"
        stopped_by, raised = updated(articles, folder, tuple(fault), log)
        answer = log.read_text().split() if fault[0] == COUNT else [str(folder), stopped_by, raised]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
