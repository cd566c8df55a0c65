"""Builds and asks shards on Ray, kills workers meanwhile, and prints what came of it as one line of JSON.

Run by ``test_ray_shards.py`` in a process of its own: Ray needs sockets, which the tests block.
"""

import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from index.fusion import FusionSettings
from index.layout import index_folders
from index.ray_shards import RaySession
from index.records import UpdateReport
from index.shard import Place, Shard
from index.sharded import ShardedIndex
from index.sharding import Job, update_shards
from index.shares import Share


class DiesOnce(Job):
    """An update whose worker is killed the first time, after it has done all but tell of it."""

    def run(self, report=None):
        done = Job.run(self, report)
        marker = self.folder / "killed"
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return done


def passages(index, question):
    result = index.search(question, 50)
    return {
        "passages": [(result.articles[hit.passage.article].id, hit.passage.sentences[0].start) for hit in result.hits],
        "notes": result.notes,
    }


def process_of(ray, handle):
    return ray.get(handle._actor.__ray_call__.remote(lambda _: os.getpid()))


def ask_while_workers_die(ray, index, handles, questions):
    """Each question is asked while the worker of a shard is being killed."""
    answers, killed = [], []
    with ThreadPoolExecutor(1) as beside:
        for number, question in enumerate(questions):
            process = process_of(ray, handles[number % len(handles)])
            killed.append(process)
            asked = beside.submit(passages, index, question)
            os.kill(process, signal.SIGKILL)
            answers.append(asked.result())
    return answers, killed


def listening(root):
    """The addresses that this process and its descendants listen at, as the system writes them."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {root}
    while grown := {process for process, parent in parents.items() if parent in family} - family:
        family |= grown
    sockets = set()
    for process in family:
        try:
            sockets |= {str(descriptor.readlink()) for descriptor in Path(f"/proc/{process}/fd").iterdir()}
        except OSError:
            continue
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return sorted({row[1].rpartition(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets})


def main(news, folder, questions):
    session = RaySession("local")
    import ray

    report = update_shards(news, folder, shards=2, workers=session)
    places = [Place(part, news, FusionSettings()) for part in index_folders(folder)]
    (again,) = session.run([DiesOnce(news, folder / "again", Share(0, 2), None, 10.0)], lambda progress: None)
    missing = Place(folder / "nowhere", news, FusionSettings())
    handles = session.handles([*places, missing])
    failure = handles[2].submit(Shard.counts).exception(60)
    with closing(ShardedIndex(folder, handles[:2], None, session.close)) as index:
        told = [passages(index, question) for question in questions]
        addresses = listening(os.getpid()) if sys.platform == "linux" else []
        answers, killed = ask_while_workers_die(ray, index, handles, questions)
        replaced = [process_of(ray, handle) for handle in handles[:2]]
        after = passages(index, questions[0])
    return {
        "articles": report.articles,
        "done again": isinstance(again, UpdateReport) and (folder / "again" / "killed").exists(),
        "missing": failure.why,
        "told": told,
        "addresses": addresses,
        "answers": answers,
        "replaced": not set(killed) & set(replaced),
        "after": after,
        "is over": not ray.is_initialized(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])))
