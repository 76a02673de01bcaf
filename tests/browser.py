"""A real browser for tests: Chromium, driven over its debugging pipe, so no library is needed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from select import select
from time import monotonic
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

PATIENCE_S = 60


class Browser:
    """A page in a browser without a window. ``told`` are the errors and warnings of its console."""

    def __init__(self, orders: int, replies: int) -> None:
        self._orders, self._replies, self._rest = orders, replies, b""
        self._numbers = count(1)
        self.told: list[str] = []
        self.asked: list[str] = []
        """The addresses that were loaded or asked for."""
        self._session = ""
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        attached = self._send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self._send(f"{domain}.enable")

    def open(self, address: str, width: int, height: int = 900, scheme: str = "light") -> None:
        """Load a page in a window of that many pixels, for a person who prefers that scheme."""
        self._send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 500,
        )  # fmt: skip
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._send("Emulation.setEmulatedMedia", features=features)
        self._send("Page.navigate", url=address)
        self._await("Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """What an expression of JavaScript is in the page."""
        result = self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, key: str) -> None:
        """A key by its name, as ``Tab``."""
        codes = {"Tab": 9, "Enter": 13}
        for kind in ("rawKeyDown", "keyUp"):
            self._send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key,
                windowsVirtualKeyCode=codes[key],
            )  # fmt: skip

    def picture(self, path: Path) -> None:
        """The whole page as PNG."""
        made = self._send("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(made["data"]))

    def printed(self, path: Path) -> None:
        """The page as it is printed on A4, as PDF."""
        made = self._send(
            "Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False
        )
        path.write_bytes(base64.b64decode(made["data"]))

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        order: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    def _await(self, event: str) -> None:
        while self._next().get("method") != event:
            pass

    def _next(self) -> dict[str, Any]:
        """What the browser says next; complaints of the page are kept."""
        until = monotonic() + PATIENCE_S
        while b"\0" not in self._rest:
            ready, _, _ = select([self._replies], [], [], max(0, until - monotonic()))
            data = os.read(self._replies, 1 << 20) if ready else b""
            assert data, "the browser is silent"
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        given = said.get("params", {})
        if said.get("method") == "Log.entryAdded":
            self.told.append(f"{given['entry']['level']}: {given['entry']['text']}")
        elif said.get("method") in {"Runtime.consoleAPICalled", "Runtime.exceptionThrown"}:
            self.told.append(str(given))
        elif said.get("method") == "Network.requestWillBeSent":
            self.asked.append(given["request"]["url"])
        return said


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, ended at the end."""
    assert CHROMIUM
    orders_out, orders = os.pipe()
    replies, replies_in = os.pipe()

    def place() -> None:
        """The pipe's ends as the handles 3 and 4, where the browser looks for them."""
        first, second = os.dup(orders_out), os.dup(replies_in)
        os.dup2(first, 3)
        os.dup2(second, 4)

    process = subprocess.Popen(
        [
            CHROMIUM, "--headless=new", "--remote-debugging-pipe", "--no-sandbox",
            "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--disable-background-networking", f"--user-data-dir={profile}", "about:blank",
        ],
        preexec_fn=place,  # noqa: PLW1509 - no thread runs here
        close_fds=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Browser(orders, replies)
    finally:
        process.kill()
        process.wait()
        for handle in (orders_out, orders, replies, replies_in):
            os.close(handle)
