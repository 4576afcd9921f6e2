"""The local mailbox of the demo, and through it the whole way round: chat, email, answer by email, chat."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect

from widget_page import WidgetPage, unique


def open_mailbox(browser: Browser, base_url: str, errors: list[str]) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: m.type == "error" and "Content Security Policy" in m.text and errors.append(m.text))
    page.goto(base_url + "/demo/mailbox")
    return page


def test_chat_email_chat(browser, base_url, agent):
    shop = WidgetPage(browser, base_url)
    question = shop.begin()
    address = unique("anna").replace(" (", ".").replace(")", "") + "@example.test"
    shop.email.fill(address)
    shop.email.press("Enter")
    expect(shop.frame.locator(".foot")).to_contain_text("Replies go to a…@example.test")
    shop.close_page()

    conversation = agent.conversation_with(question)
    reply = unique("Yes, every glaze is dishwasher safe.")
    agent.say(conversation, reply, delivery="email_now")

    errors: list[str] = []
    mailbox = open_mailbox(browser, base_url, errors)
    row = mailbox.get_by_role("button", name=re.compile(re.escape(address)))
    expect(row).to_be_visible(timeout=60_000)
    row.click()
    body = mailbox.frame_locator("iframe[title='The mail as HTML']")
    expect(body.get_by_text(reply)).to_be_visible()
    assert "allow-scripts" not in mailbox.locator("iframe").get_attribute("sandbox")
    mailbox.get_by_role("tab", name="Text only").click()
    expect(mailbox.locator(".plain")).to_contain_text(reply)
    mailbox.get_by_role("tab", name="Headers").click()
    expect(mailbox.locator(".headers")).to_contain_text(re.compile(r"reply\+[0-9a-f]{32}@"))

    thanks = unique("Thank you, then I take two.")
    mailbox.get_by_label("Your answer").fill(thanks)
    mailbox.get_by_role("button", name="Reply", exact=True).click()
    expect(mailbox.get_by_text("Sent by SMTP, accepted.")).to_be_visible()
    expect(row).to_contain_text("answered")
    assert errors == []
    mailbox.context.close()

    again = WidgetPage(browser, base_url, context=shop.context)
    again.visit()
    # An answer by email says that the agent's message was read; only the customer's own words are new here.
    expect(again.launcher).to_have_accessible_name("Chat")
    again.open()
    bubble = again.bubble(thanks)
    expect(bubble).to_be_visible(timeout=30_000)
    expect(bubble.locator(".text")).to_have_text(thanks)
    expect(bubble.get_by_label("Sent by email")).to_be_visible()
    expect(again.bubble(reply)).to_be_visible()
    shop.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/demo", "/demo/mailbox"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_axe_violations(browser, base_url, path, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(base_url + path)
    page.locator("#throughline-widget button, .rows li").first.wait_for()
    page.evaluate(AXE_FILE_PATH.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false})")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
