"""The colours: one dark theme and one light, and what the terminal's own settings change about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DARK = Theme(
    name="pullquote-dark",
    primary="#7cb7ff",
    secondary="#a7c4a0",
    accent="#f0c674",
    foreground="#e6e6e6",
    background="#15171a",
    surface="#1d2024",
    panel="#2a2e34",
    warning="#f0c674",
    error="#ff8f8f",
    success="#9fd6a0",
    dark=True,
)
LIGHT = Theme(
    name="pullquote-light",
    primary="#0b57a4",
    secondary="#2f6b3a",
    accent="#8a4b00",
    foreground="#1a1a1a",
    background="#fbfaf7",
    surface="#f3f1eb",
    panel="#e6e2d8",
    warning="#8a4b00",
    error="#a3161f",
    success="#1f6b2c",
    dark=False,
)

# What the reader may call them.
NAMES = {"dark": DARK.name, "light": LIGHT.name}


def is_usable(app: App[None], name: str, environ: Mapping[str, str]) -> bool:
    """Whether a theme is there and can be read.

    Themes of the terminal's own colours come out black on black where colour is turned off.
    """
    return name in app.available_themes and not (environ.get("NO_COLOR") and name.startswith("ansi"))


def install(app: App[None], chosen: str, environ: Mapping[str, str]) -> str:
    """Give an application the themes, and take the one that is asked for.

    The environment's ``TEXTUAL_THEME`` comes before the reader's earlier choice.

    Args:
        app: The application.
        chosen: The theme that the reader chose before, or ``""``.
        environ: The environment.

    Returns:
        A sentence on a theme that could not be taken, or ``""``.
    """
    for theme in (DARK, LIGHT):
        app.register_theme(theme)
    wanted = environ.get("TEXTUAL_THEME") or chosen or DARK.name
    usable = is_usable(app, wanted, environ)
    app.theme = wanted if usable else DARK.name
    return "" if usable else f"The theme {wanted} cannot be used here; {DARK.name} is taken."
