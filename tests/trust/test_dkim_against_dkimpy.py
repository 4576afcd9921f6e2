"""DKIM (RFC 6376, RFC 8463): our verdicts and dkimpy's, on mails made by chance. Each difference is named with its paragraph, or there is none."""

import os

import dkim
from dkim_cases import cases

SEED = int(os.environ.get("TRUST_SEED", "6376"))
COUNT = int(os.environ.get("TRUST_DKIM_CASES", "400"))

# What dkimpy lets pass, and why we do not.
NAMED = {
    "rsa-sha1": "RFC 8301 §3.1: rsa-sha1 must not be used",
    "a short length": "RFC 6376 §8.2: a body beyond l= was written by nobody knows whom",
    "a long length": "RFC 6376 §3.5: l= must not be larger than the body",
    "expired an hour ago": "RFC 6376 §3.5: x= is absolute; dkimpy allows ten hours more",
    "a second From": "RFC 6376 §8.15: an unsigned second From",
    "a second From below": "RFC 6376 §8.15: an unsigned second From",
    "a second Subject": "RFC 6376 §8.15: an unsigned second Subject",
    "a second Date": "RFC 6376 §8.15: an unsigned second Date",
    "for sha1": "RFC 6376 §6.1.2: the key allows other hashes only",
    "for another service": "RFC 6376 §3.6.1: the key is not for mail",
    "version behind": "RFC 6376 §3.6.1: v= must be the first tag",
    "From not signed": "RFC 6376 §5.4: From must be signed",
}


def passes_by_dkimpy(case, zone):
    try:
        return bool(dkim.DKIM(case.mail).verify(dnsfunc=zone.dkimpy))
    except Exception as problem:  # It also stumbles over what it cannot read, which is no pass either.
        case.stumbled = repr(problem)
        return False


def named_difference(case, ours, theirs):
    if ours and not theirs:
        return None
    if case.tag == "a sub-domain's identity" and "strict" in case.dns:
        return "RFC 6376 §3.6.1: t=s forbids a sub-domain in i="
    return NAMED.get(case.tag) or NAMED.get(case.way) or NAMED.get(case.dns)


def test_no_verdict_differs(judge):
    all_cases = cases(SEED, COUNT, judge.zone)
    verdicts = judge.all([{"mail": case.mail} for case in all_cases])
    passed, named, differences = 0, {}, []
    for case, verdict in zip(all_cases, verdicts):
        (ours,) = verdict["dkim"]
        theirs = passes_by_dkimpy(case, judge.zone)
        passed += theirs
        if case.dns == "no answer" and ours["result"] == "pass":
            differences.append((str(case), ours, "no answer cannot pass"))
        if (ours["result"] == "pass") == theirs:
            continue
        name = named_difference(case, ours["result"] == "pass", theirs)
        if name:
            named[name] = named.get(name, 0) + 1
        else:
            differences.append((str(case), ours, theirs, getattr(case, "stumbled", ""), case.mail))
    print(f"\nDKIM: {len(all_cases)} cases, {passed} pass by dkimpy; differences with a name: {named}")
    assert not differences, "\n\n".join(map(str, differences[:10]))
    assert COUNT // 5 < passed < COUNT
    assert sum(named.values()) <= COUNT // 5
