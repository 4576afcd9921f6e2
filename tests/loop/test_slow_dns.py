"""A resolver that never answers: mail whose sender it should vouch for waits a few seconds, and mail behind it does not."""
import base64
import hashlib
import smtplib
import socket

import pytest

from conftest import Server, until

# It fits the body, so that only the key is missing to know more.
BODY_HASH = base64.b64encode(hashlib.sha256(b"Hello\r\n").digest()).decode()
SIGNATURE = f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.test; s=k; h=from:subject:to; bh={BODY_HASH}; b=AAAA\r\n"


@pytest.fixture
def silent_resolver():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as resolver:
        resolver.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{resolver.getsockname()[1]}"


def test_mail_behind_a_slow_check_does_not_wait_for_it(tmp_path, relay, silent_resolver):
    server = Server(tmp_path, relay, dns=silent_resolver)
    agent = server.create("agent", "create", "--email=sam@team.test", "--name=Sam", "--password=correct horse battery", "--role=administrator")
    server.create("inbox", "create", "--kind=email", "--name=Help", "--address=help@acme.test")
    server.start()
    try:
        with smtplib.SMTP("127.0.0.1", server.smtp) as client:
            for number in range(3):
                client.sendmail("bob@shop.test", ["help@acme.test"], mail(f"signed {number}", SIGNATURE))
            for number in range(3):
                client.sendmail("bob@shop.test", ["help@acme.test"], mail(f"plain {number}"))
        placed = until(lambda: (rows := placed_mails(server, agent)) and len(rows) >= 3 and rows, "the mails behind")
        assert {row["subject"] for row in placed[:3]} == {"plain 0", "plain 1", "plain 2"}
        placed = until(lambda: len(rows := placed_mails(server, agent)) == 6 and rows, "the mails that waited")
        assert {row["outcome"] for row in placed} == {"new_conversation"}
        assert all(row["sender_check"]["result"] == "not_checked" for row in placed)
        assert all(row["sender_check"]["dkim"] for row in placed if row["subject"].startswith("signed"))
    finally:
        server.stop()


def mail(subject, signature=""):
    names = f"From: bob@shop.test\r\nTo: help@acme.test\r\nSubject: {subject}\r\nMessage-ID: <{subject.replace(' ', '.')}@shop.test>\r\n"
    return f"{signature}{names}\r\nHello\r\n"


def placed_mails(server, agent):
    """Those that have their end, in the order in which they came to it."""
    status, body = server.request(
        "GET", f"/api/v1/accounts/{agent['account_id']}/mails?outcome=all", headers={"api_access_token": agent["api_access_token"]}
    )
    assert status == 200
    rows = [row for row in body["payload"] if row["outcome"]]
    return sorted(rows, key=lambda row: row["message_id_in_conversation"])
