"""One server for all tests with real mail programs, and what each of them delivers to: an inbox of its own."""
import pathlib
import subprocess
import sys
import urllib.request
import uuid

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from server_under_test import Relay, Server, free_port, until  # noqa: E402, F401

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from mail_programs import Certificate, Folder  # noqa: E402


class Desk:
    """The server, its certificate and socket, and what an agent sees of it."""

    def __init__(self, folder, relay, *settings):
        self.folder = folder
        self.certificate = Certificate(folder.path)
        self.lmtp = f"{folder.path}/lmtp"
        self.server = Server(folder.path, relay)
        self.server.settings += [
            f"--lmtp-listen={self.lmtp}",
            f"--smtp-tls-certificate={self.certificate.certificate}",
            f"--smtp-tls-key={self.certificate.key}",
            "--smtp-max-message-bytes=1000000",
            *settings,
        ]
        agent = self.server.create(
            "agent", "create", "--email", "sam@acme-team.test", "--name", "Sam", "--password", "correct horse battery",
            "--role", "administrator")
        self.account, self.token = agent["account_id"], agent["api_access_token"]
        self.server.start()

    def inbox(self):
        """A new inbox's address, in a domain of its own."""
        address = f"support@{uuid.uuid4().hex[:8]}.test"
        self.server.create("inbox", "create", "--kind", "email", "--name", "Support", "--address", address)
        return address

    def get(self, path):
        status, answer = self.server.request("GET", f"/api/v1/accounts/{self.account}{path}", headers={"api_access_token": self.token})
        assert status == 200, (path, answer)
        return answer

    def original(self, mail):
        """As it came, with the lines that the receiver put before it."""
        request = urllib.request.Request(
            f"{self.server.url}/api/v1/accounts/{self.account}/mails/{mail['id']}/raw", headers={"api_access_token": self.token})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def mails(self, recipient, outcome="all"):
        """The mails whose envelope names this recipient, as the mail desk lists them."""
        found, page = [], 1
        while rows := self.get(f"/mails?outcome={outcome}&page={page}")["payload"]:
            found += [mail for mail in rows if recipient in mail["recipients"]]
            page += 1
        return found

    def arrived(self, recipient, count=1, seconds=30):
        """Waits until all of them are placed; then there are exactly so many."""
        until(lambda: len([mail for mail in self.mails(recipient) if mail["outcome"]]) >= count, f"{count} mails to {recipient}", seconds)
        mails = self.mails(recipient)
        assert len(mails) == count, mails
        return mails

    def words(self, mail):
        """The messages of the conversation that a mail came to."""
        return [message["content"].strip() for message in self.get(f"/conversations/{mail['conversation_id']}/messages")["payload"]
                if message["content"]]


@pytest.fixture(scope="session", autouse=True)
def relay_probe():
    """nmap's script for open relays, on a server of its own: refusals get slow, so it goes on beside the other tests."""
    relay = Relay()
    with Folder("throughline-probe-") as folder:
        server = Server(folder.path, relay)
        server.create("inbox", "create", "--kind", "email", "--name", "Support", "--address", "support@acme.test")
        server.start()
        probe = subprocess.Popen(
            ["nmap", "-Pn", "-p", str(server.smtp), "--script", "+smtp-open-relay", "--script-args",
             "smtp-open-relay.domain=victim.test,smtp-open-relay.ip=192.0.2.1", "127.0.0.1"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        yield probe
        probe.kill()
        server.stop()


def running_desk(*settings):
    relay = Relay()
    relay.controller.start()
    with Folder("throughline-mail-") as folder:
        desk = Desk(folder, relay, *settings)
        yield desk
        desk.server.stop()
        print((pathlib.Path(folder.path) / "server.log").read_text()[-4000:])
    relay.controller.stop()


@pytest.fixture(scope="session")
def desk():
    yield from running_desk()


@pytest.fixture
def proxied_desk():
    """A desk whose receiver stands behind a proxy on this machine."""
    yield from running_desk("--smtp-trusted-proxies=127.0.0.1")
