"""Sentences to passages: overlapping windows of whole sentences, the unit that is embedded and searched."""

from collections.abc import Iterable, Sequence

from index.records import Sentence

WINDOW_SENTENCES = 5
WINDOW_CHARACTERS = 1_100
OVERLAP = 1


def window(sentences: Sequence[Sentence]) -> list[range]:
    """Divide an article's sentences into passages.

    A passage holds up to ``WINDOW_SENTENCES`` sentences and, unless one sentence alone is longer, up to
    ``WINDOW_CHARACTERS`` characters, which the embedding model's 256 tokens can take. It begins with the last sentence
    of the passage before it where both have room for that.

    Returns:
        The passages as ranges of positions in ``sentences``: every sentence is in one, or in two neighbours.

    Example:
        >>> window([Sentence(i * 10, i * 10 + 9) for i in range(7)])
        [range(0, 5), range(4, 7)]
    """
    windows: list[range] = []
    first = 0
    while first < len(sentences):
        last = _fill(sentences, first)
        windows.append(range(first, last))
        if last == len(sentences):
            break
        overlapping = last - OVERLAP
        # Where the shared sentence leaves no room for a new one, the next passage begins afresh.
        first = overlapping if overlapping > first and _fill(sentences, overlapping) > last else last
    return windows


def _fill(sentences: Sequence[Sentence], first: int) -> int:
    """The position after the last sentence that fits in a passage that begins at ``first``."""
    size = 0
    for position in range(first, min(first + WINDOW_SENTENCES, len(sentences))):
        size += sentences[position].end - sentences[position].start
        if size > WINDOW_CHARACTERS and position > first:
            return position
    return min(first + WINDOW_SENTENCES, len(sentences))


def passage_body(text: str, sentences: Sequence[Sentence]) -> str:
    r"""The words of a passage: its sentences on one line, without what was dropped between them.

    Example:
        >>> passage_body("Rain fell.\n\nShare\n\nIt stopped.", [Sentence(0, 10), Sentence(19, 30)])
        'Rain fell. It stopped.'
    """
    return " ".join(" ".join(text[sentence.start : sentence.end].split()) for sentence in sentences)


def joined(text: str, sentences: Iterable[Sentence]) -> list[tuple[int, int]]:
    """The ranges that sentences cover, as one where only white space lies between them.

    Args:
        text: The text that the sentences stand in.
        sentences: Its sentences, in the order of the text.

    Example:
        >>> joined("Rain fell. It stopped. MENU Owls hid.", [Sentence(0, 10), Sentence(11, 22), Sentence(28, 37)])
        [(0, 22), (28, 37)]
    """
    ranges: list[tuple[int, int]] = []
    for sentence in sentences:
        if ranges and not text[ranges[-1][1] : sentence.start].strip():
            ranges[-1] = (ranges[-1][0], sentence.end)
        else:
            ranges.append((sentence.start, sentence.end))
    return ranges


def embedded_text(title: str, body: str) -> str:
    """The text of a passage that is embedded: the headline as context, then the words of the passage.

    Example:
        >>> embedded_text("Storm", "Rain fell.")
        'Storm. Rain fell.'
    """
    if not title or body.startswith(title):
        return body
    return f"{title}{'' if title.endswith(('.', '!', '?')) else '.'} {body}"
