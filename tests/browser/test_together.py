"""Several people at one desk: who looks and who answers, the send that pauses, drafts that follow, teams, saved views."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import OURS, account, address, answer_by_mail, bubbles, composer, mailed, row, sign_in, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from waiting import until

LONG = 120_000


@pytest.fixture
def colleague(browser, base_url, agent):
    """A second agent with a page of their own."""
    name = f"Mila {uuid.uuid4().hex[:6].translate(str.maketrans('0123456789', 'ghijklmnop'))}"
    email = f"{name.split()[1]}@team.test"
    made = agent.post(f"{account(agent)}/agents", headers=OURS,
                      data={"name": name, "email": email, "role": "agent", "password": "mila likes tea"})
    assert made.ok, made.text()
    context = browser.new_context(base_url=base_url, viewport={"width": 1440, "height": 900})
    sign_in(context, {"email": email, "password": "mila likes tea"})
    yield {"name": name, "email": email, "context": context, "id": made.json()["id"]}
    context.close()


def until_kept(page, agent, number, text):
    """Waits until the server has this draft."""
    path = f"{account(agent)}/conversations/{number}/draft"
    until(lambda: agent.get(path).json()["reply"] == text, f"the server to have the draft {text!r}", page=page)


def test_colleagues_see_each_other_and_a_send_pauses_for_what_came_meanwhile(open_page, visitor, colleague):
    number = visitor.begin("Is it in stock?")
    page = open_page(f"/app/conversations/{number}")
    theirs = colleague["context"].new_page()
    theirs.goto(f"/app/conversations/{number}")
    looking = f"{colleague['name']} is looking at this"
    expect(row(page, visitor).get_by_role("img", name=looking)).to_be_visible(timeout=LONG)
    expect(page.locator(".viewers").get_by_role("img", name=looking)).to_be_visible()
    composer(theirs).press_sequentially("Yes, seven")
    # Who stops typing is soon not replying any more: on a busy machine they type on until it was seen.
    replying = page.locator(".typing-line", has_text=f"{colleague['name']} is replying…")
    face = row(page, visitor).locator(".face[data-doing=reply]")
    for _ in range(120):
        if replying.is_visible() and face.is_visible():
            break
        composer(theirs).press("Space")
        composer(theirs).press("Backspace")
        page.wait_for_timeout(250)
    else:
        raise AssertionError("nobody sees that the colleague is replying")

    composer(page).fill("No, sorry")
    composer(theirs).press("Enter")
    expect(bubbles(page, "Yes, seven")).to_be_visible()
    composer(page).press("Enter")
    paused = page.locator(".paused-send")
    expect(paused).to_contain_text("Yes, seven")
    expect(paused).to_contain_text(colleague["name"])
    expect(bubbles(page, "No, sorry")).to_have_count(0)
    assert violations(page) == []
    # Something more came: shown before it goes.
    visitor.write("Great, I take one")
    expect(bubbles(page, "Great, I take one")).to_be_visible()
    page.get_by_role("button", name="Send anyway").click()
    expect(paused).to_contain_text("Great, I take one")
    page.get_by_role("button", name="Send anyway").click()
    expect(bubbles(page, "No, sorry")).to_be_visible()
    expect(paused).to_have_count(0)

    theirs.goto("/app/contacts")
    expect(page.locator(".viewers")).to_have_count(0, timeout=LONG)
    expect(row(page, visitor).get_by_role("img", name=looking)).to_have_count(0)


def test_a_draft_follows_to_another_device_and_is_gone_after_sending(open_page, visitor, agent):
    number = visitor.begin("When does it come?")
    page = open_page(f"/app/conversations/{number}")
    composer(page).press_sequentially("On Fri")
    expect(row(page, visitor)).to_contain_text("Draft: On Fri")
    composer(page).press_sequentially("day")
    until_kept(page, agent, number, "On Friday")
    # Another browser of the same agent: nothing of the first is in it.
    other = open_page("/app")
    expect(row(other, visitor)).to_contain_text("Draft: On Friday")
    row(other, visitor).click()
    expect(composer(other)).to_have_value("On Friday")
    composer(other).press("Enter")
    expect(bubbles(page, "On Friday")).to_be_visible()
    expect(composer(page)).to_have_value("")
    expect(row(page, visitor)).not_to_contain_text("Draft:")
    expect(row(other, visitor)).not_to_contain_text("Draft:")


def test_nothing_typed_is_lost_while_the_server_does_not_answer(open_page, visitor, agent):
    number = visitor.begin("Hello?")
    page = open_page(f"/app/conversations/{number}")
    expect(composer(page)).to_be_visible()
    page.route("**/draft", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/draft") and request.method == "PUT"):
        composer(page).press_sequentially("Written in the dark")
    page.reload()
    expect(composer(page)).to_have_value("Written in the dark")
    page.unroute("**/draft")
    # It is brought to the server as soon as that answers again.
    until_kept(page, agent, number, "Written in the dark")


def test_what_one_window_sends_stays_in_no_other(open_page, visitor, agent):
    number = visitor.begin("When does it come?")
    page = open_page(f"/app/conversations/{number}")
    composer(page).press_sequentially("On Friday")
    # Another window of the same browser: both share what is kept.
    other = page.context.new_page()
    other.goto(f"/app/conversations/{number}")
    expect(composer(other)).to_have_value("On Friday")
    composer(page).press("Enter")
    expect(bubbles(other, "On Friday")).to_be_visible()
    expect(composer(other)).to_have_value("")
    until_kept(page, agent, number, "")


def test_a_note_that_was_chosen_stays_a_note_when_the_draft_comes_late(open_page, visitor, agent):
    number = visitor.begin("Who sees this?")
    kept = agent.put(f"{account(agent)}/conversations/{number}/draft", data={"reply": "Dear customer"}, headers=OURS)
    assert kept.ok, kept.text()
    page = open_page("/app")
    late = []
    page.route(f"**/conversations/{number}/draft", lambda route: late.append(route))
    with page.expect_request(f"**/conversations/{number}/draft"):
        row(page, visitor).click()
    note = page.get_by_role("tab", name="Private note")
    note.click()
    for route in late:
        route.continue_()
    page.unroute(f"**/conversations/{number}/draft")
    kept = "Object.values({ ...localStorage }).some((text) => text.includes('Dear customer'))"
    until(lambda: page.evaluate(kept), "the draft to be kept in the browser", page=page)
    expect(composer(page)).to_have_attribute("aria-label", "Private note")
    composer(page).press_sequentially("Ask Bo")
    expect(note).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Reply").click()
    expect(composer(page)).to_have_value("Dear customer")


def test_a_held_enter_does_not_send_what_paused(open_page, visitor):
    number = visitor.begin("Do you have it?")
    page = open_page(f"/app/conversations/{number}")
    composer(page).press_sequentially("No")
    visitor.write("I mean the red one")
    expect(bubbles(page, "I mean the red one")).to_be_visible()
    # The second one is what a key repeats that is held.
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(page.locator(".paused-send")).to_contain_text("I mean the red one")
    expect(composer(page)).to_have_value("No")


def test_a_team_is_made_given_a_conversation_and_filters_the_list(open_page, new_visitor, colleague):
    name = f"Returns {uuid.uuid4().hex[:5]}"
    mine, other = new_visitor(), new_visitor()
    number = mine.begin("I send it back")
    other.begin("Something else")
    page = open_page("/app/settings/teams")
    page.get_by_role("button", name="Add a team").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("checkbox", name=re.compile(colleague["name"])).check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".canned-rows")).to_contain_text(name)
    assert violations(page) == []
    page.goto(f"/app/conversations/{number}")
    page.get_by_role("button", name="Team: No team").click()
    page.get_by_role("menuitemradio", name=name).click()
    expect(page.get_by_role("button", name=f"Team: {name}")).to_be_visible()
    expect(page.get_by_text(re.compile(f"Assigned to {name} by "))).to_be_visible()
    page.get_by_role("button", name="Filter and sort").click()
    page.get_by_role("menuitemradio", name=name).click()
    expect(row(page, other)).to_have_count(0)
    expect(row(page, mine)).to_be_visible()
    # A view of it, found again under its name after a fresh start.
    page.get_by_role("heading", name=name).get_by_role("button").click()
    page.get_by_role("menuitem", name="Save as a view…").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    assert violations(page) == []
    dialog.get_by_label("Name").fill(f"My {name}")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=f"My {name}").get_by_role("button").click()
    page.get_by_role("menuitem", name=f"Rename “My {name}”…").click()
    renaming = page.get_by_role("dialog", name="Rename this view")
    expect(renaming.get_by_label("Name")).to_have_value(f"My {name}")
    renaming.get_by_label("Name").fill(f"Our {name}")
    renaming.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=f"Our {name}")).to_be_visible()
    fresh = open_page("/app")
    expect(row(fresh, other)).to_be_visible()
    fresh.get_by_role("heading", name="Conversations").get_by_role("button").click()
    fresh.get_by_role("menuitemradio", name=f"Our {name}").click()
    expect(row(fresh, other)).to_have_count(0)
    expect(row(fresh, mine)).to_be_visible()


def test_mentions_stand_in_a_view_of_their_own(visitor, agent, colleague):
    number = visitor.begin("A hard question")
    theirs = colleague["context"].new_page()
    theirs.goto("/app")
    theirs.get_by_role("heading", name="Conversations").get_by_role("button").click()
    theirs.get_by_role("menuitemradio", name=re.compile("^Mentions")).click()
    expect(row(theirs, visitor)).to_have_count(0)
    said = agent.post(f"{account(agent)}/conversations/{number}/messages", headers=OURS,
                      data={"content": f"@{colleague['name']} what do you think?", "private": True})
    assert said.ok, said.text()
    expect(row(theirs, visitor)).to_be_visible()


def test_several_are_snoozed_until_a_date_by_keys_and_given_a_team(open_page, new_visitor, agent):
    team = agent.post(f"{account(agent)}/teams", data={"name": f"Night {uuid.uuid4().hex[:5]}"}, headers=OURS).json()
    visitors = [new_visitor() for _ in range(2)]
    numbers = [visitor.begin("Not today") for visitor in visitors]
    page = open_page("/app")
    for visitor in visitors:
        page.get_by_role("checkbox", name=f"Select {visitor.name}").check()
    page.get_by_role("toolbar").get_by_role("button", name="More changes").click()
    page.get_by_role("menuitem", name=team["name"]).click()
    expect(page.locator(".bulk-bar")).to_have_count(0)
    for visitor in visitors:
        page.get_by_role("checkbox", name=f"Select {visitor.name}").check()
    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Pick a date…").click()
    dialog = page.get_by_role("dialog", name="Snooze until")
    dialog.get_by_label("Snooze until").fill("2020-01-01T09:00")
    dialog.get_by_role("button", name="Snooze").click()
    expect(dialog.get_by_role("alert")).to_contain_text("still to come")
    dialog.get_by_label("Snooze until").fill("2031-05-06T09:00")
    dialog.get_by_role("button", name="Snooze").click()
    for visitor in visitors:
        expect(row(page, visitor)).to_have_count(0)
    for number in numbers:
        kept = agent.get(f"{account(agent)}/conversations/{number}").json()
        assert kept["status"] == "snoozed" and kept["snoozed_until"] > 1_930_000_000 and kept["meta"]["team"]["id"] == team["id"]


def test_notes_and_attributes_stand_in_the_details(open_page, visitor, agent):
    number = visitor.begin("Me again")
    page = open_page(f"/app/conversations/{number}")
    details = page.locator(".details")
    details.get_by_label("Write something for your team to know…").fill("Prefers the phone")
    details.get_by_role("button", name="Add note").click()
    expect(details.locator(".contact-notes")).to_contain_text("Prefers the phone")
    details.get_by_role("button", name="Add attribute").first.click()
    details.get_by_label("Name", exact=True).fill("order")
    details.get_by_label("Value").fill("4711")
    details.get_by_role("button", name="Save").click()
    expect(details.locator(".attributes")).to_contain_text("4711")
    assert violations(page) == []
    page.reload()
    expect(details.locator(".contact-notes")).to_contain_text("Prefers the phone")
    details.get_by_role("button", name="Remove order").click()
    expect(details.locator(".attributes")).to_have_count(0)
    assert agent.get(f"{account(agent)}/conversations/{number}").json()["custom_attributes"] == {}


def test_an_email_can_be_taken_back_from_the_toast(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    answer_by_mail(headers, "By mail then.", address(visitor), name=visitor.name)
    page = open_page(f"/app/conversations/{visitor.conversation}")
    expect(bubbles(page, "By mail then.")).to_be_visible()
    expect(page.locator(".composer textarea")).to_have_attribute("placeholder", "Write an email reply…")
    composer(page).fill("Too early")
    composer(page).press("Control+Enter")
    toast = page.locator(".toast", has_text="Your email leaves in a moment.")
    toast.get_by_role("button", name="Undo").click()
    expect(composer(page)).to_have_value("Too early")
    expect(bubbles(page, "Too early")).to_have_count(0)
    # From another page: the text waits in its conversation.
    composer(page).press("Control+Enter")
    page.get_by_role("link", name="Contacts").click()
    toast.get_by_role("button", name="Undo").click()
    page.go_back()
    expect(bubbles(page, "Too early")).to_have_count(0)
    expect(composer(page)).to_have_value("Too early")
