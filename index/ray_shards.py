"""Shards on Ray: built by tasks on many machines, and asked through one actor each.

It needs Ray, which ``pip install "pullquote[ray]"`` installs. Ray moves objects between its processes with pickle, so
that every process of a cluster must be trusted. All machines must see the articles and the index directory under the
same paths.
"""

import os
import secrets
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Concatenate

from index.errors import IndexDamagedError, IndexStateError, PullquoteError, UsageError
from index.records import Progress, UpdateReport
from index.shard import P, Place, Shard, ShardHandle, ShardServer, T
from index.sharding import Job

LOCAL = "local"

# How often the update of a shard, or a question to one, is begun again after its worker died.
_RETRIES = 3
_OBJECT_STORE_BYTES = 100_000_000
_SECONDS_TO_CONNECT = 5.0
_SETTINGS = {
    # No report of usage is sent to anyone.
    "RAY_USAGE_STATS_ENABLED": "0",
    # The name is that of another purpose: without clusters, every process of Ray listens on the loopback address alone.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    # Other users of this machine, who can reach the loopback address, are kept out by a secret of this process.
    "RAY_AUTH_MODE": "token",
    # Ray's workers give way to every other process; who asks waits for these.
    "RAY_worker_niceness": "0",
}


class RaySession:
    """A connection to Ray: a cluster of this process's own on this machine, or one that is running.

    Example:
        >>> RaySession("")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        index.errors.UsageError: Ray cannot be used: no address is given. To fix it, ...
    """

    def __init__(self, address: str) -> None:
        """Connect.

        Args:
            address: ``"local"``, or the address of a cluster that is running, such as ``"head:6379"`` or ``"auto"``.

        Raises:
            UsageError: Ray is not installed, or there is no address.
            IndexStateError: The cluster cannot be reached.
        """
        if not address:
            raise UsageError("Ray cannot be used", "no address is given", "write --ray local or --ray HOST:PORT")
        self._ray = _imported(address)
        # Who uses Ray already goes on with that connection, and ends it.
        self._is_ours = not self._ray.is_initialized()
        if self._is_ours:
            _connect(self._ray, address)

    def run(self, jobs: Sequence[Job], report: Callable[[Progress], None]) -> list[UpdateReport | PullquoteError]:
        """Update each shard in a task; one that fails keeps no other from being updated.

        Where a worker dies, its shard is updated again. An update is all of it or nothing, so that nothing is lost.
        """
        task = self._ray.remote(
            num_cpus=self._cores_each(len(jobs)), max_retries=_RETRIES, scheduling_strategy="SPREAD"
        )(_update)
        waiting = {task.remote(job): place for place, job in enumerate(jobs)}
        outcomes: list[UpdateReport | PullquoteError] = [_not_done(job) for job in jobs]
        while waiting:
            report(Progress("Updating shards", len(jobs) - len(waiting), len(jobs)))
            (done, *_), _ = self._ray.wait(list(waiting))
            outcomes[waiting.pop(done)] = self._outcome(done)
        report(Progress("Updating shards", len(jobs), len(jobs)))
        return outcomes

    def handles(self, places: Sequence[Place]) -> list[ShardHandle]:
        """An actor for each shard. One that dies is replaced, and what it was asked is asked again."""
        actor = self._ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=_RETRIES, scheduling_strategy="SPREAD")(
            ShardServer
        )
        return [ActorHandle(actor.remote(place), self._ray.kill) for place in places]

    def close(self) -> None:
        """End the cluster if it is this process's own."""
        if self._is_ours:
            self._ray.shutdown()

    def _cores_each(self, jobs: int) -> int:
        """How many cores the update of one shard gets, so that all cores have work and each no more than one."""
        machines = [int(node["Resources"].get("CPU", 0)) for node in self._ray.nodes() if node["Alive"]]
        return max(1, min(sum(machines) // max(1, jobs), max(machines)))

    def _outcome(self, done: Any) -> UpdateReport | PullquoteError:
        try:
            report: UpdateReport = self._ray.get(done)
        except PullquoteError as error:
            # What comes from a worker is wrapped with the worker's own traceback.
            cause = getattr(error, "cause", error)
            return cause if isinstance(cause, PullquoteError) else error
        except self._ray.exceptions.RayError as error:
            return _failed(error)
        return report


class ActorHandle:
    """A shard in an actor."""

    def __init__(self, actor: Any, kill: Callable[[Any], None]) -> None:
        """Take an actor that serves a shard, and what ends it."""
        self._actor = actor
        self._kill = kill

    def submit(self, method: Callable[Concatenate[Shard, P], T], *arguments: P.args, **named: P.kwargs) -> "Future[T]":
        """Begin to call a method of the shard."""
        future: Future[T] = self._actor.call.remote(method.__name__, *arguments, **named).future()
        return future

    def close(self) -> None:
        """End the actor."""
        self._kill(self._actor)


def _update(job: Job) -> UpdateReport:
    return job.run()


def _imported(address: str) -> Any:
    """Ray, after it was told to be quiet and to stay on this machine if it is to."""
    if address == LOCAL:
        for name, value in {**_SETTINGS, "RAY_AUTH_TOKEN": secrets.token_hex(32)}.items():
            os.environ.setdefault(name, value)
    try:
        import ray
    except ModuleNotFoundError as error:
        raise UsageError("Ray cannot be used", "it is not installed", 'run: pip install "pullquote[ray]"') from error
    return ray


def _connect(ray: Any, address: str) -> None:
    from ray._private import worker

    # Ray tells of dead workers on stdout, where the answers go, and offers no setting for it.
    worker._worker_logs_enabled = False
    _check_reachable(address)
    local = {"include_dashboard": False, "_node_ip_address": "127.0.0.1", "object_store_memory": _OBJECT_STORE_BYTES}
    try:
        ray.init(
            address=address,
            log_to_driver=False,
            logging_level="ERROR",
            **(local if address == LOCAL else {}),
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise _unreachable(address, next(iter(str(error).splitlines()), type(error).__name__)) from error


def _check_reachable(address: str) -> None:
    """Knock where a cluster is said to be: Ray itself would knock for minutes, and tell of it on stderr."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        try:
            socket.create_connection((host, int(port)), _SECONDS_TO_CONNECT).close()
        except OSError as error:
            raise _unreachable(address, (error.strerror or str(error)).lower()) from error


def _unreachable(address: str, why: str) -> PullquoteError:
    return IndexStateError(
        f"Ray cannot be reached at {address}", why, "start it with ray start --head, or use --ray local"
    )


def _not_done(job: Job) -> PullquoteError:
    return IndexStateError(f"{job.label} was not updated", "its task was not run", "run the command again")


def _failed(error: Exception) -> PullquoteError:
    why = next(iter(str(error).splitlines()), type(error).__name__)
    return IndexDamagedError("A shard could not be updated", f"its worker failed: {why}", "run the command again")
