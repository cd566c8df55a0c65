"""Bars as SVG that stands on its own: readable on light and dark pages, and without seeing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 720
_LEFT, _RIGHT = 250, 90
_ROW, _BAR, _TITLE, _GAP = 26, 16, 34, 14
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600}.value{font-variant-numeric:tabular-nums}"
    ".bar{fill:#8b949e}.ours{fill:#0969da}.axis{stroke:#8b949e;stroke-width:1}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#6e7681}.ours{fill:#58a6ff}}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: What stands before it.
        value: Its length, 0 or more.
        told: What stands behind it.
        ours: Whether it is pullquote's.
    """

    name: str
    value: float
    told: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one scale.

    Attributes:
        title: What they measure, with its unit.
        bars: From top to bottom; at least one.
    """

    title: str
    bars: tuple[Bar, ...]


def bar_chart(title: str, panels: Sequence[Panel]) -> str:
    """A picture of some panels, one below the other, each with a scale of its own that begins at 0.

    Args:
        title: What the picture shows, for those who cannot see it.
        panels: At least one.
    """
    drawn, top = [], 6
    for panel in panels:
        drawn.append(_panel(panel, top))
        top += _TITLE + _ROW * len(panel.bars) + _GAP
    told = ". ".join(f"{panel.title}: {', '.join(f'{bar.name} {bar.told}' for bar in panel.bars)}" for panel in panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}" '
        f'role="img" aria-labelledby="title desc"><title id="title">{escape(title)}</title>'
        f'<desc id="desc">{escape(told)}</desc>'
        f"<style>{_STYLE}</style>{''.join(drawn)}</svg>\n"
    )


def _panel(panel: Panel, top: int) -> str:
    longest = max(bar.value for bar in panel.bars) or 1.0
    rows = []
    for place, bar in enumerate(panel.bars):
        middle = top + _TITLE + _ROW * place + _ROW // 2
        length = (_WIDTH - _LEFT - _RIGHT) * bar.value / longest
        rows.append(
            f'<text x="{_LEFT - 10}" y="{middle + 5}" text-anchor="end">{escape(bar.name)}</text>'
            f'<rect class="{"ours" if bar.ours else "bar"}" x="{_LEFT}" y="{middle - _BAR // 2}" '
            f'width="{max(length, 1.0):.1f}" height="{_BAR}" rx="2"/>'
            f'<text class="value" x="{_LEFT + max(length, 1.0) + 8:.1f}" y="{middle + 5}">{escape(bar.told)}</text>'
        )
    bottom = top + _TITLE + _ROW * len(panel.bars)
    return (
        f'<text class="title" x="{_LEFT}" y="{top + 20}">{escape(panel.title)}</text>'
        f'<line class="axis" x1="{_LEFT}" y1="{top + _TITLE}" x2="{_LEFT}" y2="{bottom}"/>{"".join(rows)}'
    )
