"""The main screens look as they did: each is compared with its picture in `looks/`, made on data of its own. `LOOKS_ANEW=1` draws those anew: look at
each before it is committed."""

import json
import os
import pathlib
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from looks import SHARE, Look
from own_server import OwnServer
from waiting import until
from widget_page import site_with

KEPT = pathlib.Path(__file__).parent / "looks"
ANEW = os.environ.get("LOOKS_ANEW") == "1"
PASSWORD = "correct horse battery"


class Shop:
    """A server with a few conversations, always the same."""

    def __init__(self, folder):
        self.server = OwnServer(folder, "--mail-reply-domain=reply.kiln.test", "--mail-from=help@kiln.test", "--mail-relay-url=mailbox:")
        agent = self.server.command("agent", "create", "--email", "sam@team.test", "--name", "Sam", "--password", PASSWORD, "--role", "administrator")
        inbox = self.server.command("inbox", "create", "--kind", "web", "--name", "Kiln", "--website-url", "https://kiln.test")
        self.account, self.token = agent["account_id"], agent["api_access_token"]
        self.website, self.snippet = inbox["website_token"], inbox["web_widget_script"]
        self.server.start()
        self.began = time.time()
        self.first = [self.customer(name, words) for name, words in [
            ("Ada Muster", "Is the blue bowl still there?"), ("Berta Blau", "My parcel has not come. The number is 4711."),
            ("Carl Cole", "Do you fire at 1240 degrees?")]][0]
        number, self.session = self.first
        self.agent("POST", f"conversations/{number}/messages", {"content": "It is. Shall I keep it for you?"})
        self.visitor(self.session, "messages", {"message": {"content": "Yes please, until Friday.", "echo_id": "second"}})
        self.agent("POST", f"conversations/{number}/messages", {"content": "A regular: be quick.", "private": True})
        self.agent("POST", f"conversations/{number}/messages", {"content": "It is put aside, with your name on it.",
                                                                "content_attributes": {"delivery": "chat_only"}})
        self.agent("POST", f"conversations/{number}/labels", {"labels": ["bowls"]})

    def call(self, method, path, body, headers):
        request = urllib.request.Request(self.server.url + path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"{}")

    def agent(self, method, path, body):
        return self.call(method, f"/api/v1/accounts/{self.account}/{path}", body, {"api_access_token": self.token})

    def visitor(self, session, path, body):
        return self.call("POST", f"/api/v1/widget/{path}?website_token={self.website}", body, {"X-Auth-Token": session} if session else {})

    def customer(self, name, words):
        session = self.visitor(None, "config", {})["website_channel_config"]["auth_token"]
        contact = {"name": name, "email": f"{name.split()[0].lower()}@customer.test"}
        return self.visitor(session, "conversations", {"contact": contact, "message": {"content": words, "echo_id": "first"}})["id"], session


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = Shop(tmp_path_factory.mktemp("looks"))
    yield made
    made.server.stop()


@pytest.fixture(scope="module")
def signed_in_there(browser, house):
    context = browser.new_context(base_url=house.server.url)
    answer = context.request.post("/auth/sign_in", data={"email": "sam@team.test", "password": PASSWORD}, headers={"X-Throughline": "1"})
    assert answer.ok, answer.text()
    yield context.storage_state()
    context.close()


@pytest.fixture
def easel(browser):
    """A page on which pictures are compared."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def screen(browser, house, signed_in_there):
    """Opens a screen at a clock that stands, with nothing that moves."""
    contexts = []

    def opened(name):
        context = browser.new_context(
            base_url=house.server.url, viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce", locale="en-GB",
            timezone_id="UTC", storage_state=signed_in_there if name.startswith("desk") else None, bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(house.began + 300)
        SCREENS[name](page, house)
        page.mouse.move(640, 2)
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()


def thread(page, house):
    page.goto(f"/app/conversations/{house.first[0]}")
    expect(page.locator(".bubble", has_text="with your name on it")).to_be_visible()
    expect(page.locator(".row")).to_have_count(3)
    expect(page.get_by_text("This is the first one.")).to_be_visible()


def settings(page, house):
    page.goto("/app/settings/inboxes")
    page.get_by_role("link", name="Kiln").first.click()
    page.get_by_role("tab", name="Appearance").click()
    expect(page.locator(".widget-preview")).to_be_visible()


def reports(page, house):
    page.goto("/app/reports")
    expect(page.locator("canvas[data-drawn]")).to_have_count(6)


def widget(page, house):
    page.route("https://kiln.test/", lambda route: route.fulfill(
        content_type="text/html", body=site_with(house.snippet)))
    page.goto("https://kiln.test/")
    page.locator("#throughline-widget button.launcher").click()
    expect(page.frame_locator("iframe[title=Chat]").get_by_role("button", name="Send us a message")).to_be_visible()


def conversation(page, house):
    page.context.add_cookies([{"name": "cw_conversation", "value": house.first[1], "url": "https://kiln.test"}])
    page.route("https://kiln.test/", lambda route: route.fulfill(
        content_type="text/html", body=site_with(house.snippet)))
    page.goto("https://kiln.test/")
    page.locator("#throughline-widget button.launcher").click()
    expect(page.frame_locator("iframe[title=Chat]").get_by_role("log").get_by_text("with your name on it")).to_be_visible()


SCREENS = {"desk-thread": thread, "desk-settings": settings, "desk-reports": reports, "widget-home": widget, "widget-conversation": conversation}


def speaker(page, name):
    """The element that says which colours a screen has."""
    return (page if name.startswith("desk") else page.frame_locator("iframe[title=Chat]")).locator("html")


def at_rest(page, easel):
    """The screen's picture, once two in a row are the same."""
    pictures = [Look(easel, page.screenshot(animations="disabled"))]

    def same():
        pictures.append(Look(easel, page.screenshot(animations="disabled")))
        return pictures[-1].pixels == pictures[-2].pixels

    until(same, "the screen to be at rest", page=page)
    return pictures[-1]


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(screen, easel, name):
    page = screen(name)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(speaker(page, name)).to_have_attribute("data-theme" if name.startswith("desk") else "data-scheme", scheme)
        now = at_rest(page, easel)
        path = KEPT / f"{name}-{scheme}.png"
        if ANEW:
            path.write_bytes(now.png)
        kept = Look.kept(easel, path)
        share = now.differs(kept)
        assert share <= SHARE, f"{share:.1%} of {path.name} looks otherwise ({now.where(kept)}); where that is meant: LOOKS_ANEW=1, and look at it"


OTHER_LETTERS = "* { font-family: 'DejaVu Sans', 'Noto Sans', serif !important }"


def test_what_is_broken_looks_otherwise_and_other_letters_do_not(screen, easel):
    page = screen("desk-thread")
    kept = Look.kept(easel, KEPT / "desk-thread-light.png")

    def share():
        return Look(easel, page.screenshot(animations="disabled")).differs(kept)

    letters = page.add_style_tag(content=OTHER_LETTERS)
    other = share()
    letters.evaluate("element => element.remove()")
    page.evaluate("document.querySelector('.list').style.marginLeft = '40px'")
    moved = share()
    page.evaluate("document.querySelector('.list').style.marginLeft = ''")
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach((sheet) => sheet.remove())")
    bare = share()
    assert other <= SHARE
    assert moved > SHARE and bare > SHARE
