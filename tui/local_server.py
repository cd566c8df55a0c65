"""A web server for the person at this machine: its page loads nothing from elsewhere, and no other page may talk to it.

It needs textual-serve, which ``pip install "pullquote[serve]"`` installs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

TEMPLATES = Path(__file__).resolve().parent / "templates"
# How long a chat in a browser has to end by itself when the server is stopped.
_SHUTDOWN_SECONDS = 2.0


class LocalServer(Server):
    """Serves a Textual application, a process of its own for each page that is opened.

    Two kinds of strangers could read the articles through the browser, and are refused. Any page of the web may open a
    websocket to this machine, but the browser then tells whose page it is (``Origin``). And a name of the web may be
    changed to lead to this machine, so that its pages pass for ours, but the browser still tells that name (``Host``).

    Args:
        command: The shell command that starts the application.
        host: The name of this machine that the browser opens; only this name is answered.
        port: The port.
    """

    def __init__(self, command: str, host: str, port: int) -> None:
        """Nothing is served before ``run``."""
        super().__init__(command, host, port, title="pullquote", templates_path=TEMPLATES)
        self._name = self.public_url.removeprefix("http://")

    def run(self, announce: Callable[[str], None]) -> None:
        """Serve until Ctrl+C.

        Args:
            announce: Called with the address once it can be opened.

        Raises:
            OSError: The port cannot be used.
        """
        # asyncio warns of a chat that ends together with its server.
        logging.getLogger("asyncio").setLevel(logging.ERROR)
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
            print=lambda _: announce(self.public_url),
        )

    async def on_startup(self, app: web.Application) -> None:
        """Show no banner: the address is announced once the port is open."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._refuse_strangers)
        app.on_response_prepare.append(self._restrict)
        return app

    @web.middleware
    async def _refuse_strangers(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse requests to another name, and pages of others."""
        ours = {self.public_url, None} if request.path != "/ws" else {self.public_url}
        if request.headers.get("Host") != self._name or request.headers.get("Origin") not in ours:
            raise web.HTTPForbidden(text=f"Open {self.public_url} instead.")
        return await handler(request)

    async def _restrict(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Let the browser itself refuse what a page of ours would load from elsewhere."""
        response.headers["Content-Security-Policy"] = "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                # The terminal in the page lays itself out with styles that it writes.
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data:",
                # Not every browser takes 'self' for the websocket too.
                f"connect-src 'self' ws://{self._name}",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            )
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
