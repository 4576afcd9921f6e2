"""The continuity check of an inbox whose mail is fetched: its probe leaves by a relay and comes back through a mailbox of Dovecot's."""
import re

import pytest
from conftest import Desk, Relay, fetching, until


class DeliveringRelay(Relay):
    """A provider's server: what is for the mailbox is put into it, with or without what stands behind the +."""

    def __init__(self, dovecot):
        super().__init__()
        self.dovecot, self.strips = dovecot, False

    async def handle_DATA(self, server, session, envelope):
        content, recipient = envelope.content, envelope.rcpt_tos[0]
        assert re.fullmatch(r"support\+[0-9a-f]{32}@acme\.test", recipient), recipient
        if self.strips:
            content, recipient = re.sub(rb"support\+[0-9a-f]{32}@", b"support@", content), "support@acme.test"
        self.dovecot.deliver(content, sender=envelope.mail_from, recipient=recipient)
        return "250 2.0.0 Ok: queued as 4F2A1"


@pytest.fixture
def delivering(dovecot):
    relay = DeliveringRelay(dovecot)
    relay.controller.start()
    yield relay
    relay.controller.stop()


def test_the_probe_comes_back_through_the_mailbox(tmp_path, delivering, dovecot, certificates):
    server = fetching(tmp_path, delivering, certificates)
    desk = Desk(server)
    server.start()
    try:
        path = f"/inboxes/{desk.inbox}/continuity_check"

        def checked():
            last = desk.agent("POST", path)["id"]
            return until(lambda: (now := desk.agent("GET", path))["state"] != "running" and now["id"] >= last and now, "the check", 90)

        # Before the mailbox is connected nothing takes mail in, and that is said.
        assert [fault["code"] for fault in checked()["faults"]] in (["no_way_in"], ["no_address"])
        desk.connect(dovecot)
        passed = checked()
        assert passed["state"] == "passed", passed
        words = {hop["name"]: hop["words"] for hop in passed["hops"]}
        assert "It came back by imap" in words["came_back"] and "queued as 4F2A1" in words["accepted"] and words["in_conversation"]
        # The probe is nobody's mail.
        assert desk.mails() == [] and desk.agent("GET", "/conversations?status=all")["data"]["payload"] == []
        delivering.strips = True
        failed = checked()
        assert failed["state"] == "failed" and failed["faults"][0]["code"] == "token_stripped", failed
    finally:
        server.stop()
        print((tmp_path / "server.log").read_text()[-4000:])
