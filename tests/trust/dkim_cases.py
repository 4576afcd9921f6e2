"""Signed mails made by chance, from a seed: what was signed, what happened on the way, what DNS has for a key."""

import random
import time

from keys import Ed25519Key, RSAKey, digest_of, signature

WORDS = "order refund thanks invoice Grüße  two\tblanks héllo . .. -- > quoted = equals".split(" ")
FORMS = ["simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed", "relaxed", "simple", "relaxed/relaxed", "relaxed/relaxed"]
ON_THE_WAY = [
    "nothing", "nothing", "nothing", "a word of the body", "text behind the body", "blank lines behind the body", "blanks at line ends",
    "the subject", "blanks in the subject", "another name's case", "a new field", "a second From", "a second From below", "a second Subject",
    "a second Date", "To taken out", "bare line feeds", "the signature folded anew", "a damaged b=", "a damaged bh=", "fields in another order",
]
KEYS = [
    "as it should be", "as it should be", "as it should be", "as it should be", "revoked", "missing", "no answer", "of somebody else",
    "of another kind", "for sha1", "for sha256", "for another service", "for mail", "testing", "strict", "testing and strict", "of another version",
    "without version", "version behind", "no key at all", "with blanks", "with g=", "in PKCS #1", "with notes", "damaged base64", "a part of it",
]
TAGS = [
    "none", "none", "none", "none", "none", "expires soon", "expired for long", "expired an hour ago", "from the future", "expires before it was made",
    "the whole length", "a short length", "a long length", "a sub-domain's identity", "another domain's identity", "q", "another q", "rsa-sha1",
    "version 2", "From not signed", "no d", "no bh", "a tag twice", "an unknown tag", "an unknown form", "a word as time", "a word as length",
    "oversigned", "From not first", "a field that is not there",
]


def make_keys():
    return {"rsa": [RSAKey(2048), RSAKey(1024), RSAKey(2048), RSAKey(3072)], "weak": [RSAKey(512), RSAKey(768)], "ed": [Ed25519Key(bytes([n]) * 32) for n in (1, 2)]}


class Case:
    def __init__(self, number, rng, zone, keys):
        self.rng = rng
        self.domain = f"d{number}.test"
        self.selector = rng.choice(["s1", "mail.2026", "k"])
        self.key = rng.choice(keys["rsa"] + keys["ed"] + (keys["weak"] if rng.random() < 0.3 else []))
        self.others = [key for group in keys.values() for key in group if key is not self.key]
        self.form = rng.choice(FORMS)
        # Mostly one thing goes wrong at a time.
        what = rng.choice(["way", "way", "key", "tag", "tag", "all"])
        self.way = rng.choice(ON_THE_WAY) if what in ("way", "all") else "nothing"
        self.dns = rng.choice(KEYS) if what in ("key", "all") else "as it should be"
        self.tag = rng.choice(TAGS) if what in ("tag", "all") else "none"
        self.publish(zone)
        unsigned = self.compose()
        self.mail = self.travel(self.sign(unsigned), unsigned)

    def line(self):
        line = " ".join(self.rng.choice(WORDS) for _ in range(self.rng.randrange(0, 9)))
        return line + self.rng.choice(["", "", "", " ", "\t", "  \t"])

    def compose(self):
        rng = self.rng
        fields = [
            f"From: Sam <sam@{self.domain}>", "To:  desk@example.test ", f"Subject: {rng.choice(['Hello  there', 'Order 7', 'a', ''])}",
            "Date: Mon, 23 Nov 2026 10:00:00 +0000", f"Message-ID: <{rng.random()}@{self.domain}>", "X-Folded: one\r\n\ttwo\r\n   three  ",
            "Received: by a.test", "Received: by b.test",
        ]
        rng.shuffle(fields)
        # A last line without its end has no blanks at its end: by SMTP every line ends (RFC 5321 §2.3.8).
        body = "\r\n".join(self.line() for _ in range(rng.choice([0, 1, 2, 5, 9]))).rstrip() + rng.choice(["", "\r\n", "\r\n", " \t\r\n\r\n\r\n"])
        return ("\r\n".join(fields) + "\r\n\r\n" + body).encode()

    def sign(self, mail):
        rng, tag, now = self.rng, self.tag, int(time.time())
        names = ["From", "to", "SUBJECT", "Date", "X-Folded"] + rng.choice([[], ["Message-ID"], ["Received", "Received"]])
        extra, replace, algorithm = [], {}, None
        length = digest_of(mail.partition(b"\r\n\r\n")[2], self.form.partition("/")[2] or "simple", "rsa-sha256")[1]
        match tag:
            case "expires soon": extra = [f"t={now - 100}", f"x={now + 90000}"]
            case "expired for long": extra = [f"x={now - 200000}"]
            case "expired an hour ago": extra = [f"x={now - 3600}"]
            case "from the future": extra = [f"t={now + 200000}"]
            case "expires before it was made": extra = [f"t={now - 10}", f"x={now - 20}"]
            case "the whole length": extra = [f"l={length}"]
            case "a short length":
                body = mail.partition(b"\r\n\r\n")[2]
                self.more = b"and more\r\n"
                extra = [f"l={length}"]
                if not body.endswith(b"\r\n"):
                    self.tag = "the whole length"
            case "a long length": extra = [f"l={length + 7}"]
            case "a sub-domain's identity": extra = [f"i=sam@sub.{self.domain}"]
            case "another domain's identity": extra = ["i=sam@other.test"]
            case "q": extra = ["q=dns/txt"]
            case "another q": extra = ["q=ldap"]
            case "rsa-sha1": algorithm = "rsa-sha1" if self.key.kind == "rsa" else None
            case "version 2": replace = {"v": "2"}
            case "From not signed": names = names[1:]
            case "no d": replace = {"d": None}
            case "no bh": replace = {"bh": None}
            case "a tag twice": extra = [f"s={self.selector}"]
            case "an unknown tag": extra = ["zz=1", "z=Subject:x|To:y"]
            case "an unknown form": replace = {"c": "nofws/simple"}
            case "a word as time": extra = ["t=today"]
            case "a word as length": extra = ["l=-1"]
            case "oversigned": names += ["From", "Subject", "Date", "To"]
            case "From not first": names.reverse()
            case "a field that is not there": names += ["List-Id", "Cc"]
        return signature(mail, self.key, self.domain, self.selector, self.form, names, extra, algorithm, rng, replace) + mail

    def travel(self, mail, unsigned):
        rng = self.rng
        head, _, body = mail.partition(b"\r\n\r\n")
        match self.way:
            case "a word of the body": body = body.replace(b"o", b"0", 1) if b"o" in body else b"x" + body
            case "text behind the body": body += b"and more\r\n"
            case "blank lines behind the body": body += b"\r\n\r\n" if not body or body.endswith(b"\r\n") else b""
            case "blanks at line ends": body = body.replace(b"\r\n", b" \t\r\n")
            case "the subject": head = head.replace(b"Subject:", b"Subject: Re:")
            case "blanks in the subject": head = head.replace(b"Subject: ", b"Subject:   ")
            case "another name's case": head = head.replace(b"\r\nDate:", b"\r\nDATE:").replace(b"\r\nTo:", b"\r\nto:")
            case "a new field": head = b"X-New: 1\r\n" + head
            case "a second From": head = b"From: boss@bank.test\r\n" + head
            case "a second From below": head += b"\r\nFrom: boss@bank.test"
            case "a second Subject": head = b"Subject: pay now\r\n" + head
            case "a second Date": head = b"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\n" + head
            case "To taken out": head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"To:"))
            case "the signature folded anew": head = head.replace(b"; d=", b";\r\n d=")
            case "a damaged b=":
                at = head.index(b"b=", head.index(b" bh=") + 3 if b" bh=" in head else 0) + 8
                head = head[:at] + (b"A" if head[at : at + 1] != b"A" else b"B") + head[at + 1 :]
            case "a damaged bh=": head = head.replace(b"bh=", b"bh=AA", 1)
            case "fields in another order":
                # Between fields, which begin in column one.
                fields = head.replace(b"\r\n\t", b"\0T").replace(b"\r\n ", b"\0S").split(b"\r\n")
                head = b"\r\n".join(reversed(fields)).replace(b"\0T", b"\r\n\t").replace(b"\0S", b"\r\n ")
        if self.tag == "a short length":
            body += self.more
        mail = head + b"\r\n\r\n" + body
        return mail.replace(b"\r\n", b"\n") if self.way == "bare line feeds" else mail

    def publish(self, zone):
        name, key = f"{self.selector}._domainkey.{self.domain}", self.key
        kind = f"k={key.kind}; " if key.kind != "rsa" or self.rng.random() < 0.5 else ""
        other = next(o for o in self.others if o.kind == key.kind)
        text = f"v=DKIM1; {kind}p={key.public}"
        match self.dns:
            case "revoked": text = f"v=DKIM1; {kind}p="
            case "missing": return
            case "no answer": return zone.fail(name)
            case "of somebody else": text = f"v=DKIM1; {kind}p={other.public}"
            case "of another kind": text = f"v=DKIM1; k={'rsa' if key.kind == 'ed25519' else 'ed25519'}; p={key.public}"
            case "for sha1": text = f"v=DKIM1; h=sha1; {kind}p={key.public}"
            case "for sha256": text = f"v=DKIM1; h=sha1:sha256; {kind}p={key.public}"
            case "for another service": text = f"v=DKIM1; s=other; {kind}p={key.public}"
            case "for mail": text = f"v=DKIM1; s=email; {kind}p={key.public}"
            case "testing": text = f"v=DKIM1; t=y; {kind}p={key.public}"
            case "strict": text = f"v=DKIM1; t=s; {kind}p={key.public}"
            case "testing and strict": text = f"v=DKIM1; t=y:s; {kind}p={key.public}"
            case "of another version": text = f"v=DKIM2; {kind}p={key.public}"
            case "without version": text = f"{kind}p={key.public}"
            case "version behind": text = f"{kind}p={key.public}; v=DKIM1"
            case "no key at all": text = "v=spf1 -all"
            case "with blanks": text = f" v=DKIM1 ; {kind} p = {key.public[:30]} {key.public[30:]} ; "
            case "with g=": text = f"v=DKIM1; g=; {kind}p={key.public}"
            case "in PKCS #1": text = f"v=DKIM1; {kind}p={key.public_pkcs1}"
            case "with notes": text = f"v=DKIM1; n=a note, with words; {kind}p={key.public}"
            case "damaged base64": text = f"v=DKIM1; {kind}p={key.public[:-5]}!!"
            case "a part of it": text = f"v=DKIM1; {kind}p={key.public[:40]}"
        zone.add(name, "TXT", text)

    def __str__(self):
        return f"{self.key.kind} {self.key.bits}, {self.form}, on the way: {self.way}, key: {self.dns}, tag: {self.tag}"


def cases(seed, count, zone):
    rng = random.Random(seed)
    keys = make_keys()
    return [Case(number, rng, zone, keys) for number in range(count)]
