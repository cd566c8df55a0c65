from pathlib import Path

from index.library import Index, SearchResult
from qa.chat import Chat
from qa.question import Question
from qa.reading import Reading, ScoredSentence
from tests.qa.exactness import check_exact


class LongestFirst:
    """A reader that takes the longest sentence of the passages for the answer, and its first word for the span."""

    def read(self, question: Question, result: SearchResult, index: Index) -> Reading:
        scored = []
        for hit in result.hits:
            article = result.articles[hit.passage.article]
            for sentence in hit.passage.sentences:
                word = article.text[sentence.start : sentence.end].split()[0]
                span = (sentence.start, sentence.start + len(word))
                scored.append(ScoredSentence(article, sentence, span, 0.9))
        scored.sort(key=lambda item: item.sentence.start - item.sentence.end)
        return Reading(tuple(scored), 0.9)


def test_another_reader_can_take_the_place_of_the_default_one(town_folder: Path) -> None:
    chat = Chat(town_folder, reader=LongestFirst())
    answer = chat.ask("Where has the cheese market moved?", top=30)
    chat.close()
    check_exact(answer)
    assert answer.status == "answered"
    assert answer.confidence == 0.9
    lengths = [len(evidence.quote) for evidence in answer.evidence]
    assert lengths == sorted(lengths, reverse=True)
    assert answer.evidence[0].span == answer.evidence[0].quote.split()[0]
