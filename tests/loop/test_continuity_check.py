"""The continuity check with one fault planted at a time: its message names that fault, and the row or setting that mends it."""
import base64
import json
import ssl
import subprocess

import pytest
from aiosmtpd.controller import Controller

from conftest import Server, until
from world import RELAY_ADDRESS, Names, World, free_port

HOST = "mail.world.test"
GOOD_SPF = f"v=spf1 ip4:{RELAY_ADDRESS} -all"


class Case:
    """One domain: what is wrong with it, and what is to be said."""

    def __init__(self, code, words, *, row=None, how="", mx="good", spf=(GOOD_SPF,), dmarc=True, key="good", sender=None, more=()):
        self.code, self.words, self.row, self.how, self.mx = code, words, row, how, mx
        self.spf, self.dmarc, self.key, self.sender, self.more = spf, dmarc, key, sender, more

    def plant(self, names, world, domain, keys):
        reply = f"reply.{domain}"
        match self.mx:
            case "good":
                names.mx(reply, HOST)
            case "elsewhere":
                names.mx(reply, "other.world.test")
            case "alias":
                names.alias(f"mx.{domain}", HOST)
                names.mx(reply, f"mx.{domain}")
            case "unresolvable":
                names.mx(reply, f"nowhere.{domain}")
        if self.how in ("strips", "rewrites"):
            names.mx(domain, HOST)
        for record in self.spf:
            names.text(reply, record)
        for name, value in self.more:
            names.text(name, value)
        from_domain = self.sender.rsplit("@", 1)[-1] if self.sender else domain
        if self.dmarc:
            names.text(f"_dmarc.{from_domain}", "v=DMARC1; p=quarantine")
        if self.key:
            world.keys[reply] = (domain, "s1", keys[0].private)
        if self.key in ("good", "wrong"):
            names.text(f"s1._domainkey.{domain}", f"v=DKIM1; k=rsa; p={keys[0 if self.key == 'good' else 1].public}")
        world.how[domain] = self.how


class Key:
    def __init__(self):
        self.private = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
        der = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=self.private, capture_output=True, check=True).stdout
        self.public = base64.b64encode(der).decode()


MX = {"type": "MX", "name": "reply.{}", "value": f"10 {HOST}"}
SPF = {"type": "TXT", "name": "reply.{}"}

CASES = {
    "good": Case(None, None),
    "nomx": Case("mx_missing", "has no MX row", row=MX, mx=None),
    "elsewhere": Case("mx_elsewhere", "is sent to other.world.test", row=MX, mx="elsewhere"),
    "alias": Case("mx_is_alias", "is an alias (CNAME) of mail.world.test", row=MX, mx="alias"),
    "unresolvable": Case("mx_unresolvable", "which has no address", row=MX, mx="unresolvable"),
    "swallowed": Case("swallowed", "Ok: queued as 4F2A1", how="swallows"),
    "stripped": Case("token_stripped", "had lost what stands behind the +", how="strips"),
    "misdirected": Case("token_stripped", "550", how="misdirects"),
    "rewritten": Case("recipient_rewritten", "its conversation was found by the field To alone", how="rewrites"),
    "sender": Case("relay_refuses_sender", "Sender address rejected", how="refuses sender"),
    "denied": Case("relay_refuses_recipient", "Relay access denied", how="refuses recipient"),
    "grey": Case("relay_says_later", "Greylisted", how="greylists"),
    "nospf": Case("spf_missing", "has no SPF record", row=SPF | {"value": f"v=spf1 ip4:{RELAY_ADDRESS} ~all"}, spf=()),
    "otherspf": Case(
        "spf_without_relay", f"does not name {RELAY_ADDRESS}",
        row=SPF | {"value": f"v=spf1 ip4:192.0.2.9 ip4:{RELAY_ADDRESS} -all"}, spf=("v=spf1 ip4:192.0.2.9 -all",)),
    "twospf": Case(
        "spf_several", "has 2 SPF records", row=SPF | {"value": f"v=spf1 ip4:192.0.2.9 ip4:{RELAY_ADDRESS} -all"},
        spf=(GOOD_SPF, "v=spf1 ip4:192.0.2.9 -all")),
    "longspf": Case(
        "spf_too_many_lookups", "more than 10 look-ups", row=SPF,
        spf=("v=spf1 " + " ".join(f"include:i{number}.longspf.test" for number in range(11)) + " -all",),
        more=tuple((f"i{number}.longspf.test", "v=spf1 ip4:192.0.2.9 ?all") for number in range(11))),
    "damagedspf": Case("spf_damaged", "cannot be understood", row=SPF, spf=("v=spf1 ipv4=192.0.2.1 foo:bar -all",)),
    "unsigned": Case("dkim_unsigned", "Nobody signed", key=None),
    "nokey": Case("dkim_key_missing", "there is no key at s1._domainkey.nokey.test", row={"type": "TXT", "name": "s1._domainkey.{}"}, key="missing"),
    "wrongkey": Case("dkim_key_wrong", "not the one that the probe was signed with", row={"type": "TXT", "name": "s1._domainkey.{}"}, key="wrong"),
    "changed": Case("dkim_broken", "changed after it was signed", how="changes"),
    "nodmarc": Case("dmarc_missing", "has no DMARC record", row={"type": "TXT", "name": "_dmarc.{}", "value": "v=DMARC1; p=none"}, dmarc=False),
    "alignment": Case("dmarc_alignment", "SPF for reply.alignment.test", sender="support@brand.test"),
}
# What keeps a probe from coming back is an error; what only makes others doubt it is a note.
NOTES = {"recipient_rewritten"} | {case.code for case in CASES.values() if case.code and case.code.startswith(("spf_", "dkim_", "dmarc_"))}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    port = free_port()
    names = Names()
    world = World(names, port)
    keys = (Key(), Key())
    names.address("ready.test", "127.0.0.1")
    names.address(HOST, "127.0.0.1")
    names.address("other.world.test", "127.0.0.3")
    for name, case in CASES.items():
        case.plant(names, world, f"{name}.test", keys)
    names.start()
    world.controller.start()
    impostor = Controller(Impostor(), hostname="127.0.0.3", port=port, server_hostname="impostor.elsewhere.test")
    impostor.start()
    yield world
    impostor.stop()
    world.controller.stop()
    names.stop()


class Impostor:
    """Somebody else's server: takes everything and keeps it."""

    async def handle_DATA(self, server, session, envelope):
        return "250 2.0.0 Ok"


class Desk(Server):
    """A server in that world."""

    def __init__(self, directory, world, relay=None, more=()):
        super().__init__(directory, world, "check", dns=f"127.0.0.1:{world.names.port}")
        url = relay or f"smtp://127.0.0.1:{world.controller.port}?tls=none"
        changed = {
            "smtp-listen": f"127.0.0.1:{world.mx_port}", "smtp-hostname": HOST, "mail-relay-url": url, "mail-check-port": str(world.mx_port),
            # Long enough for a busy machine; those that do not come back wait for it together.
            "mail-check-patience": "15s", **dict(more),
        }
        self.settings = [setting for setting in self.settings if setting[2:].split("=")[0] not in changed]
        self.settings += [f"--{name}={value}" for name, value in changed.items()]
        self.agent = self.create(
            "agent", "create", "--email=sam@team.test", "--name=Sam", "--password=correct horse battery", "--role=administrator")

    def call(self, method, path, body=None):
        status, answer = self.request(
            method, f"/api/v1/accounts/{self.agent['account_id']}/{path}", body, {"api_access_token": self.agent["api_access_token"]})
        assert status == 200, answer
        return answer

    def website(self, name, sender=None):
        domain = f"{name}.test"
        channel = {
            "type": "web_widget", "website_url": f"https://{domain}", "email": sender or f"support@{domain}", "reply_domain": f"reply.{domain}"}
        return self.call("POST", "inboxes", {"name": name, "channel": channel})["id"]

    def checked(self, inbox):
        def over():
            answer = self.call("GET", f"inboxes/{inbox}/continuity_check")
            return answer if answer["state"] in ("passed", "failed") else None

        return until(over, "the check to end")


@pytest.fixture(scope="module")
def answers(world, tmp_path_factory):
    """All checks of one server run at the same time."""
    desk = Desk(tmp_path_factory.mktemp("desk"), world)
    for name in ("stripped", "rewritten"):
        desk.create("inbox", "create", "--kind=email", f"--name={name} catch", f"--address=catch@{name}.test")
    desk.start()
    try:
        inboxes = {name: desk.website(name, case.sender) for name, case in CASES.items()}
        for inbox in inboxes.values():
            assert desk.call("POST", f"inboxes/{inbox}/continuity_check")["state"] == "running"
        answers = {name: desk.checked(inbox) for name, inbox in inboxes.items()}
        rows = {name: desk.call("GET", f"inboxes/{inbox}/dns_records") for name, inbox in inboxes.items()}
        listed = desk.call("GET", "conversations?status=all")["data"]["payload"], desk.call("GET", "mails?outcome=all")["payload"]
        yield answers, rows, listed, desk, inboxes
    finally:
        desk.stop()
        print((desk.directory / "server.log").read_text()[-3000:])


@pytest.mark.parametrize("name", CASES)
def test_the_message_names_the_fault(answers, name):
    case, answer = CASES[name], answers[0][name]
    shown = json.dumps(answer, indent=1, ensure_ascii=False)
    if case.code is None:
        assert answer["state"] == "passed" and answer["faults"] == [], shown
        return
    assert answer["state"] == ("passed" if case.code in NOTES else "failed"), shown
    first = answer["faults"][0]
    assert first["code"] == case.code, shown
    assert [fault["code"] for fault in answer["faults"]].count(case.code) == 1
    assert case.words in first["words"], shown
    assert first["advice"], shown
    assert first["level"] == ("warning" if case.code in NOTES else "error"), shown
    if case.row:
        for key, value in case.row.items():
            assert first["record"][key] == value.format(f"{name}.test"), shown
        assert first["record"]["state"] in ("missing", "different"), shown


def test_a_good_way_is_shown_step_by_step(answers):
    answer = answers[0]["good"]
    names = [hop["name"] for hop in answer["hops"]]
    assert names == [
        "settings", "dns", "port", "written", "connected", "accepted", "received", "received", "came_back", "sender_checks", "in_conversation"]
    words = {hop["name"]: hop["words"] for hop in answer["hops"]}
    assert "queued as 4F2A1" in words["accepted"]
    assert words["sender_checks"] == f"SPF: pass for reply.good.test from {RELAY_ADDRESS}. DKIM: pass for good.test. DMARC: pass."
    assert all(hop["state"] == "done" for hop in answer["hops"])
    assert answer["promises_email"] and answer["why_not"] is None


def test_rows_to_copy_say_what_stands_there(answers):
    rows = {(row["type"], row["name"]): row for row in answers[1]["good"]["payload"]}
    assert {key: row["state"] for key, row in rows.items()} == {
        ("MX", "reply.good.test"): "found", ("A", HOST): "found", ("TXT", "reply.good.test"): "found",
        ("TXT", "s1._domainkey.good.test"): "found", ("TXT", "_dmarc.good.test"): "found"}
    assert rows["MX", "reply.good.test"]["found"] == [f"10 {HOST}"]
    missing = {(row["type"], row["name"]): row for row in answers[1]["nomx"]["payload"]}
    assert missing["MX", "reply.nomx.test"]["state"] == "missing"
    other = {(row["type"], row["name"]): row for row in answers[1]["otherspf"]["payload"]}["TXT", "reply.otherspf.test"]
    assert other["state"] == "different" and other["found"] == ["v=spf1 ip4:192.0.2.9 -all"]


def test_probes_are_nobodys_conversation_and_nobodys_mail(answers):
    conversations, mails = answers[2]
    assert conversations == []
    # What was refused for its changed address never was a mail here; the mail desk says that somebody tried.
    assert [mail for mail in mails if mail["outcome"] != "refused"] == []


def test_nothing_is_promised_where_no_check_has_passed(answers):
    assert answers[0]["rewritten"]["promises_email"]
    for name in ("nomx", "swallowed", "sender"):
        assert not answers[0][name]["promises_email"]
        assert "until the continuity check has passed once" in answers[0][name]["why_not"]


def self_signed(directory):
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=elsewhere.test",
        "-keyout", f"{directory}/key.pem", "-out", f"{directory}/cert.pem"]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{directory}/cert.pem", f"{directory}/key.pem")
    return context


RELAYS = {
    "nobody there": ("smtp://127.0.0.1:{closed}?tls=none", "relay_closed", "there is no connection"),
    "no encryption": ("smtp://127.0.0.1:{plain}", "relay_without_tls", "it offers no encryption"),
    "wrong password": ("smtp://sam:wrong@127.0.0.1:{login}?tls=none", "relay_password", "does not accept the user name and password"),
    "bad certificate": ("smtp://127.0.0.1:{tls}", "relay_certificate", "its certificate"),
}


@pytest.mark.parametrize("name", RELAYS)
def test_a_relay_that_cannot_be_used(world, tmp_path, name):
    url, code, words = RELAYS[name]
    login = World(world.names, world.mx_port, credentials=(b"sam", b"right"))
    tls = World(world.names, world.mx_port, tls=self_signed(tmp_path))
    for relay in (login, tls):
        relay.controller.start()
    ports = {"closed": free_port(), "plain": world.controller.port, "login": login.controller.port, "tls": tls.controller.port}
    desk = Desk(tmp_path, world, relay=url.format(**ports), more={"smtp-listen": f"127.0.0.1:{free_port()}"})
    desk.start()
    try:
        inbox = desk.website("good")
        desk.call("POST", f"inboxes/{inbox}/continuity_check")
        answer = desk.checked(inbox)
        assert answer["state"] == "failed"
        assert [fault["code"] for fault in answer["faults"]] == [code]
        assert words in answer["faults"][0]["words"]
        assert answer["faults"][0]["setting"] == "mail.relay-url"
        assert "wrong" not in json.dumps(answer)
    finally:
        desk.stop()
        for relay in (login, tls):
            relay.controller.stop()


LISTENING = {
    "receiver off": ({"smtp-listen": "off"}, "good", "no_way_in", "the receiver is off"),
    "port closed": ({"mail-check-patience": "5s"}, "closed", "port_closed", "nobody listens"),
    "another server": ({"mail-check-patience": "5s"}, "impostor", "port_other_server", "another server answers"),
    "no reply domain": ({"mail-reply-domain": ""}, None, "no_address", "no reply domain"),
}


@pytest.mark.parametrize("name", LISTENING)
def test_mail_that_cannot_come_in(tmp_path, name):
    more, mx, code, words = LISTENING[name]
    port = free_port()
    names = Names()
    world = World(names, port)
    names.address("ready.test", "127.0.0.1")
    # The name is this server's, as far as DNS can tell.
    names.address(HOST, {"closed": "127.0.0.2", "impostor": "127.0.0.3"}.get(mx, "127.0.0.1"))
    names.mx("reply.lost.test", HOST)
    names.start()
    world.controller.start()
    impostor = Controller(Impostor(), hostname="127.0.0.3", port=port, server_hostname="impostor.elsewhere.test")
    impostor.start()
    desk = Desk(tmp_path, world, more=more)
    desk.start()
    try:
        body = {"name": "lost", "channel": {"type": "web_widget", "website_url": "https://lost.test"}}
        if mx:
            body["channel"]["reply_domain"] = "reply.lost.test"
        inbox = desk.call("POST", "inboxes", body)["id"]
        desk.call("POST", f"inboxes/{inbox}/continuity_check")
        answer = desk.checked(inbox)
        assert answer["state"] == "failed"
        assert answer["faults"][0]["code"] == code, answer
        assert words in answer["faults"][0]["words"]
        assert answer["faults"][0]["setting"]
    finally:
        desk.stop()
        impostor.stop()
        world.controller.stop()
        names.stop()


def test_doctor(answers, world, tmp_path):
    desk, inboxes = answers[3], answers[4]
    asleep = Desk(tmp_path, world).command("doctor", "--json")
    assert asleep.returncode == 1
    assert "Start it with “throughline serve”" in json.loads(asleep.stdout)["problem"]
    done = desk.command("doctor", f"--inbox={inboxes['good']}")
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert "Mail goes out and comes back." in done.stdout.decode()
    done = desk.command("doctor", f"--inbox={inboxes['sender']}", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1 and not answer["ok"]
    assert [inbox["faults"][0]["code"] for inbox in answer["inboxes"]] == ["relay_refuses_sender"]
    done = desk.command("doctor", f"--inbox={inboxes['nodmarc']}")
    assert done.returncode == 0
    assert "TXT  _dmarc.nodmarc.test  v=DMARC1; p=none" in done.stdout.decode()
