"""What the benchmarks share: the load program, wrk, the bare SQLite baseline, free ports."""

import json
import os
import pathlib
import re
import socket
import sqlite3
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

sys.path.insert(0, str(ROOT / "tests"))
from ports import free_ports  # noqa: E402, F401


class Load:
    """The program that makes the load; run.py may name another."""

    program = ROOT / ".build/release/throughline-bench"


def load(*arguments, limit=1800):
    """Runs throughline-bench and returns the JSON object that it prints."""
    done = subprocess.run([str(Load.program), *map(str, arguments)], capture_output=True, text=True, timeout=limit)
    if done.returncode != 0:
        raise RuntimeError(f"throughline-bench {arguments[0]}: {done.stderr.strip() or done.returncode}")
    return json.loads(done.stdout)


def answers(port, path):
    """Whether GET path says 200. On a socket of our own: urllib would take milliseconds that are counted."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def memory_mb(pids):
    """PSS: what is a process's own and its part of what it shares."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
            total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total / 1024


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as names:
        return [int(name) for name in names.read().split()]


def sqlite_commits(path, count, size):
    """One row of so many bytes in each commit, WAL and synchronous=FULL: the least that a durable mail can cost here."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE mail (id INTEGER PRIMARY KEY, raw BLOB NOT NULL)")
    raw = os.urandom(size)
    begin = time.perf_counter()
    for _ in range(count):
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO mail (raw) VALUES (?)", (raw,))
        database.execute("COMMIT")
    took = time.perf_counter() - begin
    database.close()
    return {"commits": count, "seconds": took, "commits_per_second": count / took}


def run_wrk(url, headers, seconds, connections=32):
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    text = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    latency = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if not latency or not rate:
        raise RuntimeError(f"wrk printed no figures: {text}")
    errors = sum(int(number) for number in re.findall(r"(?:connect|read|write|timeout) (\d+)", text))
    errors += int((re.search(r"Non-2xx or 3xx responses: (\d+)", text) or [0, 0])[1])
    scale = {"us": 0.001, "ms": 1, "s": 1000}[latency[2]]
    return {"requests_per_second": float(rate[1]), "p99_ms": float(latency[1]) * scale, "errors": errors}
