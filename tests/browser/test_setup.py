"""The first administrator is made in the browser, by a link that the server prints when it starts with an empty store."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from desk_page import violations
from own_server import OwnServer


@pytest.fixture
def server(tmp_path):
    server = OwnServer(tmp_path)
    yield server
    server.stop()


def test_first_administrator_by_the_printed_link(browser, server):
    link = server.start()
    # A program that looks at links first uses nothing up.
    assert urllib.request.urlopen(link).status == 200
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(link)
    assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
    make = page.get_by_role("button", name="Make the account")
    make.click()
    expect(page.get_by_role("alert")).to_have_count(4)
    expect(page.get_by_label("Team or company")).to_be_focused()
    assert violations(page) == []
    page.get_by_label("Team or company").fill("Acme")
    page.get_by_label("Your name").fill("Kim")
    page.get_by_label("Your email").fill("kim@acme")
    page.get_by_role("textbox", name="Password").fill("short")
    make.click()
    expect(page.get_by_text("Enter your address, such as name@example.com.")).to_be_visible()
    expect(page.get_by_text("This password is too short: 8 characters at least.")).to_be_visible()
    page.get_by_label("Your email").fill("kim@acme.test")
    page.get_by_role("textbox", name="Password").fill("four words are fine")
    page.get_by_role("textbox", name="Password").press("Enter")
    # Signed in, and where the setup goes on.
    expect(page).to_have_url(re.compile("/app/settings/inboxes$"))
    expect(page.get_by_role("heading", name="Where do your customers write?")).to_be_visible()
    assert violations(page) == []
    page.go_back()
    assert "/setup/" not in page.url
    # The link is over, here and for others; started again, the server prints none.
    assert context.request.post(link, data={}).status == 404
    page.goto(link)
    expect(page.get_by_role("heading", name="This link is over")).to_be_visible()
    context.close()
    server.stop()
    assert server.start() is None
