"""Mail servers that are wrong, fall silent, or go wrong in the middle: each is said in words, and costs nothing but the mail at fault."""
import socket
import ssl
import time

from conftest import Desk, Dovecot, mail, until
from imap_server import IMAPServer
from listener import Listener


class TLSServer(Listener):
    """Shakes hands with a certificate, and is not listened to if that is a wrong one."""

    def __init__(self, certificate, key):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        # What was said to it.
        self.heard = b""
        super().__init__()

    def serve(self, connection):
        with self.context.wrap_socket(connection, server_side=True) as secured:
            secured.sendall(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
            while said := secured.recv(1000):
                self.heard += said

    def refused(self, tried):
        """The answer of a try to connect, after which this server has heard nothing."""
        with self:
            answer = tried(port=self.port)
        assert self.threads, "nobody came"
        for thread in self.threads:
            thread.join(60)
        assert self.heard == b"", "something was said to an impostor"
        return answer


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
        answer = TLSServer(*certificates.sign(name, subject, days)).refused(tried)
        assert answer["problem"] == "certificate" and words in answer["message"], answer
    answer = TLSServer(*type(certificates)(tmp_path).sign("unknown", "IP:127.0.0.1")).refused(tried)
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


class HugeServer(IMAPServer):
    """Announces a mail of 100 MB that it said is small, then a small one."""

    def __init__(self):
        super().__init__(b"x" * 104_857_600, mail("Small"))

    def size(self, number):
        return 500


def test_a_mail_of_100_megabytes_that_was_announced_as_small(desk, server):
    with HugeServer() as huge:
        desk.connect_scripted(huge)
        failed, small = desk.until_mails(2)
    assert failed["outcome"] == "failed" and "104857600 bytes" in failed["reason"] and "number 1" in failed["reason"]
    assert (small["subject"], small["outcome"]) == ("Small", "new_conversation")


class CrashingServer(IMAPServer):
    """Ends every connection on which mail 1 is asked for; its header it gives. Once `mended` it gives all."""

    def __init__(self):
        super().__init__(*[mail(f"Mail {number}") for number in (1, 2)])
        self.mended = False

    def gives(self, number, section):
        return None if number == 1 and section == "[]" and not self.mended else super().gives(number, section)


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
        desk.connect_scripted(crashing)
        mails = {row["subject"]: row for row in desk.until_mails(3, seconds=90)}
        assert mails["Polled"]["outcome"] == mails["Mail 2"]["outcome"] == "new_conversation"
        # It was asked for a few times, then for its header, and the rest of the folder went on.
        aside = mails["Mail 1"]
        assert aside["outcome"] == "failed" and "number 1 there" in aside["reason"] and "lost" in aside["reason"]
        assert aside["from"]["address"] == "ann@customer.test" and aside["ways_out"] == ["replay", "discard"]
        assert crashing.asked == [(1, "[]")] * 4 + [(1, "[HEADER]"), (2, "[]")]

        # Once more, in vain; and again when the server is mended.
        def replayed(words):
            desk.agent("POST", f"/mails/{aside['id']}/replay")
            return until(lambda: (row := desk.agent("GET", f"/mails/{aside['id']}"))["outcome"] and words in row["reason"] and row, words)
        assert replayed("did not give it out")["outcome"] == "failed"
        until(lambda: crashing.asked.count((1, "[]")) == 5, "the first replay to have asked")
        crashing.mended = True
        assert replayed("A first mail")["outcome"] == "new_conversation"
        assert len(desk.mails()) == 3
    finally:
        quiet.stop()
        crashing.close()
