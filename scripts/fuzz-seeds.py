#!/usr/bin/env python3
"""Writes what the fuzzers begin with: our own fixtures in Tests/, cut to what each reader takes. Usage: fuzz-seeds.py FOLDER"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ADDRESSES = (b"from", b"to", b"cc", b"reply-to", b"sender")


def headers(raw):
    """Name and value of each header of a mail, unfolded no further than its lines need."""
    name, value = b"", b""
    for line in raw.split(b"\n"):
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            value += b"\n" + line
            continue
        yield name, value
        name, _, value = line.partition(b":")
        name, value = name.strip().lower(), value.strip()
    yield name, value


def main():
    folder = pathlib.Path(sys.argv[1])
    counts = {}

    def seed(target, data):
        counts[target] = counts.get(target, 0) + 1
        (folder / target).mkdir(parents=True, exist_ok=True)
        (folder / target / f"seed-{counts[target]}").write_bytes(data)

    for path in sorted((ROOT / "Tests").glob("*/Fixtures/**/*")):
        if not path.is_file() or path.suffix in (".json", ".reply") or path.stat().st_size > 60_000:
            continue
        data = path.read_bytes()
        if path.suffix == ".eml":
            seed("mail", data)
            for name, value in headers(data):
                if name in ADDRESSES:
                    seed("addresses", value)
                elif name == b"date":
                    seed("dates", value)
        elif path.suffix == ".html":
            seed("html", data)
            # The first byte tells the target that HTML follows.
            seed("reply", b"H" + data)
        elif path.suffix == ".txt":
            seed("reply", b"T" + data)
            seed("mail", b"From: a@b.test\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + data)
        elif path.parent.name in ("mail", "addresses", "dates", "html", "reply"):
            # What a fuzzer found once: Fixtures/found/TARGET/NAME.
            seed(path.parent.name, data)
    return 0 if len(counts) == 5 else f"seeds for {sorted(counts)} only"


if __name__ == "__main__":
    sys.exit(main())
