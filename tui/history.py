"""Past conversations: what was asked, and the answers as they were then."""

import glob
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from index.errors import HistoryError
from tui.history_file import open_history, told

HISTORY_FILE = "history.db"


MOST_CONVERSATIONS = 200


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A conversation as it stands in a list of many.

    Attributes:
        id: Names it in the history; never given to another one.
        corpus: What the questions were about, as the engine names it.
        title: The first question, or what the user calls it.
        started: When the first question was asked, in UTC.
        latest: When the last one was asked, in UTC.
        turns: How many questions it has.

    Example:
        >>> noon = datetime(2022, 1, 8, 12, tzinfo=UTC)
        >>> ConversationEntry(1, "/news", "Who hid?", noon, noon, turns=1).title
        'Who hid?'
    """

    id: int
    corpus: str
    title: str
    started: datetime
    latest: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question that was answered.

    Attributes:
        number: Its place in the conversation, from 1.
        asked: When it was asked, in UTC.
        seconds: How long the answer took.
        document: What ``Answer.to_dict()`` gave; ``qa.recall.recalled`` makes an answer of it again.

    Example:
        >>> StoredTurn(1, datetime(2022, 1, 8, tzinfo=UTC), 0.4, {"question": "Who hid?"}).document["question"]
        'Who hid?'
    """

    number: int
    asked: datetime
    seconds: float
    document: dict[str, Any]


class History:
    """The past conversations of one user. Any thread, and any number of chats, may use it at once.

    Attributes:
        file: The file that it is kept in, or None where it is kept in memory.
        notes: What the user should know: that a damaged history was set aside, or that this chat is not kept.

    Example:
        >>> history = History(None)
        >>> asked = datetime(2022, 1, 8, 12, tzinfo=UTC)
        >>> document = {"question": "Who hid?", "evidence": [{"quote": "Owls hid."}]}
        >>> first = history.add(None, "/news", document, 0.4, asked)
        >>> [conversation.title for conversation in history.conversations("owls")]
        ['Who hid?']
        >>> history.close()
    """

    def __init__(self, path: Path | None) -> None:
        """Open the history, or begin one. This never fails: what cannot be used is left alone, and noted.

        Args:
            path: The file, or None to keep the history in memory only, until it is closed.
        """
        self._lock = threading.Lock()
        self._connection, self.file, self.notes = open_history(path)

    def add(
        self, conversation: int | None, corpus: str, document: dict[str, Any], seconds: float, asked: datetime
    ) -> int:
        """Keep an answered question. Once this returns, neither a kill nor a power cut undoes it.

        Args:
            conversation: The conversation that it belongs to, or None for a new one, titled by this question.
            corpus: What the question was about, as the engine names it.
            document: What ``Answer.to_dict()`` gave.
            seconds: How long the answer took.
            asked: When it was asked.

        Returns:
            The id of the conversation: a new one for None, or where another chat has deleted the one that was named.

        Raises:
            HistoryError: It cannot be written.
        """
        question = _storable(document["question"])
        quotes = (_storable(evidence["quote"]) for evidence in document["evidence"])
        words = "\n".join([question, *quotes]).casefold()
        asked_at = asked.astimezone(UTC).isoformat(timespec="microseconds")
        turn = (asked_at, seconds, question, words, json.dumps(document))
        with self._writing() as connection:
            if not connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone():
                title = " ".join(question.split())
                conversation = connection.execute(
                    "INSERT INTO conversations (corpus, title, words) VALUES (?, ?, ?)",
                    (_storable(corpus), title, title.casefold()),
                ).lastrowid
            connection.execute(
                "INSERT INTO turns (asked, seconds, question, words, document, conversation, number)"
                " SELECT ?, ?, ?, ?, ?, ?, coalesce(max(number), 0) + 1 FROM turns WHERE conversation = ?",
                (*turn, conversation, conversation),
            )
        assert conversation is not None
        return conversation

    def conversations(
        self, words: str = "", corpus: str | None = None, limit: int = MOST_CONVERSATIONS
    ) -> list[ConversationEntry]:
        """Past conversations, the one with the latest question first.

        Args:
            words: Only those in which each of these words occurs in the title, a question or a quote, in any case.
            corpus: Only those about these articles.
            limit: How many, at most.

        Raises:
            HistoryError: They cannot be read.
        """
        conditions, values = ["julianday(asked) IS NOT NULL"], []
        if corpus is not None:
            conditions.append("corpus = ?")
            values.append(_storable(corpus))
        for word in _storable(words).casefold().split():
            conditions.append(
                "conversations.id IN (SELECT id FROM conversations WHERE instr(words, ?)"
                " UNION SELECT conversation FROM turns WHERE instr(words, ?))"
            )
            values += [word, word]
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT conversations.id, corpus, title, min(asked), max(asked), count(*)"
                " FROM conversations JOIN turns ON turns.conversation = conversations.id"
                f" WHERE {' AND '.join(conditions)} GROUP BY conversations.id"
                " ORDER BY max(asked) DESC, max(turns.id) DESC LIMIT ?",
                (*values, limit),
            ).fetchall()
        return list(filter(None, (_conversation(*row) for row in rows)))

    def turns(self, conversation: int, last: int = 20, before: int | None = None) -> list[StoredTurn]:
        """The last questions of a conversation with their answers, the oldest first. Damaged ones are left out.

        Args:
            conversation: Its id.
            last: How many, at most.
            before: Only those with a smaller number than this one.

        Raises:
            HistoryError: They cannot be read.
        """
        query = (
            "SELECT number, asked, seconds, document FROM turns WHERE conversation = ?1"
            " AND (?2 IS NULL OR number < ?2) ORDER BY number DESC"
        )
        with self._reading() as connection, closing(connection.execute(query, (conversation, before))) as rows:
            latest_first = list(islice(filter(None, (_turn(*row) for row in rows)), last))
        return latest_first[::-1]

    def questions(self, limit: int = 500) -> list[str]:
        """The different questions that were asked in all conversations; what was asked last comes last.

        Args:
            limit: How many, at most; the latest stay.

        Raises:
            HistoryError: They cannot be read.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT question FROM turns GROUP BY question ORDER BY max(id) DESC LIMIT ?", (limit,)
            ).fetchall()
        return [question for (question,) in reversed(rows)]

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another title; a blank one changes nothing.

        Raises:
            HistoryError: It cannot be written.
        """
        if line := " ".join(_storable(title).split()):
            with self._writing() as connection:
                connection.execute(
                    "UPDATE conversations SET title = ?, words = ? WHERE id = ?", (line, line.casefold(), conversation)
                )

    def delete(self, conversation: int) -> None:
        """Erase a conversation: its place in the file is overwritten.

        Raises:
            HistoryError: It cannot be written.
        """
        with self._writing() as connection:
            connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def clear(self) -> None:
        """Erase all conversations, and the damaged histories that were set aside.

        Raises:
            HistoryError: They cannot be erased; a history that is left alone is not.
        """
        if self.file is None and self.notes:
            raise HistoryError("The history was not erased", "it is left alone in this chat", "delete its file")
        with self._writing() as connection:
            connection.execute("DELETE FROM turns")
            connection.execute("DELETE FROM conversations")
        if self.file is not None:
            _remove_damaged(self.file)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise told(error) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or none if an error or a kill ends it."""
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # SQLite ends a transaction itself where the disk is full.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _storable(text: str) -> str:
    """The text, with half a character, as a mangled path may hold, written out: SQLite would not take it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _conversation(
    identifier: int, corpus: str, title: str, started: str, latest: str, turns: int
) -> ConversationEntry | None:
    """A row of the list, or None if it is damaged."""
    try:
        return ConversationEntry(identifier, corpus, title, _time(started), _time(latest), turns)
    except ValueError:
        return None


def _turn(number: int, asked: str, seconds: float, text: str) -> StoredTurn | None:
    """A row of a conversation, or None if it is damaged."""
    try:
        document = json.loads(text)
        turn = StoredTurn(number, _time(asked), float(seconds), document)
    except (TypeError, ValueError, RecursionError):
        return None
    return turn if isinstance(document, dict) else None


def _remove_damaged(file: Path) -> None:
    for damaged in file.parent.glob(f"{glob.escape(file.name)}.damaged*"):
        try:
            damaged.unlink(missing_ok=True)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise HistoryError("A damaged history was not erased", why, f"delete {damaged}") from error
