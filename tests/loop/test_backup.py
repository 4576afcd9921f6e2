"""A backup that is made while the server works is the whole installation: restored elsewhere, all goes on."""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import smtplib
import sqlite3
import threading

from conftest import Server, until
from test_chat_email_chat import Desk, answer, parse, post

GUIDE = pathlib.Path(__file__).parents[2] / "docs/going-live.md"


def back_up(server, other):
    """As docs/going-live.md has it: one statement for the database, and the secret."""
    (statement,) = re.findall(r"sqlite3 /var/lib/throughline/throughline\.sqlite \"(.*)\"", GUIDE.read_text())
    data = f"{other.directory}/data"
    os.makedirs(data, mode=0o700)
    with contextlib.closing(sqlite3.connect(f"{server.directory}/data/throughline.sqlite")) as live:
        live.execute(statement.replace("/var/lib/throughline/backup.sqlite", f"{data}/throughline.sqlite"))
    shutil.copy(f"{server.directory}/data/secret", f"{data}/secret")


class Customers:
    """Three of them write without pause; `acknowledged` is what they were told is stored."""

    def __init__(self, server, mail):
        self.server, self.mail, self.acknowledged, self.over = server, mail, [], threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(3)]
        for thread in self.threads:
            thread.start()

    def _write(self, number):
        count = 0
        # A few mails a second each: the test is not to place thousands.
        while not self.over.wait(0.2):
            count += 1
            words = f"Customer {number} says {count}."
            try:
                post(self.server, answer(self.mail, words, message_id=f"<{number}-{count}@customer.test>"))
            except (OSError, smtplib.SMTPException):
                return
            self.acknowledged.append(words)

    def stop(self):
        self.over.set()
        for thread in self.threads:
            thread.join(timeout=60)


def test_a_backup_under_load_has_all_that_was_acknowledged_before(server, relay, tmp_path):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes, we do.")
    mail = parse(relay.next())
    # A mail that waits: the relay wants none of us for now.
    relay.answers.append("535 5.7.8 not you")
    desk.say(conversation, "This one waits.", content_attributes={"delivery": "email_now"})
    until(lambda: desk.agent("GET", "/mail_health")["state"] == "stopped", "the relay to be stopped")

    customers = Customers(server, mail)
    other = Server(tmp_path / "other", relay)
    try:
        until(lambda: len(customers.acknowledged) >= 15, "mails to come in", 60)
        before = list(customers.acknowledged)
        back_up(server, other)
        # It goes on meanwhile, and then the machine is gone.
        until(lambda: len(customers.acknowledged) > len(before) + 3, "more mails", 60)
    finally:
        customers.stop()
        server.stop(signal.SIGKILL)

    other.start()
    desk.server = other
    try:
        # What waited leaves, once.
        assert "This one waits." in parse(relay.next(60)).get_body(("plain",)).get_content()
        until(lambda: desk.state(conversation, "This one waits.") in ("emailed", "answered"), "the mail to be sent")

        def said():
            words, oldest = [], None
            while part := desk.agent("GET", f"/conversations/{conversation}/messages{'' if oldest is None else f'?before={oldest}'}")["payload"]:
                words += [(message["content"] or "").strip() for message in part]
                oldest = min(message["id"] for message in part)
            return words

        until(lambda: set(before) <= set(said()), "all that was acknowledged before", 60)
        found = said()
        assert [words for words in before if found.count(words) != 1] == []
        # And the conversation goes on by the reply address that the customer has.
        post(other, answer(mail, "Then I want one.", message_id="<after@customer.test>"))
        until(lambda: desk.find(conversation, "Then I want one."), "the answer in its conversation")
        assert relay.mails.empty()
    finally:
        other.stop()


def test_an_older_program_refuses_a_newer_store_and_changes_nothing(server, tmp_path):
    server.create("agent", "create", "--email", "sam@acme-team.test", "--name", "Sam", "--password", "correct horse battery")

    def dump():
        with contextlib.closing(sqlite3.connect(tmp_path / "data/throughline.sqlite")) as store:
            return list(store.iterdump())

    with contextlib.closing(sqlite3.connect(tmp_path / "data/throughline.sqlite")) as store, store:
        # As a later program leaves it.
        store.execute("INSERT INTO schema_version (version) VALUES (1000)")
    before = dump()
    for words in (["serve"], ["migrate"], ["inbox", "create", "--kind", "email", "--name", "Help", "--address", "help@acme.test"]):
        done = server.command(*words)
        assert done.returncode == 1, words
        assert b"The database has schema 1000" in done.stderr and b"Start the newer program, or restore an older backup." in done.stderr
    assert dump() == before
