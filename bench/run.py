#!/usr/bin/env python3
"""Measures the server against named peers in one run on one machine, prints one table and writes bench/results.json.

Peers: bare SQLite commits with synchronous=FULL (mail), Postfix delivering into a Maildir (mail in), nginx with nchan from Debian (event
streams), talon from PyPI (replies), GMime (reading mails); smtp-source and wrk make the load. Everything runs in temporary folders on free ports; nothing is left behind but bench/work, where talon is
installed. Python's standard library only.
"""

import argparse
import json
import os
import pathlib
import platform
import resource
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from nchan import Nchan  # noqa: E402
from reading import measure_reading, reading_rows  # noqa: E402
from receiving import measure_receiving, receiving_rows  # noqa: E402
from screens import measure_screens, screens_rows  # noqa: E402
from server import Server  # noqa: E402
from tools import ROOT, Load, load, run_wrk, sqlite_commits  # noqa: E402


def measure_sqlite(options, results, folder):
    results["sqlite"] = sqlite_commits(folder / "bare.sqlite", options.mails, 4096)


def measure_mail(options, results, folder):
    with Server(folder / "mail", options.server) as server:
        time.sleep(3)
        results["fresh"] = {"idle_mb": server.memory_mb()}
        results["mail"] = load("mail", *server.options(), "--smtp-port", server.smtp_port, "--inbox", server.inbox,
                               "--mails", options.mails, "--connections", 10)


def stream_counts(options):
    return [count for count in (1000, 10000) if count <= options.streams] or [options.streams]


def measure_nchan(options, results, folder):
    for count in stream_counts(options):
        with Nchan(folder / f"nchan-{count}") as nchan:
            results[f"nchan_{count}"] = load("streams", "--kind", "nchan", "--http-port", nchan.port, "--pids", nchan.pids(),
                                             "--count", count, "--samples", options.samples)


def measure_streams(options, results, folder):
    for count in stream_counts(options):
        with Server(folder / f"streams-{count}", options.server) as server:
            results[f"streams_{count}"] = load("streams", "--kind", "throughline", *server.options(), "--pids", server.pids(),
                                               "--count", count, "--samples", options.samples)


def measure_http(options, results, folder):
    home = folder / "http"
    with Server(home, options.server) as server:
        filled = load("fill", *server.options(), "--conversations", options.messages // 100, "--messages", 100)
        results["fill"] = filled
        conversations = f"/api/v1/accounts/{server.account}/conversations"
        for name, path in (("conversations", conversations), ("messages", f"{conversations}/{filled['conversation']}/messages")):
            results[f"get_{name}"] = run_wrk(f"http://127.0.0.1:{server.http_port}{path}", {"api_access_token": server.token},
                                             seconds=options.seconds)
        server.stop()
        times = []
        for _ in range(5):
            times.append(server.start())
            server.stop()
        server.start()
        time.sleep(5)
        results["start"] = {"ready_ms": sorted(times)[len(times) // 2], "all_ms": times, "idle_mb": server.memory_mb()}


STEPS = {"sqlite": measure_sqlite, "mail": measure_mail, "receiving": measure_receiving, "nchan": measure_nchan, "streams": measure_streams, "http": measure_http,
         "reading": measure_reading, "screens": measure_screens}


def row(work, bar, value, peer, passed):
    return {"work": work, "bar": bar, "here": value, "peer": peer, "met": passed}


def table(results):
    rows = []
    mail, sqlite = results.get("mail"), results.get("sqlite")
    if mail and sqlite:
        ratio = mail["mails_per_second"] / sqlite["commits_per_second"]
        rows.append(row(
            "replies of 4 kB by SMTP on 10 connections, in their conversation and out as events", "≥ 0.25 of bare commits/s",
            f"{mail['mails_per_second']:.0f}/s = {ratio:.2f}", f"SQLite FULL {sqlite['commits_per_second']:.0f} commits/s", ratio >= 0.25))
    rows += receiving_rows(results, row)
    for count in (1000, 10000):
        ours, theirs = results.get(f"streams_{count}"), results.get(f"nchan_{count}")
        if not ours:
            continue
        peer = (lambda text: text.format(**theirs)) if theirs else (lambda text: "not measured")
        rows.append(row(
            f"{count:,} idle streams, memory each", "≤ 30 kB", f"{ours['kb_each']:.1f} kB", peer("nchan {kb_each:.1f} kB"),
            ours["kb_each"] <= 30))
        rows.append(row(
            f"{count:,} streams left, three rounds", "start level + 10 %", f"{ours['back_to_begin_percent']:+.0f} %",
            peer("nchan {back_to_begin_percent:+.0f} %"), ours["back_to_begin_percent"] <= 10))
        rows.append(row(
            f"one message to one of {count:,}, request to browser, p99", "≤ 5 ms",
            f"{ours['one_ms_p99']:.1f} ms (p50 {ours['one_ms_p50']:.1f})", peer("nchan, without a commit, {one_ms_p99:.1f} ms"),
            ours["one_ms_p99"] <= 5))
    ours = results.get("streams_10000") or results.get("streams_1000")
    theirs = results.get("nchan_10000") or results.get("nchan_1000")
    if ours and theirs:
        rows.append(row(
            "one message to 1,000", "deliveries/s ≥ nchan's", f"{ours['deliveries_per_second']:,.0f}/s",
            f"nchan {theirs['deliveries_per_second']:,.0f}/s", ours["deliveries_per_second"] >= theirs["deliveries_per_second"]))
    for name in ("conversations", "messages"):
        wrk = results.get(f"get_{name}")
        if wrk:
            good = wrk["requests_per_second"] >= 2000 and wrk["p99_ms"] <= 30 and wrk["errors"] == 0
            errors = f", {wrk['errors']} errors" if wrk["errors"] else ""
            rows.append(row(
                f"GET {name}, {results['fill']['messages']:,} messages stored", "≥ 2,000/s, p99 ≤ 30 ms",
                f"{wrk['requests_per_second']:,.0f}/s, p99 {wrk['p99_ms']:.1f} ms{errors}", "–", good))
    start = results.get("start")
    if start:
        rows.append(row("cold start to /readyz", "≤ 500 ms", f"{start['ready_ms']:.0f} ms", "–", start["ready_ms"] <= 500))
        rows.append(row("idle memory", "≤ 100 MB", f"{start['idle_mb']:.0f} MB", "–", start["idle_mb"] <= 100))
    rows += reading_rows(results, row)
    rows += screens_rows(results, row)
    return rows


def show(rows):
    columns = ("work", "bar", "here", "peer")
    widths = {name: max([len(name)] + [len(each[name]) for each in rows]) for name in columns}
    print()
    print("  ".join(name.ljust(widths[name]) for name in columns))
    for each in rows:
        print("  ".join(each[name].ljust(widths[name]) for name in columns) + ("" if each["met"] else "  NOT MET"))
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", default=str(ROOT / ".build/release/throughline"), help="the program that is measured")
    parser.add_argument("--load", default=str(Load.program), help="the program that makes the load")
    parser.add_argument("--only", default=",".join(STEPS), help="steps to run, with commas")
    parser.add_argument("--mails", type=int, default=5000)
    parser.add_argument("--streams", type=int, default=10000)
    parser.add_argument("--samples", type=int, default=300)
    parser.add_argument("--messages", type=int, default=100000)
    parser.add_argument("--conversations", type=int, default=100000, help="of ten messages each, behind the screens in Chromium")
    parser.add_argument("--keep", help="a folder where the conversations behind the screens stay for the next run")
    parser.add_argument("--seconds", type=int, default=10, help="how long wrk asks, and twice as long as each reader reads")
    parser.add_argument("--corpus", help="a folder of mails and bodies to read instead of our fixtures")
    options = parser.parse_args()
    unknown = set(options.only.split(",")) - set(STEPS)
    if unknown:
        parser.error(f"--only: {', '.join(sorted(unknown))} is no step; there are {', '.join(STEPS)}")
    Load.program = options.load
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard < options.streams + 1000:
        print(f"The limit of open files is {hard}: too low for {options.streams} streams. Raise it with ulimit -Hn.", file=sys.stderr)
        return 1
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "load_before": os.getloadavg()[0]}
    results = {"machine": machine, "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "failed": {}}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="throughline-bench-", dir=os.environ.get("TMPDIR", "/var/tmp")))
    try:
        for name in options.only.split(","):
            print(f"measuring {name} …", flush=True)
            try:
                STEPS[name](options, results, folder)
            except Exception as problem:  # One step that fails must not hide what the others found.
                results["failed"][name] = str(problem)
                print(f"{name} could not be measured: {problem}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    results["table"] = table(results)
    (ROOT / "bench/results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    show(results["table"])
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
