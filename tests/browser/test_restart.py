"""Two agents and three visitors at once, and the server killed under them: everything comes back by itself, nothing typed is lost, nothing doubled."""

import pytest
from playwright.sync_api import expect

from desk_page import bubbles, composer
from own_server import OwnServer
from widget_page import unique

PASSWORD = "four words are fine"


@pytest.fixture
def server(tmp_path):
    server = OwnServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def context(browser, server):
    """Makes contexts, and closes them: pages that look for a server which is gone would keep the machine busy."""
    made = []

    def new(**options):
        made.append(browser.new_context(base_url=server.url, **options))
        return made[-1]

    yield new
    for one in made:
        one.close()


def agent_page(new_context, server, email, name):
    server.command("agent", "create", "--email", email, "--name", name, "--password", PASSWORD, "--role", "administrator")

    def opened():
        context = new_context(viewport={"width": 1440, "height": 900})
        answer = context.request.post("/auth/sign_in", data={"email": email, "password": PASSWORD}, headers={"X-Throughline": "1"})
        assert answer.ok, answer.text()
        page = context.new_page()
        page.goto("/app")
        page.get_by_role("tab", name="All").click()
        return page

    return opened


def visitor_page(new_context, token):
    page = new_context(locale="en-GB", viewport={"width": 500, "height": 800}).new_page()
    page.goto(f"/widget?website_token={token}")
    page.get_by_role("button", name="Send us a message").click()
    return page


def field(visitor):
    return visitor.get_by_label("Message", exact=True)


def say(visitor, text):
    field(visitor).fill(text)
    field(visitor).press("Enter")


def said(visitor, text):
    return visitor.get_by_role("log").locator(".row", has_text=text)


def enter(agent, text):
    """Opens the conversation whose last message is this."""
    agent.locator("a.row", has_text=text).click()
    expect(bubbles(agent, text)).to_be_visible()


def test_the_server_is_killed_under_two_agents_and_three_visitors(context, server):
    token = server.command("inbox", "create", "--kind", "web", "--name", "Shop", "--website-url", "http://shop.test")["website_token"]
    pages = [agent_page(context, server, "kim@acme.test", "Kim"), agent_page(context, server, "sam@acme.test", "Sam")]
    server.start()
    kim, sam = (opened() for opened in pages)
    one, two, three = visitors = [visitor_page(context, token) for _ in range(3)]
    asked = [unique("Is it blue?"), unique("Is it large?"), unique("Is it old?")]
    for visitor, text in zip(visitors, asked):
        say(visitor, text)
        expect(said(visitor, text)).to_contain_text("Sent")
        for agent in (kim, sam):
            expect(agent.locator("a.row", has_text=text)).to_be_visible()
    blue, large = unique("Blue it is"), unique("As large as it looks")
    enter(kim, asked[0])
    enter(sam, asked[1])
    for agent, text in ((kim, blue), (sam, large)):
        composer(agent).fill(text)
        composer(agent).press("Enter")
    expect(said(one, blue)).to_be_visible()
    expect(said(two, large)).to_be_visible()
    enter(kim, asked[2])

    # Words on their way on every side, and the server is gone.
    half = unique("It is from a")
    composer(kim).fill(half)
    draft = unique("And how wide")
    field(two).fill(draft)
    server.process.kill()
    server.process.wait(timeout=30)
    missed, late = unique("Are you still there?"), unique("It weighs two kilos")
    say(one, missed)
    composer(sam).fill(late)
    composer(sam).press("Enter")
    expect(sam.get_by_text("Not sent.")).to_be_visible()

    server.start()
    # The visitor's goes by itself, once; both agents see it without a hand's turn.
    expect(said(one, missed)).to_contain_text("Sent")
    for agent in (kim, sam):
        expect(agent.locator("a.row", has_text=missed)).to_be_visible()
        expect(agent.get_by_text("Connection lost")).to_have_count(0)
    sam.get_by_role("button", name="Try again").click()
    expect(said(two, late)).to_be_visible()
    expect(field(two)).to_have_value(draft)
    expect(composer(kim)).to_have_value(half)
    composer(kim).press("Enter")
    expect(said(three, half)).to_be_visible()
    say(two, draft)
    expect(bubbles(sam, draft)).to_be_visible()
    enter(sam, missed)

    # Loaded anew, all of it stands there once.
    for texts in ([asked[0], blue, missed], [asked[1], large, late, draft], [asked[2], half]):
        kim.goto("/app")
        kim.get_by_role("tab", name="All").click()
        enter(kim, texts[-1])
        for text in texts:
            expect(bubbles(kim, text)).to_have_count(1)
