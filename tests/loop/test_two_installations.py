"""Two installations whose automatic answers meet: neither may keep the other talking (behaviour §5.3)."""
import email
import email.policy
import smtplib
import queue

import pytest

from conftest import Relay, Server, until
from test_chat_email_chat import Desk

AWAY = {
    "working_hours_enabled": True,
    "out_of_office_message": "Nobody is here right now.",
    "working_hours": [{"day_of_week": day, "closed_all_day": True} for day in range(7)],
}


class House:
    """An installation with a website, an address, and nobody at work."""

    def __init__(self, directory, company):
        self.relay = Relay()
        self.relay.controller.start()
        directory.mkdir()
        self.server = Server(directory, self.relay, company)
        self.address = f"support@{company}.test"
        self.server.create("inbox", "create", "--kind", "email", "--name", "Help", "--address", self.address)
        self.desk = Desk(self.server)
        admin = self.server.create(
            "agent", "create", "--email", "kim@team.test", "--name", "Kim", "--password", "correct horse battery", "--role", "administrator")
        for inbox in self.desk.agent("GET", "/inboxes")["payload"]:
            path = f"/api/v1/accounts/{self.desk.account}/inboxes/{inbox['id']}"
            status, answer = self.server.request("PATCH", path, AWAY, {"api_access_token": admin["api_access_token"]})
            assert status == 200, answer

    def conversations(self):
        return self.desk.agent("GET", "/conversations?status=all")["data"]["payload"]

    def end(self):
        self.server.stop()
        print((self.server.directory / "server.log").read_text()[-2000:])
        self.relay.controller.stop()


@pytest.fixture
def houses(tmp_path):
    houses = [House(tmp_path / company, company) for company in ("acme", "globex")]
    yield houses
    for house in houses:
        house.end()


def carry(houses, without, quiet=3):
    """Carries every mail to the other house until both have been silent for a while; answers how many were automatic."""
    automatic = 0
    silent = 0
    while silent < 2:
        for here, there in (houses, reversed(houses)):
            try:
                envelope = here.relay.next(timeout=quiet)
            except queue.Empty:
                silent += 1
                continue
            silent = 0
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            automatic += mail["Auto-Submitted"] is not None
            assert automatic <= 4, "they keep each other talking"
            for name in without:
                del mail[name]
            with smtplib.SMTP("127.0.0.1", there.server.smtp, timeout=20) as client:
                client.sendmail(envelope.mail_from, envelope.rcpt_tos, mail.as_bytes())
    return automatic


MARKS = ["Auto-Submitted", "X-Auto-Response-Suppress", "Precedence", "X-Throughline-Installation", "List-Unsubscribe", "List-Unsubscribe-Post"]


@pytest.mark.parametrize("without", [[], MARKS], ids=["as sent", "every mark lost on the way"])
def test_two_installations_send_each_other_at_most_four_automatic_mails(houses, without):
    acme, globex = houses
    # Acme's visitor gives Globex's address; Globex's agent answers, so each has proven itself to the other.
    ours = acme.desk.begin(address=globex.address)
    acme.desk.say(ours, "Yes, we ship there.", content_attributes={"delivery": "email_now"})
    envelope = acme.relay.next()
    with smtplib.SMTP("127.0.0.1", globex.server.smtp, timeout=20) as client:
        client.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.content)
    theirs = until(globex.conversations, "the mail to open a conversation there")[0]["id"]
    globex.desk.say(theirs, "Good to know.")
    automatic = carry(houses, without)
    acme.desk.say(ours, "You are welcome.", content_attributes={"delivery": "email_now"})
    automatic += carry(houses, without)
    assert 1 <= automatic <= 4
