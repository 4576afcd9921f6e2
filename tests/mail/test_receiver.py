"""The receiver before the whole internet: swaks, smtp-source, nmap, and plain sockets."""
import re
import smtplib
import socket
import ssl
import subprocess

from mail_programs import mail, run
from server_under_test import PROGRAM, until


def swaks(desk, recipient, *words, expect=0):
    done = subprocess.run(
        ["swaks", "--server", f"127.0.0.1:{desk.server.smtp}", "--from", "ann@customer.test", "--to", recipient, *words],
        capture_output=True, timeout=60)
    assert done.returncode == expect, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


def test_swaks_with_tls_and_pipelining(desk):
    address = desk.inbox()
    said = swaks(desk, address, "--tls", "--pipeline", "--body", "Over TLS, in one go.")
    assert "=== TLS started" in said
    [arrived] = desk.arrived(address)
    assert desk.words(arrived) == ["Over TLS, in one go."]


def test_what_is_offered(desk):
    said = swaks(desk, desk.inbox(), "--quit-after", "EHLO")
    offered = set(re.findall(r"<-  250[- ]([A-Z0-9]+)", said))
    assert {"SIZE", "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "STARTTLS"} <= offered
    assert "CHUNKING" not in offered


def test_a_mail_that_is_too_large_is_refused_and_seen(desk):
    """Once by its announced size, once without one: both stand on the mail desk."""
    address = desk.inbox()
    large = mail("x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 15_000)
    with smtplib.SMTP("127.0.0.1", desk.server.smtp, timeout=30) as client:
        client.ehlo()
        for options in ([f"SIZE={len(large)}"], []):
            code, words = client.mail("ann@customer.test", options)
            assert code == 250
            code, words = client.rcpt(address)
            if options:
                assert (code, words[:5]) == (552, b"5.3.4")
                client.rset()
            else:
                code, words = client.data(large)
                assert (code, words[:5]) == (552, b"5.3.4")
    refused = desk.arrived(address, 2)
    assert {one["outcome"] for one in refused} == {"refused"}
    assert all(one["reason"].startswith("The mail is too large") for one in refused)


def test_many_sessions_at_once(desk):
    address = desk.inbox()
    run("smtp-source", "-s", "40", "-m", "200", "-l", "4000", "-f", "ann@customer.test", "-t", address, f"127.0.0.1:{desk.server.smtp}")
    desk.arrived(address, 200, 60)


def test_no_spelling_relays(relay_probe):
    said, _ = relay_probe.communicate(timeout=200)
    assert "doesn't seem to be an open relay" in said.decode(), said.decode()


def test_a_renewed_certificate_is_shown_without_a_restart(desk):
    def shown():
        with smtplib.SMTP("127.0.0.1", desk.server.smtp, timeout=30) as client:
            client.starttls(context=ssl._create_unverified_context())
            return ssl.DER_cert_to_PEM_cert(client.sock.getpeercert(True))

    before = shown()
    desk.certificate.renew("second.test")
    after = open(desk.certificate.certificate).read()
    assert before.strip() != after.strip()
    until(lambda: shown().strip() == after.strip(), "the new certificate")


def test_what_is_said_before_the_handshake_is_forgotten(desk):
    """Commands in the same packet as STARTTLS, by whoever sits on the line, are not run in the encrypted session."""
    with socket.create_connection(("127.0.0.1", desk.server.smtp), timeout=30) as plain:
        def line(sock):
            text = b""
            while not text.endswith(b"\r\n"):
                text += sock.recv(1)
            return text

        line(plain)
        plain.sendall(b"EHLO me\r\n")
        while line(plain)[3:4] == b"-":
            pass
        plain.sendall(b"STARTTLS\r\nRSET\r\nMAIL FROM:<evil@x.test>\r\n")
        assert line(plain).startswith(b"220 ")
        with ssl._create_unverified_context().wrap_socket(plain) as encrypted:
            encrypted.sendall(b"NOOP\r\nRCPT TO:<a@b.test>\r\n")
            assert line(encrypted).startswith(b"250 ")
            assert line(encrypted).startswith(b"503 ")


def test_ingest_says_what_became_of_a_mail(desk):
    address = desk.inbox()
    stored = desk.server.command("ingest", "--sender", "ann@customer.test", "--recipient", address, input=mail("By hand."))
    assert stored.returncode == 0, stored.stderr
    [arrived] = desk.arrived(address)
    assert (arrived["envelope_from"], desk.words(arrived)) == ("ann@customer.test", ["By hand."])
    refused = desk.server.command("ingest", "--recipient", f"nobody@{address.split('@')[1]}", input=mail("x"))
    assert refused.returncode == 65 and b"no such mailbox" in refused.stderr
    away = subprocess.run(
        [PROGRAM, "ingest", "--recipient", address, "--smtp-listen", "127.0.0.1:9"], input=mail("x"), capture_output=True)
    assert away.returncode == 75, away.stderr


def test_behind_a_proxy_it_is_known_who_speaks(proxied_desk):
    """Both versions of the header; without one nothing is said. The pipe on the same machine is no proxy and knows what to do."""
    address = proxied_desk.inbox()
    for version, family in (("1", "TCP4"), ("2", "AF_INET")):
        said = ["--proxy-version", version, "--proxy-family", family, "--proxy-source", "203.0.113.9", "--proxy-source-port", "4711",
                "--proxy-dest", "198.51.100.1", "--proxy-dest-port", "25"]
        swaks(proxied_desk, address, *said, *(["--proxy-protocol", "STREAM", "--proxy-command", "PROXY"] if version == "2" else []),
              "--body", f"Version {version}.")
    mails = proxied_desk.arrived(address, 2)
    assert all("([203.0.113.9])" in proxied_desk.original(one) for one in mails)
    with socket.create_connection(("127.0.0.1", proxied_desk.server.smtp), timeout=30) as plain:
        plain.sendall(b"EHLO me\r\n")
        assert plain.recv(100) == b""
    stored = proxied_desk.server.command("ingest", "--recipient", address, input=mail("By the pipe."))
    assert stored.returncode == 0, stored.stderr
    proxied_desk.arrived(address, 3)
