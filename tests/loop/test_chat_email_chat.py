"""The product's one promise, over real sockets: chat → email → chat, one conversation."""
import email
import email.policy
import smtplib

from conftest import until


class Desk:
    """An agent and a visitor of one website, through the API."""

    def __init__(self, server):
        self.server = server
        agent = server.create("agent", "create", "--email", "sam@acme-team.test", "--name", "Sam", "--password", "correct horse battery")
        inbox = server.create("inbox", "create", "--kind", "web", "--name", "Acme", "--website-url", "https://acme.test")
        self.account, self.token = agent["account_id"], agent["api_access_token"]
        self.website = inbox["website_token"]
        server.start()
        status, config = server.request("POST", f"/api/v1/widget/config?website_token={self.website}", {})
        assert status == 200, config
        self.session = config["website_channel_config"]["auth_token"]

    def visitor(self, method, path, body=None):
        status, answer = self.server.request(
            method, f"/api/v1/widget{path}?website_token={self.website}", body, {"X-Auth-Token": self.session})
        assert status == 200, (path, status, answer)
        return answer

    def agent(self, method, path, body=None):
        status, answer = self.server.request(method, f"/api/v1/accounts/{self.account}{path}", body, {"api_access_token": self.token})
        assert status == 200, (path, status, answer)
        return answer

    def begin(self, words="Do you ship to Norway?", address="ann@customer.test"):
        conversation = self.visitor("POST", "/conversations", {"contact": {"email": address} if address else {}, "message": {"content": words}})
        return conversation["id"]

    def say(self, conversation, words, **attributes):
        return self.agent("POST", f"/conversations/{conversation}/messages", {"content": words, **attributes})

    def messages(self, conversation):
        return self.agent("GET", f"/conversations/{conversation}/messages")["payload"]

    def find(self, conversation, words):
        return next((m for m in self.messages(conversation) if (m["content"] or "").strip() == words), None)

    def visitor_sees(self):
        return [m["content"] for m in self.visitor("GET", "/messages")["payload"]]

    def state(self, conversation, words):
        message = self.find(conversation, words)
        return message and message["delivery"] and message["delivery"]["state"]


def parse(envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def answer(mail, words, sender="ann@customer.test", **headers):
    reply = email.message.EmailMessage()
    reply["From"] = f"Ann <{sender}>"
    reply["To"] = mail["Reply-To"]
    reply["Subject"] = f"Re: {mail['Subject']}"
    reply["Message-ID"] = headers.get("message_id", "<answer-1@customer.test>")
    reply["In-Reply-To"] = mail["Message-ID"]
    reply["References"] = f"{mail.get('References', '')} {mail['Message-ID']}"
    quoted = "\n".join(f"> {line}" for line in mail.get_body(("plain",)).get_content().splitlines())
    reply.set_content(f"{words}\n\nOn Mon, 2 Mar 2026 at 14:03, Sam at Acme <support@acme.test> wrote:\n{quoted}\n")
    return reply


def post(server, reply, sender="ann@customer.test", recipient=None):
    with smtplib.SMTP("127.0.0.1", server.smtp, timeout=20) as client:
        client.send_message(reply, sender, [recipient or email.utils.parseaddr(reply["To"])[1]])


def test_chat_email_chat(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes, for nine euros.")
    assert desk.state(conversation, "Yes, for nine euros.") in ("waiting", "queued", "emailed")

    envelope = relay.next()
    mail = parse(envelope)
    assert envelope.rcpt_tos == ["ann@customer.test"]
    assert envelope.mail_from.startswith("bounce+") and envelope.mail_from.endswith("@reply.acme.test")
    assert mail["From"] == "Sam at Acme <support@acme.test>"
    assert mail["Reply-To"].addresses[0].username.startswith("reply+")
    assert "Do you ship to Norway" in mail["Subject"]
    assert "Yes, for nine euros." in mail.get_body(("plain",)).get_content()
    assert "Yes, for nine euros." in mail.get_body(("html",)).get_content()
    assert mail["Auto-Submitted"] is None and mail["List-Unsubscribe"]
    until(lambda: desk.state(conversation, "Yes, for nine euros.") == "emailed", "the delivery line to say emailed")

    post(server, answer(mail, "Great, then I take two."))
    found = until(lambda: desk.find(conversation, "Great, then I take two."), "the answer in the conversation")
    assert found["channel"] == "email" and found["message_type"] == 0 and not found["held"]
    assert found["mail"]["evidence"] == "reply_token" and found["mail"]["standing"] == "contact"
    assert desk.state(conversation, "Yes, for nine euros.") == "answered"
    assert "Great, then I take two." in [text.strip() for text in desk.visitor_sees()]

    desk.say(conversation, "They are on their way.")
    second = parse(relay.next())
    assert second["In-Reply-To"] == "<answer-1@customer.test>"
    assert second["Subject"] == "Re: " + mail["Subject"]
    assert mail["Message-ID"] in second["References"]
    assert second["Reply-To"] == mail["Reply-To"]


def test_seen_in_time_sends_no_mail_and_notes_never_leave(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Only for us.", private=True)
    desk.say(conversation, "Hello!")
    desk.visitor("POST", "/conversations/update_last_seen", {})
    until(lambda: desk.state(conversation, "Hello!") == "seen", "the message to be seen")
    desk.say(conversation, "Now you are gone.")
    mail = parse(relay.next()).get_body(("plain",)).get_content()
    assert "Now you are gone." in mail and "Hello!" not in mail and "Only for us." not in mail
    assert relay.mails.empty()
    assert "Only for us." not in desk.visitor_sees()


def test_an_address_given_later_releases_what_waits(server, relay):
    desk = Desk(server)
    conversation = desk.begin(address=None)
    desk.say(conversation, "What is your order number?")
    until(lambda: desk.state(conversation, "What is your order number?") == "not_sent", "no address")
    desk.visitor("PATCH", "/contact", {"email": "ann@customer.test"})
    assert relay.next().rcpt_tos == ["ann@customer.test"]


def test_the_same_mail_twice_is_one_message(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    reply = answer(parse(relay.next()), "Twice sent.")
    post(server, reply)
    post(server, reply)
    until(lambda: desk.agent("GET", "/mails?outcome=recorded")["payload"], "the second copy to be recorded")
    assert len([m for m in desk.messages(conversation) if (m["content"] or "").strip() == "Twice sent."]) == 1


def test_a_stranger_with_the_token_is_held_for_agents_alone(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    mail = parse(relay.next())
    post(server, answer(mail, "I am the colleague.", sender="bob@elsewhere.test"), sender="bob@elsewhere.test")
    held = until(lambda: desk.find(conversation, "I am the colleague."), "the held mail")
    assert held["held"] and held["mail"]["standing"] == "stranger"
    assert "I am the colleague." not in [text.strip() for text in desk.visitor_sees()]
    desk.agent("POST", f"/conversations/{conversation}/messages/{held['id']}/held", {"action": "participant"})
    assert not desk.find(conversation, "I am the colleague.")["held"]


def test_typing_an_address_and_a_foreign_mail_shows_nothing_in_the_widget(server, relay):
    """Somebody types noreply@service.test and registers the reply address there: the service's mail stays with the agents."""
    desk = Desk(server)
    conversation = desk.begin(address="noreply@service.test")
    desk.say(conversation, "Hello?")
    mail = parse(relay.next())
    code = email.message.EmailMessage()
    code["From"], code["To"], code["Subject"] = "noreply@service.test", mail["Reply-To"], "Confirm your address"
    code["Message-ID"] = "<code@service.test>"
    code.set_content("Your code is 123456.\n")
    post(server, code, sender="noreply@service.test")
    until(lambda: desk.find(conversation, "Your code is 123456."), "the mail in the conversation")
    assert not any("123456" in (text or "") for text in desk.visitor_sees())


def test_our_own_address_is_a_loop_and_unknown_recipients_are_refused(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    mail = parse(relay.next())
    post(server, answer(mail, "Loop.", sender="support@acme.test"), sender="support@acme.test")
    until(lambda: desk.agent("GET", "/mails?outcome=quarantined")["payload"], "the loop in quarantine")
    with smtplib.SMTP("127.0.0.1", server.smtp, timeout=20) as client:
        client.ehlo("x.test")
        client.mail("ann@customer.test")
        unknown, never = client.rcpt("nobody@reply.acme.test"), client.rcpt("reply+" + "0" * 32 + "@reply.acme.test")
    assert unknown[0] == 550 and unknown == never


def test_a_relay_that_says_no_is_shown_and_one_that_says_later_is_asked_again(server, relay):
    desk = Desk(server)
    relay.answers = ["550 5.1.1 no such user"]
    conversation = desk.begin()
    desk.say(conversation, "First.")
    failed = until(lambda: desk.state(conversation, "First.") == "failed" and desk.find(conversation, "First."), "the failure to show")
    assert "no such user" in failed["delivery"]["reason"]
    relay.answers = ["451 4.3.0 later"]
    desk.say(conversation, "Second.")
    deferred = until(lambda: desk.state(conversation, "Second.") == "deferred" and desk.find(conversation, "Second."), "the pause to show")
    assert deferred["delivery"]["until"] and "later" in deferred["delivery"]["reason"]


def test_chat_only_stays_in_chat_and_email_now_does_not_wait(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Stay here.", content_attributes={"delivery": "chat_only"})
    assert desk.state(conversation, "Stay here.") == "not_sent"
    desk.say(conversation, "Go now.", content_attributes={"delivery": "email_now"})
    text = parse(relay.next()).get_body(("plain",)).get_content()
    assert "Go now." in text and "Stay here." not in text


def test_a_first_mail_opens_a_conversation_and_ingest_takes_mail(server, relay):
    desk = Desk(server)
    server.create("inbox", "create", "--kind", "email", "--name", "Help", "--address", "help@acme.test")
    raw = b"From: Ben <ben@customer.test>\r\nTo: help@acme.test\r\nSubject: A question\r\nMessage-ID: <q@customer.test>\r\n\r\nIs it open?\r\n"
    done = server.command("ingest", "--recipient", "help@acme.test", "--sender", "ben@customer.test", input=raw)
    assert done.returncode == 0, done.stderr
    assert server.command("ingest", "--recipient", "who@acme.test", input=raw).returncode == 65
    rows = until(
        lambda: [c for c in desk.agent("GET", "/conversations?status=open")["data"]["payload"] if c["subject"] == "A question"], "the conversation")
    assert rows[0]["meta"]["sender"]["email"] == "ben@customer.test"
    server.stop()
    assert server.command("ingest", "--recipient", "help@acme.test", input=raw).returncode == 75


def test_a_bounce_with_its_token_marks_the_message_and_a_forged_one_changes_nothing(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    envelope = relay.next()
    until(lambda: desk.state(conversation, "Yes.") == "emailed", "the mail to be sent")
    mail = parse(envelope)
    bounce = (
        "From: MAILER-DAEMON@mx.test\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{id}@mx.test>\r\n"
        'Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        "Final-Recipient: rfc822; ann@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n--b--\r\n"
    )
    reply_to = mail["Reply-To"].addresses[0].addr_spec
    for number, recipient in enumerate([reply_to, envelope.mail_from]):
        with smtplib.SMTP("127.0.0.1", server.smtp, timeout=20) as client:
            client.sendmail("", [recipient], bounce.format(to=recipient, id=number).encode())
        until(lambda: len(desk.agent("GET", "/mails?outcome=recorded")["payload"]) == number + 1, "the bounce to be recorded")
        assert desk.state(conversation, "Yes.") == ("bounced" if number else "emailed")


def test_a_restart_in_the_middle_forgets_nothing(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Before the crash.")
    server.stop(9)
    server.start()
    assert "Before the crash." in parse(relay.next()).get_body(("plain",)).get_content()
    until(lambda: desk.state(conversation, "Before the crash.") == "emailed", "the delivery line to say emailed")


def test_a_reader_that_is_killed_takes_no_mail_with_it(server, relay):
    import os
    import signal
    import subprocess

    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    mail = parse(relay.next())
    for number in range(5):
        children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout.split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)
        post(server, answer(mail, f"Number {number}.", message_id=f"<n{number}@customer.test>"))
        until(lambda: desk.find(conversation, f"Number {number}."), "the mail after its reader was killed")
    assert len([m for m in desk.messages(conversation) if (m["content"] or "").startswith("Number")]) == 5


def test_a_reader_that_hangs_holds_the_next_mail_up_for_less_than_five_seconds(server, relay):
    import os
    import signal
    import subprocess
    import time

    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    mail = parse(relay.next())
    post(server, answer(mail, "Before.", message_id="<before@customer.test>"))
    until(lambda: desk.find(conversation, "Before."), "a mail, so that readers are there")
    for child in subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout.split():
        os.kill(int(child), signal.SIGSTOP)
    # Larger than a pipe holds: the server's writing to its reader hangs.
    post(server, answer(mail, "Hung.\n" + "> a line of the quote\n" * 10_000, message_id="<hung@customer.test>"))
    begun = time.monotonic()
    post(server, answer(mail, "Next.", message_id="<next@customer.test>"))
    until(lambda: desk.find(conversation, "Next."), "the next mail")
    # Four seconds of patience, and a second for the fresh reader and the look that found it.
    assert time.monotonic() - begun < 6
    # The other is tried once more.
    until(lambda: desk.find(conversation, "Hung."), "the mail whose reader hung", seconds=40)


def test_an_answer_to_one_mail_says_nothing_of_another_that_waits(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "First.")
    first = parse(relay.next())
    relay.answers = ["451 4.3.0 later"]
    desk.say(conversation, "Second.")
    until(lambda: desk.state(conversation, "Second.") == "deferred", "the second to wait for its next try")
    post(server, answer(first, "To the first."))
    until(lambda: desk.state(conversation, "First.") == "answered", "the first to be answered")
    assert desk.state(conversation, "Second.") == "deferred"


def test_a_token_is_in_no_answer_of_the_api(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes.")
    mail = parse(relay.next())
    address = mail["Reply-To"].addresses[0].addr_spec
    token = address.split("+")[1].split("@")[0]
    post(server, answer(mail, f"I answer to {address}, is that right?"))
    found = until(lambda: next((m for m in desk.messages(conversation) if "I answer to" in (m["content"] or "")), None), "the answer")
    assert found["mail"]["to"][0]["address"].startswith("reply+…@")
    shown = str(desk.messages(conversation)) + str(desk.agent("GET", "/mails")) + str(desk.agent("GET", "/conversations"))
    shown += str(desk.visitor("GET", "/messages"))
    assert token not in shown.lower() and "reply+…@reply.acme.test" in shown


def test_a_copy_goes_to_whom_the_agent_names_and_to_nobody_else(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    for wrong in ({"cc_emails": "no address"}, {"cc_emails": "support@acme.test"}, {"bcc_emails": "x@else.test"}, {"to_emails": "x@else.test"},
                  {"cc_emails": "bob@customer.test", "private": True}, {"cc_emails": [f"p{n}@customer.test" for n in range(11)]}):
        status, refused = server.request("POST", f"/api/v1/accounts/{desk.account}/conversations/{conversation}/messages",
                                         {"content": "Never said", **wrong}, {"api_access_token": desk.token})
        assert status == 422 and (refused.get("message") or refused.get("error")), (wrong, status, refused)

    desk.say(conversation, "For you alone.", content_attributes={"delivery": "email_now"})
    desk.say(conversation, "For both of you.", cc_emails="Bob@customer.test, bob@customer.test",
             content_attributes={"delivery": "email_now"})
    # The two mails to the customer may pass each other on the way; the copy leaves behind its own.
    came = [relay.next() for _ in range(3)]
    (alone,) = (mail for mail in came if parse(mail)["Cc"] is None)
    main, copy = (mail for mail in came if mail is not alone)
    assert alone.rcpt_tos == ["ann@customer.test"]
    assert "For both of you." not in parse(alone).get_body(("plain",)).get_content()

    assert (main.rcpt_tos, copy.rcpt_tos) == (["ann@customer.test"], ["bob@customer.test"])
    assert main.content == copy.content and main.mail_from != copy.mail_from
    mail = parse(copy)
    assert (str(mail["To"]), str(mail["Cc"])) == ("ann@customer.test", "bob@customer.test")
    words = mail.get_body(("plain",)).get_content()
    assert "For both of you." in words and "For you alone." not in words
    assert "/continue" not in words and "continue in chat" not in words
    assert desk.find(conversation, "For both of you.")["content_attributes"]["cc_emails"] == ["bob@customer.test"]
    assert all("cc_emails" not in (m["content_attributes"] or {}) for m in desk.visitor("GET", "/messages")["payload"])

    post(server, answer(mail, "Me too, says Bob.", sender="bob@customer.test"), sender="bob@customer.test")
    found = until(lambda: desk.find(conversation, "Me too, says Bob."), "the answer of whoever got a copy")
    assert found["mail"]["standing"] == "participant" and not found["held"]
    assert relay.mails.empty()

    # A proven address is shown what went before; not where somebody else reads it too.
    post(server, answer(parse(alone), "It is really me."))
    until(lambda: desk.find(conversation, "It is really me."), "the customer's answer")
    desk.say(conversation, "For you again.", content_attributes={"delivery": "email_now"})
    assert "For you alone." in parse(relay.next()).get_body(("plain",)).get_content()
    desk.say(conversation, "For both again.", cc_emails="bob@customer.test", content_attributes={"delivery": "email_now"})
    for mail in (relay.next(), relay.next()):
        words = parse(mail).get_body(("plain",)).get_content()
        assert "For both again." in words and "For you" not in words and "really me" not in words


def test_a_copy_that_comes_back_says_nothing_about_the_customer(server, relay):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "For both of you.", cc_emails="bob@customer.test", content_attributes={"delivery": "email_now"})
    relay.next()
    copy = relay.next()
    report = (
        f"From: MAILER-DAEMON@customer.test\r\nTo: {copy.mail_from}\r\nSubject: Undelivered\r\nMessage-ID: <dsn-1@customer.test>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.customer.test\r\n\r\nFinal-Recipient: rfc822; bob@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b--\r\n")
    with smtplib.SMTP("127.0.0.1", server.smtp, timeout=20) as client:
        client.sendmail("", [copy.mail_from], report.encode())
    until(lambda: any("The copy to bob@customer.test was not delivered" in (m["content"] or "") for m in desk.messages(conversation)),
          "the thread to say that the copy did not arrive")
    assert desk.state(conversation, "For both of you.") == "emailed"
    assert desk.agent("GET", f"/conversations/{conversation}")["continuity"]["address_state"] == "claimed"
