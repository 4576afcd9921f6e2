"""The health page: what stands badly, what to do about it, and the way there; for administrators."""

import re
import uuid

from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, answer_by_mail, mailed, violations
from desk_page import agent, door, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)


def test_what_waits_for_a_decision_shows_by_itself_and_leads_to_the_mail_desk(open_page, agent, visitor):
    page = open_page("/app")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Health").click()
    expect(page.get_by_role("heading", name="Health", exact=True)).to_be_visible()
    expect(page.locator(".health-item", has_text="stays on this machine")).to_have_attribute("data-state", "off")
    expect(page.locator(".health-item", has_text="are free on the disk")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Mail that leaves"))).to_be_visible()
    # A stranger's answer is held while the page is open.
    answer_by_mail(mailed(agent, visitor), "Who am I?", f"stranger-{uuid.uuid4().hex[:8]}@elsewhere.test")
    held = page.locator(".health-item", has_text="Held mail")
    expect(held).to_have_attribute("data-state", "attention")
    expect(held).to_contain_text("Say of each who wrote it")
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
    held.get_by_role("link", name="Open the mail desk").click()
    expect(page.get_by_role("heading", name="Mail desk")).to_be_visible()


def test_fits_a_phone_in_the_dark(open_page):
    page = open_page("/app/settings/health", viewport={"width": 360, "height": 740}, color_scheme="dark")
    expect(page.locator(".health-item").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
