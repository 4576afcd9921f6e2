"""Browser tests drive Debian's Chromium against a running server: THROUGHLINE_URL names it (`throughline demo` prints it)."""

from __future__ import annotations

import json
import os
import pathlib
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from widget_page import WidgetPage  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
# A busy machine may be slow; what is awaited either comes or never does.
expect.set_options(timeout=30_000)
# Pages that a test answers itself count as public, and Chromium would keep them from asking servers of this machine: then it would be that
# check, and not our own policy, that a test of "nothing is fetched" finds.
# Names of websites lead here, so that cookies can be tried that a whole domain shares.
ARGUMENTS = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks", "--host-resolver-rules=MAP *.acme.test 127.0.0.1"]


@pytest.fixture(scope="session")
def base_url() -> str:
    url = os.environ.get("THROUGHLINE_URL")
    if not url:
        pytest.fail("Set THROUGHLINE_URL to a running server, for example THROUGHLINE_URL=http://localhost:3000")
    return url.rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Browser:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Agent:
    """An agent who works through the API, so that a test of one screen does not depend on the other."""

    def __init__(self, base_url: str, email: str, password: str):
        self.base_url = base_url
        self.token = None
        data = self.call("POST", "/auth/sign_in", {"email": email, "password": password})["data"]
        self.token = data["access_token"]
        self.account = data["account_id"]

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        request = urllib.request.Request(self.base_url + path, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("api_access_token", self.token)
        data = json.dumps(body).encode() if body is not None else None
        try:
            with urllib.request.urlopen(request, data, timeout=20) as answer:
                text = answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()[:500]}") from error
        return json.loads(text) if text.strip() else {}

    def account_call(self, method: str, path: str, body: dict | None = None) -> dict:
        return self.call(method, f"/api/v1/accounts/{self.account}/{path}", body)

    def conversation_with(self, text: str) -> int:
        """The id of the newest conversation in which a visitor wrote this text."""
        listed = self.account_call("GET", "conversations?status=all&assignee_type=all")["data"]["payload"]
        for conversation in listed:
            if any(message.get("content") == text for message in self.messages(conversation["id"])):
                return conversation["id"]
        raise AssertionError(f"no conversation with {text!r} among {[c['id'] for c in listed]}")

    def conversation(self, conversation: int) -> dict:
        return self.account_call("GET", f"conversations/{conversation}")

    def messages(self, conversation: int) -> list[dict]:
        return self.account_call("GET", f"conversations/{conversation}/messages")["payload"]

    def say(self, conversation: int, text: str, private: bool = False, delivery: str = "auto") -> dict:
        body = {"content": text, "message_type": "outgoing", "private": private, "content_attributes": {"delivery": delivery}}
        return self.account_call("POST", f"conversations/{conversation}/messages", body)

    def typing(self, conversation: int, on: bool) -> None:
        self.account_call("POST", f"conversations/{conversation}/toggle_typing_status", {"typing_status": "on" if on else "off", "is_private": False})


@pytest.fixture(scope="session")
def agent(base_url: str) -> Agent:
    email = os.environ.get("THROUGHLINE_AGENT_EMAIL", "agent@example.test")
    password = os.environ.get("THROUGHLINE_AGENT_PASSWORD", "throughline")
    return Agent(base_url, email, password)


@pytest.fixture
def shop(browser, base_url):
    opened = []

    def make(**options) -> WidgetPage:
        page = WidgetPage(browser, base_url, **options)
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.context.close()
    for page in opened:
        assert page.errors == []


@pytest.fixture
def other_site():
    """Serves one page from an origin of its own."""
    servers = []

    def serve(body: bytes) -> str:
        class Page(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
