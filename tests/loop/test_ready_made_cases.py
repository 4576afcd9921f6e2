"""Mail as it really comes back: one named case for each way in which it is not what one expected. One server for all of them."""
import copy
import email
import email.message
import email.policy
import smtplib

import pytest
from conftest import Relay, Server, until
from test_chat_email_chat import Desk, parse

HELP = "help@acme.test"


class SortingRelay(Relay):
    """Keeps the mails of each recipient; `says` is the next answer to a mail that it takes."""

    def __init__(self):
        super().__init__()
        self.kept = {}
        self.says = None

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.kept.setdefault(envelope.rcpt_tos[0], []).append(envelope)
        says, self.says = self.says, None
        return says or "250 2.0.0 taken"

    def mail_to(self, address, number=1):
        return until(lambda: (self.kept.get(address, [])[number - 1 :] or [None])[0], f"mail {number} to {address}")


class House(Desk):
    def __init__(self, server, relay):
        server.create("inbox", "create", "--kind", "email", "--name", "Help", "--address", HELP)
        super().__init__(server)
        boss = server.create(
            "agent", "create", "--email", "boss@acme-team.test", "--name", "Boss", "--password", "correct horse battery", "--role", "administrator")
        self.boss = boss["api_access_token"]
        self.relay = relay

    def administrator(self, method, path, body=None):
        status, answer = self.server.request(method, f"/api/v1/accounts/{self.account}{path}", body, {"api_access_token": self.boss})
        assert status == 200, (path, status, answer)
        return answer

    def customer(self, name, words="Do you ship to Norway?", address=True):
        """A browser of its own with a conversation of its own."""
        customer = copy.copy(self)
        _, config = self.server.request("POST", f"/api/v1/widget/config?website_token={self.website}", {})
        customer.session = config["website_channel_config"]["auth_token"]
        customer.address = f"{name}@customer.test"
        customer.number = customer.begin(words, customer.address if address else None)
        customer.sent = 0
        return customer

    def tell(self, words, **more):
        """The agent answers by mail; gives the mail that the customer gets."""
        self.say(self.number, words, content_attributes={"delivery": "email_now"}, **more)
        self.sent += 1
        self.envelope = self.relay.mail_to(self.address, self.sent)
        return parse(self.envelope)

    def reply_address(self, mail):
        return mail["Reply-To"].addresses[0].addr_spec

    def post(self, reply, recipient, sender=None):
        with smtplib.SMTP("127.0.0.1", self.server.smtp, timeout=20) as client:
            client.sendmail(self.address if sender is None else sender, [recipient], reply if isinstance(reply, bytes) else reply.as_bytes())

    def arrived(self, message_id):
        """The row of a mail on the mail desk, once it has come to its end."""
        def row():
            found = [m for m in self.agent("GET", "/mails")["payload"] if m["message_id"] == message_id and m["outcome"]]
            return found[0] if found else None
        return until(row, f"the end of mail {message_id}")

    def wait(self, words, number=None):
        return until(lambda: self.find(number or self.number, words), f"“{words}” in the conversation")

    def sees(self):
        return [(text or "").strip() for text in self.visitor_sees()]

    def conversation(self, number=None):
        return self.agent("GET", f"/conversations/{number or self.number}")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    relay = SortingRelay()
    relay.controller.start()
    server = Server(tmp_path_factory.mktemp("cases"), relay)
    server.settings.append("--mail-notify-agents-after=1s")
    yield House(server, relay)
    server.stop()
    relay.controller.stop()
    print(open(f"{server.directory}/server.log").read()[-4000:])


def answer(customer, mail, words, *, to=None, sender=None, id=None, references=True, quoted=True, extra=()):
    """What a mail program makes of an answer. `id` names the mail in the test."""
    reply = email.message.EmailMessage(policy=email.policy.SMTP)
    reply["From"] = f"Ann <{sender or customer.address}>"
    reply["To"] = to or customer.reply_address(mail)
    reply["Subject"] = mail["Subject"] if mail["Subject"].startswith("Re:") else f"Re: {mail['Subject']}"
    reply["Date"] = "Mon, 02 Mar 2026 14:05:00 +0000"
    if id:
        reply["Message-ID"] = f"<{id}@customer.test>"
    if references:
        reply["In-Reply-To"] = mail["Message-ID"]
        reply["References"] = f"{mail.get('References', '')} {mail['Message-ID']}".strip()
    for name, value in extra:
        reply[name] = value
    text = mail.get_body(("plain",)).get_content()
    quote = "\n".join(f"> {line}" for line in text.splitlines())
    reply.set_content(f"{words}\n\nOn Mon, 2 Mar 2026 at 14:03, Sam at Acme <support@acme.test> wrote:\n{quote}\n" if quoted else f"{words}\n")
    return reply


def check(customer, words, *, id, evidence, visible=True, standing="contact", outcome="threaded", number=None):
    """One message with these words alone; on the mail desk its end and why; in the widget only what may be there."""
    message = customer.wait(words, number)
    row = customer.arrived(id)
    assert row["outcome"] == outcome and row["reason"], row
    assert row["evidence"] == evidence and row["evidence_detail"], row
    assert message["mail"]["standing"] == standing, message["mail"]
    assert message["held"] == (outcome == "held")
    assert (words in customer.sees()) == visible
    return message, row


def test_token_in_cc(house):
    ann = house.customer("cc")
    mail = ann.tell("Yes.")
    reply = answer(ann, mail, "Answer with the token in Cc.", to=HELP, id="cc", references=False, extra=[("Cc", ann.reply_address(mail))])
    ann.post(reply, HELP)
    # It names no mail of ours, and the address was only typed: agents alone see it.
    _, row = check(ann, "Answer with the token in Cc.", id="cc@customer.test", evidence="reply_token", visible=False)
    assert "Cc" in row["evidence_detail"]


def test_token_only_in_delivered_to(house):
    ann = house.customer("delivered")
    mail = ann.tell("Yes.")
    reply = answer(ann, mail, "Only Delivered-To knows.", to=HELP, id="delivered", extra=[("Delivered-To", ann.reply_address(mail))])
    ann.post(reply, HELP)
    _, row = check(ann, "Only Delivered-To knows.", id="delivered@customer.test", evidence="reply_token")
    assert "Delivered-To" in row["evidence_detail"]


def test_token_in_capitals(house):
    ann = house.customer("capitals")
    mail = ann.tell("Yes.")
    shouted = ann.reply_address(mail).upper()
    ann.post(answer(ann, mail, "IN CAPITALS.", to=shouted, id="capitals"), shouted)
    check(ann, "IN CAPITALS.", id="capitals@customer.test", evidence="reply_token")


def test_apple_mail_replaced_references(house):
    ann = house.customer("apple")
    mail = ann.tell("Yes.")
    reply = answer(ann, mail, "From my phone.", to=HELP, id="apple", references=False, quoted=False)
    reply["References"] = "<0B1C2D3E-AAAA-4BBB-8CCC-123456789ABC@customer.test>"
    reply["In-Reply-To"] = mail["Message-ID"]
    ann.post(reply, HELP)
    check(ann, "From my phone.", id="apple@customer.test", evidence="own_message_id")
    assert ann.state(ann.number, "Yes.") == "answered"


def test_provider_rewrote_our_message_id(house):
    ann = house.customer("rewritten")
    house.relay.says = "250 2.6.0 <0100018f-rewritten-by-the-provider@mail.provider.test> [InternalId=7] Queued mail for delivery"
    mail = ann.tell("Yes.")
    until(lambda: ann.state(ann.number, "Yes.") == "emailed", "the relay's answer to be kept")
    reply = answer(ann, mail, "I answer the other id.", to=HELP, id="rewritten", references=False, quoted=False)
    reply["In-Reply-To"] = "<0100018f-rewritten-by-the-provider@mail.provider.test>"
    ann.post(reply, HELP)
    check(ann, "I answer the other id.", id="rewritten@customer.test", evidence="own_message_id")
    assert ann.state(ann.number, "Yes.") == "answered"


def test_every_header_was_lost_and_the_quoted_mark_is_left(house):
    ann = house.customer("mark")
    first = ann.tell("Yes.")
    ann.post(answer(ann, first, "To prove the address.", id="mark-0"), ann.reply_address(first))
    ann.wait("To prove the address.")
    mail = ann.tell("And more.")
    ann.post(answer(ann, mail, "Only the quote is left.", to=HELP, id="mark", references=False), HELP)
    check(ann, "Only the quote is left.", id="mark@customer.test", evidence="marker")
    # A stranger who quotes the same mark is not believed.
    ann.post(answer(ann, mail, "I found your mail.", to=HELP, sender="eve@elsewhere.test", id="mark-eve", references=False), HELP)
    row = ann.arrived("mark-eve@customer.test")
    assert row["outcome"] == "new_conversation" and row["conversation_id"] != ann.number
    linked = ann.conversation(row["conversation_id"])["linked_conversations"]
    assert [(c["id"], c["relation"]) for c in linked] == [(ann.number, "earlier")]


def test_thunderbird_quotes(house):
    ann = house.customer("thunderbird")
    mail = ann.tell("Yes, for nine euros.")
    reply = answer(ann, mail, "", id="thunderbird", quoted=False)
    quote = "\n".join(f"> {line}".rstrip() for line in mail.get_body(("plain",)).get_content().splitlines())
    reply.set_content(f"Am 02.03.26 um 14:03 schrieb Sam at Acme:\n{quote}\n\nDann nehme ich zwei.\n\n-- \nAnn Berg\n")
    ann.post(reply, ann.reply_address(mail))
    message, _ = check(ann, "Dann nehme ich zwei.", id="thunderbird@customer.test", evidence="reply_token")
    assert "nine euros" in message["mail"]["quoted"]


def test_footer_after_the_quote(house):
    ann = house.customer("footer")
    mail = ann.tell("Yes, for nine euros.")
    reply = answer(ann, mail, "I take one.", id="footer")
    reply.set_content(reply.get_content() + "\n--\nThis email was checked for viruses by Example Antivirus.\nwww.antivirus.test\n")
    ann.post(reply, ann.reply_address(mail))
    check(ann, "I take one.", id="footer@customer.test", evidence="reply_token")


def test_an_agent_in_cc_answers_from_their_own_mailbox(house):
    ann = house.customer("agentcc")
    mail = ann.tell("Yes.")
    reply = answer(
        ann, mail, "I add something.", sender="sam@acme-team.test", id="agentcc", extra=[("Cc", ann.address)])
    ann.post(reply, ann.reply_address(mail), sender="sam@acme-team.test")
    message, row = check(
        ann, "I add something.", id="agentcc@customer.test", evidence="reply_token", visible=False, standing="stranger", outcome="held")
    assert "agent" in row["reason"] and "agent" in row["ways_out"]
    ann.agent("POST", f"/conversations/{ann.number}/messages/{message['id']}/held", {"action": "agent"})
    mine = ann.wait("I add something.")
    assert mine["message_type"] == 1 and mine["sender"]["name"] == "Sam"
    assert mine["delivery"]["state"] == "not_sent", "who had it in Cc is not mailed again"
    assert "I add something." in ann.sees()


def test_a_colleague_to_whom_it_was_forwarded_answers(house):
    ann = house.customer("forwarded")
    mail = ann.tell("Yes.")
    bob = "bob@elsewhere.test"
    ann.post(answer(ann, mail, "Ann asked me to answer.", sender=bob, id="bob-1"), ann.reply_address(mail), sender=bob)
    message, row = check(
        ann, "Ann asked me to answer.", id="bob-1@customer.test", evidence="reply_token", visible=False, standing="stranger", outcome="held")
    assert row["ways_out"] == ["same_person", "participant", "separate", "discard"]
    assert ann.conversation()["held_count"] == 1
    ann.agent("POST", f"/conversations/{ann.number}/messages/{message['id']}/held", {"action": "participant"})
    assert "Ann asked me to answer." in ann.sees()
    # Remembered: the next one needs no decision, and bears his own name.
    ann.post(answer(ann, mail, "One more thing.", sender=bob, id="bob-2"), ann.reply_address(mail), sender=bob)
    second, _ = check(ann, "One more thing.", id="bob-2@customer.test", evidence="reply_token", standing="participant")
    assert second["sender"]["email"] == bob
    # Nobody became a recipient by that.
    ann.tell("To Ann alone.")
    assert ann.envelope.rcpt_tos == [ann.address] and bob not in house.relay.kept


def test_a_colleague_in_cc_of_the_customers_answer_is_a_participant(house):
    ann = house.customer("incc")
    mail = ann.tell("Yes.")
    carl = "carl@elsewhere.test"
    first = answer(ann, mail, "Carl knows more.", id="incc-1", extra=[("Cc", f"Carl <{carl}>")])
    ann.post(first, ann.reply_address(mail))
    ann.wait("Carl knows more.")
    assert [p["address"] for p in ann.conversation()["mail_participants"]] == [carl]
    ann.post(answer(ann, mail, "I do.", sender=carl, id="incc-2"), ann.reply_address(mail), sender=carl)
    check(ann, "I do.", id="incc-2@customer.test", evidence="reply_token", standing="participant")
    # What answers nothing of this thread is not shown, whoever's name it bears.
    fresh = answer(ann, mail, "Your code is 998877.", sender=carl, id="incc-3", references=False, quoted=False)
    ann.post(fresh, ann.reply_address(mail), sender=carl)
    check(ann, "Your code is 998877.", id="incc-3@customer.test", evidence="reply_token", standing="participant", visible=False)
    assert carl not in house.relay.kept


def bounce(to, id, recipient, status="5.1.1", action="failed"):
    return (
        f"From: MAILER-DAEMON@mx.test\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{id}@customer.test>\r\n"
        'Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 no such user\r\n--b--\r\n"
    ).encode()


def test_bounce(house):
    ann = house.customer("bounce")
    ann.tell("Yes.")
    until(lambda: ann.state(ann.number, "Yes.") == "emailed", "the mail to be sent")
    ann.post(bounce(ann.envelope.mail_from, "bounce", ann.address), ann.envelope.mail_from, sender="")
    assert ann.arrived("bounce@customer.test")["outcome"] == "recorded"
    message = ann.find(ann.number, "Yes.")
    assert message["delivery"]["state"] == "bounced" and "no such user" in message["delivery"]["reason"]
    assert ann.conversation()["continuity"]["address_state"] == "unreachable"
    assert "Sorry." not in ann.sees() and "Yes." in ann.sees()


def test_out_of_office_without_any_header(house):
    ann = house.customer("ooo")
    mail = ann.tell("Yes.")
    ann.agent("POST", f"/conversations/{ann.number}/toggle_status", {"status": "resolved"})
    reply = answer(ann, mail, "I am out of the office until Monday and read no mail.", id="ooo", quoted=False)
    del reply["Subject"]
    reply["Subject"] = f"Automatic reply: {mail['Subject']}"
    ann.post(reply, ann.reply_address(mail))
    row = ann.arrived("ooo@customer.test")
    assert row["outcome"] == "recorded" and row["kind"] == "auto_reply", row
    assert ann.conversation()["status"] == "resolved" and ann.conversation()["unread_count"] <= 1
    assert not any("out of the office" in text for text in ann.sees())


def test_no_message_id(house):
    ann = house.customer("noid")
    mail = ann.tell("Yes.")
    ann.post(answer(ann, mail, "I have no id."), ann.reply_address(mail))
    message = ann.wait("I have no id.")
    assert message["mail"]["message_id"] and message["mail"]["outcome"] == "threaded" and "I have no id." in ann.sees()
    # The same once more (it has the same date) is the same mail; another one without an id is another one.
    ann.post(answer(ann, mail, "I have no id."), ann.reply_address(mail))
    ann.post(answer(ann, mail, "I have none either."), ann.reply_address(mail))
    ann.wait("I have none either.")
    assert [m["content"].strip() for m in ann.messages(ann.number)].count("I have no id.") == 1


def test_the_same_mail_by_two_ways_in(house):
    ann = house.customer("twoways")
    mail = ann.tell("Yes.")
    reply = answer(ann, mail, "Once only.", id="twoways", extra=[("Cc", HELP)])
    ann.post(reply, ann.reply_address(mail))
    second = b"Received: from forwarder.test by desk.acme.test; Mon, 2 Mar 2026 14:05:00 +0000\r\nDelivered-To: help@acme.test\r\n" + reply.as_bytes()
    assert house.server.command("ingest", "--recipient", HELP, "--sender", ann.address, input=second).returncode == 0
    rows = until(
        lambda: (lambda found: found if len(found) == 2 else None)(
            [m for m in ann.agent("GET", "/mails")["payload"] if m["message_id"] == "twoways@customer.test" and m["outcome"]]),
        "both copies to come to their end")
    assert sorted(m["outcome"] for m in rows) == ["recorded", "threaded"]
    assert [m["content"].strip() for m in ann.messages(ann.number)].count("Once only.") == 1
    assert ann.sees().count("Once only.") == 1


def test_the_same_message_id_with_other_content(house):
    ann = house.customer("sameid")
    mail = ann.tell("Yes.")
    ann.post(answer(ann, mail, "The first of them.", id="sameid"), ann.reply_address(mail))
    ann.wait("The first of them.")
    ann.post(answer(ann, mail, "The second of them.", id="sameid"), ann.reply_address(mail))
    second = ann.wait("The second of them.")
    assert second["content_attributes"]["same_message_id"] is True and "Message-ID" in second["mail"]["reason"]
    assert {"The first of them.", "The second of them."} <= set(ann.sees())


def test_the_customers_second_address(house):
    ann = house.customer("second")
    mail = ann.tell("Yes.")
    other = "ann.at.work@office.test"
    ann.post(answer(ann, mail, "From my office.", sender=other, id="second-1"), ann.reply_address(mail), sender=other)
    message, _ = check(
        ann, "From my office.", id="second-1@customer.test", evidence="reply_token", visible=False, standing="stranger", outcome="held")
    ann.agent("POST", f"/conversations/{ann.number}/messages/{message['id']}/held", {"action": "same_person"})
    assert "From my office." in ann.sees()
    ann.post(answer(ann, mail, "From there again.", sender=other, id="second-2"), ann.reply_address(mail), sender=other)
    again = ann.wait("From there again.")
    assert again["mail"]["standing"] == "contact" and not again["held"]
    assert ann.conversation()["meta"]["sender"]["email"] == ann.address, "mail goes where it went"


def prove(ann, id):
    """The customer answers one mail, which proves the address."""
    mail = ann.tell("A first word.")
    ann.post(answer(ann, mail, f"Proof {id}.", id=f"proof-{id}"), ann.reply_address(mail))
    ann.wait(f"Proof {id}.")
    return mail


def test_answer_to_a_transcript(house):
    ann = house.customer("transcript")
    prove(ann, "transcript")
    ann.agent("POST", f"/conversations/{ann.number}/transcript", {})
    ann.sent += 1
    transcript = parse(house.relay.mail_to(ann.address, ann.sent))
    assert transcript["Auto-Submitted"] == "auto-generated" and "A first word." in transcript.get_body(("plain",)).get_content()
    ann.post(answer(ann, transcript, "About this transcript.", id="transcript"), ann.reply_address(transcript))
    check(ann, "About this transcript.", id="transcript@customer.test", evidence="reply_token")


def test_answer_to_a_mail_of_a_merged_conversation(house):
    ann = house.customer("merged")
    mail = prove(ann, "merged")
    second = ann.visitor("POST", "/conversations", {"message": {"content": "Another matter"}})["id"]
    assert second != ann.number
    merged = ann.agent("POST", "/actions/conversation_merge", {"base_conversation_id": second, "mergee_conversation_id": ann.number})
    assert merged["id"] == second and ann.conversation(ann.number)["id"] == second
    ann.post(answer(ann, mail, "To the merged one.", id="merged"), ann.reply_address(mail))
    check(ann, "To the merged one.", id="merged@customer.test", evidence="reply_token", number=second)
    ann.post(answer(ann, mail, "By its id alone.", to=HELP, id="merged-2", quoted=False), HELP)
    check(ann, "By its id alone.", id="merged-2@customer.test", evidence="own_message_id", number=second)
    ann.number = second
    assert ann.tell("From the merged one.")["In-Reply-To"] == "<merged-2@customer.test>"


def test_answer_to_a_mail_of_a_resolved_conversation(house):
    ann = house.customer("resolved")
    mail = ann.tell("Yes.")
    resolve = lambda: ann.agent("POST", f"/conversations/{ann.number}/toggle_status", {"status": "resolved"})
    resolve()
    ann.post(answer(ann, mail, "Thank you so much, Sam!", id="resolved-1"), ann.reply_address(mail))
    message, row = check(ann, "Thank you so much, Sam!", id="resolved-1@customer.test", evidence="reply_token")
    assert message["content_attributes"]["gratitude"] is True and "thanks" in row["reason"]
    assert ann.conversation()["status"] == "resolved" and ann.conversation()["waiting_since"] == 0
    ann.post(answer(ann, mail, "Thanks, but it does not fit.", id="resolved-2"), ann.reply_address(mail))
    check(ann, "Thanks, but it does not fit.", id="resolved-2@customer.test", evidence="reply_token")
    assert ann.conversation()["status"] == "open" and ann.conversation()["waiting_since"] > 0


def test_answer_to_a_mail_of_a_deleted_conversation(house):
    ann = house.customer("deleted")
    mail = ann.tell("Yes.")
    ann.administrator("DELETE", f"/conversations/{ann.number}")
    ann.post(answer(ann, mail, "Are you still there?", id="deleted"), ann.reply_address(mail))
    row = ann.arrived("deleted@customer.test")
    assert row["outcome"] == "new_conversation" and row["evidence"] == "reply_token", row
    lines = [m["content"] for m in ann.messages(row["conversation_id"])]
    assert any("Are you still there?" in line for line in lines)
    assert any(f"#{ann.number}" in line and "deleted" in line for line in lines)
    assert "Are you still there?" not in ann.sees()


def test_answer_after_the_reply_domain_changed(house):
    ann = house.customer("domain")
    mail = ann.tell("Yes.")
    inbox = ann.conversation()["inbox_id"]
    ann.administrator("PATCH", f"/inboxes/{inbox}", {"reply_domain": "answers.acme.test"})
    try:
        ann.post(answer(ann, mail, "To the old domain.", id="domain"), ann.reply_address(mail))
        check(ann, "To the old domain.", id="domain@customer.test", evidence="reply_token")
        assert ann.reply_address(ann.tell("From the new one.")).endswith("@answers.acme.test")
    finally:
        ann.administrator("PATCH", f"/inboxes/{inbox}", {"reply_domain": ""})


def test_address_given_after_the_agents_answer(house):
    ann = house.customer("later", address=False)
    ann.say(ann.number, "What is your order number?")
    waiting = until(lambda: ann.state(ann.number, "What is your order number?") == "not_sent" and ann.find(ann.number, "What is your order number?"), "no address")
    assert waiting["delivery"]["reason"] == "no_address"
    ann.visitor("PATCH", "/contact", {"email": ann.address})
    mail = parse(house.relay.mail_to(ann.address))
    assert "What is your order number?" in mail.get_body(("plain",)).get_content()
    ann.post(answer(ann, mail, "It is 7.", id="later"), ann.reply_address(mail))
    check(ann, "It is 7.", id="later@customer.test", evidence="reply_token")


def test_a_code_from_another_service_is_not_shown_in_the_widget(house):
    thief = house.customer("noreply")
    mail = thief.tell("Hello?")
    code = email.message.EmailMessage(policy=email.policy.SMTP)
    code["From"], code["To"], code["Subject"] = f"Service <{thief.address}>", thief.reply_address(mail), "Confirm your address"
    code["Message-ID"] = "<code@customer.test>"
    code.set_content("code 123456\n")
    thief.post(code, thief.reply_address(mail))
    check(thief, "code 123456", id="code@customer.test", evidence="reply_token", visible=False)
    assert not any("123456" in str(value) for value in [thief.visitor("GET", "/messages"), thief.visitor("GET", "/conversations")])


def test_a_quarantined_mail_is_released_and_held(house):
    ann = house.customer("released")
    mail = ann.tell("Yes.")
    ann.post(answer(ann, mail, "From ourselves.", sender="support@acme.test", id="released"), ann.reply_address(mail), sender="support@acme.test")
    row = ann.arrived("released@customer.test")
    assert row["outcome"] == "quarantined" and "loop" in row["reason"] and row["ways_out"] == ["release", "discard"]
    assert ann.agent("GET", "/mails/counts")["quarantined"] >= 1
    ann.agent("POST", f"/mails/{row['id']}/release")
    held = ann.wait("From ourselves.")
    assert held["held"] and "From ourselves." not in ann.sees()
    ann.agent("POST", f"/mails/{row['id']}/discard")
    assert ann.find(ann.number, "From ourselves.") is None
    done = ann.agent("GET", f"/mails/{row['id']}")
    assert done["settled"] and done["ways_out"] == []


def test_a_second_person_proves_the_address_and_the_two_join(house):
    """Ann wrote by mail long ago; today somebody types her address in the chat and answers from it."""
    address = "join@customer.test"
    first = email.message.EmailMessage(policy=email.policy.SMTP)
    first["From"], first["To"], first["Subject"], first["Message-ID"] = f"Ann Berg <{address}>", HELP, "Long ago", "<join-0@customer.test>"
    first.set_content("I wrote a mail.\n")
    ann = house.customer("join")
    ann.post(first, HELP)
    old = ann.arrived("join-0@customer.test")["conversation_id"]
    other = copy.copy(ann)
    other.number = old
    other.sent = 0
    mail = other.tell("Answer to the mail.")
    other.post(answer(other, mail, "By mail again.", id="join-1"), other.reply_address(mail))
    other.wait("By mail again.", old)
    ann.sent = 1
    assert ann.conversation()["meta"]["sender"]["says_to_be"]["name"] == "Ann Berg"
    chat = ann.tell("Answer to the chat.")
    ann.post(answer(ann, chat, "It is me.", id="join-2"), ann.reply_address(chat))
    ann.wait("It is me.")
    assert ann.conversation()["meta"]["sender"]["id"] == ann.conversation(old)["meta"]["sender"]["id"]
    assert any("joined" in (m["content"] or "") for m in ann.messages(ann.number))
    assert "It is me." in ann.sees() and "I wrote a mail." not in ann.sees()


def test_an_agent_answers_a_notification_by_mail(house):
    """Nobody opens what the customer wrote: one agent gets it by mail, and the answer reaches the customer."""
    ann = house.customer("notified", words="Is anybody there?")
    told = until(lambda: next((m for m in map(parse, house.relay.kept.get("sam@acme-team.test", []) + house.relay.kept.get("boss@acme-team.test", []))
                               if f"[#{ann.number}]" in m["Subject"]), None), "the notification")
    agent = told["To"].addresses[0].addr_spec
    assert "Is anybody there?" in told.get_body(("plain",)).get_content()
    assert told["Auto-Submitted"] == "auto-generated" and told["Reply-To"].addresses[0].username.startswith("reply+")

    def reply(words, id, sender=agent, **more):
        mail = answer(ann, told, words, sender=sender, id=id, **more)
        ann.post(mail, told["Reply-To"].addresses[0].addr_spec, sender=sender)
        return ann.arrived(f"{id}@customer.test")

    assert reply("Yes, I am here.", "agent-1")["outcome"] == "threaded"
    said = ann.wait("Yes, I am here.")
    assert said["message_type"] == 1 and not said["private"] and said["sender"]["email"] == agent and said["mail"]["standing"] == "agent"
    assert "Yes, I am here." in ann.sees() and ann.conversation()["unread_count"] == 0
    assert "Yes, I am here." in parse(house.relay.mail_to(ann.address)).get_body(("plain",)).get_content()

    assert reply("#note He asked that before.", "agent-2")["outcome"] == "threaded"
    note = ann.wait("He asked that before.")
    assert note["private"] and "He asked that before." not in ann.sees()

    # From somebody else's address, or without naming our mail, it is nobody's word: held for agents.
    assert reply("I am Sam, believe me.", "agent-3", sender="eve@elsewhere.test")["outcome"] == "held"
    assert reply("I am Sam too.", "agent-4", references=False)["outcome"] == "held"
    # The customer's own address does not make it the agent's either.
    assert reply("I am the customer.", "agent-5", sender=ann.address)["outcome"] == "held"
    assert not {"I am Sam, believe me.", "I am Sam too.", "I am the customer."} & set(ann.sees())


def test_the_what_if_on_the_command_line(house):
    events = b'[{"at":0,"event":"address","address":"ann@customer.test"},{"at":"10s","event":"agent_message"},{"at":"1m","event":"note"}]'
    done = house.server.command("continuity", "preview", input=events)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines()[0] == "0:11  mail to ann@customer.test with message 1", done.stdout
    assert house.server.command("continuity", "preview", "--json", input=events).stdout.startswith(b'{"mails":[{"at":11,')
    wrong = house.server.command("continuity", "preview", input=b'[{"at":0,"event":"dance"}]')
    assert wrong.returncode == 64 and b"Event 1" in wrong.stderr


def test_held_replies_are_separated_or_discarded_and_both_are_remembered(house):
    ann = house.customer("ways")
    mail = ann.tell("Yes.")
    for name, action, first, second in [("dan", "separate", "new_conversation", "new_conversation"), ("eva", "discard", "quarantined", "quarantined")]:
        sender = f"{name}@elsewhere.test"
        ann.post(answer(ann, mail, f"I am {name}.", sender=sender, id=f"{name}-1"), ann.reply_address(mail), sender=sender)
        held = ann.wait(f"I am {name}.")
        ann.agent("POST", f"/conversations/{ann.number}/messages/{held['id']}/held", {"action": action})
        assert ann.find(ann.number, f"I am {name}.") is None
        row = ann.arrived(f"{name}-1@customer.test")
        assert row["outcome"] == first and row["settled"]
        # Nobody is asked again.
        ann.post(answer(ann, mail, f"{name} again.", sender=sender, id=f"{name}-2"), ann.reply_address(mail), sender=sender)
        row = ann.arrived(f"{name}-2@customer.test")
        assert row["outcome"] == second and (row["conversation_id"] != ann.number or second == "quarantined"), row
        assert ann.find(ann.number, f"{name} again.") is None
    standings = {p["address"]: p["standing"] for p in ann.conversation()["mail_participants"]}
    assert standings == {"dan@elsewhere.test": "separate", "eva@elsewhere.test": "discarded"}
    assert not {"I am dan.", "dan again.", "I am eva.", "eva again."} & set(ann.sees())
