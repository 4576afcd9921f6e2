#!/usr/bin/env python3
"""What must not stand in Sources/, and files that have grown too long (a warning only)."""

import pathlib
import re
import sys

LONG = 300

# (what is looked for, why not, beginnings of the rooms where it may stand)
FORBIDDEN = [
    (re.compile(r"\btry!"), "try! ends the process: throw, or handle the error", ()),
    (re.compile(r"\bas!"), "as! ends the process: use as? and handle nil", ()),
    (re.compile(r"\bfatalError\s*\("), "fatalError ends the process with every live connection", ()),
    (re.compile(r"\bNSRegularExpression\b"), "backtracks on hostile input", ()),
    (re.compile(r"\bTask\s*(\.detached\s*)?(\([^)]*\)\s*)?\{"), "no Task {} outside the assembly: use a task group", ("throughline",)),
    (re.compile(r"\bnonisolated\(unsafe\)"), "the compiler can no longer prove that this is safe", ()),
]
UNCHECKED = re.compile(r"@unchecked\s+Sendable")
STRING = re.compile(r'"(?:\\.|[^"\\])*"')


def code_of(line):
    """The line without strings and without its comment."""
    return STRING.sub('""', line).split("//")[0]


def check(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    room = path.parts[1]
    for number, line in enumerate(lines, 1):
        code = code_of(line)
        for pattern, why, allowed in FORBIDDEN:
            if pattern.search(code) and not room.startswith(allowed):
                yield f"{path}:{number}: {why}"
        if UNCHECKED.search(code) and "//" not in line and "//" not in (lines[number - 2] if number > 1 else ""):
            yield f"{path}:{number}: @unchecked Sendable without a comment that names what makes it safe"


def main():
    paths = sorted(pathlib.Path("Sources").rglob("*.swift"))
    problems = [problem for path in paths for problem in check(path)]
    for path in [*paths, *sorted(pathlib.Path("Tests").rglob("*.swift")), *sorted(pathlib.Path("Web").rglob("*.ts*"))]:
        count = path.read_text(encoding="utf-8").count("\n") if path.suffix in (".swift", ".ts", ".tsx") else 0
        if count > LONG:
            print(f"warning: {path} has {count} lines; {LONG} is a reason to look again")
    for problem in problems:
        print(problem)
    print(f"{len(paths)} files, {len(problems)} problems")
    return 1 if problems or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
