"""Put the latest measurements into docs/benchmarks.md: its tables, between markers, and its plots.

    python benchmarks/report.py

A part of the page between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` is written anew from the latest
``docs/benchmarks/NAME-COMMIT.json``; where there is none, it stays as it is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import results
from plot import Bar, Panel, bar_chart

DRAWN = (
    "first answer of a new process, s",
    "build, s",
    "warm answer, median ms",
    "memory while answering, MB",
    "right quote first",
    "answered and right",
)
NETWORK = "reader network"
PAGE = results.ROOT / "docs" / "benchmarks.md"
OURS = "pullquote"
# What a system tells, where it stands in the document, its digits, and whether less of it is better.
MEASURES: tuple[tuple[str, tuple[str, ...], int, bool], ...] = (
    ("first answer of a new process, s", ("first answer s", "median"), 2, True),
    ("build, s", ("build s",), 1, True),
    ("build, s of a processor", ("build processor s",), 1, True),
    ("memory while building, MB", ("build memory MB",), 0, True),
    ("warm answer, median ms", ("warm ms", "median"), 0, True),
    ("warm answer, p95 ms", ("warm ms", "p95"), 0, True),
    ("memory while answering, MB", ("memory MB",), 0, True),
    ("questions that ended in an error", ("failed",), 0, True),
    ("right quote first", ("quality", "top-1"), 3, False),
    ("right quote among three", ("quality", "top-3"), 3, False),
    ("span EM", ("quality", "span EM"), 3, False),
    ("span F1", ("quality", "span F1"), 3, False),
    ("answered and right", ("quality", "answered and right"), 3, False),
    ("refused where the articles do not tell", ("quality", "refused when not in the articles"), 3, False),
)


def peers(measured: Mapping[str, Any]) -> str:
    """A table for each set, with the ratio to the best peer, and where a peer wins."""
    parts = []
    for name, found in measured["sets"].items():
        systems = found["systems"]
        rows, lost = [], []
        for told, path, digits, less in MEASURES:
            values = {system: _at(systems[system], path) for system in systems}
            known = {each: value for each, value in values.items() if value is not None}
            if OURS not in known:
                continue
            ours = known.pop(OURS)
            best = (min if less else max)(known.values())
            cells = ("–" if value is None else f"{value:,.{digits}f}" for value in values.values())
            rows.append([told, *cells, _ratio(ours, best)])
            better = [each for each, value in known.items() if (value < ours if less else value > ours)]
            lost.extend([f"{told} ({', '.join(better)})"] if better else [])
        head = f"### {name}: {found['passages']:,} passages, {found['questions']} questions"
        wins = f"A peer is better at: {'; '.join(lost)}." if lost else "No peer is better at any of these."
        picture = f"![Times, memory and quality on {name}](benchmarks/peers-{name}.svg)"
        parts.append(f"{head}\n\n{_table(['', *systems, 'ratio to the best peer'], rows)}\n\n{wins}\n\n{picture}")
        _draw(f"peers-{name}", f"pullquote and its peers on {name}", _panels(systems))
    reader = measured["reader"]
    parts.append(
        f"The reader in full precision that the peers read with differs from the int8 one in its logits by"
        f" {reader['mean']:.2f} in the mean and {reader['largest']:.2f} at most, where a logit's mean size is"
        f" {reader['mean logit']:.2f}. Versions: {_listed(measured['versions'])}."
    )
    return "\n\n".join(parts)


def cold(measured: Mapping[str, Any]) -> str:
    """The first answer of a new process, next to the least that sentence_transformers takes."""
    times = measured["milliseconds"]
    rows = [
        [name, f"{each['median']:.0f}", f"{each['p95']:.0f}", f"{each['least']:.0f}"] for name, each in times.items()
    ]
    bars = tuple(
        Bar(name, took, f"{took:.0f} ms", ours=True) for name, took in measured["steps ms"].items() if took > 0
    )
    _draw("cold-steps", "The steps of a cold answer", [Panel("own time of each step, milliseconds", bars)])
    return (
        f"{_table(['', 'median ms', 'p95 ms', 'least ms'], rows)}\n\nRatio of the medians, pullquote to"
        f" sentence_transformers: **{measured['ratio']:.3f}**, over {times['pullquote ask']['count']} runs of each.\n\n"
        "![The steps of a cold answer](benchmarks/cold-steps.svg)"
    )


def warm(measured: Mapping[str, Any]) -> str:
    """A question to an open index, and its steps."""
    rows, panels = [], []
    for name, found in measured["sets"].items():
        took = found["milliseconds"]
        counts = [str(found["articles"]), f"{found['passages']:,}", str(took["count"])]
        steps = {step: each["median"] for step, each in found["steps ms"].items()}
        rows.append([name, *counts, *(f"{took[each]:.0f}" for each in ("median", "p95")), f"{steps[NETWORK]:.0f}"])
        bars = tuple(Bar(step, value, f"{value:.1f} ms", ours=True) for step, value in steps.items() if value >= 0.05)
        panels.append(Panel(f"{name}: median own time of each step, milliseconds", bars))
    _draw("warm-steps", "The steps of a warm answer", panels)
    head = ["", "articles", "passages", "questions", "median ms", "p95 ms", f"of which {NETWORK}, ms"]
    return f"{_table(head, rows)}\n\n![The steps of a warm answer](benchmarks/warm-steps.svg)"


def build(measured: Sequence[Mapping[str, Any]]) -> str:
    """Indexes of several sizes, one a column."""
    runs = [_flat(run) for run in measured]
    names = dict.fromkeys(name for run in runs for name in run if name != "articles")
    rows = [[name, *(run.get(name, "") for run in runs)] for name in names]
    return _table(["", *(f"{run['articles']} articles" for run in runs)], rows)


def anything(measured: Mapping[str, Any]) -> str:
    """What another benchmark measured: what is told by name, then a table of each list of records."""
    plain = {name: value for name, value in measured.items() if not _is_table(value)}
    parts = [_table(["", ""], [[name, value] for name, value in _flat(plain).items()])] if plain else []
    for name, value in measured.items():
        if _is_table(value):
            named = [_named(each, record) for each, record in value.items()] if isinstance(value, Mapping) else value
            records = [_flat(record) for record in named]
            head = list(dict.fromkeys(column for record in records for column in record))
            rows = [[record.get(column, "") for column in head] for record in records]
            parts.append(f"{name}:\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def long_use(measured: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """A table for each way of use: what was held after each tenth of it."""
    return "\n\n".join(
        _table(list(looks[0]), [[f"{value:,}" for value in look.values()] for look in looks])
        for looks in measured.values()
    )


PARTS: dict[str, Callable[[Any], str]] = {
    "peers": peers,
    "cold": cold,
    "warm": warm,
    "build": build,
    "million": anything,
    "shards": anything,
    "long_use": long_use,
}


def filled(page: str, name: str, document: Mapping[str, Any]) -> str:
    """The page with one part of it written anew."""
    machine = document["machine"]
    told = (
        f"{PARTS[name](document['measured'])}\n\n```sh\n{document['command']}\n```\n\n"
        f"Commit {document['commit']}{' with changes' if document['uncommitted changes'] else ''},"
        f" {document['date'][:10]}, {machine['processor']}, {machine['cores']} cores, Python {document['python']},"
        f" {_listed(document['versions'])}.{' ' + document['note'] if document.get('note') else ''}"
    )
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    if begin not in page:
        return f"{page.rstrip()}\n\n## {name.capitalize()}\n\n{begin}\n\n{told}\n\n{end}\n"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n\n{told}\n\n{end}", page)


def main() -> None:
    """Write the page and its plots."""
    page = PAGE.read_text("utf-8")
    for name in PARTS:
        document = results.latest(name)
        if document is not None:
            page = filled(page, name, document)
            print(f"{name}: {document['commit']}, {document['date']}")
    PAGE.write_text(page, "utf-8")


def _panels(systems: Mapping[str, Any]) -> list[Panel]:
    panels = []
    for told, path, digits, _ in MEASURES:
        values = {system: _at(systems[system], path) for system in systems}
        bars = [
            Bar(each, value, f"{value:,.{digits}f}", each == OURS)
            for each, value in values.items()
            if value is not None
        ]
        if told in DRAWN and bars:
            panels.append(Panel(told, tuple(bars)))
    return panels


def _draw(name: str, title: str, panels: Sequence[Panel]) -> None:
    (results.FOLDER / f"{name}.svg").write_text(bar_chart(title, panels), "utf-8")


def _at(found: Any, path: Sequence[str]) -> Any:
    for name in path:
        found = None if found is None else found.get(name)
    return found


def _ratio(ours: float, best: float) -> str:
    return f"{ours / best:.2f}" if best else "–"


def _is_table(value: Any) -> bool:
    """Whether a value is several records, in a list or by name."""
    records = list(value.values()) if isinstance(value, Mapping) else value
    return isinstance(records, list) and bool(records) and all(isinstance(each, Mapping) for each in records)


def _named(name: str, record: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"": name, "median (p95)": record} if _are_times(record) else {"": name, **record}


def _are_times(value: Any) -> bool:
    return isinstance(value, Mapping) and {"median", "p95"} <= value.keys()


def _flat(value: Any, before: str = "") -> dict[str, str]:
    """What is told by name, with the names of what lies in it joined; of many times, the median and the percentile."""
    if _are_times(value):
        return {before: f"{value['median']:,.4g} ({value['p95']:,.4g})"}
    if isinstance(value, Mapping):
        pairs = [_flat(each, f"{before}, {name}" if before else str(name)) for name, each in value.items()]
        return {name: each for pair in pairs for name, each in pair.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {before: ", ".join(map(str, value))}
    return {
        before: f"{value:,.4g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
    }


def _listed(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *(["---:"] * (len(head) - 1))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
