"""The mail that the customer gets, as mail programs show it: narrow, dark, without images, in both directions of writing.

With PICTURES naming a folder it keeps what it saw there.
"""

from __future__ import annotations

import os
import pathlib

import pytest
from playwright.sync_api import Page

SIZES = {"wide": 900, "narrow": 360}


@pytest.fixture(scope="session")
def inbox(agent) -> int:
    return next(inbox["id"] for inbox in agent.account_call("GET", "inboxes")["payload"] if inbox["channel_type"] == "Channel::WebWidget")


def preview(agent, inbox: int, kind: str, language: str) -> dict:
    return agent.account_call("POST", f"inboxes/{inbox}/mail_template/preview", {"kind": kind, "language": language})


def show(browser, mail: dict, width: int, scheme: str) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme, java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    # Images off: nothing at all is fetched.
    page.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    page.set_content(mail["html"])
    assert asked == []
    return page


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", ["reply", "survey", "transcript"])
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_well(browser, agent, inbox, kind, width, scheme):
    for language in ["en", "de", "ar"] if kind == "reply" else ["en"]:
        page = show(browser, preview(agent, inbox, kind, language), SIZES[width], scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[width]
        back = page.evaluate("getComputedStyle(document.querySelector('.page')).backgroundColor")
        assert (luminance(back) < 0.2) == (scheme == "dark")
        for name, least in [(".words", 7), (".link", 4.5), (".quiet", 4.5)]:
            for colour in page.evaluate(f"[...document.querySelectorAll('{name}')].map((e) => getComputedStyle(e).color)"):
                assert contrast(colour, back) >= least, (name, colour, back)
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        folder = os.environ.get("PICTURES")
        if folder and kind != "transcript" and language != "de":
            page.screenshot(path=pathlib.Path(folder) / f"mail-{kind}-{language}-{width}-{scheme}.png", full_page=True)
        page.context.close()


def test_the_text_says_all_that_the_html_says(agent, inbox, browser):
    for kind in ["reply", "survey", "transcript"]:
        mail = preview(agent, inbox, kind, "en")
        page = show(browser, mail, 900, "light")
        for line in page.evaluate("document.body.innerText").splitlines():
            for word in line.replace(",", " ").replace("(", " ").replace(")", " ").split():
                if word not in ("·", "😞", "🙁", "😐", "🙂", "😀"):
                    assert word.strip(".:") in mail["text"], (kind, word)
        for address in page.evaluate("[...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))"):
            assert address in mail["text"]
        page.context.close()
