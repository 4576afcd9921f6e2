"""throughline's verdicts on who sent a mail, beside those of pyspf and dkimpy: the same zones, the same mails, no network."""

import concurrent.futures
import json
import os
import subprocess
import tempfile

import pytest
from zone import Zone, serve

PROGRAM = os.environ.get("TL_PROGRAM", ".build/debug/throughline")


class Judge:
    """Runs `throughline mail trust` against the zone."""

    def __init__(self, zone, port, folder):
        self.zone = zone
        self.port = port
        self.folder = folder

    def one(self, mail=b"From: a@example.test\r\n\r\n", client=None, helo="", sender="", more=()):
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".eml") as file:
            file.write(mail)
            file.flush()
            command = [PROGRAM, "mail", "trust", "--mail-dns", f"127.0.0.1:{self.port}", *more]
            for name, value in (("client", client), ("helo", helo), ("sender", sender)):
                command += [f"--{name}={value}"] if value else []
            run = subprocess.run([*command, file.name], capture_output=True, text=True, timeout=60, cwd=self.folder)
            assert run.returncode == 0, run.stderr
            return json.loads(run.stdout)

    def all(self, cases):
        """The verdicts of many cases (keyword arguments of `one`), two at a time."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda case: self.one(**case), cases))


@pytest.fixture(scope="session")
def judge(tmp_path_factory):
    zone = Zone()
    port, stop = serve(zone)
    yield Judge(zone, port, tmp_path_factory.mktemp("trust"))
    stop()
