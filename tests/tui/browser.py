"""A page in a headless Chromium, driven through its DevTools, without a driver of its own."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

# No sandbox: tests run as root in containers. Nothing of Chromium's own may reach for the network.
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
    "--window-size=900,600",
)
PATIENCE = 60.0


class Page:
    """A page, and what it asked for, received and complained of."""

    def __init__(self, devtools: aiohttp.ClientWebSocketResponse) -> None:
        self._devtools = devtools
        self._session: dict[str, str] = {}
        self._asked = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.requested: list[str] = []
        self.received = b""
        self.complaints: list[str] = []

    async def open(self, address: str) -> None:
        """Open an address in a new page."""
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Network", "Runtime", "Log"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=address)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Have the browser do something, and wait for what it says to that."""
        self._asked += 1
        number = self._asked
        await self._devtools.send_json({"id": number, "method": method, "params": parameters, **self._session})
        await self.until(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "result" in answer, answer
        return dict(answer["result"])

    async def evaluate(self, script: str) -> Any:
        """The value of a piece of JavaScript in the page."""
        done = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return done["result"].get("value")

    async def type(self, text: str) -> None:
        """Type into the terminal in the page, and press Enter."""
        await self.evaluate("document.querySelector('textarea').focus()")
        await self.call("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13
            )

    async def until(self, happened: Callable[[], bool]) -> None:
        """Take in what the browser tells until something has happened."""
        async with asyncio.timeout(PATIENCE):
            while not happened():
                self._take(await self._devtools.receive_json())

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers[message["id"]] = message
            return
        told = message.get("params", {})
        match message["method"]:
            case "Network.requestWillBeSent":
                self.requested.append(told["request"]["url"])
            case "Network.webSocketCreated":
                self.requested.append(told["url"])
            case "Network.webSocketFrameReceived" if told["response"]["opcode"] == aiohttp.WSMsgType.BINARY:
                self.received += base64.b64decode(told["response"]["payloadData"])
            case "Log.entryAdded":
                self.complaints.append(told["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(told["exceptionDetails"]))


@asynccontextmanager
async def opened_page(chromium: str, profile: Path, address: str) -> AsyncIterator[Page]:
    """Open an address in a browser of its own, which is ended afterwards.

    Args:
        chromium: The browser's program.
        profile: An empty folder.
        address: What to open.
    """
    command = [chromium, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    nowhere = asyncio.subprocess.DEVNULL
    browser = await asyncio.create_subprocess_exec(
        *command, stdin=nowhere, stdout=nowhere, stderr=asyncio.subprocess.PIPE
    )
    try:
        devtools = await asyncio.wait_for(_devtools(browser.stderr), PATIENCE)
        async with aiohttp.ClientSession() as session, session.ws_connect(devtools, max_msg_size=0) as connection:
            page = Page(connection)
            await page.open(address)
            yield page
            await connection.send_json({"id": 0, "method": "Browser.close"})
            await asyncio.wait_for(browser.wait(), PATIENCE)
    finally:
        if browser.returncode is None:
            browser.kill()
            await browser.wait()


async def _devtools(told: asyncio.StreamReader | None) -> str:
    """The address that the browser tells on standard error."""
    assert told is not None
    while line := (await told.readline()).decode("utf-8", "replace"):
        if found := re.search(r"DevTools listening on (ws://\S+)", line):
            return found[1]
    raise AssertionError("the browser ended before it could be driven")
