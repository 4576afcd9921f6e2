"""What belongs together: linked conversations, people in the mail, conversations and contacts that become one, and the envelope of our own mail."""

import re
import uuid

from playwright.sync_api import expect

from desk_page import OURS, account, address, answer_by_mail, bubbles, mailed, violations
from desk_page import agent, door, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)


def stranger():
    return f"stranger-{uuid.uuid4().hex[:8]}@elsewhere.test"


def test_separated_mail_links_both_conversations(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    sender, text = stranger(), f"Another matter {uuid.uuid4().hex[:6]}"
    answer_by_mail(headers, text, sender)
    page = open_page(f"/app/conversations/{visitor.conversation}")
    page.get_by_role("button", name=re.compile("^Separate conversation")).click()
    expect(page.get_by_text("Moved to a conversation of its own.")).to_be_visible()
    moved = next(mail for mail in agent.get(f"{account(agent)}/mails?outcome=all").json()["payload"] if mail["from"]["address"] == sender)
    page.goto(f"/app/conversations/{moved['conversation_id']}")
    link = page.get_by_role("complementary", name="Details").get_by_role("link", name=re.compile(f"^#{visitor.conversation} "))
    expect(link).to_contain_text("came from")
    link.click()
    expect(page).to_have_url(re.compile(f"/app/conversations/{visitor.conversation}$"))


def test_people_in_the_mail_can_be_let_in_and_kept_out(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    sender = stranger()
    answer_by_mail(headers, "Let me in", sender)
    page = open_page(f"/app/conversations/{visitor.conversation}")
    page.get_by_role("button", name=re.compile("^Someone else in this conversation")).click()
    person = page.get_by_role("button", name=f"{sender}: Let in")
    expect(person).to_be_visible()
    person.click()
    page.get_by_role("menuitemradio", name="Kept out").click()
    expect(page.get_by_role("button", name=f"{sender}: Kept out")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name=f"{sender}: Kept out")).to_be_visible()


def test_conversation_goes_into_another_one(open_page, agent, door):
    sender = door.send("First mail", subject="First")
    first = door.conversation(sender)
    door.send("Second mail", subject="Second", sender=sender)
    second = door.row(sender, settled=lambda row: row["subject"] == "Second" and row["conversation_id"])["conversation_id"]
    assert first != second
    page = open_page(f"/app/conversations/{second}")
    page.get_by_role("button", name="Merge with another conversation…").click()
    dialog = page.get_by_role("dialog", name="Merge conversations")
    expect(dialog.get_by_role("button", name="Merge", exact=True)).to_be_disabled()
    assert violations(page) == []
    dialog.get_by_label(f"#{first} First").check()
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(page).to_have_url(re.compile(f"/app/conversations/{first}$"))
    expect(bubbles(page, "First mail")).to_be_visible()
    expect(bubbles(page, "Second mail")).to_be_visible()
    # The old number leads there.
    page.goto(f"/app/conversations/{second}")
    expect(bubbles(page, "First mail")).to_be_visible()


def test_contacts_become_one(open_page, agent, door):
    base, other = door.send("I am the first", name="Base Person"), door.send("I am the second", name="Other Person")
    one, two = (agent.get(f"{account(agent)}/conversations/{door.conversation(sender)}").json()["meta"]["sender"] for sender in (base, other))
    page = open_page(f"/app/contacts/{one['id']}")
    page.get_by_role("button", name="Merge with another contact…").click()
    dialog = page.get_by_role("dialog", name="Merge contacts")
    dialog.get_by_label("Search for a contact").fill(other)
    dialog.get_by_label(re.compile(re.escape(other))).check()
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("Merged.")).to_be_visible()
    expect(page.locator(".conversation-links").get_by_text("I am the second")).to_be_visible()
    assert agent.get(f"{account(agent)}/contacts/{two['id']}").json()["payload"]["id"] == one["id"]


def test_own_mail_shows_its_envelope_without_what_would_let_somebody_answer_for_the_customer(open_page, agent, visitor):
    headers = mailed(agent, visitor, "It is here.")
    page = open_page(f"/app/conversations/{visitor.conversation}")
    message = page.locator(".message", has_text="It is here.")
    message.get_by_role("button", name="Email details").click()
    panel = message.locator(".mail-panel")
    expect(panel).to_contain_text(address(visitor))
    expect(panel).to_contain_text("Is it still there?")
    expect(panel).to_contain_text("reply+…@")
    panel.get_by_role("button", name="All headers").click()
    expect(panel.locator(".mail-headers")).to_contain_text("Message-ID:")
    token = headers["reply-to"].split("+")[1].split("@")[0]
    answer = agent.get(f"{account(agent)}/conversations/{visitor.conversation}/messages/{message.get_attribute('data-message')}/sent_mail")
    assert answer.ok and token not in answer.text() and "unsubscribe" not in answer.text().lower()
    assert violations(page) == []


def test_chat_has_no_envelope(open_page, agent, visitor):
    number = visitor.begin("Only chat")
    sent = agent.post(f"{account(agent)}/conversations/{number}/messages", headers=OURS,
                      data={"content": "Only chat too", "content_attributes": {"delivery": "chat_only"}})
    page = open_page(f"/app/conversations/{number}")
    expect(bubbles(page, "Only chat too")).to_be_visible()
    expect(page.get_by_role("button", name="Email details")).to_have_count(0)
    assert agent.get(f"{account(agent)}/conversations/{number}/messages/{sent.json()['id']}/sent_mail").status == 404
