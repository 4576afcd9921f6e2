"""A server of a test's own, for what the demo cannot show: an empty store, settings, a way out."""

import json
import os
import queue
import re
import subprocess
import threading

from server_under_test import PROGRAM, free_port, free_ports  # noqa: F401


def environment():
    """The tests' own words for the demo's server are no settings of this one."""
    return {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}


class OwnServer:
    """`throughline serve` on an empty store. What it prints is read line by line, so that nobody waits by the clock."""

    def __init__(self, folder, *settings):
        self.folder = folder
        self.http, self.smtp = free_ports(2)
        self.url = f"http://127.0.0.1:{self.http}"
        self.settings = [f"--data-directory={folder}/data", f"--http-listen=127.0.0.1:{self.http}", f"--http-public-url={self.url}",
                         f"--smtp-listen=127.0.0.1:{self.smtp}", "--mail-dns=off", *settings]
        self.process = None

    def start(self):
        """Gives the link for the first administrator; None where none is printed."""
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", *self.settings], cwd=self.folder, stdout=subprocess.PIPE, stderr=self.log,
                                        text=True, env=environment())
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.process, lines), daemon=True).start()
        said = lines.get(timeout=60)
        try:
            # All of it is printed at once, the link last.
            while "/setup/" not in said:
                said += lines.get(timeout=2)
        except queue.Empty:
            assert "Throughline is ready." in said, (self.folder / "log").read_text()[-4000:]
            return None
        return re.search(r"Open (\S+) to make the first administrator \(valid 24 h, once\)", said)[1]

    def command(self, *arguments):
        """What one of the program's commands prints, as JSON."""
        done = subprocess.run([PROGRAM, *arguments, *self.settings], cwd=self.folder, capture_output=True, text=True, timeout=60, env=environment())
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @staticmethod
    def _read(process, lines):
        for line in process.stdout:
            lines.put(line)
        lines.put("")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
        self.process = None
