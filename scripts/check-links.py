#!/usr/bin/env python3
"""Dead links in README.md, CONTRIBUTING.md and docs/: files and headings that are not there. Links to the web are not followed."""

import pathlib
import re
import sys
import urllib.parse

LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HTML_LINK = re.compile(r"<(?:img|a|source)\b[^>]*?\b(?:src|href|srcset)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
FENCE = re.compile(r"^\s*(```|~~~)")
CODE = re.compile(r"`[^`]*`")


def prose(path):
    """(number, line) of the lines outside code blocks."""
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def anchors(path):
    """The names under which the headings of a page can be reached, as the common forges make them."""
    names = {}
    for _, line in prose(path):
        if match := HEADING.match(line):
            text = re.sub(r"[^\w\- ]", "", match.group(1).lower()).replace(" ", "-")
            count = names.get(text, 0)
            names[text] = count + 1
            yield text if count == 0 else f"{text}-{count}"


def check(page, root):
    for number, line in prose(page):
        line = CODE.sub("", line)
        for target in LINK.findall(line) + HTML_LINK.findall(line):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            name, _, anchor = target.partition("#")
            path = page.parent / urllib.parse.unquote(name) if name else page
            if not path.exists():
                yield f"{page}:{number}: {target} is not there"
            elif root not in path.resolve().parents and path.resolve() != root:
                yield f"{page}:{number}: {target} leads out of the repository"
            elif anchor and path.suffix == ".md" and anchor not in set(anchors(path)):
                yield f"{page}:{number}: {name or page.name} has no heading #{anchor}"


def main():
    root = pathlib.Path.cwd().resolve()
    pages = [*sorted(pathlib.Path(".").glob("*.md")), *sorted(pathlib.Path("docs").rglob("*.md"))]
    problems = [problem for page in pages for problem in check(page, root)]
    for problem in problems:
        print(problem)
    print(f"{len(pages)} pages, {len(problems)} dead links")
    return 1 if problems or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
