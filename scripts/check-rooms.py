#!/usr/bin/env python3
"""Which room may import which. Fails on an import that the table does not allow: so nothing ever imports upwards.

The table follows docs/architecture.md. A room imports what stands in its line and nothing else, of ours or of others'.
"""

import pathlib
import re
import sys

# What every room may use: Swift's own.
SWIFT = {"Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin"}

# From the ground up. room: (rooms, packages)
ROOMS = {
    "Conversations": ([], []),
    "Settings": ([], ["Yams"]),
    "HTMLReading": ([], []),
    "ReplyExtraction": (["HTMLReading"], []),
    "CMailParts": ([], []),
    "MailFormat": (["CMailParts", "HTMLReading"], ["Crypto"]),
    "Continuity": (["Conversations"], []),
    "MailTransport": (
        [],
        # NIOHTTP1 for the interfaces of providers, Crypto for CRAM-MD5.
        ["Crypto", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "NIOTLS", "NIOConcurrencyHelpers", "Logging", "ServiceLifecycle"],
    ),
    "CUnbound": ([], []),
    "CPSL": ([], []),
    "MailTrust": (["CUnbound", "CPSL"], ["Crypto", "CryptoExtras"]),
    "Store": (["Conversations"], ["Logging"]),
    "StoreSQLite": (["Conversations", "Store"], ["GRDB", "GRDBSQLite", "Logging"]),
    "Desk": (
        ["Conversations", "ReplyExtraction", "MailFormat", "Continuity", "MailTransport", "MailTrust", "Store"],
        # NIOCore for ByteBuffer alone, in which MailTransport hands raw mail over without a copy.
        ["Crypto", "CryptoExtras", "Logging", "Mustache", "NIOCore", "ServiceLifecycle"],
    ),
    "HTTPAPI": (
        ["Conversations", "Continuity", "Store", "Desk"],
        ["Crypto", "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore", "NIOPosix", "NIOFoundationCompat"]
        # The event stream is a handler of its own on the connection.
        + ["NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "Logging", "ServiceLifecycle"],
    ),
    # The assembly: everything.
    "throughline": None,
}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |fileprivate |private )?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)"
)


def imports_of(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := IMPORT.match(line):
            yield number, match.group(1)


def check_order():
    """The table itself runs upwards: no room imports one that stands below it in the table."""
    seen = set()
    for room, allowed in ROOMS.items():
        for other in allowed[0] if allowed else []:
            if other not in seen:
                yield f"scripts/check-rooms.py: {room} may import {other}, which does not stand above it in the table"
        seen.add(room)


def check_room(folder):
    room = folder.name
    if room not in ROOMS and room.startswith("throughline-"):
        return  # A program of its own, such as the crash run: an assembly like throughline.
    if room not in ROOMS:
        yield f"Sources/{room}: is no room of scripts/check-rooms.py. Write its line there, and in docs/architecture.md."
        return
    if ROOMS[room] is None:
        return
    rooms, packages = ROOMS[room]
    allowed = SWIFT | set(rooms) | set(packages) | {room}
    for path in sorted(folder.rglob("*.swift")):
        for number, name in imports_of(path):
            if name not in allowed:
                kind = "the room" if name in ROOMS else "the package"
                yield f"{path}:{number}: {room} may not import {kind} {name}"


def main():
    sources = pathlib.Path("Sources")
    folders = sorted(path for path in sources.iterdir() if path.is_dir())
    problems = [*check_order()]
    for folder in folders:
        problems += check_room(folder)
    for problem in problems:
        print(problem)
    print(f"{len(folders)} rooms, {len(problems)} imports that are not allowed")
    return 1 if problems or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
