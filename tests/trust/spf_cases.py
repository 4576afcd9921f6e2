"""SPF records made by chance, from a seed: good ones, damaged ones, deep ones, and who sends."""

import ipaddress
import random

DAMAGED = [
    "ip4:192.0.2", "ip4:192.0.2.0/33", "ip4:192.0.2.0/024", "ip6:2001:db8::/129", "ip6:192.0.2.1", "ip4:2001:db8::1", "a:", "a:/24", "a//129",
    "mx:", "include:", "include", "exists", "all:x", "all/8", "foo", "foo:bar", "-", "a:%", "a:%{x}.test", "a:%{d", "a:%{d0}.test", "a:test",
    "a:one.123", "redirect=", "exp=", "1up=x", "a:a.b.c/", "ptr:", "ptr/24", "exists:%{c}.x.test", "a:x.-test", "ip4:", "include:one", "all.", "a=b=%",
]


def reverse(address):
    return ipaddress.ip_address(address).reverse_pointer


def near(rng, client, others):
    """An address with a prefix that may or may not hold the client."""
    other = rng.choice([client, client, rng.choice(others)])
    bits = 32 if "." in other else 128
    length = rng.choice([bits, bits, bits - 8, bits // 2, bits - 3, 0 if rng.random() < 0.1 else bits])
    network = ipaddress.ip_network(f"{other}/{length}", strict=False)
    kind = "ip4" if bits == 32 else "ip6"
    return f"{kind}:{network.network_address}" + (f"/{length}" if length != bits or rng.random() < 0.3 else "")


class Case:
    """One check: its records go into the zone under a domain of its own."""

    def __init__(self, number, rng, zone):
        self.rng, self.zone = rng, zone
        self.base = f"c{number}.test"
        # Of its own, so that no other case gives it a name.
        four, six = f"198.18.{number >> 8}.{number & 255}", f"2001:db8:{number:x}::cb01"
        self.others = [four, six, "192.0.2.7", "198.51.100.9", "2001:db8:ffff::7"]
        self.client = rng.choice([four, four, six])
        self.hosts = 0
        self.helo = rng.choice([f"mail.{self.base}", self.base, f"helo.{self.base}", "localhost"])
        local = rng.choice(["sam", "a+b", "strong-bad", "x.y.z", "postmaster", "o'neil"])
        self.sender = rng.choice([f"{local}@{self.base}"] * 8 + ["", f"@{self.base}", f"{local}@sub.{self.base}"])
        self.record(self.base, depth=0)
        for name in (f"mail.{self.base}", f"sub.{self.base}"):
            if rng.random() < 0.6:
                self.record(name, depth=2)
        if rng.random() < 0.3:
            for name in rng.sample([f"mail.{self.base}", self.base, f"other.{number}.test"], 2):
                zone.add(reverse(self.client), "PTR", name)
                if rng.random() < 0.7:
                    zone.add(name, "A" if "." in self.client else "AAAA", self.client)

    def host(self, may_fail=True):
        """A host with addresses: the client's, another's, none, or no answer."""
        rng = self.rng
        self.hosts += 1
        name = f"h{self.hosts}.{self.base}"
        chance = rng.random()
        if chance < 0.35:
            self.zone.add(name, "A" if "." in self.client else "AAAA", self.client)
        elif chance < 0.75:
            other = rng.choice(self.others)
            self.zone.add(name, "A" if "." in other else "AAAA", other)
        elif chance < 0.78 and may_fail:
            self.zone.fail(name)
        return name

    def exchangers(self):
        name = f"m{self.hosts}.{self.base}"
        for preference in range(self.rng.choice([0, 1, 2, 3, 3, 11 if self.rng.random() < 0.2 else 2])):
            # pyspf asks for all hosts before it compares: only the first may have no answer.
            self.zone.add(name, "MX", f"{preference} {self.host(may_fail=preference == 0)}")
        self.hosts += 1
        return name

    def length(self):
        return self.rng.choice(["", "", "", "/24", "/32", "/16//64", "//64", "/0"])

    def term(self, depth):
        rng = self.rng
        qualifier = rng.choice(["", "", "", "+", "-", "~", "?"])
        kind = rng.choice(["ip", "ip", "ip", "a", "a", "mx", "include", "include", "exists", "ptr", "macro", "damaged" if rng.random() < 0.25 else "ip"])
        if kind == "ip":
            return qualifier + near(rng, self.client, self.others)
        if kind == "a":
            return qualifier + rng.choice(["a", f"a:{self.host()}", f"A:{self.host()}"]) + self.length()
        if kind == "mx":
            return qualifier + rng.choice(["mx", f"mx:{self.exchangers()}", f"MX:{self.exchangers()}"]) + self.length()
        if kind == "include":
            self.hosts += 1
            name = f"i{self.hosts}.{self.base}"
            if depth < 4 and rng.random() < 0.93:
                self.record(name, depth + 1)
            return qualifier + f"include:{name}"
        if kind == "exists":
            macro = rng.choice(["%{ir}.%{v}", "%{i}", "%{l1r-}", "%{d2}", "%{h}", "%{o1}.%{s}", "%{L}", "%{ir/}"])
            target = f"x{self.hosts}.{self.base}"
            if rng.random() < 0.5:
                address = ipaddress.ip_address(self.client)
                text = str(address) if address.version == 4 else ".".join(address.exploded.replace(":", ""))
                turned = ".".join(reversed(text.split(".")))
                self.zone.add(f"{turned}.{'in-addr' if address.version == 4 else 'ip6'}.{target}", "A", "127.0.0.2")
                self.zone.add(f"{text}.{target}", "A", "127.0.0.2")
            return qualifier + f"exists:{macro}.{target}"
        if kind == "ptr":
            return qualifier + rng.choice(["ptr", f"ptr:{self.base}", f"ptr:other.{self.base[1:]}"])
        if kind == "macro":
            return qualifier + rng.choice(["a:%{d}", "a:%{h}", "mx:%{o}", f"a:%{{d1r}}.{self.base}", f"a:h1%%%_%-x.{self.base}", "include:%{d3}.none.test"])
        return qualifier + rng.choice(DAMAGED)

    def record(self, name, depth):
        rng = self.rng
        if rng.random() < 0.015:
            return self.zone.fail(name)
        terms = [self.term(depth) for _ in range(rng.choice([0, 1, 2, 2, 3, 4, 7 if depth else 3]))]
        tail = rng.choice(["-all", "-all", "-all", "~all", "?all", "+all", "", "", "redirect"])
        if tail == "redirect":
            target = f"r{self.hosts}.{self.base}"
            self.hosts += 1
            if depth < 4 and rng.random() < 0.9:
                self.record(target, depth + 1)
            tail = f"redirect={target}"
        terms.append(tail)
        if rng.random() < 0.2:
            terms.insert(rng.randrange(len(terms)), f"exp=e.{self.base}")
            self.zone.add(f"e.{self.base}", "TXT", "%{i} is not ours, says %{d}; %{s} %% %{h}%_!")
        if rng.random() < 0.1:
            terms.append(rng.choice(["unknown=x", "moo=%{d}", "op.x-y_1=", "exp=x.test exp=y.test", "redirect=a.test redirect=b.test"]))
        version = rng.choice(["v=spf1"] * 20 + ["V=SPF1", "v=spf10", "v=spf2.0/pra", "v=spf1,"])
        text = version + " " + rng.choice([" ", " ", " ", "  "]).join(terms)
        if rng.random() < 0.01:
            text += " \xfc"
        self.zone.add(name, "TXT", text.strip() if rng.random() < 0.5 else text)
        if rng.random() < 0.1:
            self.zone.add(name, "TXT", "something else")
        if rng.random() < 0.02:
            self.zone.add(name, "TXT", "v=spf1 -all")
        if rng.random() < 0.3:
            self.zone.add(name, "A" if "." in self.client else "AAAA", rng.choice([self.client, *[c for c in self.others if ("." in c) == ("." in self.client)]]))
        if rng.random() < 0.2:
            self.zone.add(name, "MX", f"10 {self.host()}")


def deep(number, rng, zone):
    """A chain of includes around the bound of ten look-ups (RFC 7208 §4.6.4)."""
    case = Case(number, rng, zone)
    case.sender = f"sam@deep.{case.base}"
    length = rng.randrange(8, 13)
    for step in range(length):
        name = f"deep.{case.base}" if step == 0 else f"deep{step}.{case.base}"
        last = step == length - 1
        follow = rng.choice(["include:", "redirect="])
        zone.add(name, "TXT", f"v=spf1 ip4:{case.client} -all" if last and "." in case.client else f"v=spf1 +all" if last else f"v=spf1 {follow}deep{step + 1}.{case.base}" + (" -all" if follow == "include:" else ""))
    return case


def void(number, rng, zone):
    """Look-ups that find nothing around the bound of two (RFC 7208 §4.6.4)."""
    case = Case(number, rng, zone)
    case.sender = f"sam@void.{case.base}"
    terms = [rng.choice(["a", "mx", "exists"]) + f":nothing{step}.{case.base}" for step in range(rng.randrange(1, 5))]
    zone.add(f"void.{case.base}", "TXT", f"v=spf1 {' '.join(terms)} ~all")
    return case


def cases(seed, count, zone):
    rng = random.Random(seed)
    makers = [Case] * 8 + [deep, void]
    return [rng.choice(makers)(number, rng, zone) for number in range(count)]
