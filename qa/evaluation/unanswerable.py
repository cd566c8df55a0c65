"""Questions that the articles do not answer, made out of questions that they do.

One name, number or date of a question is swapped for one of the same kind out of another question or the passages found
for it, so that the two look alike in all but what they ask about. So were questions altered by Jia and Liang,
"Adversarial Examples for Evaluating Reading Comprehension Systems" (EMNLP 2017).
"""

import random
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from index.contract import ArticleIndex
from index.errors import QuestionError
from index.passages import passage_body
from qa.answering import PASSAGES_READ
from qa.evaluation.questions import GoldQuestion
from qa.question import read_question

_TRIES = 10
_SHARE_OF_TOPIC = 0.5
_POSSESSIVE = re.compile(r"['’]s$")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def swapped_questions(
    questions: Sequence[GoldQuestion], count: int, seed: int, index: ArticleIndex
) -> list[GoldQuestion]:
    """Make questions that the articles do not answer.

    Args:
        questions: Questions; those that have answers and hold a name, a number or a date are made into others.
        count: How many are made, at most: one out of each question.
        seed: The same seed makes the same questions.
        index: The articles. A question is left out where a passage found for it could answer it.

    Returns:
        The new questions in the order of those they were made of, with ids such as ``"12-swapped"``.

    Raises:
        PullquoteError: The index cannot be searched.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> from pathlib import Path
        >>> from qa.corpus import open_corpus
        >>> asked = [
        ...     GoldQuestion("1", "What did the sexton of Oslen count?", ("herons",)),
        ...     GoldQuestion("2", "Who forged the anchors of Karn?", ("blacksmith",)),
        ... ]
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for article in ("The sexton of Oslen counted herons.", "A blacksmith forged the anchors of Karn."):
        ...         _ = Path(folder, f"{len(article)}.txt").write_text(article)
        ...     with closing(open_corpus(folder, Path(folder, ".index")).index) as index:
        ...         made = swapped_questions(asked, 2, 0, index)
        >>> [gold.question for gold in made]
        ['What did the sexton of Karn count?', 'Who forged the anchors of Oslen?']
    """
    chance = random.Random(seed)
    known = {gold.question.casefold() for gold in questions}
    pools = _pools([gold.question for gold in questions], index)
    origins = [place for place, gold in enumerate(questions) if gold.answers]
    made: dict[int, GoldQuestion] = {}
    for place in chance.sample(origins, len(origins)):
        if len(made) == count:
            break
        text = _swapped(questions[place].question, pools, chance, index)
        if text and text.casefold() not in known:
            made[place] = GoldQuestion(f"{questions[place].id}-swapped", text, ())
    return [made[place] for place in sorted(made)]


def things(question: str) -> dict[str, str]:
    """The names, numbers and dates of a question, each with its kind.

    Names of one word, of several words, and in capitals are of different kinds, and so are numbers that are written
    otherwise: a day of the month does not become a sum. What begins a sentence has a capital in any case, and is no
    name.

    Example:
        >>> things("How many troops did Russia send on 6 January 2022?")
        {'Russia': 'word', 'January': 'month', '6': '0', '2022': '0000'}
    """
    asked = read_question(question)
    names = [_POSSESSIVE.sub("", name) for name in asked.names]
    kinds = {name: _kind_of_name(name) for name in names if len(name) > 1 and not _begins_sentence(name, asked.text)}
    return kinds | {number: re.sub(r"\d", "0", number) for number in asked.numbers}


def could_be_answered(question: str, word: str, index: ArticleIndex) -> bool:
    """Whether a passage found for a question speaks both of a word in it and of half of what else it asks about.

    Half is counted by the inverse document frequency of the terms.

    Args:
        question: The question.
        word: The name, number or date in it that is to be spoken of.
        index: The articles.

    Raises:
        PullquoteError: The index cannot be searched.

    Example:
        >>> from contextlib import closing
        >>> from qa.corpus import open_corpus
        >>> with closing(open_corpus(None, None).index) as index:
        ...     troops, tanks = "How many troops did CSTO send?", "How many troops did NATO send?"
        ...     could_be_answered(troops, "CSTO", index), could_be_answered(tanks, "NATO", index)
        (True, False)
    """
    of_word = set(index.terms(word))
    topic = {term: weight for term, weight in index.term_weights(question).items() if term not in of_word}
    result = index.search(question, PASSAGES_READ)
    for hit in result.hits:
        article = result.articles[hit.passage.article]
        terms = set(index.terms(f"{article.title} {passage_body(article.text, hit.passage.sentences)}"))
        shared = sum(weight for term, weight in topic.items() if term in terms)
        if of_word <= terms and shared >= _SHARE_OF_TOPIC * sum(topic.values()):
            return True
    return False


def _pools(questions: Sequence[str], index: ArticleIndex) -> dict[str, list[str]]:
    """What can be swapped in, by kind: the things in the questions and in the passages found for them."""
    texts = list(questions)
    for question in questions:
        result = index.search(question, PASSAGES_READ)
        texts += [passage_body(result.articles[hit.passage.article].text, hit.passage.sentences) for hit in result.hits]
    pools: dict[str, dict[str, None]] = {}
    for text in texts:
        # What is no question because it is too long, or has no word, has little to give.
        with suppress(QuestionError):
            for thing, kind in things(text).items():
                pools.setdefault(kind, {})[thing] = None
    return {kind: list(found) for kind, found in pools.items()}


def _swapped(
    question: str, pools: Mapping[str, Sequence[str]], chance: random.Random, index: ArticleIndex
) -> str | None:
    """The question with one thing swapped, or None where none of a few tries is surely without an answer."""
    terms = set(index.terms(question))
    options = [
        (old, new)
        for old, kind in things(question).items()
        for new in pools[kind]
        if terms.isdisjoint(index.terms(new)) and not _is_related(old, new)
    ]
    for old, new in chance.sample(options, min(_TRIES, len(options))):
        # "6" is no part of "6,000", nor is "Ford" of "Fordham".
        text = new.join(re.split(rf"(?<![\w.,]){re.escape(old)}(?!\w|[.,]\w)", question))
        if not could_be_answered(text, new, index):
            return text
    return None


def _is_related(one: str, other: str) -> bool:
    """Whether one holds the other, as "American" does "America"."""
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def _kind_of_name(name: str) -> str:
    if name.lower() in _MONTHS:
        return "month"
    if name.lower() in _WEEKDAYS:
        return "weekday"
    if " " in name:
        return "words"
    return "capitals" if name.isupper() else "word"


def _begins_sentence(name: str, text: str) -> bool:
    return re.search(rf"(?:^|[.?!:]\s|[“\"])\W*{re.escape(name)}", text) is not None
