"""Exim before the server: delivering by SMTP, by LMTP and into a pipe."""
import pytest
from mail_programs import Exim, as_root, mail, program_for_others
from server_under_test import PROGRAM

pytestmark = pytest.mark.skipif(as_root() is None, reason="Exim takes root, and there is no sudo without a password")


@pytest.fixture(scope="module")
def ways(desk):
    inboxes = {way: desk.inbox() for way in ("smtp", "lmtp", "pipe")}
    domain = {way: address.split("@")[1] for way, address in inboxes.items()}
    program = program_for_others(PROGRAM, desk.folder.path)
    with Exim(f"""
        smtp:
          driver = manualroute
          domains = {domain["smtp"]}
          transport = smtp
          route_list = * 127.0.0.1::{desk.server.smtp} byname
          self = send
        lmtp:
          driver = accept
          domains = {domain["lmtp"]}
          transport = lmtp
        pipe:
          driver = accept
          domains = {domain["pipe"]}
          transport = pipe
        begin transports
        smtp:
          driver = smtp
          hosts_try_fastopen =
        lmtp:
          driver = lmtp
          socket = {desk.lmtp}
          batch_max = 100
        pipe:
          driver = pipe
          command = {program} ingest --smtp-listen 127.0.0.1:{desk.server.smtp}
          temp_errors = 75
          log_output = true
        """) as exim:
        yield exim, inboxes


@pytest.mark.parametrize("way", ["smtp", "lmtp", "pipe"])
def test_a_mail_arrives_once_with_its_envelope(desk, ways, way):
    exim, inboxes = ways
    exim.send("ann@customer.test", [inboxes[way]], mail(f"Hello by {way}."))
    [arrived] = desk.arrived(inboxes[way])
    assert arrived["outcome"] == "new_conversation"
    assert arrived["envelope_from"] == "ann@customer.test"
    assert desk.words(arrived) == [f"Hello by {way}."]


def test_each_lmtp_recipient_has_his_answer(desk, ways):
    exim, inboxes = ways
    domain = inboxes["lmtp"].split("@")[1]
    before = len(desk.mails(inboxes["lmtp"]))
    exim.send("eve@customer.test", [inboxes["lmtp"], f"nobody@{domain}"], mail("To two.", "eve@customer.test"))
    desk.arrived(inboxes["lmtp"], before + 1)
    log = exim.log()
    assert f"=> support <{inboxes['lmtp']}>" in log
    assert f"** nobody@{domain}" in log and "550 5.1.1" in log
