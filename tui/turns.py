"""Which questions wait for the engine and which one it works on."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Turns:
    """The questions without an answer yet, oldest first.

    The engine works on one question at a time and cannot be interrupted, so a cancelled question keeps it busy
    until its result arrives, which is then dropped.

    Example:
        >>> turns = Turns()
        >>> turns.add("who spoke"), turns.add("and when")
        (1, 2)
        >>> turns.start()
        (1, 'who spoke')
        >>> turns.cancel(), turns.cancel()
        ((2, 'and when'), (1, 'who spoke'))
        >>> turns.finish(1)
        False
    """

    _waiting: dict[int, str] = field(default_factory=dict)
    _running: tuple[int, str] | None = None
    _busy_with: int | None = None
    _last: int = 0

    @property
    def pending(self) -> bool:
        """Whether a question waits or runs."""
        return bool(self._waiting) or self._running is not None

    @property
    def waiting(self) -> tuple[int, ...]:
        """The questions that have not started, oldest first."""
        return tuple(self._waiting)

    def add(self, question: str) -> int:
        """Let a question wait, and number it."""
        self._last += 1
        self._waiting[self._last] = question
        return self._last

    def start(self) -> tuple[int, str] | None:
        """The question that the engine should work on now; None while it is busy or nothing waits."""
        if self._busy_with is not None or not self._waiting:
            return None
        turn = next(iter(self._waiting))
        self._running = (turn, self._waiting.pop(turn))
        self._busy_with = turn
        return self._running

    def finish(self, turn: int) -> bool:
        """Note that the engine is done with a question.

        Returns:
            Whether its result is still wanted.
        """
        if self._busy_with == turn:
            self._busy_with = None
        wanted = self._running is not None and self._running[0] == turn
        if wanted:
            self._running = None
        return wanted

    def cancel(self) -> tuple[int, str] | None:
        """Give up the newest question, and tell which one that was."""
        if self._waiting:
            return self._waiting.popitem()
        cancelled, self._running = self._running, None
        return cancelled

    def give_up(self) -> tuple[int, ...]:
        """Give up every question, and tell which ones."""
        running = () if self._running is None else (self._running[0],)
        self._running = None
        return (*running, *self.give_up_waiting())

    def give_up_waiting(self) -> tuple[int, ...]:
        """Drop every question that has not started, and tell which ones."""
        dropped = self.waiting
        self._waiting.clear()
        return dropped
