import asyncio
import os
import shlex
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from tui.serve import chat_command, serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUESTION = "how many troops did CSTO send"
PATIENCE = 60.0


def free_port() -> int:
    with closing(socket.create_server(("localhost", 0))) as listening:
        return int(listening.getsockname()[1])


@asynccontextmanager
async def served(port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """``pullquote serve`` over the samples, in a process group of its own, which is ended afterwards."""
    command = [sys.executable, "-m", "qa.main", "serve", "--port", str(port), "--no-history"]
    server = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE, start_new_session=True)
    try:
        assert server.stderr is not None
        told = await asyncio.wait_for(server.stderr.readline(), PATIENCE)
        assert told.decode() == f"The chat is open at http://localhost:{port}; Ctrl+C closes it.\n"
        yield server
    finally:
        if is_running(server.pid):
            os.killpg(server.pid, signal.SIGKILL)
        await server.wait()


def is_running(group: int) -> bool:
    """Whether a process of a group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows quotes otherwise")
@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_the_shell_gives_every_argument_on_as_it_is(arguments: list[str]) -> None:
    words = shlex.split(chat_command(arguments))
    assert words == [sys.executable, "-P", "-m", "qa.main", *arguments]


def test_without_the_extra_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.delitem(sys.modules, "tui.local_server", raising=False)
    with pytest.raises(UsageError) as raised:
        serve(["chat"])
    assert raised.value.fix == 'run: pip install "pullquote[serve]"'


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_told() -> None:
    pytest.importorskip("textual_serve")
    with closing(socket.create_server(("localhost", 0))) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} cannot be used: .*in use.*--port"):
            serve(["chat"], port=port)


@pytest.mark.enable_socket
@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium to open the chat with")
@pytest.mark.usefixtures("exported")
async def test_the_chat_answers_in_a_real_browser_that_asks_nobody_else(tmp_path: Path) -> None:
    pytest.importorskip("textual_serve")
    from tests.tui.browser import opened_page

    port = free_port()
    async with served(port) as server, opened_page(CHROMIUM, tmp_path, f"http://localhost:{port}/") as page:
        await page.until(lambda: b"9 articles" in page.received)
        shown = len(page.received)
        await page.type(QUESTION)
        await page.until(lambda: b"2,500" in page.received[shown:])
        assert await page.evaluate("document.querySelectorAll('.xterm canvas').length > 0")
        assert {urlsplit(address).netloc for address in page.requested} == {f"localhost:{port}"}
        assert not [complaint for complaint in page.complaints if "WebGL" not in complaint]
        refused = "new Promise(told => { addEventListener('securitypolicyviolation', e => told(e.effectiveDirective));"
        assert await page.evaluate(refused + "fetch('http://elsewhere.invalid/').catch(() => {}) })") == "connect-src"

        server.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(server.wait(), PATIENCE) == 0
        assert await page.evaluate("document.body.classList.contains('-closed')")
        async with asyncio.timeout(PATIENCE):
            while is_running(server.pid):
                await asyncio.sleep(0.05)
        assert server.stderr is not None
        assert await server.stderr.read() == b""
