"""The page of the agents: somebody comes, gets another role, and goes."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, sign_in, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)

PASSWORD = "mila likes tea"


@pytest.fixture
def mila(agent):
    """A colleague: id, name and how they sign in."""
    name = f"Mila {uuid.uuid4().hex[:6]}"
    who = {"email": f"{name.split()[1]}@team.test", "password": PASSWORD}
    made = agent.post(f"{account(agent)}/agents", headers=OURS, data={"name": name, "role": "agent", **who})
    assert made.ok, made.text()
    return {"id": made.json()["id"], "name": name, "who": who}


def line_of(page, name):
    return page.locator(".canned-rows > li", has_text=name)


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 360)])
def test_somebody_is_added_and_signs_in(open_page, browser, base_url, scheme, width):
    name = f"Noor {uuid.uuid4().hex[:6]}"
    email = f"{name.split()[1]}@team.test"
    page = open_page("/app/settings/agents", color_scheme=scheme, viewport={"width": width, "height": 800})
    page.get_by_role("button", name="Add an agent").click()
    page.get_by_role("textbox", name=re.compile("^Name")).fill(name)
    page.get_by_label("Email address").fill(email)
    page.get_by_label("First password").fill("short")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("The password needs at least")
    page.get_by_label("First password").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(line_of(page, name)).to_contain_text(f"Agent · {email}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []
    context = browser.new_context(base_url=base_url)
    sign_in(context, {"email": email, "password": PASSWORD})
    theirs = context.new_page()
    theirs.goto("/app/settings/agents")
    expect(line_of(theirs, name)).to_contain_text("You")
    # Who is no administrator sees who is there, and nothing that would be refused.
    expect(theirs.get_by_role("main").get_by_role("button")).to_have_count(0)
    context.close()


def test_another_role_counts_at_once(open_page, browser, base_url, mila):
    context = browser.new_context(base_url=base_url)
    sign_in(context, mila["who"])
    theirs = context.new_page()
    theirs.goto("/app/settings/agents")
    expect(line_of(theirs, mila["name"])).to_be_visible()
    expect(theirs.get_by_role("button", name="Add an agent")).to_have_count(0)
    page = open_page("/app/settings/agents")
    page.get_by_role("button", name=f"Edit {mila['name']}").click()
    page.get_by_label("Role").select_option("administrator")
    page.get_by_role("button", name="Save").click()
    expect(line_of(page, mila["name"])).to_contain_text("Administrator")
    expect(theirs.get_by_role("button", name="Add an agent")).to_be_visible()
    context.close()


def test_who_is_removed_is_out_at_once_and_had_nothing_left(open_page, browser, base_url, agent, visitor, mila):
    number = visitor.begin("Is Mila there?")
    given = agent.post(f"{account(agent)}/conversations/{number}/assignments", data={"assignee_id": mila["id"]}, headers=OURS)
    assert given.ok, given.text()
    context = browser.new_context(base_url=base_url)
    sign_in(context, mila["who"])
    theirs = context.new_page()
    theirs.goto(f"/app/conversations/{number}")
    expect(theirs.get_by_role("button", name=re.compile(mila["name"])).first).to_be_visible()
    page = open_page("/app/settings/agents")
    page.get_by_role("button", name=f"Remove {mila['name']}").click()
    asked = page.get_by_role("dialog", name=f"Remove {mila['name']}?")
    assert violations(page) == []
    asked.get_by_role("button", name="Cancel").click()
    expect(line_of(page, mila["name"])).to_be_visible()
    page.get_by_role("button", name=f"Remove {mila['name']}").click()
    asked.get_by_role("button", name="Remove").click()
    expect(page.get_by_text(f"{mila['name']} was removed.")).to_be_visible()
    expect(line_of(page, mila["name"])).to_have_count(0)
    # Without a click of theirs: the page that was open asks who they are.
    expect(theirs.get_by_role("textbox", name="Password")).to_be_visible()
    assert context.request.post("/auth/sign_in", data=mila["who"], headers=OURS).status == 401
    conversation = agent.get(f"{account(agent)}/conversations/{number}").json()
    assert conversation["meta"].get("assignee") is None
    # Nobody removes themselves: there is no such button.
    expect(page.get_by_role("button", name=re.compile("^Remove ")).filter(has_text="Sam")).to_have_count(0)
    context.close()
