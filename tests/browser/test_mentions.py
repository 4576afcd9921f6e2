"""Notes that call colleagues by name, and what is seldom done with a whole conversation."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import OURS, account, address, answer_by_mail, bubbles, headers_of, mailed, mails_to, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from waiting import until


@pytest.fixture
def colleague(agent):
    name = f"Mila {uuid.uuid4().hex[:6].translate(str.maketrans('0123456789', 'ghijklmnop'))}"
    email = f"{name.split()[1]}@team.test"
    made = agent.post(f"{account(agent)}/agents", data={"name": name, "email": email, "role": "agent"}, headers=OURS)
    assert made.ok, made.text()
    return {"name": name, "email": email}


def test_a_colleague_is_called_by_keyboard_and_told_by_mail(open_page, agent, visitor, colleague):
    number = visitor.begin("Do you have it in blue?", email=address(visitor))
    page = open_page(f"/app/conversations/{number}")
    page.get_by_role("tab", name="Private note").click()
    field = page.get_by_role("textbox", name="Private note")
    given, family = colleague["name"].split()
    # The second name finds too.
    field.press_sequentially(f"Ask @{family[:4].upper()}")
    choices = page.get_by_role("listbox", name="Colleagues to mention")
    expect(choices.get_by_role("option")).to_have_count(1)
    assert violations(page) == []
    field.press("Enter")
    expect(field).to_have_value(f"Ask @{colleague['name']} ")
    expect(choices).to_have_count(0)
    field.press_sequentially("please, not @nobody")
    expect(choices).to_have_count(0)
    field.press("Control+Enter")
    expect(bubbles(page, f"Ask @{colleague['name']} please")).to_be_visible()
    assert visitor.sees() == ["Do you have it in blue?"] or f"Ask @{colleague['name']}" not in " ".join(visitor.sees())

    (mail,) = until(lambda: mails_to(agent, colleague["email"]), "the mail about it", page=page)
    assert "mentioned you in a private note" in mail["text"] and f"Ask @{colleague['name']} please" in mail["text"]
    answer_by_mail(headers_of(mail), "It comes on Friday.", colleague["email"], name=colleague["name"])
    note = page.locator(".message[data-kind=note]", has_text="It comes on Friday.")
    expect(note).to_be_visible()
    assert "It comes on Friday." not in visitor.sees()


def test_escape_closes_the_names_and_keeps_the_note(open_page, visitor, colleague):
    page = open_page(f"/app/conversations/{visitor.begin('Hello')}")
    page.get_by_role("tab", name="Private note").click()
    field = page.get_by_role("textbox", name="Private note")
    field.press_sequentially(f"@{colleague['name'][:7]}")
    expect(page.get_by_role("listbox", name="Colleagues to mention")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox", name="Colleagues to mention")).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value(f"@{colleague['name'][:7]}")


def test_transcript_and_chat_links_from_the_thread(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    page = open_page(f"/app/conversations/{visitor.conversation}")
    more = page.get_by_role("button", name="More", exact=True)
    more.click()
    page.get_by_role("menuitem", name=re.compile("^Send transcript")).click()
    # The address is only typed so far: refused with a sentence.
    expect(page.locator(".toast[data-tone=error]")).to_contain_text("is not confirmed yet")
    answer_by_mail(headers, "Yes, thank you for asking.", address(visitor), name=visitor.name)
    expect(bubbles(page, "Yes, thank you for asking.")).to_be_visible()
    more.click()
    page.get_by_role("menuitem", name=re.compile("^Send transcript")).click()
    expect(page.get_by_text(f"The transcript goes to {address(visitor).lower()}.")).to_be_visible()
    more.click()
    page.get_by_role("menuitem", name=re.compile("^Stop chat links")).click()
    expect(page.get_by_text("Links into this chat are over.")).to_be_visible()


def test_a_customer_without_a_name_is_called_by_the_address(open_page, visitor):
    visitor.name = ""
    sender = f"ann-{uuid.uuid4().hex[:8]}@customer.test"
    page = open_page(f"/app/conversations/{visitor.begin('No name on this one', email=sender)}")
    expect(page.locator(".message-name").first).to_have_text(sender)
    expect(page.locator(".thread-name")).to_have_text(sender)
    expect(page.locator(".row-name", has_text=sender)).to_be_visible()
