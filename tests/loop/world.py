"""A small world of mail for the continuity check: a DNS server of its own (dnsmasq), and a relay that delivers by MX as servers do.

Every case has a domain of its own, so that one DNS server, one relay and one server under test serve them all at the same time.
"""
import shutil
import smtplib
import socket
import subprocess
import threading

import dkim
import dns.exception
import dns.resolver
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from ports import free_port
from waiting import until

# From where the relay sends, as the world sees it (RFC 5737): written into the Received line of whoever took the mail over.
RELAY_ADDRESS = "198.51.100.7"


class Names:
    """dnsmasq with the rows of all cases; they are read when it starts."""

    def __init__(self):
        self.port = free_port(socket.SOCK_DGRAM)
        self.rows = []
        self.process = None

    def mx(self, domain, host, preference=10):
        self.rows.append(f"--mx-host={domain},{host},{preference}")

    def address(self, host, address):
        self.rows.append(f"--host-record={host},{address}")

    def alias(self, host, target):
        self.rows.append(f"--cname={host},{target}")

    def text(self, name, value):
        # A string of a TXT record holds 255 bytes (RFC 1035 §3.3.14); a comma begins the next.
        pieces = [value[at : at + 200] for at in range(0, len(value), 200)]
        self.rows.append(f"--txt-record={name},{','.join(pieces)}")

    def start(self):
        program = shutil.which("dnsmasq", path="/usr/sbin:/sbin:/usr/bin")
        assert program, "dnsmasq is missing: scripts/install.sh test"
        self.process = subprocess.Popen(
            [program, "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--no-poll", "--log-facility=-",
             "--listen-address=127.0.0.1", "--bind-interfaces", f"--port={self.port}", "--pid-file", "--user=root", "--local=/test/",
             *self.rows],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        resolver = self.resolver()

        def answers():
            assert self.process.poll() is None, self.process.stderr.read().decode()
            try:
                return resolver.resolve("ready.test", "A")
            except dns.exception.DNSException:
                return None
        until(answers, "dnsmasq to answer")

    def resolver(self):
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port, resolver.lifetime = ["127.0.0.1"], self.port, 3
        return resolver

    def ask(self, name, kind):
        try:
            return list(self.resolver().resolve(name, kind))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)


class World:
    """The relay that the server under test gives its mail to, and everything behind it."""

    def __init__(self, names, mx_port, credentials=None, tls=None):
        self.names = names
        # Where the world connects to, in the place of port 25.
        self.mx_port = mx_port
        self.how = {}
        self.keys = {}
        self.controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), tls_context=tls, auth_require_tls=False,
            authenticator=self.authenticate if credentials is not None else None)
        self.credentials = credentials
        self.threads = []

    def authenticate(self, server, session, envelope, mechanism, data):
        good = (data.login, data.password) == self.credentials
        return AuthResult(success=good, handled=False)

    def rule(self, address):
        domain = address.rsplit("@", 1)[-1].split(".", 1)[-1]
        return self.how.get(domain, "")

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.rule(address) == "refuses sender":
            return "553 5.7.1 Sender address rejected: not owned by user"
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        how = self.rule(address)
        if how == "refuses recipient":
            return "554 5.7.1 Relay access denied"
        if how == "greylists":
            return "450 4.2.0 Greylisted, try again in 300 seconds"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        thread = threading.Thread(target=self.carry, args=(envelope.mail_from, envelope.rcpt_tos[0], raw), daemon=True)
        self.threads.append(thread)
        thread.start()
        return "250 2.0.0 Ok: queued as 4F2A1"

    def carry(self, sender, recipient, raw):
        how = self.rule(recipient)
        if how == "swallows":
            return
        domain = recipient.rsplit("@", 1)[-1]
        if domain in self.keys:
            signing, selector, pem = self.keys[domain]
            raw = dkim.sign(raw, selector.encode(), signing.encode(), pem, include_headers=[b"from", b"to", b"subject", b"date"]) + raw
        if how == "changes":
            raw += b"-- \r\nScanned by a virus scanner\r\n"
        taken = f"Received: from desk.test (desk.test [{RELAY_ADDRESS}]) by border.world.test with ESMTP; Mon, 23 Nov 2026 12:00:00 +0000\r\n"
        raw = taken.encode() + raw
        if how == "rewrites":
            recipient = f"catch@{domain.split('.', 1)[-1]}"
        if how == "strips":
            plain = f"catch@{domain.split('.', 1)[-1]}"
            raw = b"\r\n".join(b"To: " + plain.encode() if line.startswith((b"To:", b"Reply-To:")) else line for line in raw.split(b"\r\n"))
            recipient = plain
        to = recipient
        if how == "misdirects":
            to = f"reply@{domain}"
        error = self.deliver(sender, to, raw)
        if error and sender:
            self.deliver("", sender, notice(sender, recipient, error))

    def deliver(self, sender, recipient, raw):
        """Brings a mail to the first host of the MX row that takes it; answers why none does."""
        domain = recipient.rsplit("@", 1)[-1]
        hosts = sorted((row.preference, row.exchange.to_text(omit_final_dot=True)) for row in self.names.ask(domain, "MX"))
        error = f"5.1.2 {domain} has no mail exchanger"
        for _, host in hosts or [(0, domain)]:
            if self.names.ask(host, "CNAME"):
                error = f"5.4.4 {host} is an alias"
                continue
            for row in self.names.ask(host, "A"):
                try:
                    with smtplib.SMTP(row.address, self.mx_port, local_hostname="border.world.test", timeout=10) as client:
                        client.sendmail(sender, [recipient], raw)
                        return None
                except smtplib.SMTPRecipientsRefused as refused:
                    code, words = list(refused.recipients.values())[0]
                    return f"{code} {words.decode()}"
                except OSError as problem:
                    error = f"4.4.1 {host}: {problem}"
        return error


def notice(to, recipient, error):
    """A delivery report as RFC 3464 wants it."""
    lines = [
        "MIME-Version: 1.0", "From: mailer-daemon@border.world.test", f"To: {to}", "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied", "Message-ID: <n1@border.world.test>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", "--b", "Content-Type: text/plain", "",
        "Your mail could not be delivered.", "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; border.world.test", "",
        f"Final-Recipient: rfc822; {recipient}", "Action: failed", "Status: 5.1.1", f"Diagnostic-Code: smtp; {error}", "", "--b--", "",
    ]
    return "\r\n".join(lines).encode()
