"""A mailbox of an ordinary mail server as a way in, with a real Dovecot."""
import email
import email.policy
import email.utils
import json
import pathlib
import re
import subprocess
import textwrap
import time

from conftest import mail


def test_a_mail_is_in_its_conversation_and_an_answer_to_its_plus_address_threads(desk, dovecot, relay):
    dovecot.deliver(mail("There before"))
    desk.connect(dovecot)
    began = time.monotonic()
    dovecot.deliver(mail("Shipping"))
    (first,) = desk.until_mails(1)
    print(f"In its conversation after {time.monotonic() - began:.2f} s")
    # What was there before the mailbox was connected stays there.
    assert (first["subject"], first["outcome"], first["ingress"]) == ("Shipping", "new_conversation", "imap")
    conversation = first["conversation_id"]

    desk.agent("POST", f"/conversations/{conversation}/messages", {"content": "Yes, for nine euros."})
    sent = relay.next()
    answered = email.message_from_bytes(sent.content, policy=email.policy.default)
    reply_to = email.utils.parseaddr(answered["Reply-To"])[1]
    local, _, rest = reply_to.partition("+")
    assert local == "support" and rest.endswith("@acme.test") and len(rest) == 32 + len("@acme.test")
    assert sent.mail_from.startswith("support+") and sent.mail_from != reply_to
    dovecot.deliver(mail("Anything else", "Then I take two.", to=reply_to))
    second = desk.until_mails(2)[1]
    assert (second["outcome"], second["conversation_id"]) == ("threaded", conversation)

    # A bounce comes back to the same mailbox, at the mail's own address.
    dovecot.deliver("\r\n".join([
        "From: MAILER-DAEMON@mx.test", f"To: {sent.mail_from}", "Subject: Undelivered Mail", f"Date: {email.utils.formatdate()}",
        "Message-ID: <bounce@mx.test>", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", "--b", "", "ann@customer.test: no such user",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.test", "",
        "Final-Recipient: rfc822; ann@customer.test", "Action: failed", "Status: 5.1.1", "", "--b--", ""]).encode(), sender="", recipient=sent.mail_from)
    third = desk.until_mails(3)[2]
    assert third["outcome"] == "recorded", third
    messages = desk.agent("GET", f"/conversations/{conversation}/messages")["payload"]
    assert [m["delivery"]["state"] for m in messages if m["content"] == "Yes, for nine euros."] == ["bounced"], third

    # Nothing in the mailbox was marked or deleted: the flags stand in the names of a Maildir's files.
    assert len(dovecot.files()) == 4
    assert all(name.startswith("new/") or name.endswith(":2,") for name in dovecot.files())
    health = desk.agent("GET", "/mail_health")["mailboxes"]
    assert [(row["inbox_id"], row["state"], row["reason"]) for row in health] == [(desk.inbox, "working", None)]


def test_the_numbering_of_the_mailbox_changes(desk, dovecot):
    dovecot.deliver(mail("Long before"), age=86_400)
    desk.connect(dovecot)
    for number in range(3):
        dovecot.deliver(mail(f"Mail {number}"))
    desk.until_mails(3)
    dovecot.doveadm("mailbox", "update", "-u", dovecot.user, "--uid-validity", "4242", "INBOX")
    dovecot.doveadm("kick", dovecot.user)
    dovecot.deliver(mail("After"))
    mails = desk.until_mails(7)
    # All that was fetched before is known again, what was there before the beginning stays out, and what is new is new.
    assert sorted(m["subject"] for m in mails if m["outcome"] == "new_conversation") == ["After", "Mail 0", "Mail 1", "Mail 2"]
    assert [m["outcome"] for m in mails if m["outcome"] != "new_conversation"] == ["recorded"] * 3
    assert len(desk.agent("GET", "/conversations?status=all")["data"]["payload"]) == 4


def test_the_commands_of_the_recipe(desk, dovecot):
    """Word for word as docs/going-live.md has them; only hosts, numbers and the password are the test's."""
    recipe = pathlib.Path(__file__).parents[2].joinpath("docs/going-live.md").read_text()
    block = recipe.split("## An existing mailbox by IMAP")[1].split("2. Try the mailbox")[1].split("```sh\n")[1].split("```")[0]
    again = re.search(r"`(curl -sS [^`]*\"\$url\")` shows when", recipe).group(1)
    script = "\n".join(["set -eu", f"token={desk.token}", textwrap.dedent(block), again])
    for written, ours in (("https://desk.company.example/api/v1/accounts/1/inboxes/1/", f"{desk.server.url}/api/v1/accounts/{desk.account}/inboxes/{desk.inbox}/"),
                          ('"imap.provider.example"', f'"127.0.0.1","port":{dovecot.tls_port}'), ("…", dovecot.password)):
        assert written in script, written
        script = script.replace(written, ours)
    done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    # Three answers one behind the other: tried, connected, shown.
    decoder, text, answers = json.JSONDecoder(), done.stdout.decode(), []
    while text.strip():
        answer, end = decoder.raw_decode(text.strip())
        answers.append(answer)
        text = text.strip()[end:]
    tried, connected, shown = answers
    assert tried["works"] and connected["user"] == shown["user"] == "support@company.example" and dovecot.password not in done.stdout.decode()
    desk.until_state("working")
