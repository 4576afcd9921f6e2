"""Ways out: a relay of its own for an inbox, providers' HTTP interfaces, signatures. Each against a server that checks what it is given."""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import queue
import re
import threading
import time
import urllib.parse

import dkim
import pytest
from conftest import Relay, Server, free_port, until
from test_chat_email_chat import Desk, parse, post

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


class Provider(http.server.ThreadingHTTPServer):
    """The interfaces of all four; `answers` are given in turn before it takes anything."""

    def __init__(self):
        self.requests = queue.Queue()
        self.answers = []
        self.connections = 0
        super().__init__(("127.0.0.1", free_port()), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def next(self, seconds=30):
        return self.requests.get(timeout=seconds)


class Handler(http.server.BaseHTTPRequestHandler):
    # Connections are kept, as the providers keep them.
    protocol_version = "HTTP/1.1"

    def setup(self):
        self.server.connections += 1
        super().setup()

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind, check = next((kind, check) for path, kind, check in TAKERS if re.fullmatch(path, self.path))
        status, answer = self.server.answers.pop(0) if self.server.answers else (200, None)
        if answer == "nothing":
            self.server.requests.put((kind, self.headers, body))
            self.close_connection = True
            return
        if answer is None:
            problem = check(self, body)
            status, answer = (401, {"message": problem, "Message": problem}) if problem else (200, ANSWERS[kind])
        if kind == "sendgrid" and status == 200:
            status = 202
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        if status < 300:
            self.server.requests.put((kind, self.headers, body))


def sigv4(handler, body):
    """Amazon's signature, computed again from its documentation."""
    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/(\d{8})/eu-west-1/ses/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})",
        handler.headers["Authorization"] or "")
    if not found:
        return "The Authorization header is not one of Amazon's."
    day, names, signature = found.groups()
    stamp = handler.headers["X-Amz-Date"]
    if not re.fullmatch(r"\d{8}T\d{6}Z", stamp) or stamp[:8] != day or "host" not in names.split(";"):
        return "The date is not signed as it should be."
    headers = "".join(f"{name}:{handler.headers[name].strip()}\n" for name in names.split(";"))
    canonical = f"POST\n{handler.path}\n\n{headers}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{day}/eu-west-1/ses/aws4_request\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = ("AWS4" + SECRET).encode()
    for word in (day, "eu-west-1", "ses", "aws4_request", text):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return None if key.hex() == signature else "SignatureDoesNotMatch"


def header(name, value):
    return lambda handler, body: None if handler.headers[name] == value else f"{name} is not the key"


TAKERS = [
    ("/email", "postmark", header("X-Postmark-Server-Token", "pm-token-123456")),
    ("/v3/mail/send", "sendgrid", header("Authorization", "Bearer SG.key-123456")),
    (r"/v3/mg\.acme\.test/messages\.mime", "mailgun", header("Authorization", "Basic " + base64.b64encode(b"api:mg-key-123456").decode())),
    ("/v2/email/outbound-emails", "ses", sigv4),
]
ANSWERS = {
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "0a129aee-e1cd-480d-b08d-4f48548ff48d"},
    "sendgrid": {},
    "mailgun": {"id": "<20261123.1.ABCDEF@mg.acme.test>", "message": "Queued. Thank you."},
    "ses": {"MessageId": "010201542f3c5e6a-5b1c1a2b-0a1b-4c5d-8e9f-000000"},
}
KEYS = {
    "postmark": "postmark://pm-token-123456@?", "sendgrid": "sendgrid://SG.key-123456@?", "mailgun": "mailgun://mg-key-123456@mg.acme.test?",
    "ses": f"ses://AKIDEXAMPLE:{urllib.parse.quote(SECRET, safe='')}@eu-west-1?",
}


@pytest.fixture
def provider():
    provider = Provider()
    yield provider
    provider.shutdown()


def house(directory, url, relay):
    server = Server(directory, relay)
    server.settings = [word for word in server.settings if not word.startswith("--mail-relay-url")] + [f"--mail-relay-url={url}", "--mail-uncertain-wait=1s"]
    return server


def mime(kind, body):
    """The mail as the provider would send it: its text, and its headers by name."""
    if kind == "ses":
        call = json.loads(body)
        assert call["Destination"] == {"ToAddresses": ["ann@customer.test"]}
        assert re.fullmatch(r"bounce\+[0-9a-f]{32}@reply\.acme\.test", call["FeedbackForwardingEmailAddress"])
        raw = base64.b64decode(call["Content"]["Raw"]["Data"], validate=True)
    elif kind == "mailgun":
        boundary = body.split(b"\r\n", 1)[0]
        parts = [part.split(b"\r\n\r\n", 1) for part in body.split(boundary)[1:-1]]
        fields = {re.search(rb'name="([^"]+)"', head).group(1): value.removesuffix(b"\r\n") for head, value in parts}
        assert fields[b"to"] == b"ann@customer.test" and re.fullmatch(rb"[0-9a-f]{32}", fields[b"v:throughline"].rstrip(b"\r\n"))
        raw = fields[b"message"]
    elif kind == "postmark":
        call = json.loads(body)
        headers = {row["Name"].lower(): row["Value"] for row in call["Headers"]}
        assert re.fullmatch(r"[0-9a-f]{32}", call["Metadata"]["throughline"]) and len(call["Metadata"]) == 1
        assert call["MessageStream"] == "outbound" and call["To"] == "ann@customer.test" and headers["x-pm-keepid"] == "true"
        return call["TextBody"], call["HtmlBody"], {**headers, "from": call["From"], "reply-to": call["ReplyTo"], "subject": call["Subject"]}
    else:
        call = json.loads(body)
        text, html = (part["value"] for part in call["content"])
        assert re.fullmatch(r"[0-9a-f]{32}", call["custom_args"]["throughline"])
        assert [part["type"] for part in call["content"]] == ["text/plain", "text/html"]
        assert call["personalizations"] == [{"to": [{"email": "ann@customer.test"}]}]
        headers = {name.lower(): value for name, value in call["headers"].items()}
        person = lambda who: f'{who.get("name", "")} <{who["email"]}>'
        return text, html, {**headers, "from": person(call["from"]), "reply-to": person(call["reply_to"]), "subject": call["subject"]}
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return text, html, {name.lower(): value for name, value in mail.items()}


@pytest.mark.parametrize("kind", list(KEYS))
def test_a_provider_takes_the_mail_by_its_interface(tmp_path, relay, provider, kind):
    server = house(tmp_path, f"{KEYS[kind]}endpoint={provider.url}", relay)
    desk = Desk(server)
    try:
        conversation = desk.begin()
        desk.say(conversation, "Yes, for nine euros. Grüße!", content_attributes={"delivery": "email_now"})
        took, headers, body = provider.next()
        assert took == kind
        text, html, sent = mime(kind, body)
        assert "Yes, for nine euros. Grüße!" in text and "Yes, for nine euros. Grüße!" in html
        assert "support@acme.test" in sent["from"] and re.search(r"reply\+[0-9a-f]{32}@reply\.acme\.test", sent["reply-to"])
        assert sent["message-id"].startswith("<") and sent["message-id"].endswith("@reply.acme.test>")
        assert sent["references"] and sent["list-unsubscribe"] and sent["subject"]
        until(lambda: desk.state(conversation, "Yes, for nine euros. Grüße!") == "emailed", "the mail to be sent")

        # A permanent refusal is told; no answer at all is uncertain and tried once more, with the same Message-ID.
        provider.answers.append((400, {"message": "The address is on a list.", "Message": "The address is on a list.", "errors": [{"message": "The address is on a list."}]}))
        desk.say(conversation, "Refused.", content_attributes={"delivery": "email_now"})
        until(lambda: desk.state(conversation, "Refused.") == "failed", "the refusal")
        assert "The address is on a list" in desk.find(conversation, "Refused.")["delivery"]["reason"]
        provider.answers.append((0, "nothing"))
        desk.say(conversation, "Perhaps.", content_attributes={"delivery": "email_now"})
        first = mime(kind, provider.next()[2])[2]["message-id"]
        second = mime(kind, provider.next()[2])[2]["message-id"]
        assert first == second
        until(lambda: desk.state(conversation, "Perhaps.") == "emailed", "the second try")

        # A customer's program answers the id that the provider gave the mail; SendGrid leaves ours.
        given = {"postmark": "0a129aee-e1cd-480d-b08d-4f48548ff48d@mtasv.net", "mailgun": "20261123.1.ABCDEF@mg.acme.test",
                 "ses": "010201542f3c5e6a-5b1c1a2b-0a1b-4c5d-8e9f-000000@eu-west-1.amazonses.com", "sendgrid": first.strip("<>")}[kind]
        server.create("inbox", "create", "--kind", "email", "--name", "Help", "--address", "help@acme.test")
        reply = email.message.EmailMessage()
        reply["From"], reply["To"], reply["Subject"] = "ann@customer.test", "help@acme.test", "Re: Do you ship to Norway?"
        reply["Message-ID"], reply["In-Reply-To"] = f"<answer-{kind}@customer.test>", f"<{given}>"
        reply.set_content("Then I take two.")
        post(server, reply)
        until(lambda: desk.find(conversation, "Then I take two."), "the answer in its conversation")

        # One mail after the other takes one connection; a second where the provider had closed the first.
        before = provider.connections
        for number in range(10):
            desk.say(conversation, f"And {number}.", content_attributes={"delivery": "email_now"})
            assert f"And {number}." in mime(kind, provider.next()[2])[0]
        until(lambda: desk.state(conversation, "And 9.") == "emailed", "the last mail to be sent")
        assert provider.connections - before <= 2 and provider.requests.empty()

        # Busy: later. A wrong key stops all mail and says so.
        provider.answers.append((429, {"message": "Too many requests.", "Message": "Too many requests."}))
        desk.say(conversation, "Later.", content_attributes={"delivery": "email_now"})
        until(lambda: desk.state(conversation, "Later.") == "deferred", "the wait")
        provider.answers.append((401, {"message": "Forbidden.", "Message": "Forbidden."}))
        desk.say(conversation, "Stopped.", content_attributes={"delivery": "email_now"})
        health = until(lambda: (found := desk.agent("GET", "/mail_health"))["state"] == "stopped" and found, "the stop")
        assert "Forbidden" in health["reason"] and "123456" not in json.dumps(health) and SECRET not in json.dumps(health)
        check_bounce(server, desk, provider, conversation, kind)
    finally:
        server.stop()


def check_bounce(server, desk, provider, conversation, kind):
    """A provider's word that a mail came back finds it by what the mail was sent with, and only with the inbox's key."""
    if kind == "ses":
        return  # Its bounces come as mails, to the address that mime() looked at.
    boss = server.create(
        "agent", "create", "--email", "boss@acme-team.test", "--name", "Boss", "--password", "correct horse battery", "--role", "administrator")
    inbox = desk.agent("GET", "/inboxes")["payload"][0]["id"]
    key = "the-key-of-this-inbox"
    status, _ = server.request(
        "PUT", f"/api/v1/accounts/{desk.account}/inboxes/{inbox}/provider", {"kind": kind, "signing_key": key},
        {"api_access_token": boss["api_access_token"]})
    assert status == 200
    server.request("POST", f"/api/v1/accounts/{desk.account}/mail_health/resume", {}, {"api_access_token": boss["api_access_token"]})
    desk.say(conversation, "Into the void.", content_attributes={"delivery": "email_now"})
    while b"Into the void." not in (body := provider.next()[2]):
        pass
    until(lambda: desk.state(conversation, "Into the void.") == "emailed", "the mail to be sent")
    if kind == "mailgun":
        token = re.search(rb'name="v:throughline"\r\n\r\n([0-9a-f]{32})\r\n', body).group(1).decode()
    else:
        call = json.loads(body)
        token = call["Metadata" if kind == "postmark" else "custom_args"]["throughline"]

    def event(token, key):
        words, recipient = "550 5.1.1 no such user\r\nX: injected", "ann@customer.test"
        basic = {"Authorization": "Basic " + base64.b64encode(f"actionmailbox:{key}".encode()).decode()}
        if kind == "postmark":
            return {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "MessageID": "883953f4", "Metadata": {"throughline": token},
                    "Description": "The server was unable to deliver your message.", "Details": words, "Email": recipient}, basic
        if kind == "sendgrid":
            return [{"event": "delivered", "throughline": token, "email": recipient},
                    {"event": "bounce", "type": "bounce", "status": "5.1.1", "reason": words, "email": recipient, "throughline": token}], basic
        stamp, nonce = str(int(time.time())), os.urandom(25).hex()
        signature = hmac.new(key.encode(), (stamp + nonce).encode(), hashlib.sha256).hexdigest()
        return {"signature": {"timestamp": stamp, "token": nonce, "signature": signature}, "event-data": {
            "event": "failed", "severity": "permanent", "recipient": recipient, "user-variables": {"throughline": token},
            "delivery-status": {"code": 550, "message": words}}}, {}

    assert server.request("POST", f"/inbound/{kind}", *event(token, "another key"))[0] == 401
    assert server.request("POST", f"/inbound/{kind}", *event("0" * 32, key))[0] in (403, 406, 422)
    assert desk.state(conversation, "Into the void.") == "emailed"
    assert server.request("POST", f"/inbound/{kind}", *event(token, key))[0] == 200
    until(lambda: desk.state(conversation, "Into the void.") == "bounced", "the bounce")
    assert "no such user" in desk.find(conversation, "Into the void.")["delivery"]["reason"]


def test_an_inbox_has_a_relay_of_its_own_which_stops_alone(tmp_path, relay):
    """Also signing, which an inbox without such a relay needs: both for the same desk."""
    own = Relay()
    own.controller.start()
    server = Server(tmp_path, relay)
    desk = Desk(server)
    try:
        boss = server.create(
            "agent", "create", "--email", "boss@acme-team.test", "--name", "Boss", "--password", "correct horse battery", "--role", "administrator")

        def admin(method, path, body=None):
            return server.request(method, f"/api/v1/accounts/{desk.account}{path}", body, {"api_access_token": boss["api_access_token"]})

        inbox = admin("GET", "/inboxes")[1]["payload"][0]["id"]
        assert admin("PUT", f"/inboxes/{inbox}/relay", {"url": "gopher://relay.test"})[0] == 422
        assert admin("PUT", f"/inboxes/{inbox}/relay", {"url": "postmark://key@?endpoint=http://127.0.0.1"})[0] == 422
        url = f"smtp://user:hidden-password@127.0.0.1:{own.controller.port}?tls=none"
        status, shown = admin("PUT", f"/inboxes/{inbox}/relay", {"url": url})
        assert status == 200 and shown["is_own"] and "hidden-password" not in json.dumps(shown)
        conversation = desk.begin()
        # That server knows no AUTH: it refuses us, and the inbox's mail waits, with a reason.
        desk.say(conversation, "By our own.", content_attributes={"delivery": "email_now"})
        stopped = until(lambda: (found := admin("GET", f"/inboxes/{inbox}/relay")[1])["state"] == "stopped" and found, "the stop")
        assert "sign in" in stopped["reason"] and stopped["retry_at"]
        health = desk.agent("GET", "/mail_health")
        assert health["state"] == "working" and [row["inbox_id"] for row in health["inboxes"]] == [inbox]
        assert server.request("GET", "/readyz")[1]["mail"] == "working"
        assert desk.state(conversation, "By our own.") == "deferred"
        # Written anew it leaves at once, and through that one.
        assert admin("PUT", f"/inboxes/{inbox}/relay", {"url": f"smtp://127.0.0.1:{own.controller.port}?tls=none"})[0] == 200
        unsigned = parse(own.next())
        assert "By our own." in unsigned.get_body(("plain",)).get_content() and unsigned["DKIM-Signature"] is None
        until(lambda: desk.state(conversation, "By our own.") == "emailed", "the mail to be sent")
        assert relay.mails.empty()
        # Without one it is the installation's again; signed, since nobody else does it.
        assert admin("DELETE", f"/inboxes/{inbox}/relay")[1]["url"] is None
        check_signing(desk, admin, relay, inbox, conversation)
    finally:
        server.stop()
        own.controller.stop()


def check_signing(desk, admin, relay, inbox, conversation):
    assert admin("GET", f"/inboxes/{inbox}/dkim")[1] == {
        "on": False, "domain": "acme.test", "selector": "throughline", "algorithm": None, "made_at": None, "record": None}
    assert admin("PUT", f"/inboxes/{inbox}/dkim", {"selector": "no dots."})[0] == 422
    records = []
    for number, algorithm in enumerate(("rsa", "ed25519")):
        status, shown = admin("PUT", f"/inboxes/{inbox}/dkim", {"on": True, "algorithm": algorithm, "selector": f"s{number}"})
        assert status == 200 and shown["algorithm"] == algorithm
        assert shown["record"]["name"] == f"s{number}._domainkey.acme.test"
        record = shown["record"]["value"]
        assert record.startswith(f"v=DKIM1; k={algorithm}; p=") and "".join(re.findall(r'"([^"]*)"', shown["record"]["zone"])) == record
        records.append(record)
        desk.say(conversation, f"Signed with {algorithm}.", content_attributes={"delivery": "email_now"})
        raw = relay.next().content
        names = []

        def zone(name, timeout=5):
            names.append(name.decode().rstrip("."))
            return record.encode() if names[-1] == shown["record"]["name"] else None

        assert dkim.DKIM(raw).verify(dnsfunc=zone), algorithm
        assert names == [f"s{number}._domainkey.acme.test"]
        # What a forger adds to it or changes in it breaks the signature.
        for forged in (raw.replace(b"Signed with", b"Signed by"), b"Subject: Another\r\n" + raw, b"From: eve@evil.test\r\n" + raw,
                       b"Reply-To: eve@evil.test\r\n" + raw):
            try:
                assert not dkim.DKIM(forged).verify(dnsfunc=zone)
            except dkim.DKIMException:
                pass
        until(lambda: desk.state(conversation, f"Signed with {algorithm}.") == "emailed", "the mail to be sent")
    assert records[0] != records[1]
    assert admin("PUT", f"/inboxes/{inbox}/dkim", {"on": False})[1]["on"] is False
