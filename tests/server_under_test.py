"""A real server for a test: the program with its own data, its own ports, and a mail server of the test's as its relay."""
import json
import os
import pathlib
import queue
import signal
import subprocess
import urllib.error
import urllib.request

from aiosmtpd.controller import Controller

from ports import free_port, free_ports
from waiting import until

PROGRAM = os.environ.get("TL_PROGRAM", str(pathlib.Path(__file__).parents[1] / ".build/debug/throughline"))


class Relay:
    """Takes the server's mail; `answers` are given in turn before it takes any."""

    def __init__(self):
        self.mails = queue.Queue()
        self.answers = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.mails.put(envelope)
        return "250 2.0.0 taken"

    def next(self, timeout=20):
        return self.mails.get(timeout=timeout)


class Server:
    def __init__(self, directory, relay, company="acme", dns="off"):
        self.directory = directory
        self.http, self.smtp = free_ports(2)
        self.url = f"http://127.0.0.1:{self.http}"
        self.settings = [
            f"--data-directory={directory}/data",
            f"--http-listen=127.0.0.1:{self.http}",
            f"--http-public-url={self.url}",
            f"--smtp-listen=127.0.0.1:{self.smtp}",
            f"--smtp-hostname=desk.{company}.test",
            f"--mail-from=support@{company}.test",
            f"--mail-reply-domain=reply.{company}.test",
            f"--mail-dns={dns}",
            f"--mail-relay-url=smtp://127.0.0.1:{relay.controller.port}?tls=none",
            "--continuity-quiet-for=1s",
            "--continuity-closed-after=1s",
            "--continuity-unseen-after=2s",
            "--continuity-undo-window=1s",
            "--continuity-min-interval=1s",
        ]
        self.process = None

    def command(self, *words, input=None):
        done = subprocess.run([PROGRAM, *words, *self.settings], input=input, capture_output=True, cwd=self.directory, timeout=60)
        return done

    def create(self, *words):
        done = self.command(*words)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def start(self):
        log = open(f"{self.directory}/server.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", *self.settings], cwd=self.directory, stdout=log, stderr=log)
        until(lambda: self.request("GET", "/readyz")[0] == 200, "the server to be ready")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=30)

    def request(self, method, path, body=None, headers=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json", **(headers or {})}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text[:1] in (b"{", b"[") else text.decode()
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text[:1] in (b"{", b"[") else text.decode()
        except OSError:
            return 0, None
