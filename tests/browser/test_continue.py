"""Continue in chat: from the mail back into the website's widget, on the same device and on a new one. Two browser contexts are two devices."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect

from waiting import until
from widget_page import WidgetPage, unique

CODE = re.compile(r"^\s*(\d{6})\s*$", re.M)


def mails(base_url: str, address: str) -> list[dict]:
    """The local mailbox's mails to an address, the newest first."""

    def get(path: str) -> dict:
        with urllib.request.urlopen(base_url + path, timeout=20) as answer:
            return json.load(answer)

    listed = [entry for entry in get("/demo/api/mailbox")["payload"] if entry["to"] == address]
    return [get(f"/demo/api/mailbox/{entry['id']}") for entry in listed]


def mail(page: Page, base_url: str, address: str, count: int) -> dict:
    """Waits until so many mails have come; gives the newest."""
    def come():
        found = mails(base_url, address)
        return len(found) >= count and found[0]

    return until(come, f"{count} mails to {address}", page=page)


class Customer:
    def __init__(self, browser: Browser, base_url: str, agent):
        self.browser, self.base_url = browser, base_url
        self.shop = WidgetPage(browser, base_url)
        question = self.shop.begin()
        self.address = re.sub(r"[^a-z0-9.]", "", unique("ben").lower()) + "@example.test"
        self.shop.email.fill(self.address)
        self.shop.email.press("Enter")
        expect(self.shop.frame.locator(".foot")).to_contain_text("Replies go to")
        self.shop.page.close()
        self.answer = unique("Yes, it is.")
        self.conversation = agent.conversation_with(question)
        agent.say(self.conversation, self.answer, delivery="email_now")
        helper = browser.new_page()
        self.mail = mail(helper, base_url, self.address, 1)
        helper.close()
        self.link = re.search(r"http\S+/continue/[0-9a-f]{32}", self.mail["text"]).group()


@pytest.fixture
def customer(browser, base_url, agent):
    return Customer(browser, base_url, agent)


def sees_the_conversation(device: WidgetPage, customer: Customer) -> None:
    expect(device.log).to_contain_text(customer.answer)
    assert "throughline=" not in device.page.url
    assert device.errors == []


def test_one_tap_in_the_browser_that_began_it(customer, base_url, browser):
    device = WidgetPage(browser, base_url, context=customer.shop.context)
    device.page.goto(customer.link)
    device.page.get_by_role("button", name="Open the chat").click()
    sees_the_conversation(device, customer)
    assert device.page.url.startswith(base_url + "/demo")
    assert len(mails(base_url, customer.address)) == 1


def test_a_code_on_a_new_device_and_the_link_works_nowhere_else(customer, base_url, browser, agent):
    phone = WidgetPage(browser, base_url, viewport={"width": 390, "height": 780})
    phone.page.goto(customer.link)
    phone.page.get_by_role("button", name="Open the chat").click()
    field = phone.page.get_by_label("Code of six digits")
    expect(field).to_be_visible()
    code = CODE.search(mail(phone.page, base_url, customer.address, 2)["text"]).group(1)
    field.fill("000000" if code != "000000" else "000001")
    phone.page.get_by_role("button", name="Open the chat").click()
    expect(phone.page.get_by_role("alert")).to_have_text("That is not the code.")
    phone.page.get_by_label("Code of six digits").fill(code)
    phone.page.get_by_role("button", name="Open the chat").click()
    sees_the_conversation(phone, customer)
    # What is written there is the same conversation.
    thanks = unique("Then I take two.")
    phone.write(thanks)
    expect(phone.log).to_contain_text(thanks)

    other = browser.new_context().new_page()
    other.goto(customer.link)
    expect(other.get_by_text("opened in another browser")).to_be_visible()
    expect(other.get_by_role("button", name="Open the chat")).to_have_count(0)

    # “This was not you?” shuts it everywhere, also where it is open now.
    other.get_by_role("button", name=re.compile("Stop all links")).click()
    expect(other.get_by_text("Stopped.")).to_be_visible()
    # The line of the page that is open is cut: what is said from now on does not come there.
    late = unique("Only for the first device.")
    agent.say(customer.conversation, late)
    mine = WidgetPage(browser, base_url, context=customer.shop.context).visit().open()
    # It stands in the home screen too, which is hidden where the conversation opens at once.
    expect(mine.frame.get_by_text(late).locator("visible=true").first).to_be_visible()
    expect(phone.frame.get_by_text(late)).to_have_count(0)
    phone.page.reload()
    phone.launcher.wait_for()
    phone.open()
    expect(phone.frame.get_by_text(customer.answer)).to_have_count(0)


def test_a_mail_scanner_that_opens_the_link_changes_nothing(customer, base_url, browser, agent):
    scanner = browser.new_context().new_page()
    for _ in range(3):
        scanner.goto(customer.link)
        expect(scanner.get_by_role("button", name="Open the chat")).to_be_visible()
    assert agent.conversation(customer.conversation)["continuity"]["address_state"] == "claimed"
    assert len(mails(base_url, customer.address)) == 1
    mine = WidgetPage(browser, base_url, context=customer.shop.context)
    mine.page.goto(customer.link)
    mine.page.get_by_role("button", name="Open the chat").click()
    sees_the_conversation(mine, customer)
    assert agent.conversation(customer.conversation)["continuity"]["address_state"] == "proven"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(customer, base_url, browser, scheme):
    page = browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme).new_page()
    page.goto(customer.link)
    pages = [page.url, re.search(r"http\S+/mail/mute/\S+", customer.mail["text"]).group()]
    for address in pages:
        page.goto(address)
        # The page allows no script, so the check is put in beside its policy.
        page.evaluate(AXE_FILE_PATH.read_text())
        found = page.evaluate("axe.run()")["violations"]
        assert [violation["id"] for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_text("Done. You get no more email")).to_be_visible()
