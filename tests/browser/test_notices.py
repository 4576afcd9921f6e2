"""Notices: the list in the rail, the sound, and the browser's own notices; each only as the agent has chosen."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from waiting import until
from widget_page import unique

# Writes down what the page asks of the browser, and lets a test hide the tab.
RECORDER = """
window.tones = 0; window.toneAt = 0; window.shown = []; window.hide = false; window.asked = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.tones += 1; window.toneAt = Date.now(); return start.apply(this, when); };
window.Notification = class {
  static permission = 'default';
  static requestPermission() { window.asked += 1; this.permission = 'granted'; return Promise.resolve('granted'); }
  constructor(title, options) { this.title = title; Object.assign(this, options); window.shown.push(this); }
  close() { this.closed = true; }
};
Object.defineProperty(document, 'visibilityState', { get: () => (window.hide ? 'hidden' : 'visible') });
"""


def until_it_says(page, condition):
    """Waits for a condition of the page; the page's own policy forbids it to evaluate one by itself."""
    until(lambda: page.evaluate(condition), condition, page=page)


@pytest.fixture
def recorded(open_page):
    def opened(path, **options):
        page = open_page("/app", **options)
        page.add_init_script(RECORDER)
        page.goto(path)
        return page

    return opened


@pytest.fixture
def mine(agent, visitor):
    """A conversation of this agent's own, given by itself."""
    number = visitor.begin(f"Hello {uuid.uuid4().hex[:6]}")
    me = agent.get("/api/v1/profile").json()["id"]
    answer = agent.post(f"{account(agent)}/conversations/{number}/assignments", data={"assignee_id": me}, headers=OURS)
    assert answer.ok, answer.text()
    return number


def test_a_customers_word_is_told_with_sound_and_browser_notice_only_as_chosen(recorded, agent, visitor, mine):
    agent.put("/api/v1/profile", data={"profile": {"ui_settings": {"enable_audio_alerts": "none"}}}, headers=OURS)
    agent.post(f"{account(agent)}/notifications/read_all", data={}, headers=OURS)
    page = recorded("/app/notices")
    expect(page.get_by_role("heading", name="Notices", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)
    # Nothing is chosen yet: the line comes, and nothing else happens.
    first = unique("First word")
    visitor.write(first)
    expect(page.locator(".notice-row", has_text=first)).to_contain_text(f"{visitor.name} wrote in conversation #{mine}")
    expect(page.get_by_role("link", name=re.compile(r"^Notices, \d+ unread$"))).to_be_visible()
    assert page.evaluate("[tones, shown.length, asked]") == [0, 0, 0]
    # Sound and notices are chosen; the browser is asked by the button alone.
    with page.expect_response(lambda answer: answer.url.endswith("/api/v1/profile") and answer.request.method == "PUT"):
        page.get_by_role("combobox", name="Sound").select_option("mine")
    until_it_says(page, "tones === 2")
    page.get_by_role("button", name="Show them on this device").click()
    expect(page.get_by_text("They are shown on this device.")).to_be_visible()
    assert page.evaluate("asked") == 1
    assert agent.get("/api/v1/profile").json()["ui_settings"]["enable_audio_alerts"] == "mine"
    # Several things at once are one sound.
    until_it_says(page, "Date.now() - toneAt > 1500")
    visitor.write("Second word")
    until_it_says(page, "tones === 4")
    assert page.evaluate("shown.length") == 0, "the page is before the agent"
    page.evaluate("hide = true")
    visitor.write("Third word")
    until_it_says(page, "shown.length === 1")
    assert page.evaluate("[shown[0].title, shown[0].body]") == [f"{visitor.name} wrote in conversation #{mine}", "Third word"]
    page.evaluate("hide = false; shown[0].onclick()")
    expect(page).to_have_url(re.compile(f"/app/conversations/{mine}$"))
    # What was told of it is read now.
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()
    until(lambda: agent.get(f"{account(agent)}/notifications/unread_count").json() == 0, "what was told to be read", page=page)
    agent.put("/api/v1/profile", data={"profile": {"ui_settings": {"enable_audio_alerts": "none"}}}, headers=OURS)


def test_switches_are_kept_and_the_page_is_for_everyone(recorded, agent):
    both = ["email_assigned_conversation_new_message", "email_conversation_mention"]
    agent.patch(f"{account(agent)}/notification_settings", data={"notification_settings": {"selected_email_flags": both}}, headers=OURS)
    page = recorded("/app/notices", viewport={"width": 360, "height": 740}, color_scheme="dark")
    switch = page.get_by_role("switch", name=re.compile("What nobody opened in time"))
    expect(switch).to_be_checked()
    with page.expect_response(re.compile("notification_settings")) as answer:
        switch.click()
    assert answer.value.ok
    flags = agent.get(f"{account(agent)}/notification_settings").json()
    assert flags["selected_email_flags"] == ["email_conversation_mention"]
    page.reload()
    expect(switch).not_to_be_checked()
    with page.expect_response(re.compile("notification_settings")):
        switch.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
