"""Everything that can happen to an index directory behind pullquote's back, and where an examination has to find it."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.checksums import set_checksums, table_checksum
from index.doctor.findings import Part
from index.generation import search_files
from index.store import Store, generation_of
from tests.index.damage import empty, halve, put, scribble, scribble_inside


@dataclass(frozen=True)
class Damage:
    """One thing that can happen.

    Attributes:
        kind: What happens.
        file: To which file: a name, or ``""`` where it happens to what the database says.
        part: Where it has to be found; None if it may also be harmless, as a byte in a page that holds nothing.
        inflict: Does it, given the index directory and that of another index.
    """

    kind: str
    file: str
    part: Part | None
    inflict: Callable[[Path, Path], object]

    def __str__(self) -> str:
        return f"{self.kind} {self.file}".strip()


def flip(path: Path, place: int) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= 0x55
    put(path, bytes(data))


HARMS: dict[str, Callable[[Path], object]] = {
    "cut off:": halve,
    "emptied:": empty,
    "overwritten:": scribble,
    "overwritten inside:": scribble_inside,
    "removed:": os.unlink,
}


def files_of_index(folder: Path) -> list[Path]:
    """The files of an index directory without shards that hold anything."""
    with closing(Store(folder, folder)) as store, store.reading():
        generation = generation_of(store.meta())
    return [folder / "index.db", *search_files(folder, generation)]


def part_of(path: Path) -> Part:
    """The part of an index that a file of it holds."""
    if path.name == "index.db":
        return Part.DATABASE
    return Part.VECTORS if path.name.startswith("vectors-") else Part.LEXICAL


def swap(name: str) -> Callable[[Path, Path], None]:
    """Puts the same part of another index in the place of one."""

    def inflict(folder: Path, other: Path) -> None:
        target = folder / name
        if target.is_dir():
            shutil.rmtree(target)
            shutil.copytree(other / name, target)
        else:
            put(target, (other / name).read_bytes())

    return inflict


def told_to_sqlite(*statements: str, sums: tuple[str, ...] = ()) -> Callable[[Path, Path], None]:
    """Changes rows, and makes the checksums of some tables fit, as a fault in pullquote itself would."""

    def inflict(folder: Path, _: Path) -> None:
        with closing(sqlite3.connect(folder / "index.db")) as connection, connection:
            for statement in statements:
                connection.execute(statement)
            if sums:
                set_checksums(connection, {table: table_checksum(connection, table) for table in sums})

    return inflict


def of_files(folder: Path, flips: int) -> Iterator[Damage]:
    """What can happen to each file of an index: bytes flipped all over it, cut off, emptied, overwritten, removed."""
    for path in files_of_index(folder):
        name, part, size = path.relative_to(folder).as_posix(), part_of(path), path.stat().st_size
        harmless = None if part is Part.DATABASE else part
        for number in range(min(flips, size)):
            place = size * number // min(flips, size)
            yield Damage(
                f"byte {place} of {size} flipped in", name, harmless, lambda f, _, n=name, p=place: flip(f / n, p)
            )
        for kind, harm in HARMS.items():
            yield Damage(kind, name, part, lambda f, _, n=name, h=harm: h(f / n))


SWAPPED = tuple(
    Damage("swapped with another index's:", name, part, swap(name))
    for name, part in (("vectors-1.faiss", Part.VECTORS), ("lexical-1", Part.LEXICAL), ("index.db", Part.DATABASE))
)
SAID = (
    Damage("an older cleaner made it", "", Part.RULES, told_to_sqlite(
        "UPDATE meta SET value = '1' WHERE key = 'cleaner'", sums=("meta",))),
    Damage("an older chunker made it", "", Part.RULES, told_to_sqlite(
        "UPDATE meta SET value = '0' WHERE key = 'chunker'", sums=("meta",))),
    Damage("older rules of copies made it", "", Part.RULES, told_to_sqlite(
        "UPDATE meta SET value = '1' WHERE key = 'copies'", sums=("meta",))),
    Damage("an older format without checksums", "", Part.RULES, told_to_sqlite(
        "UPDATE meta SET value = '3' WHERE key = 'format'", "DROP TABLE checksums")),
    Damage("a format that is not known", "", Part.RULES, told_to_sqlite(
        "UPDATE meta SET value = '99' WHERE key = 'format'", sums=("meta",))),
    Damage("other weights made it", "", Part.MODEL, told_to_sqlite(
        f"UPDATE meta SET value = '{'0' * 64}' WHERE key = 'digest'", sums=("meta",))),
    Damage("a text changed", "", Part.DATABASE, told_to_sqlite(
        "UPDATE articles SET text = replace(text, 'stone', 'Stone')")),
    Damage("a text changed, and its checksum", "", Part.QUOTES, told_to_sqlite(
        "UPDATE articles SET text = replace(text, 'stone', 'Stone')", sums=("articles",))),
    Damage("the place of a sentence changed, and its checksum", "", Part.QUOTES, told_to_sqlite(
        "UPDATE sentences SET start = start + 1", sums=("sentences",))),
    Damage("a passage is gone", "", Part.DATABASE, told_to_sqlite("DELETE FROM passages WHERE id = 2")),
    Damage("a passage is gone, and its checksum", "", Part.QUOTES, told_to_sqlite(
        "DELETE FROM passages WHERE id = (SELECT max(id) FROM passages)", sums=("passages",))),
    Damage("a sketch changed", "", Part.COPIES, told_to_sqlite("UPDATE sketches SET band1 = band1 + 1")),
    Damage("origins are gone", "", Part.COPIES, told_to_sqlite("DELETE FROM origins")),
    Damage("a word is gone", "", Part.WORDS, told_to_sqlite("DELETE FROM words WHERE word = 'weeks'")),
    Damage("a word is counted too often", "", Part.WORDS, told_to_sqlite("UPDATE words SET articles = articles + 1")),
)  # fmt: skip
