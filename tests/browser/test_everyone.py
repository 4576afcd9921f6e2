"""Every page for everyone: axe in light and dark, 200 % zoom, a narrow phone, reduced motion, the keyboard alone, and what a screen reader is told."""

import re

import pytest
from playwright.sync_api import expect

from desk_page import AGENT, account, address, bubbles, composer, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from waiting import drawn
from widget_page import WidgetPage, site_with_widget, unique

PAGES = ["", "contacts", "mail", "reports", "notices", "settings/inboxes", "settings/inboxes/new-website", "settings/inboxes/new-email",
         "settings/inboxes/{inbox}", "settings/inboxes/{inbox}/appearance", "settings/inboxes/{inbox}/messages",
         "settings/inboxes/{inbox}/security", "settings/inboxes/{inbox}/email", "settings/agents", "settings/canned", "settings/teams", "settings/health"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(open_page, agent, path):
    inbox = agent.get(f"{account(agent)}/inboxes").json()["payload"][0]["id"]
    page = open_page(f"/app/{path.format(inbox=inbox)}".rstrip("/"))
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.locator(".spinner:visible")).to_have_count(0)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        drawn(page)
        assert violations(page) == [], scheme
    # 1440 by 900 at 200 %, and a small phone: nothing is cut off at the side (WCAG 1.4.10).
    for width, height in ((720, 450), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_nothing_moves_for_who_asked_for_that(open_page, visitor, shop):
    number = visitor.begin("Is it calm here?")
    page = open_page(f"/app/conversations/{number}", reduced_motion="reduce")
    composer(page).fill("Very.")
    composer(page).press("Enter")
    expect(bubbles(page, "Very.")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    chat = shop(reduced_motion="reduce")
    chat.begin()
    # What moves nothing, such as a colour that fades, may stay.
    moving = """() => document.getAnimations().filter((a) => a.playState === 'running' && a.effect.getComputedTiming().duration > 10
        && a.effect.getKeyframes().some((k) => 'transform' in k || 'translate' in k || 'scale' in k || 'height' in k)).length"""
    assert page.evaluate(moving) == 0
    assert chat.page.evaluate(moving) == 0
    assert chat.page.frames[-1].evaluate(moving) == 0


def tab_to(page, check, most=60):
    for _ in range(most):
        if page.evaluate(check):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key did not lead to {check}")


def test_the_loop_by_keyboard_alone(browser, base_url, shop, other_site):
    chat = shop()
    chat.base_url = other_site(site_with_widget(base_url))
    visitor = chat.visit("/").page
    tab_to(visitor, "document.activeElement.id === 'throughline-widget'")
    visitor.keyboard.press("Enter")
    expect(chat.frame.get_by_role("button", name=re.compile("Send us a message"))).to_be_focused()
    visitor.keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    text = unique("Written without a mouse")
    visitor.keyboard.type(text)
    visitor.keyboard.press("Enter")
    expect(chat.bubble(text)).to_contain_text("Sent")
    expect(chat.email).to_be_visible()
    for _ in range(30):
        if chat.email.evaluate("e => e === document.activeElement"):
            break
        visitor.keyboard.press("Shift+Tab")
    visitor.keyboard.type("keys@kiln.test")
    visitor.keyboard.press("Enter")
    expect(chat.frame.get_by_text("Replies go to k…@kiln.test", exact=True)).to_be_visible()

    context = browser.new_context(base_url=base_url, viewport={"width": 1440, "height": 900})
    desk = context.new_page()
    desk.goto("/app")
    expect(desk.get_by_role("textbox", name="Password")).to_be_visible()
    tab_to(desk, "document.activeElement.type === 'email'")
    desk.keyboard.press("Control+a")
    desk.keyboard.type(AGENT["email"])
    desk.keyboard.press("Tab")
    tab_to(desk, "document.activeElement.type === 'password'")
    desk.keyboard.press("Control+a")
    desk.keyboard.type(AGENT["password"])
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("tab", name="All")).to_be_visible()
    desk.keyboard.press("/")
    desk.keyboard.type(text[-9:-1])
    # The search has answered: the row found is the only one.
    expect(desk.locator("a.row")).to_have_count(1)
    expect(desk.locator("a.row")).to_contain_text(text[-9:-1])
    tab_to(desk, "document.activeElement.matches('a.row')")
    desk.keyboard.press("Enter")
    expect(bubbles(desk, text)).to_be_visible()
    desk.keyboard.press("r")
    expect(composer(desk)).to_be_focused()
    answer = unique("Answered without one")
    desk.keyboard.type(answer)
    desk.keyboard.press("Control+Enter")
    expect(chat.bubble(answer)).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("e")
    expect(chat.frame.get_by_text("This conversation is closed")).to_be_visible()
    context.close()

    # What a screen reader is told: a log with both messages, the name of the field, the state of the launcher.
    told = chat.frame.locator("body").aria_snapshot()
    assert "log" in told and text in told and answer in told and 'textbox "Message"' in told
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")


def test_who_reads_from_right_to_left_sees_it_mirrored(shop):
    there, here = (WidgetBoxes(shop(locale=locale)) for locale in ("en-GB", "ar"))
    assert there.send > there.middle > there.back
    assert here.send < here.middle < here.back


class WidgetBoxes:
    """Where the way back and the sending button stand, from left to right."""

    def __init__(self, chat: WidgetPage):
        chat.visit().open()
        chat.frame.locator(".home button.way").click()
        self.back = self._at(chat, ".head .icon-back")
        self.send = self._at(chat, ".icon-send")
        self.middle = self._at(chat, ".conversation .middle")

    @staticmethod
    def _at(chat, selector):
        box = chat.frame.locator(selector).first.bounding_box()
        return box["x"] + box["width"] / 2
