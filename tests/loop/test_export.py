"""All of one conversation, printed by the command beside the running server."""
import email
import email.policy
import json
import mailbox

from conftest import until
from test_chat_email_chat import Desk, answer, parse, post


def entries(printed, directory):
    """The mails of an mbox, as a mail program finds them."""
    path = directory / "export.mbox"
    path.write_bytes(printed)
    return [email.message_from_bytes(mail.as_bytes(), policy=email.policy.default) for mail in mailbox.mbox(path)]


def test_a_conversation_is_printed_as_mails_and_as_json(server, relay, tmp_path):
    desk = Desk(server)
    conversation = desk.begin("From here to Norway?\nFrom where do you send?")
    desk.say(conversation, "Yes, for nine euros.")
    desk.say(conversation, "She asked before.", private=True)
    reply = answer(parse(relay.next()), "Here is my address. Grüße, Ann")
    reply.add_attachment(b"\x89PNG\r\n\x1a\nFrom \x00", maintype="image", subtype="png", filename="Straße.png")
    post(server, reply)
    until(lambda: desk.find(conversation, "Here is my address. Grüße, Ann"), "the answer")

    done = server.command("export", str(conversation), "--format", "mbox")
    assert (done.returncode, done.stderr) == (0, b"")
    mails = entries(done.stdout, tmp_path)
    said = {mail["X-Throughline-Kind"]: mail for mail in mails if mail["X-Throughline-Kind"] != "activity"}
    shown = desk.agent("GET", f"/conversations/{conversation}/export")["messages"]
    assert len(mails) == len(shown)

    first = mails[0]
    assert first["X-Throughline-Kind"] == "incoming" and first["X-Throughline-Channel"] == "chat"
    assert first.get_content().replace("\n>From", "\nFrom").removeprefix(">") == "From here to Norway?\nFrom where do you send?\n"
    assert "ann@customer.test" in first["From"] and "support@acme.test" in first["To"]

    outgoing = next(mail for mail in mails if mail.get_content_type() == "text/plain" and "nine euros" in mail.get_content())
    assert "support@acme.test" in outgoing["From"] and "Sam" in outgoing["From"] and "ann@customer.test" in outgoing["To"]
    assert said["note"].get_content() == "She asked before.\n" and "ann@customer.test" not in said["note"]["To"]

    last = next(mail for mail in mails if mail["Message-ID"] == "<answer-1@customer.test>")
    assert last["X-Throughline-Channel"] == "email"
    assert last.get_body(("plain",)).get_content().strip() == "Here is my address. Grüße, Ann"
    files = list(last.iter_attachments())
    assert [(file.get_filename(), file.get_content_type(), file.get_content()) for file in files] == [
        ("Straße.png", "image/png", b"\x89PNG\r\n\x1a\nFrom \x00")]
    # One thread, and no address that would bring a mail back into the conversation.
    assert len({mail["References"] for mail in mails}) == 1
    assert b"@reply.acme.test" not in done.stdout

    done = server.command("export", str(conversation), "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    assert document["complete"] is True and document["conversation"]["id"] == conversation
    assert document["messages"] == shown


def test_what_cannot_be_exported_is_said_in_a_sentence(server):
    Desk(server)
    for words, code, sentence in [
        (["7", "--format", "mbox"], 1, "There is no conversation 7 here."),
        (["7", "--format", "json"], 1, "There is no conversation 7 here."),
        (["7"], 64, "--format"),
        (["7", "--format", "pdf"], 64, "mbox"),
        (["seven", "--format", "json"], 64, "seven"),
    ]:
        done = server.command("export", *words)
        assert (done.returncode, done.stdout) == (code, b""), (words, done)
        said = done.stderr.decode()
        assert said.startswith("throughline: ") and sentence in said and said.count("\n") == 1, (words, said)
