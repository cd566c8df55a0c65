"""What a power cut leaves of a folder whose changes were recorded.

A kill leaves all that was written; a power cut leaves only what the system was made to write to the disk. This is the
model: the bytes of a file are durable once the file is synced, and a name once its folder is synced. Anything later may
be lost, or may have been written all the same, in any order: file systems that delay the allocation of blocks lose the
bytes of a file and keep its name and its length, those with a journal lose the last names and keep earlier ones. What a
disk loses though it was synced, no program can mend.

The changes are those that ``interpose.c`` records. One record is enough for a cut after each of them. What SQLite
writes through a memory map, its ``-shm`` file, is not recorded: it is made anew when no process has it open.
"""

import hashlib
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PAGE = 4096


@dataclass
class File:
    """The bytes of a file: as they are, as they were synced, and what was written since.

    A write is a place and bytes; None in place of the bytes cuts the file to that size, or makes it so large.
    """

    data: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    writes: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, place: int, data: bytes | None) -> None:
        _apply(self.data, place, data)
        self.writes.append((place, data))

    def sync(self) -> None:
        self.synced = bytes(self.data)
        self.writes.clear()


@dataclass
class Folder:
    """The names in a folder: as they are, as they were synced, and how they were changed since.

    A change gives names what they stand for, or None to a name that is removed; all of it happens, or nothing.
    """

    names: "dict[str, File | Folder]" = field(default_factory=dict)
    synced: "dict[str, File | Folder]" = field(default_factory=dict)
    changes: "list[dict[str, File | Folder | None]]" = field(default_factory=list)

    def change(self, names: "dict[str, File | Folder | None]") -> None:
        _rename(self.names, names)
        self.changes.append(names)

    def sync(self) -> None:
        self.synced = dict(self.names)
        self.changes.clear()


def _apply(data: bytearray, place: int, written: bytes | None) -> None:
    end = place if written is None else place + len(written)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    if written is None:
        del data[place:]
    else:
        data[place:end] = written


def _rename(names: "dict[str, File | Folder]", change: "dict[str, File | Folder | None]") -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


@dataclass(frozen=True)
class Policy:
    """What of all that was not synced is lost.

    Attributes:
        name: What it is called.
        names: The names that are left in a folder.
        data: The bytes that are left in a file.
    """

    name: str
    names: "Callable[[Folder, random.Random], dict[str, File | Folder]]"
    data: Callable[[File, random.Random], bytes]


def _all_names(folder: Folder, _: random.Random) -> "dict[str, File | Folder]":
    return folder.names


def _synced_names(folder: Folder, _: random.Random) -> "dict[str, File | Folder]":
    return folder.synced


def _some_names(folder: Folder, chance: random.Random) -> "dict[str, File | Folder]":
    names = dict(folder.synced)
    for change in folder.changes:
        if chance.random() < 0.5:
            _rename(names, change)
    return names


def _all_data(file: File, _: random.Random) -> bytes:
    return bytes(file.data)


def _synced_data(file: File, _: random.Random) -> bytes:
    return file.synced


def _zeros(file: File, _: random.Random) -> bytes:
    """The length is kept, and what was not synced is zeros."""
    data = bytearray(file.synced)
    for place, written in file.writes:
        _apply(data, place, None if written is None else bytes(len(written)))
    return bytes(data)


def _some_pages(file: File, chance: random.Random) -> bytes:
    data = bytearray(file.synced)
    for place, written in file.writes:
        for start, end in _pages(place, 0 if written is None else len(written)):
            if chance.random() < 0.5:
                _apply(data, start, None if written is None else written[start - place : end - place])
    return bytes(data)


def _pages(place: int, size: int) -> Iterator[tuple[int, int]]:
    if not size:
        yield place, place
    start = place
    while start < place + size:
        end = min(place + size, (start // PAGE + 1) * PAGE)
        yield start, end
        start = end


POLICIES = (
    Policy("all that was not synced is lost", _synced_names, _synced_data),
    Policy("bytes are lost, names are kept", _all_names, _synced_data),
    Policy("bytes are zeros, names are kept", _all_names, _zeros),
    Policy("names are lost, bytes are kept", _synced_names, _all_data),
    Policy("names and pages are lost by chance", _some_names, _some_pages),
)


class Disk:
    """A folder whose recorded changes are made again, one by one."""

    def __init__(self, folder: Path) -> None:
        """Begin with a folder as it is: all of it is durable."""
        self.root = _read(folder, {})

    def change(self, name: str, path: str, other: str, place: int, data: bytes) -> None:
        """Make a recorded change."""
        if path.endswith(" (deleted)"):
            return
        match name:
            case "open" | "empty":
                folder, last = self._parent(path)
                file = folder.names.get(last)
                if file is None:
                    folder.change({last: File()})
                elif name == "empty" and isinstance(file, File) and file.data:
                    file.change(0, None)
            case "write":
                self._file(path).change(place, data)
            case "truncate":
                self._file(path).change(place, None)
            case "fsync":
                self._node(path).sync()
            case "mkdir":
                folder, last = self._parent(path)
                folder.change({last: Folder()})
            case "unlink" | "rmdir":
                folder, last = self._parent(path)
                folder.change({last: None})
            case "link":
                folder, last = self._parent(other)
                folder.change({last: self._node(path)})
            case "rename":
                folder, last = self._parent(other)
                origin, first = self._parent(path)
                assert folder is origin, "no rename goes from folder to folder"
                folder.change({first: None, last: folder.names[first]})
            case _:
                raise AssertionError(name)

    def cut(self, policy: Policy, seed: int) -> "dict[str, bytes | None]":
        """What a power cut leaves: the bytes of each file by its path, and None for each folder."""
        return dict(_left(self.root, policy, random.Random(seed), ""))

    def _node(self, path: str) -> File | Folder:
        node: File | Folder = self.root
        for name in filter(None, path.split("/")):
            assert isinstance(node, Folder)
            node = node.names[name]
        return node

    def _file(self, path: str) -> File:
        node = self._node(path)
        assert isinstance(node, File)
        return node

    def _parent(self, path: str) -> tuple[Folder, str]:
        above, _, last = path.rpartition("/")
        folder = self._node(above)
        assert isinstance(folder, Folder)
        return folder, last


def _read(folder: Path, seen: dict[int, File]) -> Folder:
    names: dict[str, File | Folder] = {}
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            names[path.name] = _read(path, seen)
        else:
            data = path.read_bytes()
            names[path.name] = seen.setdefault(path.stat().st_ino, File(bytearray(data), data))
    return Folder(names, dict(names))


def _left(folder: Folder, policy: Policy, chance: random.Random, above: str) -> "Iterator[tuple[str, bytes | None]]":
    for name, node in sorted(policy.names(folder, chance).items()):
        if isinstance(node, Folder):
            yield f"{above}{name}", None
            yield from _left(node, policy, chance, f"{above}{name}/")
        else:
            yield f"{above}{name}", policy.data(node, chance)


def recorded(log: Path) -> Iterator[tuple[str, str, str, int, bytes]]:
    """The changes of a record: what was done, to which path, to which other one, where, and what was written."""
    with log.open("rb") as file:
        while line := file.readline():
            name, path, other, place, size = os.fsdecode(line).rstrip("\n").split("\t")
            yield name, path, other, int(place), file.read(int(size))


@dataclass(frozen=True)
class Cut:
    """A power cut.

    Attributes:
        after: After how many changes it comes.
        change: The one that would have come next; empty where all was done.
        policy: What is lost.
        left: What is left.
    """

    after: int
    change: str
    policy: Policy
    left: "dict[str, bytes | None]"

    def put(self, folder: Path) -> Path:
        """Make a folder hold what is left."""
        folder.mkdir()
        for name, data in self.left.items():
            if data is None:
                (folder / name).mkdir()
            else:
                (folder / name).write_bytes(data)
        return folder


def _digest(left: "dict[str, bytes | None]") -> bytes:
    digest = hashlib.sha256()
    for name, data in sorted(left.items()):
        digest.update(f"{name} {len(data or b'')} ".encode())
        digest.update(data or b"")
    return digest.digest()


def cuts(before: Path, log: Path) -> Iterator[Cut]:
    """A power cut after every change, by every policy; those that leave what another one has left are passed over."""
    disk = Disk(before)
    changes = list(recorded(log))
    seen = set()
    for after in range(len(changes) + 1):
        for policy in POLICIES:
            left = disk.cut(policy, seed=after)
            key = _digest(left)
            # When all is done and reported as done, the new state has to be left.
            if key not in seen or after == len(changes):
                seen.add(key)
                yield Cut(after, changes[after][0] if after < len(changes) else "", policy, left)
        if after < len(changes):
            disk.change(*changes[after])
