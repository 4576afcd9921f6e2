"""Settings of an inbox: the form before the chat, as an administrator makes it."""

import re

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, account, violations
from desk_page import agent, open_page, signed_in, website  # noqa: F401 (fixtures)


def names(agent, website):
    options = agent.get(f"{account(agent)}/inboxes/{website['id']}").json()["pre_chat_form_options"]
    return [field["name"] for field in options["pre_chat_fields"]]


def test_a_form_is_made_shown_and_kept(open_page, agent, website):
    page = open_page(f"/app/settings/inboxes/{website['id']}/before-chat")
    page.get_by_role("switch", name=re.compile("^Ask visitors before")).check()
    form = page.locator(".before-chat")
    shown = form.locator(".form-preview")
    expect(shown).to_have_accessible_name("Preview of the form. It asks for: Email address, Your name")
    form.get_by_label("Words above the form").fill("Who are you?")
    expect(shown).to_contain_text("Who are you?")
    form.get_by_role("button", name="Add a field of your own").click()
    page.keyboard.type("Größe des Pakets")
    form.get_by_label("Kind of answer").select_option("list")
    form.get_by_role("button", name="Add field").click()
    expect(form.get_by_text("kept as gro_e_des_pakets")).to_be_visible()
    save = page.get_by_role("button", name="Save changes")
    expect(save).to_be_disabled()
    expect(form.get_by_role("alert")).to_have_text("Give “Größe des Pakets” at least one choice.")
    form.get_by_label("Choices").fill("small\nlarge\n\nlarge")
    # Its place, by keyboard alone: the button keeps the focus as long as there is a way to go.
    up = form.get_by_role("button", name="Move “Größe des Pakets” up")
    up.focus()
    for place in (3, 2, 1):
        page.keyboard.press("Enter")
        expect(form.get_by_role("status")).to_have_text(f"“Größe des Pakets” is at place {place} of 4 now.")
    expect(form.get_by_role("button", name="Move “Größe des Pakets” down")).to_be_focused()
    save.click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    assert names(agent, website) == ["gro_e_des_pakets", "emailAddress", "fullName", "phoneNumber"]
    page.reload()
    expect(form.get_by_label("Choices")).to_have_value("small\nlarge")
    expect(shown).to_have_accessible_name("Preview of the form. It asks for: Größe des Pakets, Email address, Your name")
    form.get_by_role("button", name="Remove “Größe des Pakets”").click()
    save.click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    assert names(agent, website) == ["emailAddress", "fullName", "phoneNumber"]


@pytest.mark.parametrize("scheme, width", [("light", 1440), ("dark", 360)])
def test_form_is_readable_and_fits_a_phone(open_page, agent, website, scheme, width):
    page = open_page(f"/app/settings/inboxes/{website['id']}/before-chat", color_scheme=scheme, viewport={"width": width, "height": 800})
    page.get_by_role("switch", name=re.compile("^Ask visitors before")).check()
    page.get_by_role("button", name="Add a field of your own").click()
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
