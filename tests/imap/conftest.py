"""A real Dovecot in a folder of its own, and our server beside it."""
import email.message
import email.policy
import email.utils
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from certificates import Certificates  # noqa: E402
from server_under_test import Relay, Server, free_port, until  # noqa: E402


class Dovecot:
    """One mailbox, support@acme.test with the password `secret`; mail is put into its Maildir as a delivery agent does."""

    user, password = "support@acme.test", "secret"

    def __init__(self, certificates, capability=""):
        self.folder = tempfile.mkdtemp(prefix="tl-imap-")
        os.chmod(self.folder, 0o755)
        self.owner = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.tls_port, self.port = free_port(), free_port()
        self.certificate, self.key = certificates.sign("dovecot", "IP:127.0.0.1,DNS:localhost")
        self.maildir = f"{self.folder}/mail/{self.user}"
        for name in ("cur", "new", "tmp"):
            os.makedirs(f"{self.maildir}/{name}")
        self._own(f"{self.folder}/mail")
        me = pwd.getpwuid(os.getuid()).pw_name
        rootless = "" if os.getuid() == 0 else f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {me}\n"
        chroots = "\n".join(f"service {name} {{\n  chroot =\n}}" for name in ("anvil", "stats"))
        self.config = f"{self.folder}/dovecot.conf"
        pathlib.Path(self.config).write_text(f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{self.certificate}
ssl_key = <{self.key}
mail_location = maildir:{self.folder}/mail/%u
first_valid_uid = 1
{rootless}
{capability}
passdb {{
  driver = static
  args = password={self.password}
}}
userdb {{
  driver = static
  args = uid={self.owner.pw_uid} gid={self.owner.pw_gid} home={self.folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port}
    ssl = yes
  }}
}}
{chroots}
""")
        self.process = None
        self.count = 0

    def _own(self, path):
        if os.getuid() == 0:
            for folder, _, files in os.walk(path):
                for name in ["", *files]:
                    os.chown(os.path.join(folder, name), self.owner.pw_uid, self.owner.pw_gid)

    def start(self):
        self.process = subprocess.Popen(["dovecot", "-F", "-c", self.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self._answers(), "Dovecot to listen")

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                return connection.recv(10).startswith(b"* OK")
        except OSError:
            return False

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
            print(pathlib.Path(self.folder, "log").read_text()[-2000:])
        shutil.rmtree(self.folder, ignore_errors=True)

    def doveadm(self, *words):
        done = subprocess.run(["doveadm", "-c", self.config, *words], capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def deliver(self, mail, sender="ann@customer.test", recipient=None, age=0):
        """As a delivery agent: written beside, then renamed, with Return-Path and Delivered-To on top."""
        self.count += 1
        name = f"{int(time.time() - age)}.M{self.count}P{os.getpid()}.test"
        head = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient or self.user}\r\n".encode()
        beside = f"{self.maildir}/tmp/{name}"
        with open(beside, "wb") as file:
            file.write(head + mail)
        if age:
            os.utime(beside, (time.time() - age,) * 2)
        if os.getuid() == 0:
            os.chown(beside, self.owner.pw_uid, self.owner.pw_gid)
        os.rename(beside, f"{self.maildir}/new/{name}")

    def files(self):
        """Every mail with its flags, as the Maildir has it: what a client marks shows in the names."""
        return sorted(f"{part}/{name}" for part in ("new", "cur") for name in os.listdir(f"{self.maildir}/{part}"))


def mail(subject, words="Do you ship to Norway?", to="support@acme.test", sender="ann@customer.test", **headers):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = f"Ann <{sender}>", to, subject
    message["Date"], message["Message-ID"] = email.utils.formatdate(), headers.pop("message_id", email.utils.make_msgid())
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message.as_bytes()


class Desk:
    """An account with one email inbox, through the API."""

    def __init__(self, server, address="support@acme.test"):
        self.server = server
        agent = server.create("agent", "create", "--email", "sam@acme-team.test", "--name", "Sam", "--password", "correct horse battery",
                              "--role", "administrator")
        self.inbox = server.create("inbox", "create", "--kind", "email", "--name", "Acme", "--address", address)["id"]
        self.account, self.token = agent["account_id"], agent["api_access_token"]

    def ask(self, method, path, body=None):
        return self.server.request(method, f"/api/v1/accounts/{self.account}{path}", body, {"api_access_token": self.token})

    def agent(self, method, path, body=None):
        status, answer = self.ask(method, path, body)
        assert status == 200, (path, status, answer)
        return answer

    @property
    def path(self):
        return f"/inboxes/{self.inbox}/mailbox"

    def connect(self, dovecot, **changes):
        """Connects the mailbox and waits until it was opened: what is delivered from now on is new."""
        self.agent("PUT", self.path, {
            "host": "127.0.0.1", "port": dovecot.tls_port, "security": "tls", "user": dovecot.user, "password": dovecot.password, **changes})
        self.until_state("working")

    def connect_scripted(self, server):
        """Connects a server of the test's own, whose mails all come in."""
        self.agent("PUT", self.path, {
            "host": "127.0.0.1", "port": server.port, "security": "none", "user": "u", "password": "p", "import_existing": True})

    def mailbox(self):
        return self.agent("GET", self.path)

    def until_state(self, *states):
        return until(lambda: self.mailbox()["state"] in states and self.mailbox(), f"the mailbox to be {states}")

    def mails(self):
        """Every mail that came in, oldest first."""
        # A mail that comes while we turn the pages moves the others on to the next page: there they are seen twice.
        mails, page = {}, 1
        while part := self.agent("GET", f"/mails?outcome=all&page={page}")["payload"]:
            mails.update((mail["id"], mail) for mail in part)
            page += 1
        return [mails[number] for number in sorted(mails)]

    def until_mails(self, count, seconds=30):
        def done():
            mails = self.mails()
            return len(mails) >= count and all(mail["outcome"] for mail in mails) and mails
        return until(done, f"{count} mails to be placed", seconds)


@pytest.fixture
def relay():
    relay = Relay()
    relay.controller.start()
    yield relay
    relay.controller.stop()


@pytest.fixture(scope="session")
def certificates():
    folder = tempfile.mkdtemp(prefix="tl-ca-")
    yield Certificates(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def dovecot(certificates):
    dovecot = Dovecot(certificates)
    dovecot.start()
    yield dovecot
    dovecot.stop()


def fetching(directory, relay, certificates):
    """Answers come back to the mailbox, not to a reply domain."""
    server = Server(directory, relay)
    server.settings = [setting for setting in server.settings if not setting.startswith(("--mail-reply-domain", "--smtp-listen"))]
    server.settings += ["--smtp-listen=off", f"--mail-trusted-certificates={certificates.ca}"]
    return server


@pytest.fixture
def server(tmp_path, relay, certificates):
    server = fetching(tmp_path, relay, certificates)
    yield server
    if server.process and server.process.poll() is None:
        server.stop()
    if server.process:
        print((tmp_path / "server.log").read_text()[-4000:])


@pytest.fixture
def desk(server):
    """The desk of a server that runs."""
    desk = Desk(server)
    server.start()
    return desk
