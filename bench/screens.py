"""The two faces under load: screens in Chromium with many conversations, and the search over all messages."""

import http.client
import json
import pathlib
import random
import subprocess
import time
import urllib.parse
import venv

from server import Server
from tools import ROOT, load

# As scripts/requirements.txt has it.
PLAYWRIGHT = next(line.strip() for line in (ROOT / "scripts/requirements.txt").read_text().splitlines() if line.startswith("playwright"))


def chromium(*arguments):
    """Runs desk_in_chromium.py with Playwright from PyPI, installed in bench/work the first time."""
    home = ROOT / "bench/work/playwright"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", PLAYWRIGHT], check=True)
        (home / "ready").touch()
    done = subprocess.run([home / "bin/python", ROOT / "bench/desk_in_chromium.py", *map(str, arguments)], capture_output=True, text=True, timeout=1800)
    if done.returncode != 0:
        raise RuntimeError(f"desk_in_chromium.py: {done.stderr.strip()[-1500:]}")
    return json.loads(done.stdout)


def searches(server, count, words):
    """So many searches for one or two words, rare and common, one after the other; milliseconds each."""
    chance = random.Random(1)
    connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=60)
    times = []
    for _ in range(count):
        asked = " ".join(chance.choice(words) for _ in range(chance.choice((1, 2))))
        begin = time.perf_counter()
        connection.request("GET", f"/api/v1/accounts/{server.account}/conversations/search?q={urllib.parse.quote(asked)}", headers={"api_access_token": server.token})
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - begin) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"search: {answer.status} {body[:200]}")
    return times


def measure_screens(options, results, folder):
    # A million messages take 20 minutes to write: a folder that is kept is filled once.
    home = pathlib.Path(options.keep or folder) / f"screens-{options.conversations}"
    with Server(home, options.server) as server:
        written = home / "filled.json"
        if not written.exists():
            written.write_text(json.dumps(load("fill", *server.options(), "--conversations", options.conversations, "--messages", 10, limit=7200)))
        filled = results["screens_fill"] = json.loads(written.read_text())
        results["search_ms"] = searches(server, 300, filled["words"])
        results["screens"] = chromium(f"http://127.0.0.1:{server.http_port}", "agent@bench.test", "not-a-secret", server.website_token, options.samples // 10,
                                      min(10_000, options.conversations))


def part(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def screens_rows(results, row):
    rows, screens = [], results.get("screens")
    stored = results.get("screens_fill", {}).get("messages", 0)
    if "search_ms" in results:
        found = part(results["search_ms"], 0.95)
        rows.append(row(f"search in {stored:,} messages, p95", "≤ 100 ms", f"{found:.1f} ms", "–", found <= 100))
    if not screens:
        return rows
    for name, work, bar, share in (
        ("open_again_ms", "opening a conversation again, median", 50, 0.5),
        ("open_first_ms", f"opening a conversation of {results['screens_fill']['conversations']:,}, median", 200, 0.5),
        ("to_agent_ms", "a visitor's message on the agent's screen, median", 150, 0.5),
        ("to_visitor_ms", "an agent's answer on the visitor's screen, median", 150, 0.5),
        ("typed_ms", "a key to its frame, p95", 50, 0.95),
        ("frame_ms", f"scrolling a list of {screens['rows']:,} rows, frame p95", 34, 0.95),
    ):
        value = part(screens[name], share)
        rows.append(row(work, f"≤ {bar} ms", f"{value:.1f} ms (worst {max(screens[name]):.1f})", "–", value <= bar))
    return rows
