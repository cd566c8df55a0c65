"""The line of keys at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tui.commands import ALWAYS_SHOWN

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen


class KeyBar(Static):
    """The keys that do something now, as many as fit; those for help and for leaving always do.

    Textual's ``Footer`` makes a widget for each key anew at every change and keeps the old ones alive, ten a question.
    """

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow what the keys do."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self) -> None:
        """Fit the width, once the rest of the screen is there to tell what its keys do."""
        self.call_after_refresh(self._show)

    def action_press(self, key: str) -> None:
        """Do what a key does, as a click on it asks for."""
        self.app.simulate_key(key)

    def _follow(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._show()

    def _show(self) -> None:
        by_action: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                by_action.setdefault(active.binding.action, active.binding)
        shown = list(by_action.values())
        always = [binding for binding in shown if binding.id in ALWAYS_SHOWN]
        others = [binding for binding in shown if binding.id not in ALWAYS_SHOWN]
        room = self.content_size.width or self.size.width
        while others and cell_len(" ".join(map(self._label, [*others, *always]))) > room:
            others.pop()
        self.update(Content(" ").join(map(self._key, [*others, *always])))

    def _label(self, binding: Binding) -> str:
        return f"{self.app.get_key_display(binding)} {binding.description}"

    def _key(self, binding: Binding) -> Content:
        key = self.app.get_key_display(binding)
        click = f"[@click=press('{binding.key}')]"
        return Content.from_markup(f"{click}[$footer-key-foreground bold]{key}[/] {binding.description}[/]")
