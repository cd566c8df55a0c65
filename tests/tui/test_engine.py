import threading
from collections.abc import Callable

from textual.message import Message

from index.records import Progress
from qa.answer import Answer
from qa.corpus import CorpusInfo
from tests.tui.fakes import PATIENCE, FakeEngine, buses
from tui.engine import EngineThread
from tui.messages import Answered, AskFailed, CallFailed, Opened, OpenFailed, Opening


class Mailbox:
    """Keeps what is posted."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.kept = 0
        self._news = threading.Condition()

    def post(self, message: Message) -> None:
        with self._news:
            self.messages.append(message)
            self._news.notify_all()

    def keep(self, _answer: Answer, _seconds: float) -> int:
        self.kept += 1
        return self.kept

    def wait(self, kind: type[Message]) -> list[str]:
        """The kinds of the messages so far, once there is one of a kind."""
        with self._news:
            assert self._news.wait_for(lambda: any(isinstance(message, kind) for message in self.messages), PATIENCE)
            return [type(message).__name__ for message in self.messages]


class EndlessEngine:
    """Opens for as long as anybody listens."""

    def __init__(self) -> None:
        self.unwound = threading.Event()

    def open(self, report: Callable[[Progress], None]) -> CorpusInfo:
        try:
            while True:
                report(Progress("Encoding passages", 1, 2))
        finally:
            self.unwound.set()

    def ask(self, question: str, *, top: int = 5) -> Answer:
        return buses()


def test_what_comes_of_each_call_is_posted_in_order() -> None:
    box, engine = Mailbox(), FakeEngine()
    thread = EngineThread(lambda: engine, box.post, box.keep)
    thread.open()
    thread.ask(7, "one")
    assert box.wait(Answered) == ["Opening", "Opened", "Answered"]
    answered = box.messages[-1]
    assert isinstance(answered, Answered)
    assert (answered.turn, answered.answer, engine.asked) == (7, engine.answer, ["one"])
    assert answered.seconds >= 0
    thread.stop()
    thread.join()


def test_an_error_is_posted_and_the_thread_goes_on() -> None:
    box, engine = Mailbox(), FakeEngine(ValueError("no"), open_error=OSError("gone"))
    thread = EngineThread(lambda: engine, box.post, box.keep)
    thread.open()
    assert box.wait(OpenFailed) == ["Opening", "OpenFailed"]
    thread.ask(1, "one")
    assert box.wait(AskFailed) == ["Opening", "OpenFailed", "AskFailed"]
    thread.stop()
    thread.join()


def test_progress_is_passed_on_at_most_about_ten_times_a_second_and_every_stage_at_once() -> None:
    box, engine = Mailbox(), FakeEngine()
    engine.progress = [
        Progress(stage, done, 20_000) for stage in ("Reading", "Encoding", "Writing") for done in range(20_000)
    ]
    thread = EngineThread(lambda: engine, box.post, box.keep)
    thread.open()
    box.wait(Opened)
    stages = [message.progress.stage for message in box.messages if isinstance(message, Opening)]
    assert len(stages) < 60
    assert list(dict.fromkeys(stages)) == ["Reading", "Encoding", "Writing"]
    thread.stop()
    thread.join()


def test_leaving_unwinds_an_engine_that_is_still_opening() -> None:
    box, engine = Mailbox(), EndlessEngine()
    thread = EngineThread(lambda: engine, box.post, box.keep)
    thread.open()
    box.wait(Opening)
    thread.stop()
    assert engine.unwound.wait(PATIENCE)
    thread.join()


def test_a_closed_screen_is_no_error_for_the_thread() -> None:
    posted = threading.Event()

    def closed(_message: Message) -> None:
        posted.set()
        raise RuntimeError

    thread = EngineThread(FakeEngine, closed, lambda _answer, _seconds: 1)
    thread.open()
    assert posted.wait(PATIENCE)
    thread.stop()
    thread.join()


def test_an_answer_is_kept_before_the_next_question_is_looked_at() -> None:
    box, engine = Mailbox(), FakeEngine()
    thread = EngineThread(lambda: engine, box.post, box.keep)
    thread.open()
    thread.ask(1, "one")
    thread.ask(2, "two")
    thread.call(lambda _: CallFailed(RuntimeError()), box.post)
    box.wait(CallFailed)
    assert [message.number for message in box.messages if isinstance(message, Answered)] == [1, 2]
    thread.stop()


def test_the_answer_to_a_cancelled_question_is_neither_kept_nor_remembered() -> None:
    box, engine = Mailbox(), FakeEngine(slow=True)
    thread = EngineThread(lambda: engine, box.post, box.keep)
    engine.opening.set()
    thread.open()
    thread.ask(1, "one")
    thread.cancel(1)
    engine.asking.set()
    box.wait(Answered)
    assert (box.kept, engine.taken_back) == (0, 1)
    thread.stop()


def test_an_answer_that_cannot_be_kept_is_still_given() -> None:
    def fail(_answer: Answer, _seconds: float) -> int:
        raise OSError("no room")

    box = Mailbox()
    thread = EngineThread(FakeEngine, box.post, fail)
    thread.open()
    thread.ask(1, "one")
    assert box.wait(Answered)[-2:] == ["CallFailed", "Answered"]
    thread.stop()
