"""The mail desk and held replies: what waits for a decision, why, and every way out, by mouse and by keyboard, live."""

import os
import re
import smtplib
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, account, answer_by_mail, bubbles, mailed, violations
from desk_page import agent, door, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from waiting import until


def mail_row(page, text):
    return page.locator(".mail-row", has_text=text)


def filter_button(page, name):
    return page.get_by_role("group", name="Outcome").get_by_role("button", name=re.compile(f"^{name}"))


def stranger():
    return f"stranger-{uuid.uuid4().hex[:8]}@elsewhere.test"


@pytest.fixture
def held(agent, visitor):
    """A stranger's answer to a mail that the customer got: conversation, sender, text."""
    headers = mailed(agent, visitor)
    sender, text = stranger(), f"I answer for her ({uuid.uuid4().hex[:6]})"
    answer_by_mail(headers, text, sender)
    return visitor.conversation, sender, text


def test_held_mail_comes_to_the_desk_live_with_its_reason_and_leaves_it_when_decided(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    page = open_page("/app/mail")
    expect(page.get_by_role("heading", name="Mail desk")).to_be_visible()
    sender = stranger()
    answer_by_mail(headers, "Let me answer that", sender, name="Nora Nobody")
    row = mail_row(page, sender.split("@")[0]).or_(mail_row(page, "Nora Nobody")).first
    expect(row.locator(".pill")).to_have_text("Held")
    expect(row.locator(".mail-reason")).not_to_be_empty()
    expect(page.get_by_role("link", name=re.compile(r"^Mail desk, \d+ to decide$"))).to_be_visible()
    expect(filter_button(page, "Held").locator(".chip-count")).to_be_visible()
    row.locator(".mail-summary").click()
    expect(row).to_contain_text(sender)
    expect(row.get_by_role("link", name="View original")).to_have_attribute("href", re.compile(r"/mails/\d+/raw$"))
    number = row.get_by_role("link", name="Open conversation").get_attribute("href")
    assert number == f"/app/conversations/{visitor.conversation}"
    row.get_by_role("button", name="Someone else in it").click()
    expect(page.get_by_text("Accepted as a participant.")).to_be_visible()
    expect(mail_row(page, sender)).to_have_count(0)
    page.goto(number)
    message = page.locator(".message", has_text="Let me answer that")
    expect(message).to_have_attribute("data-kind", "incoming")


def test_an_answer_that_comes_late_undoes_no_news(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    counts = agent.get(f"{account(agent)}/mails/counts").json()
    page = open_page("/app")
    expect(page.get_by_role("tab", name="All")).to_be_visible()
    late = []
    page.route(re.compile(r"/mails(/counts|\?)"), lambda route: late.append((route, route.fetch())))
    page.get_by_role("link", name=re.compile("^Mail desk")).click()
    until(lambda: len(late) >= 2, "the desk to be asked for", page=page)
    sender = stranger()
    answer_by_mail(headers, "This came meanwhile", sender)
    expect(mail_row(page, sender)).to_be_visible()
    for route, answer in late:
        route.fulfill(response=answer)
    page.unroute_all(behavior="wait")
    expect(page.locator(".list-more .spinner")).to_have_count(0)
    expect(mail_row(page, sender)).to_be_visible()
    waiting = counts["held"] + counts["quarantined"] + counts["failed"] + 1
    expect(page.get_by_role("link", name=f"Mail desk, {waiting} to decide")).to_be_visible()


# The button, what becomes of the message, and whether the customer sees it.
CHOICES = [
    ("Same person", "incoming", True), ("Someone else in this conversation", "incoming", True),
    ("Separate conversation", "gone", False), ("Discard", "gone", False),
]


@pytest.mark.parametrize("button, becomes, seen", CHOICES, ids=[choice[0] for choice in CHOICES])
def test_held_reply_has_four_ways_out(open_page, agent, visitor, held, button, becomes, seen):
    number, sender, text = held
    page = open_page(f"/app/conversations/{number}")
    message = page.locator(".message", has_text=text)
    expect(message).to_have_attribute("data-kind", "held")
    expect(message.locator(".held")).to_contain_text(sender)
    expect(page.locator(".row", has_text=visitor.name)).to_contain_text("Held reply")
    assert text not in visitor.sees(), "the customer sees a stranger's mail"
    message.get_by_role("button", name=re.compile(f"^{button}")).focus()
    page.keyboard.press("Enter")
    if becomes == "incoming":
        expect(message).to_have_attribute("data-kind", "incoming")
        expect(message.locator(".held")).to_have_count(0)
    else:
        expect(message).to_have_count(0)
    expect(page.locator(".row", has_text=visitor.name)).not_to_contain_text("Held reply")
    assert (text in visitor.sees()) == seen
    contact = agent.get(f"{account(agent)}/conversations/{number}").json()["meta"]["sender"]
    if button == "Separate conversation":
        listed = agent.get(f"{account(agent)}/mails?outcome=new_conversation").json()["payload"]
        moved = next(row for row in listed if row["from"]["address"] == sender)
        assert moved["conversation_id"] != number
        page.goto(f"/app/conversations/{moved['conversation_id']}")
        expect(bubbles(page, text)).to_be_visible()
    if button == "Same person":
        known = agent.get(f"{account(agent)}/contacts/search?q={sender}").json()["payload"]
        assert [one["id"] for one in known] in ([contact["id"]], []), "the address belongs to somebody else"


def test_held_reply_of_the_same_sender_is_remembered(open_page, agent, visitor):
    headers = mailed(agent, visitor)
    sender = stranger()
    answer_by_mail(headers, "First word", sender)
    page = open_page(f"/app/conversations/{visitor.conversation}")
    page.get_by_role("button", name=re.compile("^Someone else in this conversation")).click()
    expect(page.locator(".message", has_text="First word")).to_have_attribute("data-kind", "incoming")
    answer_by_mail(headers, "Second word", sender)
    expect(page.locator(".message", has_text="Second word")).to_have_attribute("data-kind", "incoming")


def test_quarantined_mail_is_dealt_with_by_keyboard_alone(open_page, door):
    subject = f"Loop {uuid.uuid4().hex[:6]}"
    door.send("I am you", sender=door.address, name="Us", subject=subject)
    assert door.row(door.address)["outcome"] == "quarantined"
    page = open_page("/app/mail")
    filter_button(page, "Quarantined").click()
    row = mail_row(page, subject)
    expect(row).to_contain_text("one of our own addresses")
    page.locator("body").press("j")
    for _ in range(60):
        if row.evaluate("(row) => row.contains(document.activeElement)"):
            break
        page.keyboard.press("j")
    expect(row.locator(".mail-summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row.locator(".mail-summary")).to_have_attribute("aria-expanded", "true")
    discard = row.get_by_role("button", name="Discard")
    for _ in range(5):
        page.keyboard.press("Tab")
        if discard.evaluate("(button) => button === document.activeElement"):
            break
    expect(discard).to_be_focused()
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    filter_button(page, "All mail").click()
    expect(mail_row(page, subject).locator(".pill")).to_have_text("Quarantined")


def told(door, **fields):
    """A row of the mail desk as the API gives it."""
    return {
        "id": 900_000 + len(fields), "received_at": 1_790_000_000, "ingress": "smtp", "envelope_from": "eve@x.test", "recipients": [door.address],
        "from": {"name": "Eve", "address": "eve@x.test"}, "subject": "Hello", "message_id": "m@x.test", "kind": "human", "evidence": None,
        "evidence_detail": None, "standing": None, "conversation_id": None, "message_id_in_conversation": None, "size": 2048, "settled": False,
        "original_kept": True, "ways_out": [],
    } | fields


# outcome, ways out, the buttons in their order
ROWS = [
    ("failed", ["replay", "discard"], ["Process again", "Discard"]), ("refused", ["discard"], ["Discard"]),
    ("quarantined", ["release", "discard"], ["Release", "Discard"]),
    ("held", ["agent", "same_person", "participant", "separate", "discard"],
     ["A colleague of ours", "Same person", "Someone else in it", "Separate conversation", "Discard"]),
]


@pytest.mark.parametrize("outcome, ways, buttons", ROWS, ids=[row[0] for row in ROWS])
def test_every_outcome_shows_its_reason_and_its_ways_out(open_page, door, outcome, ways, buttons):
    reason = f"Because of {outcome}."
    row = told(door, outcome=outcome, reason=reason, ways_out=ways)
    asked = []

    def answer(route):
        request = route.request
        if request.method == "GET" and "/counts" not in request.url:
            route.fulfill(json={"payload": [row], "meta": {"count": 1, "current_page": 1}})
        elif request.method == "POST":
            asked.append(request.url.split("/mails/")[-1])
            route.fulfill(json=row | {"settled": True, "ways_out": []})
        else:
            route.continue_()

    page = open_page("/app")
    page.route(re.compile(r"/mails(/|\?)"), answer)
    page.get_by_role("link", name=re.compile("^Mail desk")).click()
    shown = mail_row(page, "Eve")
    expect(shown.locator(".mail-reason")).to_contain_text(reason)
    assert [text.strip() for text in shown.locator(".mail-actions button").all_inner_texts()] == buttons
    shown.get_by_role("button", name="Discard").click()
    expect(shown).to_have_count(0)
    assert asked == [f"{row['id']}/discard"]
    expect(page.get_by_text("Nothing to decide")).to_be_visible()


def test_refused_way_out_is_explained_and_the_mail_stays(open_page, door):
    subject = f"Loop {uuid.uuid4().hex[:6]}"
    door.send("I am you", sender=door.address, name="Us", subject=subject)
    door.row(door.address)
    page = open_page("/app/mail")
    page.route("**/discard", lambda route: route.fulfill(status=422, json={"error": "Somebody else was quicker."}))
    mail_row(page, subject).get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Somebody else was quicker.")).to_be_visible()
    expect(mail_row(page, subject)).to_be_visible()
    page.unroute("**/discard")
    mail_row(page, subject).get_by_role("button", name="Discard").click()
    expect(mail_row(page, subject)).to_have_count(0)


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 420), ("dark", 420)])
def test_mail_desk_and_held_reply_can_be_read_and_used(open_page, held, scheme, width):
    number, sender, text = held
    page = open_page("/app/mail", color_scheme=scheme, viewport={"width": width, "height": 860})
    expect(page.locator(".mail-row").first).to_be_visible()
    page.locator(".mail-summary").first.click()
    assert page.evaluate(LOW_CONTRAST) == []
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page must not scroll sideways"
    page.goto(f"/app/conversations/{number}")
    expect(page.locator(".held")).to_be_visible()
    page.locator(".envelope").last.click()
    assert page.evaluate(LOW_CONTRAST) == []
    assert violations(page) == []


def test_a_mail_that_was_refused_at_the_door_stands_in_its_tab(open_page):
    sender = stranger()
    with smtplib.SMTP("127.0.0.1", int(os.environ["TL_SMTP_PORT"]), timeout=30) as client:
        client.ehlo()
        client.mail(sender)
        assert client.rcpt("nobody@reply.example.test")[0] == 550
    page = open_page("/app/mail")
    expect(page.get_by_role("heading", name="Mail desk")).to_be_visible()
    filter_button(page, "Refused").click()
    row = mail_row(page, sender)
    expect(row.locator(".pill")).to_have_text("Refused")
    expect(row.locator(".mail-reason")).to_contain_text("No inbox receives at this address.")
    row.locator(".mail-summary").click()
    expect(row).to_contain_text("nobody@reply.example.test")
