from hypothesis import given
from hypothesis import strategies as st

from tui.turns import Turns


def test_the_oldest_question_starts_and_the_next_one_only_when_it_is_finished() -> None:
    turns = Turns()
    first, second = turns.add("one"), turns.add("two")
    assert turns.start() == (first, "one")
    assert turns.start() is None
    assert turns.finish(first)
    assert turns.start() == (second, "two")


def test_the_newest_question_is_cancelled_first() -> None:
    turns = Turns()
    first, second = turns.add("one"), turns.add("two")
    turns.start()
    assert turns.cancel() == (second, "two")
    assert turns.cancel() == (first, "one")
    assert turns.cancel() is None
    assert not turns.pending


def test_a_cancelled_question_keeps_the_engine_busy_until_its_unwanted_result() -> None:
    turns = Turns()
    first = turns.add("one")
    turns.start()
    turns.cancel()
    second = turns.add("two")
    assert turns.start() is None
    assert not turns.finish(first)
    assert turns.start() == (second, "two")


@given(st.lists(st.sampled_from(["add", "start", "finish", "cancel"]), max_size=40))
def test_every_question_is_answered_or_cancelled_exactly_once(steps: list[str]) -> None:
    turns = Turns()
    asked: list[int] = []
    ended: list[int] = []
    busy: int | None = None
    for step in [*steps, *["finish", "start"] * len(steps), "finish"]:
        if step == "add":
            asked.append(turns.add("question"))
        elif step == "start" and (started := turns.start()):
            busy = started[0]
        elif step == "finish" and busy is not None:
            ended.extend([busy] if turns.finish(busy) else [])
            busy = None
        elif step == "cancel" and (cancelled := turns.cancel()):
            ended.append(cancelled[0])
    assert sorted(ended) == asked
    assert not turns.pending


def test_every_question_can_be_given_up_at_once_and_the_engine_stays_busy_until_it_is_done() -> None:
    turns = Turns()
    numbers = [turns.add(question) for question in ("one", "two", "three")]
    turns.start()
    assert sorted(turns.give_up()) == numbers
    assert not turns.pending
    turns.add("four")
    assert turns.start() is None
    assert not turns.finish(numbers[0])
    assert turns.start() == (4, "four")
