"""The agents' dashboard in a real browser against a running server (demo data: one agent, one website inbox).

Every test brings its own visitor and its own conversation, so the order does not matter.
"""

import re
import time
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import AGENT, LOW_CONTRAST, OURS, account, address, answer_by_mail, bubbles, center, composer, mailed, row, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)
from waiting import still, until

def test_wrong_password_is_explained_and_the_right_one_opens_the_desk(browser, base_url):
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto("/app")
    page.get_by_label("Email").fill(AGENT["email"])
    page.locator("input[name=password]").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.locator("input[name=password]").fill(AGENT["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
    context.close()


def test_new_conversation_comes_in_live_and_opens(open_page, visitor):
    page = open_page()
    expect(page.get_by_role("tab", name=re.compile("All"))).to_be_visible()
    visitor.begin("Is the large one back in stock?")
    expect(row(page, visitor)).to_contain_text("Is the large one back in stock?")
    expect(row(page, visitor).locator(".badge")).to_have_text("1")
    expect(page).to_have_title(re.compile(r"^\(\d+\) "))
    row(page, visitor).click()
    expect(bubbles(page, "Is the large one back in stock?")).to_be_visible()
    expect(page.locator(".new-line")).to_be_visible()
    page.bring_to_front()
    expect(row(page, visitor).locator(".badge")).to_have_count(0)
    visitor.write("I could also take the blue one.")
    expect(bubbles(page, "I could also take the blue one.")).to_be_visible()


def test_reply_appears_once_with_its_delivery_line(open_page, visitor):
    number = visitor.begin("Hello?", email=address(visitor))
    page = open_page(f"/app/conversations/{number}")
    composer(page).fill("Hello, how can I help?")
    composer(page).press("Enter")
    message = page.locator(".message", has_text="Hello, how can I help?")
    expect(message.locator(".delivery")).to_contain_text(re.compile(r"email in \d+:\d\d"))
    expect(message).to_have_count(1)
    assert "Hello, how can I help?" in visitor.sees()
    message.get_by_role("button", name="Chat only").click()
    expect(message.locator(".delivery")).to_contain_text("Not emailed: chat only")
    page.reload()
    expect(page.locator(".message", has_text="Hello, how can I help?")).to_have_count(1)


def test_reply_without_address_says_so_and_offers_to_ask(open_page, visitor):
    number = visitor.begin("No address from me")
    page = open_page(f"/app/conversations/{number}")
    composer(page).fill("We look into it.")
    composer(page).press("Enter")
    message = page.locator(".message", has_text="We look into it.")
    expect(message.locator(".delivery")).to_contain_text("Not emailed: no address")
    message.get_by_role("button", name="Ask for it").click()
    expect(composer(page)).to_have_value(re.compile("email address"))
    expect(composer(page)).to_be_focused()
    expect(row(page, visitor)).to_contain_text("No email")


# state, its other fields, the words of the line, the ways out
LINES = [
    ("seen", {"at": 0}, r"^Seen in chat ", []),
    ("waiting", {"until": 3600}, r"^Not seen yet, email in (59|60):\d\d", ["Send now", "Chat only"]),
    ("queued", {"to": "a@x.test"}, r"^Emailing a@x.test now", ["Undo"]),
    ("emailed", {"at": 0, "to": "a@x.test"}, r"^Emailed .* to a@x.test$", []),
    ("emailed", {"at": 0, "to": "a@x.test", "reason": "sent a second time"}, r"^Emailed .* to a@x.test: sent a second time$", []),
    ("deferred", {"until": 600, "reason": "greylisted"}, r"^Not delivered yet: greylisted. Next try in (9|10):\d\d$", ["Try again", "Chat only"]),
    ("deferred", {"until": 600, "reason": "away", "warning": True}, r"^Not delivered yet: away", ["Try again", "Chat only"]),
    ("uncertain", {"to": "a@x.test", "until": 1200}, r"^Perhaps emailed to a@x.test: no clear answer came. Once more in (19|20):\d\d$", ["Send again"]),
    ("uncertain", {"to": "a@x.test"}, r"^Perhaps emailed to a@x.test: no clear answer came$", ["Send again"]),
    ("failed", {"reason": "mailbox full"}, r"^Not delivered: mailbox full", ["Try again", "Change address"]),
    ("bounced", {"reason": "no such user"}, r"^Not delivered: no such user", ["Try again", "Change address"]),
    ("answered", {"at": 0}, r"^Answered by email$", []),
    ("not_sent", {"reason": "no_address"}, r"^Not emailed: no address", ["Ask for it"]),
    ("not_sent", {"reason": "muted"}, r"^Not emailed: the customer wants no mail of this conversation$", []),
    ("not_sent", {"reason": "loop_stopped"}, r"^Not emailed: too many automatic answers came back", ["Resume"]),
    ("not_sent", {"reason": "unproven_limit"}, r"^Not emailed: the address has not answered yet", []),
    ("not_sent", {"reason": "unreachable"}, r"^Not emailed: mail to this address comes back", ["Change address", "Try again"]),
]


@pytest.mark.parametrize("state, fields, line, ways", LINES, ids=[f"{state}-{fields.get('reason', '')}" for state, fields, _, _ in LINES])
def test_delivery_line_says_where_the_message_is(open_page, visitor, agent, state, fields, line, ways):
    page = open_page("/app")
    shown = told_delivery(page, agent, visitor, {"state": state} | fields)
    expect(shown.locator(".delivery-text")).to_have_text(re.compile(line))
    assert shown.get_by_role("button").all_inner_texts() == ways
    if fields.get("warning") or state in ("failed", "bounced"):
        expect(shown).to_have_attribute("data-tone", "bad")


def told_delivery(page, agent, visitor, fields, email=None):
    """Opens a conversation whose one answer has this delivery state; gives the line."""
    number = visitor.begin("Where is my answer?", email=email)
    path = f"{account(agent)}/conversations/{number}/messages"
    sent = agent.post(path, data={"content": "Here it is."}, headers=OURS)
    assert sent.ok, sent.text()
    delivery = {"until": None, "at": None, "to": None, "reason": None, "line": ""} | fields
    for name in ["until", "at"]:
        if delivery[name] is not None:
            delivery[name] += time.time()

    def told(route):
        answer = route.fetch()
        body = answer.json()
        for message in body["payload"]:
            if message["content"] == "Here it is.":
                message["delivery"] = delivery
        route.fulfill(response=answer, json=body)

    page.route(re.compile(rf"/conversations/{number}/messages$"), told)
    row(page, visitor).click()
    return page.locator(".message", has_text="Here it is.").locator(".delivery")


def posted(page, path):
    """What this page sends to such a path from now on; the server never gets it."""
    sent = []

    def answer(route):
        if route.request.method != "POST":
            return route.fallback()
        sent.append(route.request.post_data_json)
        route.fulfill(json={})

    page.route(re.compile(path), answer)
    return sent


BUTTONS = [
    ({"state": "waiting", "until": 3600}, "Send now", "send_now"), ({"state": "waiting", "until": 3600}, "Chat only", "chat_only"),
    ({"state": "deferred", "until": 600}, "Try again", "try_again"), ({"state": "deferred", "until": 600}, "Chat only", "chat_only"),
    ({"state": "uncertain"}, "Send again", "try_again"), ({"state": "failed"}, "Try again", "try_again"), ({"state": "queued"}, "Undo", "undo"),
]


@pytest.mark.parametrize("delivery, button, action", BUTTONS, ids=[f"{delivery['state']}-{action}" for delivery, _, action in BUTTONS])
def test_delivery_line_does_what_its_button_says(open_page, visitor, agent, delivery, button, action):
    page = open_page("/app")
    line = told_delivery(page, agent, visitor, delivery)
    sent = posted(page, r"/messages/\d+/delivery$")
    with page.expect_request(re.compile(r"/messages/\d+/delivery$")):
        line.get_by_role("button", name=button).click()
    assert sent == [{"action": action}]
    if action == "undo":
        expect(composer(page)).to_have_value("Here it is.")
        expect(composer(page)).to_be_focused()


def test_another_address_is_given_at_the_line_itself(open_page, visitor, agent):
    page = open_page("/app")
    line = told_delivery(page, agent, visitor, {"state": "bounced", "reason": "no such user"}, email=address(visitor))
    sent = posted(page, r"/messages/\d+/delivery$")
    line.get_by_role("button", name="Change address").click()
    field = page.get_by_label("Their address from now on")
    expect(field).to_be_focused()
    expect(field).to_have_value(address(visitor))
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    line.get_by_role("button", name="Change address").click()
    field.fill("new@customer.test")
    field.press("Enter")
    expect(field).to_have_count(0)
    assert sent == [{"action": "change_address", "address": "new@customer.test"}]


def test_refused_address_is_explained_and_kept(open_page, visitor, agent):
    page = open_page("/app")
    line = told_delivery(page, agent, visitor, {"state": "failed", "reason": "x"})
    page.route(re.compile(r"/messages/\d+/delivery$"), lambda route: route.fulfill(status=422, json={"error": "This is no email address."}))
    line.get_by_role("button", name="Change address").click()
    page.get_by_label("Their address from now on").fill("nonsense")
    page.get_by_role("button", name="Send there").click()
    expect(page.get_by_role("alert")).to_have_text("This is no email address.")
    expect(page.get_by_label("Their address from now on")).to_have_value("nonsense")


def test_stopped_loop_is_said_and_resumed(open_page, visitor, agent):
    headers = mailed(agent, visitor)
    for _ in range(6):  # more than 5 within 10 minutes (behaviour §5.3)
        answer_by_mail(headers, "I am away.", address(visitor), automatic=True)
    page = open_page("/app")
    conversation = row(page, visitor)
    conversation.click()
    strip = page.locator(".status-strip", has_text="too many automatic answers")
    expect(strip).to_be_visible()
    strip.get_by_role("button", name="Resume").click()
    expect(strip).to_have_count(0)
    number = page.url.rsplit("/", 1)[-1]
    assert not agent.get(f"{account(agent)}/conversations/{number}").json()["loop_stopped"]


def test_thanks_do_not_reopen_and_one_click_does(open_page, visitor, agent):
    number = visitor.begin("Where is my parcel?")
    path = f"{account(agent)}/conversations/{number}"
    assert agent.post(f"{path}/toggle_status", data={"status": "resolved"}, headers=OURS).ok
    visitor.write("Thank you!")
    page = open_page(f"/app/conversations/{number}")
    thanks = page.locator(".message", has_text="Thank you!")
    expect(thanks).to_contain_text("It did not reopen this conversation.")
    with page.expect_response("**/toggle_status"):
        thanks.get_by_role("button", name="Reopen").click()
    expect(thanks).not_to_contain_text("It did not reopen")
    assert agent.get(path).json()["status"] == "open"


def test_stopped_mail_is_said_with_its_reason(open_page, visitor):
    number = visitor.begin("Hello")
    page = open_page("/app")
    health = {"state": "stopped", "since": 0, "reason": "The mail server refuses the password.", "retry_at": time.time() + 600,
              "mails_stopped": 2, "mails_waiting": 3, "oldest_due_at": None}
    page.route(re.compile(r"/mail_health$"), lambda route: route.fulfill(json=health))
    page.route(re.compile(r"/mail_health/resume$"), lambda route: route.fulfill(json=health | {"state": "working"}))
    page.goto(f"/app/conversations/{number}")
    stopped = page.locator(".mail-stopped")
    expect(stopped).to_contain_text("3 mails wait. The mail server refuses the password.")
    stopped.get_by_role("button", name="Try now").click()
    expect(stopped).to_have_count(0)


def test_note_stays_in_the_team(open_page, visitor):
    number = visitor.begin("Question")
    page = open_page(f"/app/conversations/{number}")
    expect(composer(page)).to_be_visible()
    page.locator("body").press("n")
    expect(composer(page)).to_be_focused()
    composer(page).fill("Only for us")
    page.get_by_role("button", name="Add note").click()
    note = page.locator('.message[data-kind="note"]', has_text="Only for us")
    expect(note).to_be_visible()
    expect(note.locator(".delivery")).to_have_count(0)
    assert "Only for us" not in visitor.sees()


def test_unsent_message_keeps_its_text_and_is_sent_once(open_page, visitor):
    number = visitor.begin("Are you there?")
    page = open_page(f"/app/conversations/{number}")
    messages = re.compile(rf"/conversations/{number}/messages$")
    page.route(messages, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    composer(page).fill("This must not get lost")
    composer(page).press("Enter")
    message = page.locator(".message", has_text="This must not get lost")
    expect(message).to_contain_text("Not sent.")
    page.reload()
    expect(message).to_contain_text("Not sent.")
    page.unroute(messages)
    message.get_by_role("button", name="Try again").click()
    expect(message).not_to_contain_text("Not sent.")
    assert visitor.sees().count("This must not get lost") == 1
    page.reload()
    expect(page.locator(".message", has_text="This must not get lost")).to_have_count(1)


def test_lost_answer_does_not_double_the_message(open_page, visitor):
    """The server takes the message, its answer is lost, the agent tries again: the echo id makes it one."""
    number = visitor.begin("Hi")
    page = open_page(f"/app/conversations/{number}")
    messages = re.compile(rf"/conversations/{number}/messages$")

    lost = []

    def lose_answer(route):
        if route.request.method == "POST":
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(messages, lose_answer)
    composer(page).fill("Said exactly once")
    composer(page).press("Enter")
    until(lambda: lost, "the answer to be lost", page=page)
    page.unroute(messages)
    again = page.get_by_role("button", name="Try again")
    if again.count():
        again.click()
    expect(page.locator(".message", has_text="Said exactly once")).to_have_count(1)
    assert visitor.sees().count("Said exactly once") == 1
    page.reload()
    expect(page.locator(".message", has_text="Said exactly once")).to_have_count(1)
    expect(page.locator(".message", has_text="Not sent.")).to_have_count(0)


def test_draft_survives_a_reload_and_shows_in_the_list(open_page, visitor):
    number = visitor.begin("Draft, please")
    page = open_page(f"/app/conversations/{number}")
    composer(page).fill("Half a sentence")
    page.reload()
    expect(composer(page)).to_have_value("Half a sentence")
    expect(row(page, visitor)).to_contain_text("Draft: Half a sentence")


def test_typing_of_the_visitor_shows_in_thread_and_list(open_page, visitor):
    number = visitor.begin("Wait, I write more")
    page = open_page(f"/app/conversations/{number}")
    expect(composer(page)).to_be_visible()
    # What is typed is told to who is connected, and never again.
    until(lambda: visitor.typing("on") or page.locator(".typing-line", has_text="is typing").is_visible(), "the typing to be seen", page=page)
    expect(row(page, visitor)).to_contain_text("typing…")
    visitor.typing("off")
    expect(page.locator(".typing-line")).not_to_contain_text("is typing")


def test_keys_work_and_never_while_typing(open_page, visitor):
    number = visitor.begin("Please close this")
    page = open_page(f"/app/conversations/{number}")
    expect(composer(page)).to_be_visible()
    page.locator("body").press("r")
    expect(composer(page)).to_be_focused()
    page.keyboard.type("eujk")
    expect(composer(page)).to_have_value("eujk")
    expect(page.get_by_role("button", name="Resolve", exact=True)).to_be_visible()
    composer(page).fill("")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".thread-head").get_by_role("button", name="Reopen")).to_be_visible()
    expect(page.locator(".status-strip")).to_contain_text("Resolved")
    expect(row(page, visitor)).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Resolve", exact=True)).to_be_visible()
    expect(row(page, visitor)).to_have_count(1)


def another_second():
    """Rows are sorted by the second of what happened last: within one they would stay where they are."""
    now = int(time.time())
    until(lambda: int(time.time()) > now, "another second")


def test_rows_wait_while_the_pointer_is_at_work(open_page, new_visitor):
    first, second = new_visitor(), new_visitor()
    first.begin("First")
    second.begin("Second")
    page = open_page()
    expect(page.locator(".row").first).to_contain_text(second.name)
    another_second()
    # The page's clock stands, so the pointer is at work for as long as this machine needs.
    page.clock.install()
    page.clock.pause_at(time.time() + 3600)
    page.mouse.move(*center(row(page, first)))
    page.mouse.move(*center(row(page, second)))
    first.write("Now I am the newest")
    expect(row(page, first)).to_contain_text("Now I am the newest")
    assert second.name in page.locator(".row").first.inner_text(), "a row moved under the pointer"
    page.get_by_role("button", name="New activity").click()
    expect(page.locator(".row").first).to_contain_text(first.name)
    # A pointer that rests is not at work: the rows go where they belong by themselves.
    page.mouse.move(*center(row(page, first)))
    another_second()
    second.write("And now I am")
    expect(row(page, second)).to_contain_text("And now I am")
    assert first.name in page.locator(".row").first.inner_text(), "a row moved under the pointer"
    page.clock.run_for(3000)
    expect(page.locator(".row").first).to_contain_text(second.name)


def test_j_and_k_walk_the_list(open_page, new_visitor):
    first, second = new_visitor(), new_visitor()
    lower = first.begin("Lower")
    upper = second.begin("Upper")
    page = open_page(f"/app/conversations/{upper}")
    expect(row(page, first)).to_be_visible()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"/app/conversations/{lower}$"))
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(f"/app/conversations/{upper}$"))


def test_command_bar_and_help_come_from_one_registry(open_page):
    page = open_page()
    expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("go to contacts")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/app/contacts$"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Resolve")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_assignment_label_and_priority_are_kept(open_page, visitor):
    number = visitor.begin("Mine, please")
    page = open_page(f"/app/conversations/{number}")
    expect(composer(page)).to_be_visible()
    page.keyboard.press("a")
    page.get_by_role("menuitem", name="Assign to me").click()
    expect(page.locator(".thread-head .assignee")).not_to_contain_text("Unassigned")
    page.keyboard.press("l")
    label = f"l{visitor.name.split()[-1]}"
    page.keyboard.type(label)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".label-chip", has_text=label)).to_be_visible()
    page.get_by_role("button", name="Priority: None").click()
    with page.expect_response(re.compile("toggle_priority")):
        page.get_by_role("menuitemradio", name="Urgent").click()
    page.reload()
    expect(page.locator(".label-chip", has_text=label)).to_be_visible()
    expect(page.get_by_role("button", name="Priority: Urgent")).to_be_visible()
    expect(page.locator(".thread-head .assignee")).not_to_contain_text("Unassigned")
    page.get_by_role("tab", name=re.compile("Mine")).click()
    expect(row(page, visitor)).to_be_visible()


def test_markup_of_a_visitor_stays_text(open_page, visitor):
    evil = '<img src=x onerror="window.broken=1"><script>window.broken=1</script> javascript:alert(1)'
    number = visitor.begin(evil)
    page = open_page(f"/app/conversations/{number}")
    expect(bubbles(page, "<img src=x")).to_be_visible()
    expect(page.locator(".bubble img, .bubble script, .bubble a")).to_have_count(0)
    assert page.evaluate("window.broken") is None


def test_older_messages_come_above_and_the_reader_stays(open_page, visitor, agent):
    number = visitor.begin("Message 0")
    path = f"{account(agent)}/conversations/{number}/messages"
    for index in range(1, 46):
        answer = agent.post(path, data={"content": f"Message {index}.", "content_attributes": {"delivery": "chat_only"}}, headers=OURS)
        assert answer.ok, answer.text()
    page = open_page(f"/app/conversations/{number}")
    expect(bubbles(page, "Message 45.")).to_be_in_viewport()
    first = bubbles(page, re.compile(f"^{re.escape(page.locator('.bubble').first.inner_text())}$"))
    held = []
    page.route(lambda address: "/messages?before=" in address, lambda route: held.append(route))

    def stays(count, above):
        """The reader goes up: older messages are asked for, come, and what is being read is where it was, meanwhile and afterwards."""
        reading = page.locator(".bubble").first if above else first
        text = reading.inner_text()
        reading = bubbles(page, re.compile(f"^{re.escape(text)}$"))
        before = reading.evaluate("(e) => { e.closest('.messages').scrollTop = 150; return e.getBoundingClientRect().y }")
        expect(page.locator(".older")).to_be_attached()
        assert abs(reading.bounding_box()["y"] - before) < 4, "what was being read has jumped when older messages were asked for"
        until(lambda: held, "older messages to be asked for", page=page)
        held.pop().continue_()
        expect(page.locator(".bubble")).to_have_count(count)
        assert abs(reading.bounding_box()["y"] - before) < 4, "what was being read has jumped when older messages came"

    stays(40, above=False)
    # Beside the 46 stands the question for an address.
    stays(47, above=True)
    expect(page.get_by_text("The conversation begins here")).to_be_attached()


def test_opened_conversation_opens_again_without_waiting(open_page, visitor):
    number = visitor.begin("Remember me")
    page = open_page(f"/app/conversations/{number}")
    expect(bubbles(page, "Remember me")).to_be_visible()
    page.keyboard.press("Escape")
    expect(composer(page)).to_have_count(0)
    page.route("**/messages", lambda route: None)  # no answer ever comes: only what is in memory can be shown
    row(page, visitor).click()
    expect(bubbles(page, "Remember me")).to_be_visible()


def test_emoji_come_where_the_caret_stands(open_page, visitor):
    page = open_page(f"/app/conversations/{visitor.begin('Is it green?')}")
    field = composer(page)
    field.fill("Yes! Bye.")
    for _ in range(5):
        field.press("ArrowLeft")
    page.get_by_role("button", name="Emoji").click()
    # By the keyboard: the second of the first row is beside the first.
    expect(page.get_by_role("menuitem", name="😀")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("menuitem", name="😄")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(field).to_have_value("Yes!😄 Bye.")
    expect(field).to_be_focused()
    page.keyboard.type("!")
    expect(field).to_have_value("Yes!😄! Bye.")


def test_files_can_be_sent_and_are_shown(open_page, visitor):
    number = visitor.begin("Send me the papers")
    page = open_page(f"/app/conversations/{number}")
    page.locator('.composer input[type="file"]').set_input_files(
        {"name": "papers.txt", "mimeType": "text/plain", "buffer": b"signed"}
    )
    expect(page.locator(".file-chip")).to_contain_text("papers.txt")
    page.get_by_role("button", name="Send", exact=True).click()
    link = page.locator(".bubble a.file", has_text="papers.txt")
    expect(link).to_be_visible()
    assert page.request.get(link.get_attribute("href")).body() == b"signed"


def test_contact_can_be_found_and_changed(open_page, visitor):
    visitor.begin("Who am I?")
    page = open_page("/app/contacts")
    page.get_by_role("searchbox").fill(visitor.name)
    # What the search found, not what stood there before it.
    expect(page.get_by_text("1 contact", exact=True)).to_be_visible()
    page.locator(".contact-row", has_text=visitor.name).click()
    page.get_by_role("button", name=re.compile("^Edit")).click()
    page.locator(".contact-form").get_by_label("Phone").fill("+4930123456")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".contact-card")).to_contain_text("+4930123456")
    page.reload()
    expect(page.locator(".contact-card")).to_contain_text("+4930123456")


def test_website_inbox_is_created_with_its_snippet_and_edited(open_page):
    page = open_page("/app/settings/inboxes")
    name = f"Shop {uuid.uuid4().hex[:6]}"
    page.get_by_role("link", name="Add a website").click()
    page.get_by_role("button", name="Create inbox").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Website address").fill("https://shop.example.test")
    page.get_by_role("button", name="Create inbox").click()
    expect(page.locator(".snippet")).to_contain_text("packs/js/sdk.js")
    page.get_by_role("tab", name="Appearance").click()
    page.get_by_label("Heading").fill("Good day")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Inbox saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Heading")).to_have_value("Good day")


def test_pane_width_is_remembered(open_page):
    page = open_page()
    divider = page.get_by_role("separator", name="Width of the list")
    divider.focus()
    before = page.locator(".list").bounding_box()["width"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.reload()
    expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
    assert page.locator(".list").bounding_box()["width"] == before + 32


def test_narrow_screen_shows_one_pane_at_a_time(open_page, visitor):
    number = visitor.begin("From my phone")
    page = open_page("/app", viewport={"width": 400, "height": 800})
    row(page, visitor).click()
    expect(page).to_have_url(re.compile(f"/app/conversations/{number}$"))
    expect(page.locator(".list")).to_have_count(0)
    expect(composer(page)).to_be_visible()
    page.locator(".thread-who").click()
    expect(page.locator(".drawer .details")).to_be_visible()
    page.get_by_role("button", name="Close details").click()
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator(".list")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400, "the page must not scroll sideways"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(open_page, visitor, scheme):
    number = visitor.begin("Can you read this?", email=address(visitor))
    page = open_page(f"/app/conversations/{number}", color_scheme=scheme)
    composer(page).fill("Very well.")
    composer(page).press("Enter")
    expect(page.locator(".delivery-action").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    still(page)
    assert page.evaluate(LOW_CONTRAST) == []
    for path in ["/app/contacts", "/app/settings/inboxes", "/app/mail"]:
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
        expect(page.locator(".spinner:visible")).to_have_count(0)
        still(page)
        assert page.evaluate(LOW_CONTRAST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_assistive_technology(open_page, visitor, scheme):
    number = visitor.begin("Is it accessible?", email=address(visitor))
    page = open_page(f"/app/conversations/{number}", color_scheme=scheme)
    composer(page).fill("It is.")
    composer(page).press("Enter")
    expect(page.locator(".delivery-action").first).to_be_visible()
    page.keyboard.press("Escape")
    assert violations(page) == []
    for key in ["l", "s", "a", "Control+k", "?"]:
        page.keyboard.press(key)
        assert violations(page) == [], f"after {key}"
        page.keyboard.press("Escape")
    for path in ["/app/contacts", "/app/settings/inboxes", "/app/settings/inboxes/new-website", "/app/mail"]:
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
        assert violations(page) == [], path


def test_switch_of_appearance_is_remembered(open_page):
    page = open_page(color_scheme="light")
    page.get_by_role("button", name=re.compile("^Your account")).click()
    page.get_by_role("menuitemradio", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.reload()
    expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_nothing_that_was_missed_stays_missed(open_page, visitor):
    """The line breaks, the visitor writes, the line comes back: the message is there, once."""
    number = visitor.begin("Before the break")
    page = open_page(f"/app/conversations/{number}")
    expect(bubbles(page, "Before the break")).to_be_visible()
    page.context.set_offline(True)
    visitor.write("During the break")
    page.context.set_offline(False)
    expect(bubbles(page, "During the break")).to_have_count(1, timeout=20_000)
