"""The readers of mail by themselves: replies against talon, whole mails against GMime, over the same files in the same run.

The files are our own fixtures; `--corpus DIR` of run.py names others: all *.eml below it are mails, all *.txt and *.html bodies.
"""

import email
import email.policy
import json
import pathlib
import shutil
import subprocess
import venv

from tools import ROOT, load

TALON = ["talon==1.4.4", "lxml", "cssselect", "regex", "six", "chardet", "faust-cchardet", "html5lib", "webencodings"]


def files_below(corpus, *suffixes):
    roots = [pathlib.Path(corpus)] if corpus else sorted((ROOT / "Tests").glob("*/Fixtures"))
    return [path for root in roots for path in sorted(root.rglob("*"))
            if path.suffix in suffixes and path.is_file() and ".expected." not in path.name]


def body_of(raw):
    """The text of a mail, or its HTML where it has none, by Python's own reader; None where it finds neither."""
    try:
        part = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain", "html"))
        if part is None:
            return None
        content = part.get_content().replace("\r\n", "\n").encode("utf-8", "replace").decode()
    except Exception:  # It stumbles over some damaged mails; those are measured as mails.
        return None
    return {"text": "", "html": content} if part.get_content_type() == "text/html" else {"text": content, "html": None}


def write_bodies(corpus, path):
    bodies = []
    for each in files_below(corpus, ".txt", ".html"):
        text = each.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        bodies.append({"text": "", "html": text} if each.suffix == ".html" else {"text": text, "html": None})
    bodies += [body for each in files_below(corpus, ".eml") if (body := body_of(each.read_bytes()))]
    path.write_text(json.dumps(bodies), encoding="utf-8")


def talon(path, seconds):
    """Runs talon in bench/work, installed there from PyPI the first time."""
    home = ROOT / "bench/work/talon"
    python = home / "bin/python"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        # Its numpy and scikit-learn are for signatures, which are not measured.
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", *TALON], check=True)
        (home / "ready").touch()
    done = subprocess.run([python, ROOT / "bench/talon_replies.py", path, str(seconds)], capture_output=True, text=True, check=True, timeout=600)
    return json.loads(done.stdout)


def gmime(path, folder, seconds):
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gmime-3.0"], capture_output=True, text=True, check=True).stdout.split()
    program = folder / "gmime"
    subprocess.run(["clang", "-O2", ROOT / "bench/gmime.c", "-o", program, *flags], check=True)
    done = subprocess.run([program, path, str(seconds)], capture_output=True, text=True, check=True, timeout=600)
    return json.loads(done.stdout)


def measure_reading(options, results, folder):
    bodies, mails = folder / "bodies.json", folder / "mails"
    write_bodies(options.corpus, bodies)
    mails.write_text("".join(f"{path}\n" for path in files_below(options.corpus, ".eml")), encoding="utf-8")
    seconds = options.seconds / 2
    results["replies"] = load("replies", bodies, "--seconds", seconds)
    results["talon"] = talon(bodies, seconds)
    results["inspect"] = load("inspect", mails, "--seconds", seconds)
    results["gmime"] = gmime(mails, folder, seconds)
    results["linear"] = load("linear")


def reading_rows(results, row):
    ours, theirs = results.get("replies"), results.get("talon")
    if ours and theirs:
        ratio = ours["per_second"] / theirs["per_second"]
        yield row(f"new text of {ours['items']:,} bodies", "≥ 15 × talon's bodies/s", f"{ours['per_second']:,.0f}/s = {ratio:.1f} ×",
                  f"talon {theirs['per_second']:,.0f}/s", ratio >= 15)
        yield row("slowest single body", "≤ 20 ms", f"{ours['slowest_ms']:.2f} ms", f"talon {theirs['slowest_ms']:.1f} ms",
                  ours["slowest_ms"] <= 20)
    ours, theirs = results.get("inspect"), results.get("gmime")
    if ours and theirs:
        ratio = ours["per_second"] / theirs["per_second"]
        yield row(f"{ours['items']:,} raw mails through inspect", "≥ 0.5 of GMime's mails/s", f"{ours['per_second']:,.0f}/s = {ratio:.2f}",
                  f"GMime {theirs['per_second']:,.0f}/s", ratio >= 0.5)
    linear = results.get("linear")
    if linear:
        yield row(f"hostile input of 1 MB, {linear['runs']:,} kinds and steps, the slowest", "≤ 2 s of CPU", f"{linear['worst_ms']:,.0f} ms ({linear['worst']})",
                  "–", linear["worst_ms"] <= 2000)
        yield row("the same at half the size: how many grow faster than linear", "0", ", ".join(linear["superlinear"]) or "0", "–", not linear["superlinear"])
