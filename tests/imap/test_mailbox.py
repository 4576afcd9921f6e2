"""A mailbox of an ordinary mail server as a way in, with a real Dovecot."""
import email.message
import email.policy
import email.utils
import json
import pathlib
import re
import socket
import ssl
import subprocess
import textwrap
import threading
import time

import pytest
from conftest import Desk, Dovecot, until


def mail(subject, words="Do you ship to Norway?", to="support@acme.test", sender="ann@customer.test", **headers):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = f"Ann <{sender}>", to, subject
    message["Date"], message["Message-ID"] = email.utils.formatdate(), headers.pop("message_id", email.utils.make_msgid())
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message.as_bytes()


@pytest.fixture
def desk(server):
    desk = Desk(server)
    server.start()
    return desk


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


class TLSServer:
    """Shakes hands with a certificate, and is not listened to if that is a wrong one."""

    def __init__(self, certificate, key):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            try:
                with self.context.wrap_socket(connection, server_side=True) as secured:
                    secured.sendall(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                    assert not secured.recv(1000), "something was said to an impostor"
            except OSError:
                connection.close()


def test_what_is_wrong_is_said_in_words(desk, dovecot, certificates, tmp_path):
    right = {"host": "127.0.0.1", "port": dovecot.tls_port, "security": "tls", "user": dovecot.user, "password": "secret"}

    def tried(**changes):
        return desk.agent("POST", f"{desk.path}/test", {**right, **changes})

    dovecot.deliver(mail("One"))
    assert tried()["message"] == "It works: the folder “INBOX” has 1 mail. New mail is here at once."
    assert tried(port=dovecot.port, security="starttls")["works"]
    assert tried(password="wrong")["problem"] == "signIn"
    assert tried(folder="Nowhere")["problem"] == "folder"
    assert tried(host="imap.nowhere.invalid")["problem"] == "unknownHost"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "nothing listens there" in tried(port=port)["message"]
    assert tried(port=dovecot.port)["problem"] == "noEncryption"
    for name, subject, days, words in (
            ("other", "DNS:mail.other.test", 2, "it is for another host name"), ("old", "IP:127.0.0.1", -1, "it expired on 20")):
        with TLSServer(*certificates.sign(name, subject, days)) as impostor:
            answer = tried(port=impostor.port)
        assert answer["problem"] == "certificate" and words in answer["message"], answer
    with TLSServer(*type(certificates)(tmp_path).sign("unknown", "IP:127.0.0.1")) as impostor:
        answer = tried(port=impostor.port)
    assert answer["problem"] == "certificate" and "signed by nobody who is trusted here" in answer["message"], answer
    assert desk.ask("GET", desk.path)[0] == 404

    # A wrong password stops, and is not tried again; the right one begins again at once.
    desk.agent("PUT", desk.path, {**right, "password": "wrong"})
    stopped = desk.until_state("stopped")
    assert "refuses this user" in stopped["reason"] and "wrong" not in str(stopped) and stopped["next_try_at"] is None
    desk.agent("PUT", desk.path, {"password": "secret"})
    desk.until_state("working")
    # The kept password goes to no other server.
    assert desk.ask("PUT", desk.path, {"host": "127.0.0.9"})[0] == 422
    assert desk.ask("PUT", desk.path, {"host": "imap.acme.test", "security": "none", "password": "x"})[0] == 422
    desk.agent("DELETE", desk.path)
    assert desk.ask("GET", desk.path)[0] == 404


def test_a_server_that_says_nothing(desk):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        answer = desk.agent("POST", f"{desk.path}/test", {
            "host": "127.0.0.1", "port": silent.getsockname()[1], "security": "none", "user": "u", "password": "p"})
    assert (answer["problem"], answer["works"]) == ("lost", False)
    assert "did not answer in time" in answer["message"]
    assert time.monotonic() - began < 60


class HugeServer:
    """Announces a mail of 100 MB that it said is small, then a small one."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        small = mail("Small", message_id="<small@customer.test>")
        with connection, connection.makefile("rwb") as stream:
            def say(*lines):
                for line in lines:
                    stream.write(line + b"\r\n")
                stream.flush()
            try:
                say(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] ready")
                for line in stream:
                    tag, command, *rest = line.strip().split(b" ")
                    words = b" ".join([command, *rest])
                    if words.startswith(b"EXAMINE"):
                        say(b"* 2 EXISTS", b"* OK [UIDVALIDITY 1] x", b"* OK [UIDNEXT 3] x")
                    elif words.startswith(b"UID FETCH 1:*"):
                        say(b"* 1 FETCH (UID 1 RFC822.SIZE 500)", b"* 2 FETCH (UID 2 RFC822.SIZE 500)")
                    elif words.startswith(b"UID FETCH 1 "):
                        stream.write(b"* 1 FETCH (UID 1 BODY[] {104857600}\r\n")
                        for _ in range(1600):
                            stream.write(b"x" * 65_536)
                        say(b")")
                    elif words.startswith(b"UID FETCH 2 "):
                        stream.write(b"* 2 FETCH (UID 2 BODY[] {%d}\r\n%s)\r\n" % (len(small), small))
                    elif words == b"IDLE":
                        say(b"+ idling")
                        stream.readline()
                    say(tag + b" OK done")
            except OSError:
                pass


def test_a_mail_of_100_megabytes_that_was_announced_as_small(desk, server):
    huge = HugeServer()
    desk.agent("PUT", desk.path, {
        "host": "127.0.0.1", "port": huge.port, "security": "none", "user": "u", "password": "p", "import_existing": True})
    failed, small = desk.until_mails(2)
    assert failed["outcome"] == "failed" and "104857600 bytes" in failed["reason"] and "number 1" in failed["reason"]
    assert (small["subject"], small["outcome"]) == ("Small", "new_conversation")
    huge.listener.close()


class CrashingServer:
    """Ends every connection on which mail 1 is asked for; its header it gives. Once `mended` it gives all."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.mended = False
        self.asked = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        mails = {number: mail(f"Mail {number}", message_id=f"<{number}@customer.test>") for number in (1, 2)}
        with connection, connection.makefile("rwb") as stream:
            def say(*lines):
                for line in lines:
                    stream.write(line + b"\r\n")
                stream.flush()
            try:
                say(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] ready")
                for line in stream:
                    tag, words = line.strip().split(b" ", 1)
                    if words.startswith(b"EXAMINE"):
                        say(b"* 2 EXISTS", b"* OK [UIDVALIDITY 1] x", b"* OK [UIDNEXT 3] x")
                    elif b"RFC822.SIZE" in words:
                        first = int(words.split(b" ")[2].split(b":")[0])
                        say(*[b"* %d FETCH (UID %d RFC822.SIZE %d)" % (n, n, len(text)) for n, text in mails.items() if n >= first])
                    elif words.startswith(b"UID FETCH"):
                        number, what = int(words.split(b" ")[2]), words.split(b"PEEK")[1].rstrip(b")")
                        self.asked.append((number, what))
                        if number == 1 and what == b"[]" and not self.mended:
                            return
                        text = mails[number] if what == b"[]" else mails[number].split(b"\r\n\r\n")[0] + b"\r\n\r\n"
                        say(b"* %d FETCH (UID %d BODY%s {%d}\r\n%s)" % (number, number, what, len(text), text))
                    elif words == b"IDLE":
                        say(b"+ idling")
                        stream.readline()
                    say(tag + b" OK done")
            except (OSError, ValueError):
                pass


def test_a_mail_that_ends_every_connection_and_a_server_that_does_not_tell_of_mail(server, certificates):
    """Two mailboxes at the same time, since both take half a minute."""
    desk, crashing = Desk(server), CrashingServer()
    quiet = Dovecot(certificates, "imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+")
    polled = server.create("inbox", "create", "--kind", "email", "--name", "Quiet", "--address", "quiet@acme.test")["id"]
    quiet.start()
    server.start()
    try:
        settings = {"host": "127.0.0.1", "port": quiet.tls_port, "security": "tls", "user": quiet.user, "password": quiet.password}
        answer = desk.agent("POST", f"/inboxes/{polled}/mailbox/test", settings)
        assert answer["works"] and answer["idle"] is False and "within half a minute" in answer["message"]
        desk.agent("PUT", f"/inboxes/{polled}/mailbox", settings)
        until(lambda: desk.agent("GET", f"/inboxes/{polled}/mailbox")["state"] == "working", "the quiet mailbox to be read")
        quiet.deliver(mail("Polled", to="quiet@acme.test"))
        desk.agent("PUT", desk.path, {
            "host": "127.0.0.1", "port": crashing.port, "security": "none", "user": "u", "password": "p", "import_existing": True})
        mails = {row["subject"]: row for row in desk.until_mails(3, seconds=90)}
        assert mails["Polled"]["outcome"] == mails["Mail 2"]["outcome"] == "new_conversation"
        # It was asked for a few times, then for its header, and the rest of the folder went on.
        aside = mails["Mail 1"]
        assert aside["outcome"] == "failed" and "number 1 there" in aside["reason"] and "lost" in aside["reason"]
        assert aside["from"]["address"] == "ann@customer.test" and aside["ways_out"] == ["replay", "discard"]
        assert crashing.asked == [(1, b"[]")] * 4 + [(1, b"[HEADER]"), (2, b"[]")]

        # Once more, in vain; and again when the server is mended.
        def replayed(words):
            desk.agent("POST", f"/mails/{aside['id']}/replay")
            return until(lambda: (row := desk.agent("GET", f"/mails/{aside['id']}"))["outcome"] and words in row["reason"] and row, words)
        assert replayed("did not give it out")["outcome"] == "failed"
        until(lambda: crashing.asked.count((1, b"[]")) == 5, "the first replay to have asked")
        crashing.mended = True
        assert replayed("A first mail")["outcome"] == "new_conversation"
        assert len(desk.mails()) == 3
    finally:
        quiet.stop()
        crashing.listener.close()


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
