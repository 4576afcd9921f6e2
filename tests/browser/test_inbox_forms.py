"""An inbox in its tabs: what it says by itself, whom it believes, the form of its mails, and the survey that it asks."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import OURS, account, violations
from desk_page import agent, open_page, signed_in, website  # noqa: F401 (fixtures)


@pytest.mark.parametrize("width", [1280, 360])
def test_tabs_have_addresses_and_keep_what_is_not_saved_yet(open_page, agent, website, width):
    place = f"/app/settings/inboxes/{website['id']}"
    page = open_page(place, viewport={"width": width, "height": 740})
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_text(["General", "Appearance", "Messages", "Before the chat", "Security", "Email"])
    name = page.get_by_label("Name", exact=False).first
    name.fill("Not saved yet")
    tabs.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"{place}/appearance$"))
    expect(tabs.nth(1)).to_be_focused()
    # The preview follows each key.
    page.get_by_label("Heading").fill("Good evening")
    page.get_by_role("combobox", name=re.compile("^Answers to be expected")).select_option("in_a_day")
    expect(page.locator(".widget-preview")).to_contain_text("Good evening")
    expect(page.locator(".widget-preview")).to_contain_text("Within a day")
    page.keyboard.press("Escape")
    tabs.nth(1).focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(f"{place}/email$"))
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("Heading")).to_have_value("Good evening")
    tabs.nth(0).click()
    expect(page).to_have_url(re.compile(f"{place}$"))
    expect(name).to_have_value("Not saved yet")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tabs.nth(1).click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    page.reload()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Heading")).to_have_value("Good evening")
    kept = agent.get(f"{account(agent)}/inboxes/{website['id']}").json()
    assert kept["reply_time"] == "in_a_day" and kept["name"] == website["name"], "each tab keeps its own"


def test_the_language_of_an_inbox_is_chosen_and_given_back_to_the_account(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}")
    language = page.get_by_role("combobox", name=re.compile("^Language"))
    kept = lambda: agent.get(f"{account(agent)}/inboxes/{website['id']}").json()["locale"]
    for title, tag in (("Deutsch", "de"), ("As the account", None)):
        language.select_option(title)
        with page.expect_response(re.compile(r"/inboxes/\d+$")):
            page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Inbox saved.").first).to_be_visible()
        assert kept() == tag
    assert violations(page) == []


def test_signing_key_is_hidden_until_asked_for_and_signatures_can_be_demanded(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/security")
    key = page.get_by_label("Signing key")
    expect(key).to_have_value(website["hmac_token"])
    expect(key).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(key).to_have_attribute("type", "text")
    page.get_by_role("switch", name=re.compile("^Only signed identities")).check()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    assert agent.get(f"{account(agent)}/inboxes/{website['id']}").json()["hmac_mandatory"] is True
    assert violations(page) == []
    page.reload()
    expect(page.get_by_role("switch", name=re.compile("^Only signed identities"))).to_be_checked()


def test_messages_by_itself_are_kept_and_nonsense_is_named(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/messages")
    page.get_by_role("switch", name=re.compile("^Keep working hours")).check()
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("checkbox", name="Friday").uncheck()
    opens, closes = page.get_by_label("Monday, from"), page.get_by_label("Monday, to")
    opens.fill("18:00")
    expect(page.get_by_role("alert")).to_have_text("It ends before it begins.")
    expect(page.get_by_role("button", name="Save changes")).to_be_disabled()
    closes.fill("00:00")
    away = page.get_by_role("textbox", name=re.compile("^Out of hours"))
    away.fill("{{#email}}We write to {{email}}.")
    save = page.get_by_role("button", name="Save changes")
    save.click()
    # A form that opens and does not close would never be sent: it is refused with its name.
    fault = page.get_by_role("alert").filter(has_text="out_of_office_message")
    expect(fault).to_be_visible()
    away.fill("{{#email}}We write to {{email}}.{{/email}}{{^email}}Come back tomorrow.{{/email}}")
    page.get_by_role("switch", name=re.compile("^Resolve after a long silence")).check()
    page.get_by_label("Minutes of silence").fill("60")
    page.get_by_role("switch", name=re.compile("^Ask how it was")).check()
    save.click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    expect(fault).to_have_count(0)
    kept = agent.get(f"{account(agent)}/inboxes/{website['id']}").json()
    assert kept["timezone"] == "Europe/Berlin" and kept["working_hours_enabled"] and kept["csat_survey_enabled"] and kept["auto_resolve_after"] == 60
    days = {row["day_of_week"]: row for row in kept["working_hours"]}
    assert days[5]["closed_all_day"] and (days[1]["open_hour"], days[1]["close_hour"], days[1]["open_all_day"]) == (18, 24, False)
    page.reload()
    expect(away).to_have_value(re.compile("Come back tomorrow"))
    expect(page.get_by_label("Minutes of silence")).to_have_value("60")


def test_form_of_the_mails_is_shown_kept_and_given_back(open_page, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/email")
    form = page.locator(".mail-form")
    form.get_by_role("tab", name="Plain text").click()
    shown = form.get_by_label("Preview of the mail")
    expect(shown).to_contain_text(re.compile("mute", re.I))
    source = form.get_by_role("textbox", name="Plain text")
    whole = source.input_value()
    source.fill(whole + "\n{{#open}}")
    expect(form.get_by_role("alert")).to_be_visible()
    # What cannot be used leaves the last good one on screen.
    expect(shown).to_contain_text(re.compile("mute", re.I))
    source.fill("Hello from the shop.\n" + whole)
    expect(shown).to_contain_text("Hello from the shop.")
    expect(form.get_by_role("alert")).to_have_count(0)
    form.get_by_role("button", name="Use this form").click()
    expect(page.get_by_text("The mails of this inbox have a form of their own now.")).to_be_visible()
    page.reload()
    form.get_by_role("tab", name="Plain text").click()
    expect(source).to_have_value(re.compile("^Hello from the shop."))
    form.get_by_role("button", name="Back to the built-in form").click()
    expect(source).to_have_value(whole)
    assert violations(page) == []


def test_survey_card_is_answered_in_the_chat(browser, base_url, agent, website):
    path = account(agent)
    assert agent.patch(f"{path}/inboxes/{website['id']}", data={"csat_survey_enabled": True}, headers=OURS).ok
    context = browser.new_context(base_url=base_url, locale="en-GB")
    page = context.new_page()
    page.goto(f"/chat?website_token={website['website_token']}")
    frame = page.frame_locator("iframe[title=Chat]")
    frame.get_by_role("button", name=re.compile("Send us a message")).click()
    text = f"Do you wrap gifts? ({uuid.uuid4().hex[:8]})"
    field = frame.get_by_label("Message", exact=True)
    field.fill(text)
    field.press("Enter")
    expect(frame.get_by_role("log").locator(".row", has_text=text)).to_contain_text("Sent")
    listed = agent.get(f"{path}/conversations?status=all&inbox_id={website['id']}").json()["data"]["payload"]
    number = listed[0]["id"]
    assert agent.post(f"{path}/conversations/{number}/messages", data={"content": "Gladly."}, headers=OURS).ok
    expect(frame.get_by_role("log")).to_contain_text("Gladly.")
    assert agent.post(f"{path}/conversations/{number}/toggle_status", data={"status": "resolved"}, headers=OURS).ok
    great = frame.get_by_role("button", name="Great", exact=True)
    great.click()
    expect(great).to_have_attribute("aria-pressed", "true")
    card = frame.locator(".survey")
    expect(card.get_by_role("status")).not_to_be_empty()
    card.get_by_role("textbox").fill("So quick!")
    card.get_by_role("button", name="Send").click()
    expect(card.get_by_role("textbox")).to_have_count(0)
    answers = [row for row in agent.get(f"{path}/csat_survey_responses").json() if row["conversation_id"] == number]
    assert [(row["rating"], row["feedback_message"]) for row in answers] == [(5, "So quick!")]
    page.reload()
    expect(frame.get_by_role("button", name="Great", exact=True)).to_have_attribute("aria-pressed", "true")
    context.close()
