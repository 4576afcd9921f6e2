"""Connections cut at random bytes, and our server killed: every mail is here once.

    TL_IMAP_MAILS=2000 TL_IMAP_CUTS=50 TL_IMAP_KILLS=10 pytest tests/imap/test_interruptions.py
"""
import collections
import os
import random
import signal
import time

from conftest import Desk, mail, until
from cutting_proxy import CuttingProxy

MAILS, CUTS, KILLS = (int(os.environ.get(f"TL_IMAP_{name}", usual)) for name, usual in (("MAILS", 60), ("CUTS", 6), ("KILLS", 2)))


def test_every_mail_is_here_once(server, dovecot):
    seed = int(os.environ.get("TL_IMAP_SEED", time.time_ns() % 1_000_000))
    print("TL_IMAP_SEED =", seed)
    chance = random.Random(seed)
    desk = Desk(server)
    server.start()
    # A connection's opening alone has some 3,000 bytes; a few mails fit behind it.
    proxy = CuttingProxy(dovecot.tls_port, CUTS, seed, most=3_000 + 3_000 * max(1, MAILS // CUTS))
    desk.agent("PUT", desk.path, {
        "host": "127.0.0.1", "port": proxy.port, "security": "tls", "user": dovecot.user, "password": dovecot.password,
        "import_existing": True})
    for number in range(MAILS):
        dovecot.deliver(mail(f"Mail {number}", "x" * chance.randint(1, 3_000), message_id=f"<{number}@customer.test>"))

    def fetched():
        status, answer = desk.ask("GET", "/mails?outcome=all")
        return answer["meta"]["count"] if status == 200 else 0

    began = time.monotonic()
    for kill in range(1, KILLS + 1):
        # Killed in the middle of the fetching, each time at another place.
        until(lambda: fetched() >= kill * MAILS // (KILLS + 2), "some mails to be fetched", seconds=300)
        time.sleep(chance.random() / 20)
        server.stop(signal.SIGKILL)
        server.start()
    mails = desk.until_mails(MAILS, seconds=900)
    # What is cut late comes after the last mail: new mail goes on to come until every cut was made.
    more = MAILS
    while proxy.left > 0:
        dovecot.deliver(mail(f"Mail {more}", message_id=f"<{more}@customer.test>"))
        more += 1
        mails = desk.until_mails(more, seconds=300)
    print(f"{more} mails, {proxy.cut} cuts, {KILLS} kills in {time.monotonic() - began:.1f} s")
    counts = collections.Counter(m["subject"] for m in mails)
    lost = [number for number in range(more) if counts[f"Mail {number}"] == 0]
    doubled = [subject for subject, count in counts.items() if count > 1]
    assert (lost, doubled) == ([], [])
    assert {m["outcome"] for m in mails} == {"new_conversation"}
    proxy.close()
