"""Postfix before the server: as forwarder by SMTP and LMTP, with a virtual alias, and as a pipe into `throughline ingest`."""
import signal

import pytest
from mail_programs import Postfix, as_root, mail, program_for_others, submit
from server_under_test import PROGRAM, free_port, until

pytestmark = pytest.mark.skipif(as_root() is None, reason="Postfix takes root, and there is no sudo without a password")


@pytest.fixture(scope="module")
def ways(desk):
    """A running Postfix, and an inbox behind each of its ways."""
    smtp, lmtp, pipe = desk.inbox(), desk.inbox(), desk.inbox()
    domain = {name: address.split("@")[1] for name, address in (("smtp", smtp), ("lmtp", lmtp), ("pipe", pipe))}
    # What every way needs of the settings is the receiver's address.
    program = program_for_others(PROGRAM, desk.folder.path)
    with Postfix(
        free_port(),
        {
            domain["smtp"]: f"relay:[127.0.0.1]:{desk.server.smtp}", domain["lmtp"]: f"lmtp:unix:{desk.lmtp}",
            domain["pipe"]: "throughline:",
        },
        master=f"""
            throughline unix - n n - 10 pipe
              flags=Rq user=nobody null_sender= argv={program} ingest --smtp-listen 127.0.0.1:{desk.server.smtp}
              --sender ${{sender}} --recipient ${{recipient}}
            """,
        main=f"""
            virtual_alias_domains = old.test
            virtual_alias_maps = inline:{{ hello@old.test={smtp} }}
            """,
    ) as postfix:
        yield postfix, {"smtp": smtp, "lmtp": lmtp, "pipe": pipe}


@pytest.mark.parametrize("way", ["smtp", "lmtp", "pipe"])
def test_a_mail_arrives_once_with_its_envelope(desk, ways, way):
    postfix, inboxes = ways
    submit(postfix.port, "ann@customer.test", [inboxes[way]], mail(f"Hello by {way}."))
    [arrived] = desk.arrived(inboxes[way])
    assert arrived["outcome"] == "new_conversation"
    assert arrived["envelope_from"] == "ann@customer.test"
    assert arrived["ingress"] == ("lmtp" if way == "lmtp" else "smtp")
    assert desk.words(arrived) == [f"Hello by {way}."]


@pytest.mark.parametrize("way", ["smtp", "lmtp", "pipe"])
def test_the_null_return_path_stays_one(desk, ways, way):
    postfix, inboxes = ways
    before = len(desk.mails(inboxes[way]))
    submit(postfix.port, "", [inboxes[way]], mail("I am away.", Auto_Submitted="auto-replied"))
    assert desk.arrived(inboxes[way], before + 1)[0]["envelope_from"] == ""


def test_a_virtual_alias_leads_to_the_inbox(desk, ways):
    postfix, inboxes = ways
    before = len(desk.mails(inboxes["smtp"]))
    submit(postfix.port, "bob@customer.test", ["hello@old.test"], mail("To the old address.", "bob@customer.test", "hello@old.test"))
    newest = desk.arrived(inboxes["smtp"], before + 1)[0]
    assert newest["envelope_from"] == "bob@customer.test"
    assert desk.words(newest) == ["To the old address."]


def test_who_is_not_there_is_refused_to_postfix_and_seen_by_agents(desk, ways):
    """By LMTP each recipient has his own answer: one is stored, the other is Postfix's to tell the sender."""
    postfix, inboxes = ways
    domain = inboxes["lmtp"].split("@")[1]
    before = len(desk.mails(inboxes["lmtp"]))
    submit(postfix.port, "eve@customer.test", [inboxes["lmtp"], f"nobody@{domain}"], mail("To two.", "eve@customer.test"))
    desk.arrived(inboxes["lmtp"], before + 1)
    [refused] = desk.arrived(f"nobody@{domain}")
    assert (refused["outcome"], refused["envelope_from"]) == ("refused", "eve@customer.test")
    assert refused["reason"].startswith("No inbox receives at this address.")
    assert [mail["id"] for mail in desk.mails(f"nobody@{domain}", "refused")] == [refused["id"]]


def test_while_the_server_is_away_mail_waits_in_postfix(desk, ways):
    postfix, inboxes = ways
    before = {way: len(desk.mails(address)) for way, address in inboxes.items()}
    until(postfix.is_queue_empty, "what was refused before to be told")
    desk.server.stop(signal.SIGKILL)
    for way, address in inboxes.items():
        submit(postfix.port, "ann@customer.test", [address], mail(f"While you were away, by {way}."))
    assert not postfix.is_queue_empty()
    desk.server.start()
    postfix.control("flush")
    for way, address in inboxes.items():
        assert desk.words(desk.arrived(address, before[way] + 1)[0]) == [f"While you were away, by {way}."]
