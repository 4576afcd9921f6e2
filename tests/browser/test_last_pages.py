"""The pages on which a customer was, beside the conversation."""

import re

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, account, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from widget_page import site_with_widget, unique


def panel(page):
    return page.locator(".details section", has=page.get_by_role("heading", name="Last pages"))


def test_where_a_visitor_goes_is_seen_at_once(shop, open_page, agent, base_url, other_site):
    customer = shop()
    customer.base_url = other_site(site_with_widget(base_url))
    customer.visit("/shipping?voucher=s3cret#top").start()
    text = unique("Do you ship to Norway?")
    customer.write(text)
    expect(customer.bubble(text)).to_contain_text("Sent")
    page = open_page()
    page.locator(".row", has_text=text).click()
    expect(panel(page).get_by_role("listitem")).to_have_count(1)
    expect(panel(page)).to_contain_text("Another site")
    expect(panel(page)).to_contain_text("/shipping")
    link = panel(page).get_by_role("link", name=re.compile("Another site"))
    assert link.get_attribute("href").endswith("/shipping")
    assert set(link.get_attribute("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    # Without a reload, and without the chat being opened there.
    customer.visit("/pricing")
    expect(panel(page).get_by_role("listitem")).to_have_count(2)
    expect(panel(page).get_by_role("listitem").first).to_contain_text("/pricing")
    expect(page.locator(".thread-presence")).to_have_text("On /pricing now")
    assert violations(page) == []


@pytest.mark.parametrize("scheme, width", [("light", 1440), ("dark", 360)])
def test_what_a_strangers_browser_says_is_text(open_page, visitor, scheme, width):
    number = visitor.begin("Hello there")
    pages = [("https://shop.test/reset/7f3A9c1e55d24b6f8a0c", "<img src=x onerror=alert(1)>"), ("https://shop.test/" + "long-word-" * 40, "W" * 300)]
    for url, title in pages:
        visitor._post("presence", {"open": True, "visible": True, "page": url, "title": title})
    page = open_page(f"/app/conversations/{number}", color_scheme=scheme, viewport={"width": width, "height": 800})
    if width < 1100:
        page.locator(".thread-who").click()
    expect(panel(page).get_by_role("listitem")).to_have_count(2)
    expect(panel(page)).to_contain_text("<img src=x onerror=alert(1)>")
    # What was left out of an address leads nowhere.
    expect(panel(page).get_by_role("link")).to_have_count(1)
    assert panel(page).locator("img").count() == 0
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
