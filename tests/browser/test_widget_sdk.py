"""The website's side of the widget, as Chatwoot's owners of websites know it: every setting, method, event and cookie; and a website that is in the way."""

from __future__ import annotations

import hmac
import json
import re

import pytest
from playwright.sync_api import expect

from desk_page import open_page, signed_in, violations  # noqa: F401 (fixtures)
from widget_page import WidgetPage, site_with_widget, unique, website_token


@pytest.fixture
def site(shop, other_site, base_url):
    """A page of another website with these `chatwootSettings`; `host` is a name that leads to this machine."""

    def make(settings: dict | None = None, before: str = "", host: str | None = None, **options) -> WidgetPage:
        page = shop(**options)
        head = f"<script>window.chatwootSettings = {json.dumps(settings or {})};{before}</script>"
        address = other_site(site_with_widget(base_url, head))
        page.base_url = address.replace("127.0.0.1", host) if host else address
        return page

    return make


def left_of_the_middle(page: WidgetPage) -> None:
    page.visit("/")
    assert page.launcher.bounding_box()["x"] < 100
    page.open()
    assert page.page.locator("iframe[title=Chat]").bounding_box()["x"] < 100


def without_a_bubble(page: WidgetPage) -> None:
    page.page.goto(page.base_url + "/")
    page.launcher.wait_for(state="attached")
    expect(page.launcher).to_be_hidden()
    page.page.evaluate("$chatwoot.toggle('open')")
    expect(page.frame.locator(".widget")).to_be_visible()


def with_a_title(page: WidgetPage) -> None:
    expect(page.visit("/").launcher).to_contain_text("Ask the kiln")


def with_a_window_of_its_own(page: WidgetPage) -> None:
    page.visit("/").start()
    with page.page.expect_popup() as popup:
        page.frame.get_by_role("button", name="Open in a new window").click()
    expect(popup.value.get_by_role("button", name=re.compile("Send us a message"))).to_be_visible()


def flat(page: WidgetPage) -> None:
    page.visit("/").open()
    assert page.page.locator("#throughline-widget .panel").evaluate("e => getComputedStyle(e).borderRadius") == "0px"


def dark(page: WidgetPage) -> None:
    expect(page.visit("/").open().frame.locator("html")).to_have_attribute("data-scheme", "dark")


def french(page: WidgetPage) -> None:
    expect(page.visit("/").open().frame.locator("html")).to_have_attribute("lang", "fr")


def the_browsers_own_language(page: WidgetPage) -> None:
    expect(page.visit("/").open().frame.locator("html")).to_have_attribute("lang", "en-GB")


def saying(*texts: str):
    def check(page: WidgetPage) -> None:
        page.visit("/").open()
        for text in texts:
            expect(page.frame.get_by_text(text).first).to_be_visible()

    return check


def without(name: str):
    def check(page: WidgetPage) -> None:
        page.visit("/").start()
        page.write(unique("Anything missing?"))
        expect(page.log.locator(".row.own").last).to_contain_text("Sent")
        expect(page.field).to_be_visible()
        expect(page.frame.get_by_role("button", name="Send", exact=True)).to_be_visible()
        expect(page.frame.get_by_role("button", name=name)).to_have_count(0)

    return check


def cannot_be_ended(page: WidgetPage) -> None:
    page.visit("/").start()
    page.write(unique("May I end this?"))
    expect(page.log.locator(".row.own").last).to_contain_text("Sent")
    expect(page.frame.get_by_text("End this conversation")).to_be_hidden()
    expect(page.frame.locator("details.menu")).to_be_hidden()


@pytest.mark.parametrize(
    "settings, check",
    [
        ({"position": "left"}, left_of_the_middle),
        ({"hideMessageBubble": True}, without_a_bubble),
        ({"type": "expanded_bubble", "launcherTitle": "Ask the kiln"}, with_a_title),
        ({"showPopoutButton": True}, with_a_window_of_its_own),
        ({"widgetStyle": "flat"}, flat),
        ({"darkMode": "dark"}, dark),
        ({"locale": "fr"}, french),
        ({"locale": "fr", "useBrowserLanguage": True}, the_browsers_own_language),
        ({"welcomeTitle": "Welcome, potter", "welcomeDescription": "Clay is patient."}, saying("Welcome, potter", "Clay is patient.")),
        ({"availableMessage": "We are at the wheel", "unavailableMessage": "We are at the wheel"}, saying("We are at the wheel")),
        ({"enableFileUpload": False}, without("Attach files")),
        ({"enableEmojiPicker": False}, without("Emoji")),
        ({"enableEndConversation": False}, cannot_be_ended),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_setting_does_what_its_name_says(site, settings, check):
    check(site(settings))


@pytest.mark.parametrize("shown", [True, False])
def test_the_glimpse_of_an_answer_can_be_switched_off(site, agent, shown):
    page = site({"showUnreadMessagesDialog": shown})
    page.visit("/").start()
    text = unique("Do you glaze?")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    page.page.goto("about:blank")
    answer = unique("We do")
    agent.say(agent.conversation_with(text), answer)

    def in_one_second(route):
        """The visitor has looked a moment before the answer: in the same second, as clocks have it."""
        came = route.fetch()
        thread = came.json()
        latest = thread["payload"][-1]
        thread["meta"] = {"contact_last_seen_at": latest["created_at"], "contact_last_seen_at_ms": latest["created_at_ms"] - 1}
        route.fulfill(response=came, json=thread)

    page.page.route(lambda address: "/api/v1/widget/messages?" in address, in_one_second)
    page.visit("/")
    expect(page.launcher).to_have_accessible_name(re.compile("Unread messages: 1"))
    glimpse = page.page.locator("#throughline-widget .peek")
    if shown:
        expect(glimpse).to_contain_text(answer)
    else:
        expect(glimpse).to_have_count(0)
    page.page.unroute_all(behavior="wait")


def test_the_cookies_belong_to_the_base_domain(site):
    page = site({"baseDomain": "acme.test"}, host="shop.acme.test")
    page.visit("/")
    page.page.evaluate("$chatwoot.setUser('u-1', {name: 'Anna'})")
    page.until(lambda: len(page.context.cookies()) >= 2, "the cookies")
    kept = {re.sub("_.*", "", c["name"].replace("cw_", "")): c for c in page.context.cookies()}
    assert set(kept) == {"conversation", "user"}
    for cookie in kept.values():
        assert (cookie["domain"], cookie["sameSite"]) == (".acme.test", "Lax")
        assert 364 < (cookie["expires"] - page.page.evaluate("Date.now() / 1000")) / 86400 <= 365


def test_every_method_reaches_the_desk(site, agent):
    page = site()
    page.visit("/").start()
    text = unique("Who am I?")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    number = agent.conversation_with(text)

    def is_told(call: str, look) -> None:
        page.page.evaluate(call)
        page.until(look, call)

    def conversation() -> dict:
        return agent.conversation(number)

    def contact() -> dict:
        return agent.account_call("GET", f"contacts/{conversation()['meta']['sender']['id']}")["payload"]

    name = unique("Berta")
    is_told(f"$chatwoot.setUser({json.dumps(name)}, {{name: {json.dumps(name)}, phone_number: '+4930123456'}})", lambda: contact()["name"] == name)
    assert page.page.evaluate("$chatwoot.user.identifier") == name
    is_told("$chatwoot.setCustomAttributes({plan: 'gold', seats: 3})", lambda: contact()["custom_attributes"].get("plan") == "gold")
    is_told("$chatwoot.deleteCustomAttribute('plan')", lambda: "plan" not in contact()["custom_attributes"])
    assert contact()["custom_attributes"]["seats"] == 3
    is_told("$chatwoot.setConversationCustomAttributes({cart: 'a-17'})", lambda: conversation()["custom_attributes"].get("cart") == "a-17")
    is_told("$chatwoot.deleteConversationCustomAttribute('cart')", lambda: "cart" not in conversation()["custom_attributes"])
    label = "kiln-" + name[-9:-1]
    agent.account_call("POST", "labels", {"title": label})
    is_told(f"$chatwoot.setLabel('{label}')", lambda: label in conversation()["labels"])
    is_told(f"$chatwoot.removeLabel('{label}')", lambda: label not in conversation()["labels"])
    with page.page.expect_popup() as popup:
        page.page.evaluate("$chatwoot.popoutChatWindow()")
    expect(popup.value.get_by_role("log").get_by_text(text)).to_be_visible()
    assert page.page.evaluate("$chatwoot.isOpen") is False
    assert page.page.evaluate("[$chatwoot.baseUrl, $chatwoot.hasLoaded]") == [agent.base_url, True]


LISTEN = """window.seen = [];
for (const name of ['ready', 'error', 'on-message', 'on-start-conversation', 'postback', 'opened', 'closed'])
    addEventListener('chatwoot:' + name, (event) => seen.push([name, event.detail]));"""


def test_every_event_reaches_the_page(site, agent):
    page = site(before=LISTEN)

    def heard(name: str):
        return page.page.evaluate("name => seen.filter((e) => e[0] === name).map((e) => e[1])", name)

    page.visit("/").start()
    page.until(lambda: heard("ready") and heard("opened"), "ready and opened")
    text = unique("Which clay?")
    page.write(text)
    page.until(lambda: heard("on-start-conversation"), "on-start-conversation")
    number = agent.conversation_with(text)
    answer = unique("Stoneware")
    agent.say(number, answer)
    page.until(lambda: any(m["content"] == answer and m["message_type"] == 1 for m in heard("on-message")), "on-message")
    cards = [{"title": "A bowl", "description": "Blue", "actions": [{"type": "postback", "text": "Put it aside", "payload": {"bowl": 7}}]}]
    agent.account_call("POST", f"conversations/{number}/messages",
                       {"content": "Look", "message_type": "outgoing", "content_type": "cards", "content_attributes": {"items": cards}})
    page.frame.get_by_role("button", name="Put it aside").click()
    assert page.until(lambda: heard("postback"), "postback") == [{"payload": {"bowl": 7}}]
    page.page.evaluate("$chatwoot.setUser('u-9', {identifier_hash: 'wrong'})")
    page.until(lambda: heard("error"), "error")
    assert heard("error")[0]["message"].startswith("Error: ")
    page.page.evaluate("$chatwoot.toggle('close')")
    page.until(lambda: heard("closed"), "closed")


def test_choices_and_forms_of_a_bot_are_answered(shop, agent, open_page):
    page = shop()
    number = agent.conversation_with(page.begin())

    def ask(kind: str, items: list, text: str) -> int:
        return agent.account_call("POST", f"conversations/{number}/messages",
                                  {"content": text, "message_type": "outgoing", "content_type": kind, "content_attributes": {"items": items}})["id"]

    def given(message: int):
        return next(m for m in agent.messages(number) if m["id"] == message)["content_attributes"].get("submitted_values")

    chosen = ask("input_select", [{"title": "Large <b>", "value": "l"}, {"title": "Small", "value": "s"}], unique("Which size?"))
    page.frame.get_by_role("button", name="Large <b>").click()
    assert page.until(lambda: given(chosen), "the answer") == [{"title": "Large <b>", "value": "l"}]
    expect(page.frame.get_by_role("button", name="Small")).to_have_count(0)
    expect(page.frame.locator(".offer-given")).to_have_text("Large <b>")

    filled = ask("form", [{"name": "size", "label": "Size in cm", "type": "text", "required": True},
                          {"name": "glaze", "label": "Glaze", "type": "select", "options": [{"label": "Blue", "value": "b"}, {"label": "Red", "value": "r"}]}],
                 unique("Tell us more"))
    page.frame.get_by_label("Size in cm").fill("12")
    page.frame.get_by_label("Glaze").select_option("r")
    page.frame.locator(".offer form").get_by_role("button", name="Send").click()
    assert [v["value"] for v in page.until(lambda: given(filled), "the answer")] == ["12", "r"]

    # What was asked and answered can be read at the desk too.
    desk = open_page(f"/app/conversations/{number}")
    expect(desk.locator(".offer li[data-taken]")).to_have_text("Large <b>")
    expect(desk.locator(".offer-form")).to_have_text(re.compile("Size in cm12.*GlazeRed", re.S))
    assert violations(desk) == []

    ask("article", [{"title": "Care of glazes", "description": "By hand", "link": "https://kiln.test/care"},
                    {"title": "Not a way out", "link": "javascript:alert(1)"}], unique("Read this"))
    expect(page.frame.get_by_role("link", name="Care of glazes")).to_have_attribute("href", "https://kiln.test/care")
    expect(page.frame.get_by_text("Not a way out")).to_be_visible()
    assert page.frame.get_by_role("link", name="Not a way out").count() == 0


def test_a_visitor_ends_the_conversation_and_has_it_sent(shop, agent, base_url):
    page = shop()
    number = agent.conversation_with(page.begin())
    # An address that nobody has confirmed gets no transcript; one that the website vouches for does.
    inbox = next(i for i in agent.account_call("GET", "inboxes")["payload"] if i.get("website_token") == website_token(base_url))
    proof = hmac.new(inbox["hmac_token"].encode(), b"carla@kiln.test", "sha256").hexdigest()
    page.page.evaluate("proof => $chatwoot.setUser('carla@kiln.test', {email: 'carla@kiln.test', identifier_hash: proof})", proof)
    expect(page.frame.get_by_text("Replies go to c…@kiln.test", exact=True)).to_be_visible()
    more = page.frame.locator("details.menu summary")
    more.click()
    page.frame.get_by_role("button", name="Email me this conversation").click()
    expect(page.frame.locator(".menu p")).to_have_text("Sent to c…@kiln.test")
    page.frame.get_by_role("button", name="End this conversation").press("Escape")
    expect(page.frame.get_by_role("button", name="End this conversation")).to_be_hidden()
    expect(page.frame.locator(".widget")).to_be_visible()
    more.click()
    page.frame.get_by_role("button", name="End this conversation").click()
    expect(page.frame.get_by_text("This conversation is closed")).to_be_visible()
    assert agent.conversation(number)["status"] == "resolved"


def test_a_website_that_is_in_the_way_cannot_break_it(site, agent):
    """Styles on everything, and the usual crimes against built-in objects: an enumerable method on Object and Array, an old JSON on Array."""
    page = site(before="""
        Object.prototype.each = function () {}; Array.prototype.remove = function () {}; Array.prototype.toJSON = function () { return String(this) };
        String.prototype.contains = function () {}; window.name = 'chat'; window.parent.widget = 1;""")
    page.visit("/")
    page.page.add_style_tag(content="*,*::before,iframe{all:unset!important;display:inline!important;font:40px fantasy!important;color:red!important} iframe{width:1px!important}")
    page.start()
    text = unique("Can you hear me?")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    agent.say(agent.conversation_with(text), unique("Well"))
    expect(page.log.locator(".row.theirs").last).to_contain_text("Well")
    assert page.page.locator("iframe[title=Chat]").bounding_box()["width"] == 400


def test_the_widget_moves_nothing_on_the_page(site):
    page = site(before="""window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((e) => { shift += e.value })).observe({type: 'layout-shift', buffered: true});""")
    page.visit("/").open()
    size = page.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight, innerWidth, innerHeight]")
    assert size[0] <= size[2] and size[1] <= size[3]
    assert page.page.evaluate("shift") == 0
