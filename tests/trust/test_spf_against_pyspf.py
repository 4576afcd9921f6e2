"""SPF (RFC 7208): our verdicts and pyspf's, on records made by chance. Each difference is named with its paragraph, or there is none."""

import os

import spf
from spf_cases import cases

SEED = int(os.environ.get("TRUST_SEED", "7208"))
COUNT = int(os.environ.get("TRUST_SPF_CASES", "400"))


def pyspf_verdict(case):
    query = spf.query(i=case.client, s=case.sender, h=case.helo, receiver="receiver.example", strict=True)
    result, _, words = query.check()
    return result, str(words)


def named_difference(records, ours, words):
    """The paragraph by which the two may differ, or None."""
    if "%{d0}" in (ours["spf"].get("problem") or ""):
        return "RFC 7208 §7.1, a transformer of 0 is a syntax error"
    asks_twice = any(word in text.lower() for text in records for word in ("mx", "ptr", "%{p"))
    if "Void lookup limit" in words and asks_twice and "find nothing" not in (ours["spf"].get("problem") or ""):
        # pyspf also counts the questions for a mail exchanger's or a name's address; the RFC bounds the terms.
        return "RFC 7208 §4.6.4, void look-ups are counted by terms"
    return None


def test_no_verdict_differs(judge, monkeypatch):
    monkeypatch.setattr(spf, "DNSLookup", judge.zone.pyspf)
    monkeypatch.setattr(spf, "MAX_PER_LOOKUP_TIME", 0)
    all_cases = cases(SEED, COUNT, judge.zone)
    verdicts = judge.all([{"client": c.client, "helo": c.helo, "sender": c.sender} for c in all_cases])
    seen, named, differences = {}, {}, []
    for case, ours in zip(all_cases, verdicts):
        result, words = pyspf_verdict(case)
        seen[result] = seen.get(result, 0) + 1
        if ours["spf"]["result"] == result:
            continue
        texts = [text for name, kinds in judge.zone.names.items() if name.endswith(case.base) for text in kinds.get("TXT", [])]
        name = named_difference(texts, ours, words)
        if name:
            named[name] = named.get(name, 0) + 1
        else:
            records = {n: r for n, r in judge.zone.names.items() if n.endswith(case.base)}
            differences.append((case.client, case.helo, case.sender, ours["spf"], result, words, records))
    print(f"\nSPF: {len(all_cases)} cases, {seen}; differences with a name: {named}")
    assert not differences, "\n\n".join(map(str, differences[:10]))
    # The cases are worth something only if they reach every verdict.
    assert set(seen) == {"none", "neutral", "pass", "fail", "softfail", "temperror", "permerror"}
    assert sum(named.values()) <= COUNT // 10
