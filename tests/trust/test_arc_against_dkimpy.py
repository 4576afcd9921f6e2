"""ARC (RFC 8617): our verdicts and dkimpy's on chains of seals made by chance, of forwarders that change what they like."""

import os
import random

import dkim
from keys import RSAKey

SEED = int(os.environ.get("TRUST_SEED", "8617"))
COUNT = int(os.environ.get("TRUST_ARC_CASES", "100"))
ON_THE_WAY = [
    "nothing", "nothing", "nothing", "the body", "the subject", "a new field", "a seal taken out", "a result changed", "a seal damaged",
    "an instance changed", "a signature taken out", "a seal twice", "a claim that it failed", "an old set taken out", "key of another", "key missing",
]


def chain(number, rng, zone, keys):
    """A mail that went through one to three forwarders, and what happened behind them."""
    domain = f"a{number}.test"
    mail = f"From: sam@{domain}\r\nTo: desk@example.test\r\nSubject: Hello {number}\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{number}@{domain}>\r\n\r\nA question.\r\n".encode()
    way = rng.choice(ON_THE_WAY)
    hops = rng.randrange(1, 4)
    for hop in range(hops):
        forwarder = f"hop{hop}.{domain}"
        key = rng.choice(keys)
        published = rng.choice([k for k in keys if k is not key]) if way == "key of another" and hop == hops - 1 else key
        if not (way == "key missing" and hop == 0):
            zone.add(f"s._domainkey.{forwarder}", "TXT", f"v=DKIM1; k=rsa; p={published.public}")
        verdict = f"arc={'none' if hop == 0 else 'pass'}"
        mail = f"Authentication-Results: {forwarder}; {verdict}; dmarc=pass header.from={domain}\r\n".encode() + mail
        names = [b"from", b"to", b"subject", b"date", b"message-id"]
        mail = b"".join(dkim.arc_sign(mail, b"s", forwarder.encode(), key.pem, forwarder.encode(), include_headers=names)) + mail
    if way == "the body":
        mail += b"An advertisement.\r\n"
    elif way == "the subject":
        mail = mail.replace(b"Subject: Hello", b"Subject: [list] Hello")
    elif way == "a new field":
        mail = b"X-New: 1\r\n" + mail
    elif way in ("a seal taken out", "a signature taken out"):
        mail = without(mail, b"ARC-Seal" if "seal" in way else b"ARC-Message-Signature", rng.randrange(1, hops + 1))
    elif way == "an old set taken out":
        for name in (b"ARC-Seal", b"ARC-Message-Signature", b"ARC-Authentication-Results"):
            mail = without(mail, name, 1)
    elif way == "a result changed":
        head, _, tail = mail.rpartition(b"ARC-Authentication-Results:")
        mail = head + b"ARC-Authentication-Results:" + tail.replace(b"dmarc=pass", b"dmarc=fail", 1)
    elif way == "a seal damaged":
        at = mail.index(b"b=", mail.index(b"ARC-Seal:")) + 12
        mail = mail[:at] + (b"A" if mail[at : at + 1] != b"A" else b"B") + mail[at + 1 :]
    elif way == "an instance changed":
        mail = mail.replace(b"i=1;", b"i=7;", 1)
    elif way == "a seal twice":
        mail = field(mail, b"ARC-Seal", 1) + mail
    elif way == "a claim that it failed":
        mail = mail.replace(b"cv=pass", b"cv=fail", 1).replace(b"cv=none", b"cv=fail", 1)
    return way, mail


def fields_of(mail):
    head = mail.partition(b"\r\n\r\n")[0]
    fields = []
    for line in head.split(b"\r\n"):
        if line[:1] in b" \t" and fields:
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    return fields


def field(mail, name, instance):
    for one in fields_of(mail):
        if one.startswith(name + b":") and f"i={instance};".encode() in one:
            return one + b"\r\n"
    return b""


def without(mail, name, instance):
    return mail.replace(field(mail, name, instance), b"", 1)


def test_no_verdict_differs(judge):
    rng = random.Random(SEED)
    keys = [RSAKey(2048), RSAKey(1024), RSAKey(2048)]
    chains = [chain(number, rng, judge.zone, keys) for number in range(COUNT)]
    # An inbox that trusts somebody is what makes throughline look at seals.
    verdicts = judge.all([{"mail": mail, "more": ["--forwarder", "nobody.test"]} for _, mail in chains])
    seen, differences = {}, []
    for (way, mail), verdict in zip(chains, verdicts):
        # None is a chain that its last sealer declared broken: RFC 8617 §5.2 step 2 calls that a failure.
        theirs = (dkim.arc_verify(mail, dnsfunc=judge.zone.dkimpy)[0] or b"fail").decode()
        ours = (verdict["arc"] or {"result": "none"})["result"]
        seen[theirs] = seen.get(theirs, 0) + 1
        if ours != theirs:
            differences.append((way, verdict["arc"], theirs, mail))
    print(f"\nARC: {len(chains)} chains, {seen}")
    assert not differences, "\n\n".join(map(str, differences[:10]))
    assert seen["pass"] > COUNT // 8 and seen["fail"] > COUNT // 8
