"""An IMAP server of a test's own, for what a good server never does."""
import socket

from listener import Listener


class IMAPServer(Listener):
    """Has the mails it is given, numbered from 1 (RFC 3501). What it does otherwise than a good one stands in a subclass's
    `lets_in`, `size` or `gives`."""

    mechanism = b"PLAIN"

    def __init__(self, *mails):
        self.mails = dict(enumerate(mails, 1))
        # (number, section) of every mail that was asked for.
        self.asked = []
        self.open = []
        super().__init__()

    def lets_in(self, proof):
        """`proof` as SASL has it, in base64."""
        return True

    def size(self, number):
        """What it announces, in bytes."""
        return len(self.mails[number])

    def gives(self, number, section):
        """What stands there: `[]` is the whole mail, `[HEADER]` what is above its first empty line. None ends the connection."""
        whole = self.mails[number]
        return whole if section == "[]" else whole.split(b"\r\n\r\n")[0] + b"\r\n\r\n"

    def drop(self):
        """Ends every connection."""
        for connection in self.open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.open = []

    def serve(self, connection):
        self.open.append(connection)
        with connection.makefile("rwb") as stream:
            try:
                self._talk(stream)
            except ValueError:
                # Half a line, of a connection that was ended.
                pass

    def _talk(self, stream):
        def say(*lines):
            for line in lines:
                stream.write(line + b"\r\n")
            stream.flush()

        say(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=%s IDLE] ready" % self.mechanism)
        for line in stream:
            tag, words = line.strip().split(b" ", 1)
            if words.startswith(b"AUTHENTICATE ") and not self.lets_in(words.split(b" ")[2]):
                say(tag + b" NO [AUTHENTICATIONFAILED] not let in")
                continue
            if words.startswith(b"EXAMINE"):
                last = len(self.mails)
                say(b"* %d EXISTS" % last, b"* OK [UIDVALIDITY 1] x", b"* OK [UIDNEXT %d] x" % (last + 1))
            elif b"RFC822.SIZE" in words:
                first = int(words.split(b" ")[2].split(b":")[0])
                say(*[b"* %d FETCH (UID %d RFC822.SIZE %d)" % (n, n, self.size(n)) for n in self.mails if n >= first])
            elif words.startswith(b"UID FETCH"):
                number, section = int(words.split(b" ")[2]), words.split(b"PEEK")[1].rstrip(b")").decode()
                self.asked.append((number, section))
                text = self.gives(number, section)
                if text is None:
                    return
                stream.write(b"* %d FETCH (UID %d BODY%s {%d}\r\n" % (number, number, section.encode(), len(text)))
                stream.write(text)
                say(b")")
            elif words == b"IDLE":
                say(b"+ idling")
                stream.readline()
            say(tag + b" OK done")
