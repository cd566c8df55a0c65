"""Measure follow-up questions: chains of questions, each asked in one conversation.

    python benchmarks/followups.py CHAINS --articles DIR
    python benchmarks/followups.py CHAINS --articles DIR --alone QUESTIONS

CHAINS holds one chain a line, {"id": ..., "turns": [{"question": ..., "answers": [...]}, ...]}; a turn without answers
has to be refused. Each turn is printed with the question that was asked of the articles and the quote.

With --alone, each question of QUESTIONS, which stands alone, is asked after each chain instead: it must be asked as it
is, and get the answer that it gets in a new conversation. A question that is asked again is not read again.
"""

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.library import Index, SearchResult
from qa.answer import Answer
from qa.chat import Chat
from qa.question import Question
from qa.reading import Reader, Reading
from qa.span_model import BUNDLED
from qa.span_reader import SpanReader


@dataclass(frozen=True, slots=True)
class RememberingReader:
    """A reader that reads for each question once.

    Attributes:
        reader: The reader.
        readings: What it read, by the question.
    """

    reader: Reader
    readings: dict[str, Reading] = field(default_factory=dict)

    def read(self, question: Question, result: SearchResult, index: Index) -> Reading:
        """What was read for the question, or is read now."""
        if question.text not in self.readings:
            self.readings[question.text] = self.reader.read(question, result, index)
        return self.readings[question.text]


def is_right(answer: Answer, wanted: list[str]) -> bool:
    """Whether the answer holds one of the wanted texts, or is refused where none is wanted."""
    if not wanted:
        return answer.status == "not_found"
    return any(text.casefold() in answer.text.casefold() for text in wanted)


def run_chains(chat: Chat, chains: list[dict[str, Any]]) -> int:
    """Ask all chains and print what comes; the number of turns that are wrong."""
    wrong = 0
    for chain in chains:
        chat.forget()
        for number, turn in enumerate(chain["turns"], start=1):
            answer = chat.ask(turn["question"])
            right = is_right(answer, turn["answers"])
            wrong += not right
            print(f"{chain['id']}.{number} {'right' if right else 'WRONG'}  {turn['question']}")
            for line in filter(None, (answer.resolved_question, *answer.notes)):
                print(f"      {line}")
            quote = answer.text or f"(refused) {answer.evidence[0].quote if answer.evidence else ''}"
            print(f"      {answer.confidence:.2f} {quote}")
    return wrong


def run_alone(chat: Chat, chains: list[dict[str, Any]], questions: list[dict[str, Any]]) -> int:
    """Ask questions after chains; the number that is changed or answered in another way."""
    fresh: dict[str, Answer] = {}
    for question in (row["question"] for row in questions):
        chat.forget()
        fresh[question] = chat.ask(question)
    wrong = 0
    for chain in chains:
        for question, expected in fresh.items():
            chat.forget()
            for turn in chain["turns"]:
                chat.ask(turn["question"])
            answer = chat.ask(question)
            if answer != expected:
                wrong += 1
                print(f"{chain['id']} CHANGED  {question}\n      {answer.resolved_question}\n      {answer.text}")
    return wrong


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> int:
    """Run what the command line asks for; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chains", type=Path)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--alone", type=Path, help="questions that stand alone, one JSON object a line")
    options = parser.parse_args()
    chains = read_lines(options.chains)
    chat = Chat(options.articles, reader=RememberingReader(SpanReader(BUNDLED)))
    if options.alone:
        questions = read_lines(options.alone)
        wrong, of = run_alone(chat, chains, questions), len(chains) * len(questions)
    else:
        wrong, of = run_chains(chat, chains), sum(len(chain["turns"]) for chain in chains)
    print(f"{of - wrong} of {of} right")
    chat.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
