import pytest


@pytest.fixture(autouse=True)
def _no_clipboard_but_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """As over ssh without tmux: what tests copy never reaches the clipboard of the one who runs them."""
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
