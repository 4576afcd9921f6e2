"""The demo shop with the widget on it, as a visitor handles it."""

from __future__ import annotations

import html
import re
import urllib.request
import uuid

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from waiting import until


class WidgetPage:
    def __init__(self, browser: Browser, base_url: str, context: BrowserContext | None = None, **options):
        options.setdefault("viewport", {"width": 1280, "height": 860})
        self.base_url = base_url
        self.context = context or browser.new_context(locale=options.pop("locale", "en-GB"), **options)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: m.type == "error" and "Content Security Policy" in m.text and self.errors.append(m.text))
        self.page.on("request", lambda request: self.requests.append(f"{request.method} {request.url}"))

    def visit(self, path: str = "/demo") -> "WidgetPage":
        self.page.goto(self.base_url + path)
        self.launcher.wait_for()
        return self

    @property
    def launcher(self) -> Locator:
        return self.page.locator("#throughline-widget button.launcher")

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title=Chat]")

    @property
    def field(self) -> Locator:
        return self.frame.get_by_label("Message", exact=True)

    @property
    def log(self) -> Locator:
        return self.frame.get_by_role("log")

    @property
    def email(self) -> Locator:
        return self.frame.get_by_label("Email address")

    def open(self) -> "WidgetPage":
        self.launcher.click()
        self.frame.locator(".widget").wait_for()
        return self

    def start(self) -> "WidgetPage":
        self.open()
        self.frame.get_by_role("button", name=re.compile("Send us a message")).click()
        return self

    def write(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def begin(self, text: str | None = None) -> str:
        """A new visitor's first message, confirmed by the server."""
        text = text or unique("Is the mug dishwasher safe?")
        self.visit().start().write(text)
        expect(self.bubble(text)).to_contain_text("Sent")
        return text

    def bubble(self, text: str) -> Locator:
        return self.log.locator(".row", has_text=text)

    def until(self, condition, what: str):
        return until(condition, what, page=self.page)

    def close_page(self) -> None:
        self.page.close(run_before_unload=False)


def unique(text: str) -> str:
    return f"{text} ({uuid.uuid4().hex[:8]})"


def website_token(base_url: str) -> str:
    """The demo's inbox, as its own page names it."""
    with urllib.request.urlopen(base_url + "/demo") as answer:
        return re.search(r'data-website-token="([^"]+)"', answer.read().decode())[1]


def site_with(snippet: str, head: str = "") -> str:
    """A page of another website, with the snippet as the server gives it to the owners of websites."""
    return f"<!doctype html><title>Another site</title>{head}<h1>Another site</h1>\n{snippet}"


def site_with_widget(base_url: str, head: str = "") -> bytes:
    """The same with the demo's snippet."""
    with urllib.request.urlopen(base_url + "/demo") as answer:
        snippet = re.search(r'<code id="snippet">(.*?)</code>', answer.read().decode(), re.S)[1]
    return site_with(html.unescape(snippet), head).encode()
