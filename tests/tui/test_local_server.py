import re
from collections.abc import AsyncIterator

import pytest

pytest.importorskip("textual_serve")

from aiohttp import ClientResponse, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from tui.local_server import TEMPLATES, LocalServer

pytestmark = pytest.mark.enable_socket

OURS = {"Host": "localhost:8000"}
ORIGIN = "http://localhost:8000"
ELSEWHERE = ["http://news.example", "http://localhost:8001", "https://localhost:8000", "null"]
OTHER_NAMES = ["news.example", "news.example:8000", "localhost", "localhost:8001", "127.0.0.1:8000"]
PATHS = ["/", "/static/js/textual.js", "/ws", "/download/key", "/none"]


@pytest.fixture
async def client() -> AsyncIterator[TestClient]:
    server = LocalServer("exit", "localhost", 8000)
    async with TestClient(TestServer(await server._make_app())) as client:
        yield client


def policy(response: ClientResponse) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


async def test_the_page_is_given_to_who_opens_it_by_our_name(client: TestClient) -> None:
    response = await client.get("/", headers=OURS)
    page = await response.text()
    assert response.status == 200
    assert 'data-session-websocket-url="ws://localhost:8000/ws"' in page
    assert "<title>pullquote</title>" in page


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", OTHER_NAMES)
async def test_a_name_that_leads_here_but_is_not_ours_is_refused(client: TestClient, path: str, name: str) -> None:
    response = await client.get(path, headers={"Host": name})
    assert (response.status, await response.text()) == (403, f"Open {ORIGIN} instead.")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", ELSEWHERE)
async def test_a_page_from_elsewhere_is_refused(client: TestClient, path: str, origin: str) -> None:
    response = await client.get(path, headers=OURS | {"Origin": origin})
    assert response.status == 403


@pytest.mark.parametrize("origin", [*ELSEWHERE, None])
async def test_only_our_own_page_can_open_a_chat(client: TestClient, origin: str | None) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        await client.ws_connect("/ws", origin=origin, headers=OURS)


@pytest.mark.parametrize("path", ["/", "/static/js/textual.js", "/none"])
async def test_the_browser_is_told_to_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    told = policy(await client.get(path, headers=OURS))
    sources = {source for part in told.values() for source in part.split()}
    assert told["default-src"] == "'none'"
    assert told["script-src"] == "'self'"
    assert told["frame-ancestors"] == "'none'"
    assert sources == {"'none'", "'self'", "'unsafe-inline'", "data:", "ws://localhost:8000"}


def test_the_page_names_nothing_from_elsewhere() -> None:
    page = (TEMPLATES / "app_index.html").read_text("utf-8")
    named = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert named
    assert all(name.startswith(("static/", "data:", "./")) for name in named)
    assert "//" not in page
    assert "url(" not in page
