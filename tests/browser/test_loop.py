"""The product in a minute, as a person sees it in three tabs: shop, dashboard, mailbox, and the shop again.

With PICTURES naming a folder it keeps what it saw there: `make pictures` makes the pictures of the README and the docs so.
"""

from __future__ import annotations

import base64
import os
import pathlib
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from widget_page import WidgetPage, unique

SIZE = {"width": 1280, "height": 800}


@pytest.fixture
def keep():
    folder = os.environ.get("PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=pathlib.Path(folder) / f"{name}.png", animations="disabled")

    return keep


def sign_in(browser: Browser, base_url: str) -> Page:
    desk = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    desk.goto(base_url + "/app")
    desk.get_by_role("button", name=re.compile("Sign in")).click()
    expect(desk.get_by_role("heading", name="Conversations")).to_be_visible(timeout=30_000)
    return desk


def test_the_loop_in_three_tabs(browser, base_url, keep):
    question = unique("Do the glazes survive a dishwasher?")
    answer = unique("Yes, all of them do. Shall I put a set aside for you?")
    thanks = unique("Lovely, then please keep the blue one for me.")
    address = "anna." + re.sub(r"\W", "", unique("x")).lower() + "@example.test"

    # The visitor writes, leaves an address and goes away.
    shop = WidgetPage(browser, base_url, viewport=SIZE)
    shop.visit().start()
    shop.write(question)
    shop.email.fill(address)
    shop.email.press("Enter")
    expect(shop.frame.locator(".foot")).to_contain_text("Replies go to")
    keep(shop.page, "widget")
    shop.close_page()

    # The agent answers and sees when it leaves as mail, then that it left.
    desk = sign_in(browser, base_url)
    desk.get_by_role("tab", name=re.compile("Unassigned")).click()
    desk.locator(".row", has_text=question[:30]).first.click()
    composer = desk.locator(".composer textarea")
    composer.fill(answer)
    composer.press("Control+Enter")
    line = desk.get_by_text(re.compile(r"Not seen yet, email in \d:\d\d")).last
    expect(line).to_be_visible()
    first = line.inner_text()
    expect(line).not_to_have_text(first, timeout=10_000)
    keep(desk, "dashboard-waiting")
    expect(desk.get_by_text(re.compile(r"Emailed \d\d:\d\d")).last).to_be_visible(timeout=120_000)
    keep(desk, "dashboard-emailed")

    # The customer reads the mail and answers it; the answer goes out by SMTP to our own receiver.
    mailbox = browser.new_context(viewport=SIZE).new_page()
    mailbox.goto(base_url + "/demo/mailbox")
    mailbox.get_by_role("button", name=re.compile(re.escape(address))).click()
    expect(mailbox.frame_locator("iframe[title='The mail as HTML']").get_by_text(answer)).to_be_visible()
    mailbox.get_by_label("Your answer").fill(thanks)
    keep(mailbox, "mailbox")
    mailbox.get_by_role("button", name="Reply", exact=True).click()
    expect(mailbox.get_by_text("Sent by SMTP, accepted.")).to_be_visible()

    # It stands in the conversation, without the quoted mail, and the delivery line says so.
    expect(desk.get_by_text(thanks).last).to_be_visible(timeout=30_000)
    expect(desk.get_by_text(re.compile("Answered by email")).last).to_be_visible()
    keep(desk, "dashboard-answered")

    # And in the widget, when the shop is opened again.
    again = WidgetPage(browser, base_url, context=shop.context)
    again.visit().open()
    expect(again.bubble(thanks).locator(".text")).to_have_text(thanks)
    expect(again.bubble(answer)).to_be_visible()
    keep(again.page, "widget-again")
    if os.environ.get("PICTURES"):
        picture_of_the_loop(browser, pathlib.Path(os.environ["PICTURES"]))
    for page in (desk, mailbox, again.page):
        page.context.close()


def picture_of_the_loop(browser: Browser, folder: pathlib.Path) -> None:
    """The README's picture: the four screens, each with what happens there."""
    steps = [
        ("widget", "1 · A visitor writes, leaves an address, goes away"),
        ("dashboard-waiting", "2 · An agent answers; the line counts down to the email"),
        ("mailbox", "3 · The answer arrives as email, and is answered there"),
        ("widget-again", "4 · One conversation, also in the widget"),
    ]
    figures = "".join(
        f'<figure><img src="data:image/png;base64,{base64.b64encode((folder / f"{name}.png").read_bytes()).decode()}">'
        f"<figcaption>{words}</figcaption></figure>" for name, words in steps)
    page = browser.new_page(viewport={"width": 1440, "height": 1010})
    page.set_content(
        "<style>body{margin:0;padding:28px;display:grid;grid-template-columns:1fr 1fr;gap:24px;background:#eef1f5;"
        "font:500 16px system-ui,sans-serif;color:#20252c}figure{margin:0}img{width:100%;border-radius:10px;"
        "box-shadow:0 2px 14px #0002}figcaption{padding:10px 4px 0}</style>" + figures)
    page.screenshot(path=folder / "loop.png")
    page.close()
