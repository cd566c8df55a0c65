import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checksums import TableChecksums, stored_checksums, table_checksum

WORDS = st.text(max_size=3)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("INSERT OR REPLACE INTO words VALUES (?, ?)"), st.tuples(WORDS, st.integers(0, 9))),
        st.tuples(st.just("UPDATE words SET articles = articles + 1 WHERE word >= ?"), st.tuples(WORDS)),
        st.tuples(st.just("DELETE FROM words WHERE word <= ?"), st.tuples(WORDS)),
    ),
    max_size=20,
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(made()) as opened:
        yield opened


def made() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE words (word TEXT PRIMARY KEY, articles INTEGER) WITHOUT ROWID")
    return connection


def watched(connection: sqlite3.Connection) -> TableChecksums:
    checksums = TableChecksums(connection)
    checksums.begin()
    checksums.watch(["words"])
    return checksums


@given(CHANGES)
def test_after_any_changes_the_checksum_is_that_of_the_rows(changes):
    with closing(made()) as connection:
        checksums = watched(connection)
        for statement, values in changes:
            connection.execute(statement, values)
        checksums.save()
        assert stored_checksums(connection)["words"] == table_checksum(connection, "words")


def test_rows_that_were_there_before_count(connection):
    connection.execute("INSERT INTO words VALUES ('rain', 1)")
    watched(connection).save()
    assert stored_checksums(connection)["words"] == table_checksum(connection, "words") != "0" * 16


def test_the_order_of_rows_does_not_matter_and_each_value_does(connection):
    sums = set()
    for rows in ([("a", 1), ("b", 2)], [("b", 2), ("a", 1)], [("a", 2), ("b", 1)], [("a", 1)]):
        connection.execute("DELETE FROM words")
        connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
        sums.add(table_checksum(connection, "words"))
    assert len(sums) == 3


def test_what_was_rolled_back_does_not_count(connection):
    checksums = watched(connection)
    checksums.save()
    connection.execute("BEGIN")
    checksums.begin()
    connection.execute("INSERT INTO words VALUES ('rain', 1)")
    connection.execute("ROLLBACK")
    connection.execute("BEGIN")
    checksums.begin()
    connection.execute("INSERT INTO words VALUES ('owls', 1)")
    checksums.save()
    connection.execute("COMMIT")
    assert stored_checksums(connection)["words"] == table_checksum(connection, "words")


def test_a_table_that_was_emptied_is_counted_from_nothing(connection):
    checksums = watched(connection)
    connection.execute("INSERT INTO words VALUES ('rain', 1)")
    checksums.save()
    # As a disk may change it: no trigger sees it.
    connection.execute("DROP TRIGGER update_words")
    connection.execute("UPDATE words SET articles = 7")
    checksums.begin()
    connection.execute("DELETE FROM words")
    checksums.emptied("words")
    connection.execute("INSERT INTO words VALUES ('owls', 1)")
    checksums.save()
    assert stored_checksums(connection)["words"] == table_checksum(connection, "words")


def test_what_is_no_checksum_is_told_as_damage(connection):
    watched(connection).save()
    connection.execute("UPDATE checksums SET value = 'zz'")
    checksums = watched(connection)
    connection.execute("INSERT INTO words VALUES ('rain', 1)")
    with pytest.raises(sqlite3.DatabaseError, match="no number"):
        checksums.save()


def test_a_checksum_that_was_lost_is_not_made_up_again(connection):
    connection.execute("CREATE TABLE files (path TEXT)")
    checksums = TableChecksums(connection)
    checksums.watch(["words", "files"])
    checksums.save()
    connection.execute("DELETE FROM checksums WHERE name = 'words'")
    checksums = watched(connection)
    connection.execute("INSERT INTO words VALUES ('rain', 1)")
    checksums.save()
    assert "words" not in stored_checksums(connection)
