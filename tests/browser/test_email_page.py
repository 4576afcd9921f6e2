"""The guide by which an inbox's mail is set up."""

import re

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, violations
from own_server import free_port
from desk_page import agent, open_page, signed_in, website  # noqa: F401 (fixtures)


def test_address_and_reply_domain(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}")
    page.get_by_role("tab", name="Email").click()
    expect(page).to_have_url(re.compile(f"/app/settings/inboxes/{website['id']}/email$"))
    address = page.get_by_label("Address that customers see")
    address.fill("help at acme")
    save = page.get_by_role("button", name="Save address")
    save.click()
    # A fault stands at its field, and goes with the next word.
    expect(page.get_by_role("alert")).to_contain_text("mail address")
    address.fill(f"help-{website['id']}@acme.example.test")
    expect(page.get_by_role("alert")).to_have_count(0)
    # The domain of the address itself is refused.
    page.get_by_label("Reply domain").fill("acme.example.test")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("Use a sub-domain that serves nothing else")
    page.get_by_label("Reply domain").fill(f"reply-{website['id']}.acme.example.test")
    save.click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    kept = agent.get(f"{account(agent)}/inboxes/{website['id']}").json()
    assert kept["email"] == f"help-{website['id']}@acme.example.test" and kept["reply_domain"] == f"reply-{website['id']}.acme.example.test"


def test_timing_says_what_it_comes_to(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/email")
    preview = page.locator(".timing-preview")
    expect(preview).to_have_text("Agent 14:00, 14:01, visitor leaves 14:02 → one mail at 14:02:45 with 2 messages")
    closed = page.get_by_label("The page counts as closed after")
    expect(closed).to_have_attribute("placeholder", "45s")
    closed.fill("0.5 min 20 s")
    expect(preview).to_contain_text("one mail at 14:02:50 with 2 messages")
    # The other rule comes first now: open and unseen for three minutes.
    closed.fill("2m")
    expect(preview).to_contain_text("one mail at 14:03 with 2 messages")
    closed.fill("soon")
    expect(page.get_by_role("alert")).to_have_text("Write a duration such as 45s, 3m or 1h.")
    expect(page.get_by_role("button", name="Save timing")).to_be_disabled()
    closed.fill("90")
    page.get_by_role("button", name="Save timing").click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    assert agent.get(f"{account(agent)}/inboxes/{website['id']}").json()["continuity_timing"]["closed_after"] == 90
    page.reload()
    expect(page.get_by_label("The page counts as closed after")).to_have_value("1m 30s")


def test_mailbox_is_tried_and_kept_without_its_password(open_page, agent, website):
    """Nobody listens at this port of this machine: the answer is a sentence, and what was typed stays."""
    inbox = f"{account(agent)}/inboxes/{website['id']}"
    assert agent.patch(inbox, data={"email": f"box-{website['id']}@acme.example.test"}, headers=OURS).ok
    page = open_page(f"/app/settings/inboxes/{website['id']}/email")
    page.get_by_role("radio", name=re.compile("^From a mailbox")).check()
    step = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail comes in"))
    step.get_by_role("button", name="Save and fetch").click()
    expect(step.get_by_role("alert")).to_have_text("Enter the mail server, such as imap.example.com.")
    port = free_port()
    step.get_by_label("Mail server").fill("127.0.0.1")
    step.get_by_label("Port").fill(str(port))
    step.get_by_role("combobox", name=re.compile("^Encryption")).select_option("none")
    step.get_by_label("User").fill("support")
    step.locator("input[type=password]").fill("a secret word")
    step.get_by_role("button", name="Try it").click()
    expect(step.locator(".field-error[role=status]")).to_contain_text("127.0.0.1")
    assert agent.get(f"{inbox}/mailbox").status == 404, "Trying keeps nothing."
    step.get_by_role("button", name="Save and fetch").click()
    expect(step.get_by_text("Kept. Write a new one to change it.")).to_be_visible()
    kept = agent.get(f"{inbox}/mailbox")
    assert kept.json()["user"] == "support" and "a secret word" not in kept.text()
    page.reload()
    expect(step.get_by_label("Mail server")).to_have_value("127.0.0.1")
    expect(step.locator("input[type=password]")).to_have_value("")
    expect(step.get_by_text("It is tried again soon.")).to_be_visible()
    assert violations(page) == []
    step.get_by_role("button", name="Stop fetching").click()
    expect(step.get_by_role("button", name="Stop fetching")).to_have_count(0)
    assert agent.get(f"{inbox}/mailbox").status == 404


def test_provider_gets_an_address_and_a_key_that_is_shown_once(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/email")
    page.get_by_role("radio", name=re.compile("^From a provider")).check()
    step = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail comes in"))
    step.get_by_role("combobox", name=re.compile("^Provider")).select_option("mailgun")
    step.get_by_role("button", name="Save provider").click()
    expect(step.get_by_role("alert")).to_contain_text("signing_key")
    step.get_by_role("combobox", name=re.compile("^Provider")).select_option("postmark")
    step.get_by_role("button", name="Save provider").click()
    expect(step.locator(".field-good code")).to_have_text(re.compile("^[0-9a-f]{48}$"))
    expect(step.locator(".copy-line code")).to_have_text(re.compile("/inbound/postmark$"))
    assert violations(page) == []
    page.reload()
    expect(step.get_by_text("Kept. Write a new one to change it.")).to_be_visible()
    expect(step.locator(".field-good")).to_have_count(0)
    step.get_by_role("button", name="Remove provider").click()
    expect(step.get_by_role("button", name="Remove provider")).to_have_count(0)
    assert agent.get(f"{account(agent)}/inboxes/{website['id']}/provider").json()["kind"] is None


def test_relay_of_its_own_needs_a_server_and_is_refused_in_the_demo(open_page, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/email")
    step = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail goes out"))
    step.get_by_role("radio", name=re.compile("^A relay of its own")).check()
    step.get_by_role("button", name="Save relay").click()
    expect(step.get_by_role("alert")).to_have_text("Fill this in to go on.")
    step.get_by_role("textbox", name=re.compile("^Mail server")).fill("smtp.example.test")
    step.get_by_role("button", name="Save relay").click()
    expect(step.get_by_role("alert")).to_contain_text("In the demo nothing leaves the machine")
    step.get_by_role("radio", name=re.compile("^A provider")).check()
    step.get_by_role("combobox", name=re.compile("^Provider")).select_option("mailgun")
    step.get_by_label("API key").fill("key-0123456789")
    step.get_by_role("button", name="Save relay").click()
    expect(step.get_by_role("alert")).to_have_text("Fill this in to go on.")
    assert violations(page) == []


def test_signing_makes_a_key_and_shows_its_row(open_page, agent, website):
    assert agent.patch(f"{account(agent)}/inboxes/{website['id']}", data={"email": f"dkim@d{website['id']}.example.test"}, headers=OURS).ok
    page = open_page(f"/app/settings/inboxes/{website['id']}/email")
    step = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail goes out"))
    switch = step.get_by_role("switch", name=re.compile("^Sign outgoing mail"))
    expect(switch).not_to_be_checked()
    switch.click()
    # Its row stands once on the page, among those to write.
    row = page.locator(".dns-row").filter(has_text=f"._domainkey.d{website['id']}.example.test")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("v=DKIM1")
    expect(step.locator(".dns-row")).to_have_count(0)
    assert violations(page) == []
    page.reload()
    expect(switch).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(open_page, website, scheme):
    page = open_page(f"/app/settings/inboxes/{website['id']}/email", color_scheme=scheme, viewport={"width": 360, "height": 740})
    expect(page.locator(".timing-preview")).to_contain_text("one mail")
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
