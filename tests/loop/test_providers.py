"""Mail that providers hand over by HTTP, each request made and signed as that provider does it; one server for all."""
import base64
import email.message
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest
from conftest import Relay, Server, until
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HELP = "help@acme.test"
KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"


class House:
    def __init__(self, server):
        self.server = server
        server.create("inbox", "create", "--kind", "web", "--name", "Shop", "--website-url", "https://shop.test", "--reply-domain", "reply.acme.test")
        server.create("inbox", "create", "--kind", "email", "--name", "Help", "--address", HELP)
        boss = server.create(
            "agent", "create", "--email", "boss@acme-team.test", "--name", "Boss", "--password", "correct horse battery", "--role", "administrator")
        self.account, self.token = boss["account_id"], boss["api_access_token"]
        server.start()
        inboxes = self.api("GET", "/inboxes")["payload"]
        self.inbox = next(inbox["id"] for inbox in inboxes if inbox["email"] == HELP)

    def api(self, method, path, body=None):
        status, answer = self.server.request(method, f"/api/v1/accounts/{self.account}{path}", body, {"api_access_token": self.token})
        assert status == 200, (path, status, answer)
        return answer

    def provider(self, **body):
        return self.api("PUT", f"/inboxes/{self.inbox}/provider", body)

    def post(self, path, data, type, **headers):
        """The status of an answer."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.server.url + path, data, {"Content-Type": type, **headers}, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            assert json.loads(error.read())["error"].endswith(".")
            return error.code

    def mails(self, subject):
        mails = self.api("GET", "/mails?outcome=new_conversation")["payload"]
        return [mail for mail in mails if mail["subject"] == subject]

    def arrives(self, subject):
        """The mail became a conversation, once."""
        until(lambda: self.mails(subject), f"the mail {subject}")
        assert len(self.mails(subject)) == 1
        return self.mails(subject)[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    relay = Relay()
    relay.controller.start()
    server = Server(tmp_path_factory.mktemp("providers"), relay)
    yield House(server)
    server.stop()
    relay.controller.stop()


def mail(subject, to=HELP, text="Bonjour, où est ma commande ?"):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann <ann@customer.test>", to, subject
    message["Message-ID"] = f"<{uuid.uuid4()}@customer.test>"
    message.set_content(text, cte="8bit")
    return message.as_bytes().replace(b"\n", b"\r\n")


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def multipart(fields):
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n" for name, value in fields.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


PATHS = ["/inbound", "/rails"]


def rails(name):
    return f"/rails/action_mailbox/{name}/inbound_emails"


@pytest.mark.parametrize("style", PATHS)
def test_postmark_has_a_password_in_its_address(house, style):
    key = house.provider(kind="postmark")["signing_key"]
    path = "/inbound/postmark" if style == "/inbound" else rails("postmark")
    subject = f"Postmark {style}"
    body = json.dumps({
        "From": "ann@customer.test", "FromFull": {"Email": "ann@customer.test", "Name": "Ann"}, "OriginalRecipient": HELP,
        "ToFull": [{"Email": HELP, "Name": ""}], "Subject": subject, "TextBody": "…", "RawEmail": mail(subject).decode(),
    }).encode()
    assert house.post(path, body, "application/json") == 401
    assert house.post(path, body, "application/json", Authorization=basic("actionmailbox", key + "x")) == 401
    if style == "/rails":
        assert house.post(path, body, "application/json", Authorization=basic("somebody", key)) == 401
    assert house.post(path, body.replace(b"RawEmail", b"Raw"), "application/json", Authorization=basic("actionmailbox", key)) == 403
    assert house.post(path, body, "application/json", Authorization=basic("actionmailbox", key)) == 200
    # A provider whose answer was lost sends again: the mail is there once.
    assert house.post(path, body, "application/json", Authorization=basic("actionmailbox", key)) == 200
    house.arrives(subject)


def mailgun(subject, key=KEY, at=None, to=HELP, token=None):
    timestamp, token = str(int(at or time.time())), token or uuid.uuid4().hex + "0" * 18
    return {
        "recipient": to.encode(), "sender": b"ann@customer.test", "subject": subject.encode(), "body-mime": mail(subject, to),
        "timestamp": timestamp.encode(), "token": token.encode(),
        "signature": hmac.new(key.encode(), (timestamp + token).encode(), hashlib.sha256).hexdigest().encode(),
    }


@pytest.mark.parametrize("path", ["/inbound/mailgun", "/inbound/mailgun/mime", rails("mailgun") + "/mime"])
def test_mailgun_signs_timestamp_and_token(house, path):
    house.provider(kind="mailgun", signing_key=KEY)
    form = "application/x-www-form-urlencoded"
    subject = f"Mailgun {path}"
    assert house.post(path, urllib.parse.urlencode(mailgun(subject, key="another-key-than-ours")).encode(), form) == 401
    assert house.post(path, urllib.parse.urlencode({**mailgun(subject), "timestamp": b"1"}).encode(), form) == 401
    assert house.post(path, urllib.parse.urlencode(mailgun(subject, at=time.time() - 10 * 3600)).encode(), form) == 406, "signed long ago"
    assert house.post(path, urllib.parse.urlencode(mailgun(subject, at=time.time() + 3600)).encode(), form) == 406
    assert house.post(path, urllib.parse.urlencode(mailgun(subject, to="nobody@acme.test")).encode(), form) == 406
    refused = house.api("GET", "/mails?outcome=refused")["payload"]
    assert [mail["ingress"] for mail in refused][:1] == ["mailgun"] and "No inbox receives at this address" in refused[0]["reason"]
    good = mailgun(subject)
    assert house.post(path, urllib.parse.urlencode(good).encode(), form) == 200
    assert house.post(path, urllib.parse.urlencode(good).encode(), form) == 406, "a replay"
    other = {**mailgun(subject), **{name: good[name] for name in ("timestamp", "token", "signature")}}
    assert house.post(path, *multipart(other)) == 406, "another mail under a signature that was used"
    assert house.arrives(subject)["envelope_from"] == "ann@customer.test"
    assert house.post(path, *multipart(mailgun(f"{subject} as a form"))) == 200
    house.arrives(f"{subject} as a form")


@pytest.mark.parametrize("style", PATHS)
def test_sendgrid_signs_the_body_or_has_a_password(house, style):
    path = "/inbound/sendgrid" if style == "/inbound" else rails("sendgrid")
    subject = f"SendGrid {style}"
    body, type = multipart({"email": mail(subject), "envelope": json.dumps({"to": [HELP], "from": "ann@customer.test"}).encode()})
    password = house.provider(kind="sendgrid")["signing_key"]
    assert house.post(path, body, type) == 401
    assert house.post(path, body, type, Authorization=basic("actionmailbox", "wrong" * 4)) == 401
    assert house.post(path, body, type, Authorization=basic("actionmailbox", password)) == 200
    house.arrives(subject)

    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    house.provider(kind="sendgrid", signing_key=base64.b64encode(public).decode())
    subject += " signed"
    body, type = multipart({"email": mail(subject), "envelope": json.dumps({"to": [HELP], "from": "ann@customer.test"}).encode()})

    def signed(data, at=None, key=private):
        timestamp = str(int(at or time.time()))
        signature = key.sign(timestamp.encode() + data, ec.ECDSA(hashes.SHA256()))
        return {
            "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        }

    assert house.post(path, body, type, Authorization=basic("actionmailbox", password)) == 401, "the signature is wanted now"
    assert house.post(path, body, type, **signed(body + b"x")) == 401
    assert house.post(path, body, type, **signed(body, key=ec.generate_private_key(ec.SECP256R1()))) == 401
    assert house.post(path, body, type, **signed(body, at=time.time() - 80 * 3600)) == 422
    now = time.time()
    assert house.post(path, body, type, **signed(body, now)) == 200
    assert house.post(path, body, type, **signed(body, now)) == 422, "a replay, also under another signature of the same"
    house.arrives(subject)


@pytest.mark.parametrize("style", PATHS)
def test_mandrill_signs_its_address_and_the_sorted_fields(house, style):
    path = "/inbound/mandrill" if style == "/inbound" else rails("mandrill")
    house.provider(kind="mandrill", signing_key=KEY)
    subject = f"Mandrill {style}"

    def event(subject, to=HELP):
        return {"event": "inbound", "ts": int(time.time()), "msg": {"raw_msg": mail(subject, to).decode(), "email": to, "sender": "ann@customer.test"}}

    def send(events, url=None, key=KEY, more=()):
        fields = {"mandrill_events": json.dumps(events), **dict(more)}
        signed = (url or house.server.url + path) + "".join(name + fields[name] for name in sorted(fields))
        signature = base64.b64encode(hmac.new(key.encode(), signed.encode(), hashlib.sha1).digest()).decode()
        data = urllib.parse.urlencode(fields).encode()
        return house.post(path, data, "application/x-www-form-urlencoded", X_Mandrill_Signature=signature)

    assert house.server.request("HEAD", path)[0] == 200
    assert send([]) == 200, "what it sends to see whether anybody is there"
    events = [event(f"{subject} 1"), event(f"{subject} 2"), event(f"{subject} 3", "nobody@acme.test")]
    assert send(events, key="another-key-than-ours") == 401
    assert send(events, url=house.server.url + "/elsewhere") == 401
    assert send(events, more=[("a_field_more", "1")]) == 200
    assert send(events, more=[("a_field_more", "1")]) == 422, "a replay"
    house.arrives(f"{subject} 1")
    house.arrives(f"{subject} 2")


def raw_headers(key, body, at=None):
    timestamp = str(int(at or time.time()))
    return {
        "X-Throughline-Timestamp": timestamp,
        "X-Throughline-Signature": hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest(),
    }


def test_the_signed_endpoint(house):
    key = house.provider(kind="raw")["signing_key"]
    body = mail("Raw")
    assert house.post("/inbound/raw", body, "message/rfc822") == 401
    assert house.post("/inbound/raw", body, "message/rfc822", **raw_headers(key, body + b"x")) == 401
    assert house.post("/inbound/raw", body, "message/rfc822", **raw_headers(key, body, time.time() - 400)) == 422
    assert house.post("/inbound/raw?recipient=nobody@acme.test", body, "message/rfc822", **raw_headers(key, body)) == 422
    headers = raw_headers(key, body)
    assert house.post(f"/inbound/raw?recipient={HELP}&sender=ann@customer.test", body, "message/rfc822", **headers) == 200
    assert house.post(f"/inbound/raw?recipient={HELP}", body, "message/rfc822", **headers) == 422, "a replay"
    assert house.arrives("Raw")["ingress"] == "raw"
    # Without an envelope the mail's own fields say for whom it is.
    body = mail("Raw without an envelope")
    assert house.post("/inbound/raw", body, "message/rfc822", **raw_headers(key, body)) == 200
    house.arrives("Raw without an envelope")


def test_a_mail_server_that_relays_as_rails_has_it(house):
    key = house.provider(kind="raw")["signing_key"]
    body = b"X-Original-To: " + HELP.encode() + b"\r\n" + mail("Relayed", to="list@elsewhere.test")
    assert house.post(rails("relay"), body, "message/rfc822", **raw_headers(key, body)) == 401
    assert house.post(rails("relay"), body, "text/plain", Authorization=basic("actionmailbox", key)) == 422
    assert house.post(rails("relay"), body, "message/rfc822", Authorization=basic("actionmailbox", key)) == 200
    house.arrives("Relayed")


def test_a_key_counts_for_its_own_account_alone_and_is_never_shown(house):
    house.provider(kind="mailgun", signing_key=KEY)
    shown = house.api("GET", f"/inboxes/{house.inbox}/provider")
    assert (shown["kind"], shown["has_key"], shown["signing_key"]) == ("mailgun", True, None)
    assert shown["url"] == house.server.url + "/inbound/mailgun/mime"
    assert shown["urls"]["postmark"]["action_mailbox_url"] == house.server.url + rails("postmark")
    assert KEY not in json.dumps(shown)
    assert house.api("DELETE", f"/inboxes/{house.inbox}/provider")["kind"] is None
    data = urllib.parse.urlencode(mailgun("After it was taken away")).encode()
    assert house.post("/inbound/mailgun", data, "application/x-www-form-urlencoded") == 401
