"""The search over all messages, as an agent uses it."""

import uuid

from playwright.sync_api import expect

from desk_page import OURS, account, bubbles
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)


def test_a_word_of_long_ago_is_found_and_shown_where_it_stands(open_page, visitor, agent):
    word = f"teapot{uuid.uuid4().hex[:8]}"
    number = visitor.begin("Good morning")
    path = f"{account(agent)}/conversations/{number}"
    for index in range(45):  # more than two pages of the thread
        text = f"Note {index}" if index != 3 else f"The green {word} goes back"
        assert agent.post(f"{path}/messages", data={"content": text, "private": True}, headers=OURS).ok
    assert agent.post(f"{path}/toggle_status", data={"status": "resolved"}, headers=OURS).ok
    page = open_page("/app")
    page.keyboard.press("/")
    page.get_by_role("searchbox").type(f"green {word[:-2]}")
    found = page.locator(".row", has_text=visitor.name)
    expect(found.locator("mark", has_text=word)).to_be_visible()
    expect(page.locator(".row")).to_have_count(1)
    found.click()
    expect(page.locator(".message[data-found]")).to_contain_text(word)
    expect(bubbles(page, f"The green {word} goes back")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("")
    expect(page.locator("mark")).to_have_count(0)
