"""The first administrator is made in the browser, by a link that the server prints when it starts with an empty store."""

import re
import smtplib
import urllib.request

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from desk_page import violations
from own_server import OwnServer, free_port


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


class World:
    """A relay, and the world behind it: what goes out comes back in, unless it is told to refuse."""

    def __init__(self):
        self.receiver = None
        self.refusal = None
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with smtplib.SMTP("127.0.0.1", self.receiver, timeout=20) as smtp:
            smtp.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.original_content)
        return "250 2.0.0 taken"


@pytest.fixture
def world():
    world = World()
    world.controller.start()
    yield world
    world.controller.stop()


def test_from_an_empty_installation_to_a_passed_check(browser, world, tmp_path):
    server = OwnServer(tmp_path, f"--mail-relay-url=smtp://127.0.0.1:{world.controller.port}?tls=none")
    world.receiver = server.smtp
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(server.start())
        for label, text in [("Team or company", "Acme"), ("Your name", "Kim"), ("Your email", "kim@acme.test")]:
            page.get_by_label(label).fill(text)
        page.get_by_role("textbox", name="Password").fill("four words are fine")
        page.get_by_role("button", name="Make the account").click()
        page.get_by_role("link", name=re.compile("^On my website")).click()
        expect(page.get_by_label("Name")).to_have_value("Acme")
        page.get_by_label("Website address").fill("https://acme.test")
        page.get_by_role("button", name="Create inbox").click()
        page.get_by_role("link", name="Then set up its email").click()
        check = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Continuity check"))
        expect(check).to_contain_text("It has not run yet.")
        run = check.get_by_role("button", name=re.compile("^Run"))
        run.click()
        # It says what is missing before anything is sent.
        expect(check.locator(".fault").first).to_be_visible()
        page.get_by_label("Address that customers see").fill("support@acme.test")
        page.get_by_label("Reply domain").fill("reply.acme.test")
        page.get_by_role("button", name="Save address").click()
        expect(page.get_by_text("Inbox saved.")).to_be_visible()
        expect(page.get_by_role("list", name="DNS")).to_contain_text("reply.acme.test")
        # A relay that refuses: its own words, and what to do.
        world.refusal = "550 5.7.1 not for you"
        run.click()
        expect(check).to_contain_text("It did not come back.", timeout=60_000)
        expect(check.locator(".fault").first).to_contain_text("not for you")
        assert violations(page) == []
        world.refusal = None
        # A relay of the inbox's own that has no encryption is not used; back to the server's one.
        out = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail goes out"))
        out.get_by_role("radio", name=re.compile("^A relay of its own")).check()
        out.get_by_role("textbox", name=re.compile("^Mail server")).fill("127.0.0.1")
        out.get_by_role("textbox", name="Port").fill(str(world.controller.port))
        out.get_by_role("textbox", name="User").fill("kim")
        out.locator("input[type=password]").fill("a secret word")
        out.get_by_role("button", name="Save relay").click()
        expect(out.get_by_text("Mail leaves by")).to_be_visible()
        assert "a secret word" not in page.content()
        run.click()
        expect(check.locator(".fault").first).to_contain_text(re.compile("TLS|encr", re.I), timeout=60_000)
        out.get_by_role("radio", name=re.compile("^The server’s relay")).check()
        out.get_by_role("button", name="Use the server’s relay").click()
        expect(out.get_by_text("Mail leaves by")).to_have_count(0)
        run.click()
        expect(check).to_contain_text("Passed: mail goes out and comes back.", timeout=60_000)
        expect(check.get_by_role("list", name="Way of the test mail")).to_contain_text("Came back.")
        assert violations(page) == []
    finally:
        context.close()
        server.stop()
