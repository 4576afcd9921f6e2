"""A table of DNS records, asked in three ways: by a server on a local port (for throughline), by pyspf's and by dkimpy's look-up functions.

`{"name": {"TXT": ["…"], "A": ["192.0.2.1"], "MX": ["10 host"], "FAIL": True}}`: where FAIL stands, a name has no answer.
"""

import socket
import socketserver
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import spf


class Zone:
    def __init__(self):
        self.names = {}

    def add(self, name, kind, value):
        values = self.names.setdefault(name.lower().rstrip("."), {}).setdefault(kind, [])
        if value not in values:  # RFC 2181 §5: a set of records holds none twice.
            values.append(value)

    def fail(self, name):
        self.names.setdefault(name.lower().rstrip("."), {})["FAIL"] = True

    def records(self, name, kind):
        """None where the name has no answer."""
        found = self.names.get(name.lower().rstrip("."), {})
        return None if found.get("FAIL") else found.get(kind, [])

    # What pyspf calls.
    def pyspf(self, name, qtype, *_, **__):
        found = self.records(name, qtype)
        if found is None:
            raise spf.TempError("no answer")
        answers = []
        for value in found:
            if qtype == "AAAA":
                value = socket.inet_pton(socket.AF_INET6, value)
            elif qtype == "MX":
                preference, host = value.split(" ")
                value = (int(preference), host)
            elif qtype == "TXT":
                value = (value.encode("latin-1"),)
            answers.append(((name, qtype), value))
        return answers

    # What dkimpy calls.
    def dkimpy(self, name, timeout=5):
        name = name.decode() if isinstance(name, bytes) else name
        found = self.records(name, "TXT")
        return found[0].encode("latin-1") if found else None

    def answer(self, wire):
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).replace("\\", "").lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        found = self.records(name, kind)
        if found is None:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.names:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif found:
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, [presented(kind, value) for value in found]))
        return answer


def presented(kind, value):
    if kind == "TXT":
        chunks = [value[start : start + 200] for start in range(0, len(value), 200)] or [""]
        return " ".join('"' + "".join(escaped(c) for c in chunk) + '"' for chunk in chunks)
    if kind == "PTR":
        return value + "."
    return value + "." if kind == "MX" else value


def escaped(character):
    if character in '"\\':
        return "\\" + character
    return character if 32 <= ord(character) < 127 else f"\\{ord(character):03d}"


def serve(zone):
    """Starts the server on UDP and TCP; returns its port and a function that stops it."""

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self):
            data, back = self.request
            answer = zone.answer(data)
            wire = answer.to_wire(max_size=65535)
            if len(wire) > 1232:
                answer.answer.clear()
                answer.flags |= dns.flags.TC
                wire = answer.to_wire()
            back.sendto(wire, self.client_address)

    class Stream(socketserver.BaseRequestHandler):
        def handle(self):
            while head := self.request.recv(2):
                wire = zone.answer(self.request.recv(int.from_bytes(head, "big"))).to_wire()
                self.request.sendall(len(wire).to_bytes(2, "big") + wire)

    class Datagrams(socketserver.ThreadingUDPServer):
        daemon_threads = True

    class Streams(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    streams = Streams(("127.0.0.1", 0), Stream)
    port = streams.server_address[1]
    datagrams = Datagrams(("127.0.0.1", port), Datagram)
    for server in (streams, datagrams):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop():
        for server in (streams, datagrams):
            server.shutdown()
            server.server_close()

    return port, stop
