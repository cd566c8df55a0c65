"""What an examination of an index looks like: lines for a person, and plain types for JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index.doctor.findings import Finding, State
from qa.render import path_line

_WIDTH = max(len(state.value) for state in State)


def has_fault(findings: Iterable[Finding]) -> bool:
    """Whether anything is not as it should be; what is only outdated is no fault."""
    return any(finding.state is State.FAULT for finding in findings)


def lines(before: Sequence[Finding], after: Sequence[Finding] | None = None) -> Iterator[str]:
    """What was found, what it means and what to do; then what is left of it.

    Args:
        before: What an examination has found.
        after: What a second one has found, where the index was mended in between.

    Example:
        >>> from index.doctor.findings import Part
        >>> for line in lines([Finding(Part.WORDS, State.FAULT, "they are not those of the texts")]):
        ...     print(line)
        FAULT    words: they are not those of the texts
                 It means: a refusal may name a word as missing that is there.
                 --fix: counts the words of the texts again.
    """
    for finding in before:
        yield _line(finding)
        if finding.state is State.SOUND:
            continue
        if finding.state is State.FAULT:
            yield f"{'':{_WIDTH}} It means: {finding.meaning}."
        if finding.advice:
            yield f"{'':{_WIDTH}} What to do first: {path_line(finding.advice)}."
        yield f"{'':{_WIDTH}} --fix: {finding.remedy}."
    if after is None:
        return
    left = [finding for finding in after if finding.state is not State.SOUND]
    yield ""
    yield "Examined again: all is as it should be." if not left else "Examined again, this is left:"
    yield from map(_line, left)


def document(before: Sequence[Finding], after: Sequence[Finding] | None = None) -> dict[str, Any]:
    """The same in plain types."""
    return {
        "found": list(map(_plain, before)),
        "after mending": None if after is None else list(map(_plain, after)),
    }


def _line(finding: Finding) -> str:
    return f"{finding.state.value:<{_WIDTH}} {finding.label}: {path_line(finding.detail)}"


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "part": finding.part.value,
        "shard": None if finding.shard is None else finding.shard + 1,
        "state": finding.state.value.lower(),
        "detail": finding.detail,
        "meaning": finding.meaning if finding.state is State.FAULT else None,
        "remedy": None if finding.state is State.SOUND else finding.remedy,
        "advice": finding.advice or None,
    }
