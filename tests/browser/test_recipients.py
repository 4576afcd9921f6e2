"""Who gets an email: in sight before it leaves, and copies only for whom the agent leaves there."""

import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, composer, headers_of, mails_to, violations
from desk_page import agent, door, open_page, signed_in  # noqa: F401 (fixtures)
from waiting import until


@pytest.mark.parametrize("scheme, width", [("light", 1440), ("dark", 360)])
def test_recipients_stand_above_the_reply_and_can_be_changed(open_page, agent, door, scheme, width):
    bob = f"bob-{uuid.uuid4().hex[:8]}@customer.test"
    sender = door.send("Please answer us both.", headers=[("Cc", f"Bob <{bob}>")])
    number = door.conversation(sender)
    page = open_page(f"/app/conversations/{number}", color_scheme=scheme, viewport={"width": width, "height": 800})
    group = page.get_by_role("group", name="Who gets this email")
    expect(group).to_contain_text(sender)
    expect(group).to_contain_text(bob)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("tab", name="Private note").click()
    expect(group).to_have_count(0)
    page.get_by_role("tab", name="Reply").click()

    page.get_by_role("button", name=f"Take {bob} out of Cc").click()
    expect(group).not_to_contain_text(bob)
    page.get_by_role("button", name="Add Cc").click()
    page.get_by_label("Add Cc").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That is no email address.")).to_be_visible()
    cleo = f"cleo-{uuid.uuid4().hex[:8]}@customer.test"
    page.get_by_label("Add Cc").fill(cleo)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Take {cleo} out of Cc")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []

    composer(page).fill("Here you are, both.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".delivery", has_text="Email leaves in")).to_be_visible()
    # Taken back, all comes back: the words, and who was to get them.
    page.locator(".delivery", has_text="Email leaves in").get_by_role("button", name="Undo").click()
    expect(composer(page)).to_have_value("Here you are, both.")
    expect(group).to_contain_text(cleo)
    expect(group).not_to_contain_text(bob)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Send now").click()
    for address in (sender, cleo):
        mails = until(lambda: mails_to(agent, address), f"a mail to {address}", page=page)
        assert headers_of(mails[0])["cc"] == cleo
    assert not any(mail["to"].lower() == bob for mail in agent.get("/demo/api/mailbox").json()["payload"])


def test_an_address_without_a_website_promises_no_chat(open_page, agent, door):
    sender = door.send("Is anybody there?")
    number = door.conversation(sender)
    page = open_page(f"/app/conversations/{number}")
    page.get_by_role("button", name=f"Leaves as email to {sender}.").click()
    expect(page.get_by_role("menuitemradio", name="Email now")).to_be_visible()
    expect(page.get_by_role("menuitemradio", name="Chat only")).to_have_count(0)
    refused = agent.post(f"{account(agent)}/conversations/{number}/messages", headers=OURS,
                         data={"content": "Nobody would see this", "content_attributes": {"delivery": "chat_only"}})
    assert refused.status == 422 and "This inbox has no chat" in refused.text()
