"""Mail in by SMTP against Postfix delivering into a Maildir: the same load on the same disk, one after the other."""

import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

from server import Server
from tools import ROOT, free_ports

sys.path.insert(0, str(ROOT / "tests/mail"))
from mail_programs import Postfix, as_root  # noqa: E402

CONNECTIONS = (1, 10, 50)
BYTES = 4096


class PostfixMaildir:
    """Postfix whose every mail for the inbox goes into a Maildir by its own virtual(8). Nothing of its durability is switched off."""

    def __init__(self, folder):
        domain = Server.inbox.split("@")[1]
        self.maildir = folder / "maildir"
        self.maildir.mkdir(parents=True)
        subprocess.run([*as_root(), "chown", "nobody", str(self.maildir)], check=True)
        self.port = free_ports(1)[0]
        self.postfix = Postfix(
            self.port, {},
            main=f"""
                virtual_mailbox_domains = {domain}
                virtual_mailbox_base = {self.maildir}
                virtual_mailbox_maps = inline:{{ {Server.inbox}=support/ }}
                virtual_uid_maps = static:65534
                virtual_gid_maps = static:65534
                """, inside=folder)

    def delivered(self):
        try:
            return len(os.listdir(self.maildir / "support/new"))
        except FileNotFoundError:
            return 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.postfix.__exit__(*error)


class Placed:
    """Throughline: a mail is delivered when it stands in its conversation, which is when its job is gone."""

    def __init__(self, server):
        self.server, self.port, self.sent = server, server.smtp_port, 0

    def delivered(self):
        text = urllib.request.urlopen(f"http://127.0.0.1:{self.server.http_port}/metrics").read().decode()
        return self.sent - int(re.search(r'throughline_queue_jobs\{queue="inbound_mail"\} (\d+)', text)[1])


def send(port, connections, mails):
    """All mails by smtp-source; the seconds until the last was acknowledged."""
    begin = time.perf_counter()
    subprocess.run(["smtp-source", "-d", "-s", str(connections), "-m", str(mails), "-l", str(BYTES), "-f", "ann@customers.test", "-t",
                    Server.inbox, f"127.0.0.1:{port}"], check=True, capture_output=True, timeout=600)
    return time.perf_counter() - begin


def measure(receiver, connections, mails):
    before = receiver.delivered()
    if isinstance(receiver, Placed):
        receiver.sent += mails
        before = receiver.sent - mails
    begin = time.perf_counter()
    acknowledged = send(receiver.port, connections, mails)
    while receiver.delivered() - before < mails:
        if time.perf_counter() - begin > 300:
            raise RuntimeError(f"{mails - (receiver.delivered() - before)} of {mails} mails were acknowledged and not delivered")
        time.sleep(0.005)
    return {"mails": mails, "acknowledged_per_second": mails / acknowledged, "delivered_per_second": mails / (time.perf_counter() - begin)}


def measure_receiving(options, results, folder):
    if as_root() is None:
        raise RuntimeError("Postfix takes root, and there is no sudo without a password")
    os.chmod(folder, 0o755)
    folder = pathlib.Path(folder) / "receiving"
    with PostfixMaildir(folder) as postfix, Server(folder / "throughline", options.server) as server:
        ours = Placed(server)
        for connections in CONNECTIONS:
            mails = options.mails // 10 if connections == 1 else options.mails // 2
            for name, receiver in (("postfix", postfix), ("throughline", ours)):
                results[f"receiving_{name}_{connections}"] = measure(receiver, connections, mails)


def receiving_rows(results, row):
    rows = []
    for connections in CONNECTIONS:
        ours, theirs = results.get(f"receiving_throughline_{connections}"), results.get(f"receiving_postfix_{connections}")
        if not ours or not theirs:
            continue
        many = f"{connections} connection{'s' if connections > 1 else ''}"
        # Acknowledged is durable on both sides: committed here, queued and synced there. What follows is not the same work: a Maildir
        # gets the bytes, a conversation what the mail says; so it is shown and not judged.
        for what, here, there, bar in (
                ("acknowledged_per_second", "acknowledged, on disk", "queued, synced", "ahead of Postfix"),
                ("delivered_per_second", "read and in its conversation", "in the Maildir", "–")):
            rows.append(row(
                f"mails of 4 kB by SMTP, {many}: {here}", bar, f"{ours[what]:,.0f}/s", f"Postfix, {there}: {theirs[what]:,.0f}/s",
                bar == "–" or ours[what] > theirs[what]))
    return rows
