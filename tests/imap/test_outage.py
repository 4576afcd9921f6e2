"""A server that lets us in and then gives out no mail for a while: none of them is at fault."""
import socket
import threading

from conftest import Desk, until
from test_mailbox import mail


class Outage:
    """Ends every connection on which a mail, or its header, is asked for, until it is over."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_over = False
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
        mails = {number: mail(f"Mail {number}", message_id=f"<{number}@customer.test>") for number in (1, 2, 3)}
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
                        say(b"* 3 EXISTS", b"* OK [UIDVALIDITY 1] x", b"* OK [UIDNEXT 4] x")
                    elif b"RFC822.SIZE" in words:
                        first = int(words.split(b" ")[2].split(b":")[0])
                        say(*[b"* %d FETCH (UID %d RFC822.SIZE %d)" % (n, n, len(text)) for n, text in mails.items() if n >= first])
                    elif words.startswith(b"UID FETCH"):
                        number = int(words.split(b" ")[2])
                        self.asked.append(number)
                        if not self.is_over:
                            return
                        say(b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (number, number, len(mails[number]), mails[number]))
                    elif words == b"IDLE":
                        say(b"+ idling")
                        stream.readline()
                    say(tag + b" OK done")
            except (OSError, ValueError):
                pass


def test_an_outage_behind_the_sign_in_puts_no_mail_aside(server):
    desk, outage = Desk(server), Outage()
    server.start()
    try:
        desk.agent("PUT", desk.path, {
            "host": "127.0.0.1", "port": outage.port, "security": "none", "user": "u", "password": "p", "import_existing": True})
        # After its tries another mail was asked for, in vain too.
        until(lambda: set(outage.asked) - {1}, "another mail to be asked for", seconds=60)
        assert desk.mails() == []
        outage.is_over = True
        mails = desk.until_mails(3, seconds=60)
        assert [(row["subject"], row["outcome"]) for row in mails] == [(f"Mail {n}", "new_conversation") for n in (1, 2, 3)]
    finally:
        outage.listener.close()
