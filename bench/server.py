"""The server under measurement: a data folder, ports, an administrator, a website inbox and an email inbox."""

import json
import signal
import subprocess
import time

from tools import answers, children, free_ports, memory_mb


class Server:
    inbox = "support@bench.test"

    def __init__(self, folder, program):
        self.folder, self.program, self.process = folder, program, None
        folder.mkdir(parents=True, exist_ok=True)
        self.http_port, self.smtp_port = free_ports(2)
        self.settings = [
            "--data-directory", str(folder / "data"), "--http-listen", f"127.0.0.1:{self.http_port}",
            "--http-public-url", f"http://127.0.0.1:{self.http_port}", "--smtp-listen", f"127.0.0.1:{self.smtp_port}",
            "--mail-reply-domain", "reply.bench.test", "--mail-from", "desk@bench.test", "--mail-dns", "off",
        ]

    def __enter__(self):
        known = self.folder / "server.json"
        if not known.exists():
            known.write_text(json.dumps(self.begin()))
        self.account, self.token, self.website_token = json.loads(known.read_text())
        self.start()
        return self

    def begin(self):
        """Makes an administrator and two inboxes; gives what a load must know of them."""
        agent = self.command("agent", "create", "--email", "agent@bench.test", "--name", "Bench Agent", "--password", "not-a-secret",
                             "--role", "administrator")
        website = self.command("inbox", "create", "--kind", "web", "--name", "Bench", "--website-url", "http://bench.test")
        self.command("inbox", "create", "--kind", "email", "--name", "Bench mail", "--address", self.inbox)
        return agent["account_id"], agent["api_access_token"], website["website_token"]

    def __exit__(self, *_):
        self.stop()

    def command(self, *arguments):
        done = subprocess.run([self.program, *arguments, *self.settings], capture_output=True, text=True, cwd=self.folder, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"throughline {' '.join(arguments[:2])}: {done.stderr.strip() or done.returncode}")
        return json.loads(done.stdout)

    def start(self):
        """Starts it and returns the milliseconds until /readyz said 200."""
        log = open(self.folder / "log", "ab")
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [self.program, "serve", *self.settings], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder)
        while not answers(self.http_port, "/readyz"):
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {(self.folder / 'log').read_text(errors='replace')[-1000:]}")
            if time.perf_counter() - begin > 30:
                raise RuntimeError("the server was not ready within 30 s")
            time.sleep(0.002)
        return (time.perf_counter() - begin) * 1000

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def options(self):
        """The options of throughline-bench that name this server."""
        return ["--http-port", self.http_port, "--account", self.account, "--token", self.token, "--website-token", self.website_token]

    def all_pids(self):
        return [self.process.pid, *children(self.process.pid)]

    def pids(self):
        return ",".join(map(str, self.all_pids()))

    def memory_mb(self):
        return memory_mb(self.all_pids())
