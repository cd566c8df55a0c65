"""Feeds what a coverage-guided fuzzer makes up to everything that reads what pullquote did not write.

pip install atheris && python -m tests.fuzz.fuzz_inputs CORPUS [-runs=100000] [-max_total_time=3600]

CORPUS is a folder for the inputs that reached new code; a second run goes on from them. The first byte of an input
chooses what it is fed to: a file of one of the accepted types, a question, a file of questions for ``eval``. One that
raises what no person should see, takes longer than ``SECONDS``, or breaks what must hold of every article ends the run
and is left as a file ``crash-...`` in the working directory.
"""

import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index", "qa"]):
    from index.copies import wording_of
    from index.discover import SourceFile
    from index.errors import PullquoteError
    from index.intake import take_in
    from index.passages import passage_body, window
    from index.records import Skipped
    from qa.candidates import candidates
    from qa.evaluation.questions import read_questions
    from qa.followup.resolve import resolve
    from qa.printable import printable
    from qa.question import read_question

SECONDS = 10.0
SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl")
SEEDS = {
    ".txt": "Rain floods Oslen\n\nBy Ada Moor\n\nOSLEN (AP) — Rain fell on Monday. “It rose,” she said.\n\nShare\n",
    ".md": "---\ntitle: Rain\ndate: 2022-01-06\n---\n\n# Rain\n\nIt *fell* on [Monday](http://a.example).\n",
    ".html": "<html><head><title>Rain</title></head><body><article><p>Rain fell on Monday.</p></article></body></html>",
    ".json": '{"title": "Rain", "published": "2022-01-06", "text": "Rain fell on Monday. It stopped."}',
    ".jsonl": '{"text": "Rain fell."}\n{"text": "It stopped.", "url": "http://a.example"}\n',
    "question": "How many people did they say were hurt in Oslen, and when?",
    "eval": '{"id": "1", "question": "When did rain fall?", "answers": ["Monday"]}\n',
}
KINDS = tuple(SEEDS)


def feed_file(suffix: str, data: bytes) -> None:
    """A file of articles: bad input is named, and a sentence is a range of the text."""
    name = f"a{suffix}"
    for item in take_in(SourceFile(Path("/news", name), name, len(data), ""), data):
        if isinstance(item, Skipped):
            printable(item.reason).encode("utf-8")
            continue
        text, end = item.article.text, 0
        assert item.sentences
        for sentence in item.sentences:
            assert end <= sentence.start < sentence.end <= len(text)
            assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
            end = sentence.end
        for positions in window(item.sentences):
            passage_body(text, item.sentences[positions.start : positions.stop])
        wording_of(text[item.sentences[0].start : item.sentences[0].end])
        shown = printable(item.article.label)
        assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in shown)


def feed_question(data: bytes) -> None:
    """A question: it is read, completed and looked at, or refused."""
    text = data.decode("utf-8", "replace")
    try:
        question = read_question(text)
        resolved = resolve(question.text, ())
    except PullquoteError:
        return
    assert resolved.text
    list(candidates(question.text, question.kind))


def feed_eval(data: bytes, folder: Path) -> None:
    """A file of questions: it is read, or refused."""
    path = folder / "questions.jsonl"
    path.write_bytes(data)
    try:
        read_questions(path)
    except PullquoteError as error:
        printable(str(error)).encode("utf-8")


def feed(data: bytes, folder: Path) -> None:
    """Feed an input to what its first byte chooses."""
    if not data:
        return
    kind, data = KINDS[data[0] % len(KINDS)], data[1:]
    began = time.monotonic()
    if kind in SUFFIXES:
        feed_file(kind, data)
    elif kind == "question":
        feed_question(data)
    else:
        feed_eval(data, folder)
    assert time.monotonic() - began < SECONDS, "it takes too long"


def main() -> None:
    """Begin the corpus where there is none, and fuzz."""
    corpus = Path(sys.argv[1])
    corpus.mkdir(parents=True, exist_ok=True)
    for place, (kind, text) in enumerate(SEEDS.items()):
        (corpus / f"seed-{place}").write_bytes(bytes([place]) + text.encode())
        if kind in SUFFIXES:
            # What is imported at the first use does not count as time taken by an input.
            feed_file(kind, text.encode())
    with tempfile.TemporaryDirectory() as folder:
        atheris.Setup(sys.argv, lambda data: feed(data, Path(folder)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
