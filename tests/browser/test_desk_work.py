"""What an agent does all day with many conversations: ready answers, and one change on several."""

import re
import uuid

from playwright.sync_api import expect

from desk_page import OURS, account, bubbles, composer, row, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)


def test_a_ready_answer_is_written_once_and_filled_in_behind_a_slash(open_page, visitor, agent):
    code = f"late{uuid.uuid4().hex[:6]}"
    page = open_page("/app/settings/canned")
    page.get_by_role("button", name="Add a canned response").click()
    page.get_by_label("Short word").fill(code)
    page.get_by_label("Answer").fill("Dear {{contact.name}}, it is on its way. {{nonsense}}")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".canned-rows")).to_contain_text(f"/{code}")
    assert violations(page) == []
    visitor.begin("Where is it?")
    page.goto("/app")
    row(page, visitor).click()
    composer(page).type(f"Hello! /{code[:-2]}")
    expect(page.get_by_role("option", selected=True)).to_contain_text(code)
    page.keyboard.press("Enter")
    expect(composer(page)).to_have_value(f"Hello! Dear {visitor.name}, it is on its way. {{{{nonsense}}}}")
    # An address is no short word.
    composer(page).fill("")
    composer(page).type(f"https://shop.test/{code}")
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_taken_short_word_is_explained_and_nothing_typed_is_lost(open_page, agent):
    code = f"taken{uuid.uuid4().hex[:6]}"
    assert agent.post(f"{account(agent)}/canned_responses", data={"short_code": code, "content": "x"}, headers=OURS).ok
    page = open_page("/app/settings/canned")
    page.get_by_role("button", name="Add a canned response").click()
    page.get_by_label("Short word").fill(code)
    page.get_by_label("Answer").fill("Something long")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("already")
    expect(page.get_by_label("Answer")).to_have_value("Something long")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name=f"Delete /{code}").click()
    expect(page.locator(".canned-rows", has_text=f"/{code}")).to_have_count(0)


def test_several_conversations_are_resolved_at_once(open_page, new_visitor, agent):
    visitors = [new_visitor() for _ in range(2)]
    numbers = [visitor.begin("Close me") for visitor in visitors]
    page = open_page("/app")
    for visitor in visitors:
        page.get_by_role("checkbox", name=f"Select {visitor.name}").check()
    expect(page.locator(".bulk-count")).to_have_text("2 selected")
    assert violations(page) == []
    page.get_by_role("toolbar").get_by_role("button", name="Resolve").click()
    for visitor in visitors:
        expect(row(page, visitor)).to_have_count(0)
    expect(page.locator(".bulk-bar")).to_have_count(0)
    for number in numbers:
        assert agent.get(f"{account(agent)}/conversations/{number}").json()["status"] == "resolved"
