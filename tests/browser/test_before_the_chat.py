"""The form before the chat: made by an administrator, filled in by a visitor."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from desk_page import OURS, account, violations
from desk_page import agent, open_page, signed_in, website  # noqa: F401 (fixtures)
from waiting import still
from widget_page import site_with

EMAIL = {"name": "emailAddress", "type": "email", "field_type": "standard", "enabled": True, "required": True}
NAME = {"name": "fullName", "type": "text", "field_type": "standard", "enabled": True, "required": False}
PHONE = {"name": "phoneNumber", "type": "text", "field_type": "standard", "enabled": True, "required": False}
PLAN = {"name": "plan", "type": "list", "field_type": "contact_attribute", "label": "Plan", "values": ["Free", "Team"], "enabled": True, "required": True}
ORDER = {"name": "order_number", "type": "number", "field_type": "conversation_attribute", "label": "Order number", "enabled": True}
TERMS = {"name": "terms", "type": "checkbox", "field_type": "conversation_attribute", "label": "I agree", "enabled": True, "required": True}


@pytest.fixture
def chat(browser, base_url, agent, website):
    """Opens the chat of a website that asks these fields, at the form."""
    contexts, faults = [], []

    def opened(fields, message="", locale="en-GB", **options):
        form = {"pre_chat_form_enabled": True, "pre_chat_form_options": {"pre_chat_message": message, "pre_chat_fields": fields}}
        assert agent.patch(f"{account(agent)}/inboxes/{website['id']}", data={"channel": form}, headers=OURS).ok
        context = browser.new_context(base_url=base_url, locale=locale, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"/chat?website_token={website['website_token']}")
        frame = page.frame_locator("iframe[title=Chat]")
        frame.locator("button.way").click()
        return page, frame

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def faults_of(page):
    """What axe finds in the widget's frame."""
    frame = next(f for f in page.frames if "/widget?" in f.url)
    frame.evaluate(AXE_FILE_PATH.read_text())
    still(frame)
    found = frame.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false})")
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]


def conversation_of(agent, website):
    listed = agent.get(f"{account(agent)}/conversations?status=all&inbox_id={website['id']}").json()["data"]["payload"]
    return agent.get(f"{account(agent)}/conversations/{listed[0]['id']}").json()


def test_filled_in_by_keyboard_alone_and_what_is_wrong_is_said(chat, agent, website):
    page, frame = chat([EMAIL, NAME, PHONE, PLAN, ORDER, TERMS], message="Who is it?")
    email = frame.get_by_label("Email address")
    expect(email).to_be_focused()
    expect(frame.get_by_text("Who is it?")).to_be_visible()
    expect(frame.get_by_label("Message", exact=True)).to_be_hidden()
    assert faults_of(page) == []
    page.keyboard.type("ann@")
    page.keyboard.press("Enter")
    expect(frame.get_by_text("This does not look like an email address.")).to_be_visible()
    expect(frame.get_by_text("Please fill this in.")).to_have_count(2)
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    assert faults_of(page) == []
    page.keyboard.type("customer.test")
    expect(frame.get_by_text("This does not look like an email address.")).to_have_count(0)
    for typed in ["Ann Holm", "call me", "Team", "17"]:
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    phone = frame.get_by_label("Phone number")
    expect(phone).to_be_focused()
    expect(frame.get_by_text("This does not look like a phone number.")).to_be_visible()
    phone.fill("+49 30 1234567")
    phone.press("Enter")
    field = frame.get_by_label("Message", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("Where is my parcel?")
    page.keyboard.press("Enter")
    expect(frame.get_by_role("log").locator(".row", has_text="Where is my parcel?")).to_contain_text("Sent")
    expect(frame.get_by_text("Replies go to a…@customer.test")).to_be_visible()
    expect(frame.get_by_text("Where can we reach you if you leave?")).to_have_count(0)
    found = conversation_of(agent, website)
    sender = found["meta"]["sender"]
    assert (sender["name"], sender["email"], sender["phone_number"], sender["address_state"]) == (
        "Ann Holm", "ann@customer.test", "+49 30 1234567", "claimed")
    assert sender["custom_attributes"] == {"plan": "Team"} and found["custom_attributes"] == {"order_number": 17, "terms": True}
    # Once is enough.
    page.reload()
    expect(field).to_be_visible()
    expect(frame.locator("form.before")).to_be_hidden()


def test_nothing_typed_is_lost_by_a_reload_or_a_dead_line(chat, agent, website):
    page, frame = chat([EMAIL, {**NAME, "required": True}, ORDER])
    email, name = frame.get_by_label("Email address"), frame.get_by_label("Your name")
    email.fill("ann@gmial.com")
    name.fill("Ann")
    page.reload()
    frame.locator("button.way").click()
    expect(email).to_have_value("ann@gmial.com")
    expect(name).to_have_value("Ann")
    frame.get_by_role("button", name="Start the chat").click()
    expect(frame.get_by_text("Did you mean ann@gmail.com?")).to_be_visible()
    frame.get_by_role("button", name="No, keep mine").click()
    field = frame.get_by_label("Message", exact=True)
    expect(field).to_be_focused()
    page.reload()
    # Done is done, also before the first message.
    frame.locator("button.way").click()
    expect(field).to_be_visible()


def test_without_a_line_the_answers_go_with_the_first_message(chat, agent, website):
    page, frame = chat([EMAIL, ORDER])
    page.context.set_offline(True)
    frame.get_by_label("Email address").fill("ann@customer.test")
    frame.get_by_label("Order number").fill("4711")
    frame.get_by_role("button", name="Start the chat").click()
    field = frame.get_by_label("Message", exact=True)
    field.fill("I write in a tunnel.")
    field.press("Enter")
    row = frame.get_by_role("log").locator(".row", has_text="I write in a tunnel.")
    expect(row).to_contain_text("Waiting for the connection")
    page.context.set_offline(False)
    expect(row).to_contain_text("Sent")
    found = conversation_of(agent, website)
    assert found["meta"]["sender"]["email"] == "ann@customer.test" and found["custom_attributes"] == {"order_number": 4711}
    expect(frame.get_by_text("Where can we reach you if you leave?")).to_have_count(0)


def test_who_gives_no_address_is_asked_in_the_flow_and_one_message_may_be_a_file(chat, agent, website):
    page, frame = chat([{**EMAIL, "required": False}, NAME, ORDER])
    frame.get_by_label("Your name").fill("Ann")
    frame.get_by_label("Order number").fill("4711")
    frame.get_by_role("button", name="Start the chat").click()
    frame.locator("input[type=file]").set_input_files({"name": "label.txt", "mimeType": "text/plain", "buffer": b"4711"})
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("Where can we reach you if you leave?")).to_be_visible()
    found = conversation_of(agent, website)
    assert found["meta"]["sender"]["name"] == "Ann" and found["custom_attributes"] == {"order_number": "4711"}


def test_an_address_that_the_server_refuses_comes_back_to_the_form(chat):
    _, frame = chat([EMAIL])
    frame.get_by_label("Email address").fill('"ann"@customer.test')
    frame.get_by_role("button", name="Start the chat").click()
    expect(frame.locator("form.before [role=alert]").filter(has_text="name@example.com")).to_be_visible()
    frame.get_by_label("Email address").fill("ann@customer.test")
    frame.get_by_role("button", name="Start the chat").click()
    expect(frame.get_by_label("Message", exact=True)).to_be_focused()


def test_whom_the_website_names_is_asked_nothing(shop, agent, website, other_site):
    form = {"pre_chat_form_enabled": True, "pre_chat_form_options": {"pre_chat_fields": [EMAIL]}}
    assert agent.patch(f"{account(agent)}/inboxes/{website['id']}", data={"channel": form}, headers=OURS).ok
    page = shop()
    page.base_url = other_site(site_with(website["web_widget_script"]).encode())
    page.visit("/").start()
    expect(page.email).to_be_focused()
    page.page.evaluate("$chatwoot.setUser('u-1', {name: 'Ann'})")
    expect(page.field).to_be_visible()
    expect(page.email).to_be_hidden()
