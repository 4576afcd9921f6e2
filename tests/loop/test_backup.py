"""A backup that is made while the server runs is the whole installation: restored elsewhere, the conversation goes on."""
import contextlib
import os
import shutil
import sqlite3

from conftest import Server, until
from test_chat_email_chat import Desk, answer, parse, post


def test_a_restored_backup_goes_on(server, relay, tmp_path):
    desk = Desk(server)
    conversation = desk.begin()
    desk.say(conversation, "Yes, we do.")
    mail = parse(relay.next())

    # As docs/going-live.md has it: SQLite's own copy, and the secret.
    other = tmp_path / "other"
    os.makedirs(other / "data", mode=0o700)
    with contextlib.closing(sqlite3.connect(tmp_path / "data/throughline.sqlite")) as live:
        with contextlib.closing(sqlite3.connect(other / "data/throughline.sqlite")) as copy:
            live.backup(copy)
    shutil.copy(tmp_path / "data/secret", other / "data/secret")
    server.stop()

    restored = Server(other, relay)
    restored.start()
    try:
        desk.server = restored
        post(restored, answer(mail, "Then I want one."))
        until(lambda: desk.find(conversation, "Then I want one."), "the answer in its conversation")
    finally:
        restored.stop()
