"""Every language of the widget has every text, with the same places to fill in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

WORDS = Path(__file__).resolve().parents[2] / "Web" / "widget" / "frame" / "words"
ENGLISH = dict(re.findall(r'^    (\w+): "(.*)",$', (WORDS / "en.ts").read_text(), re.MULTILINE))
LANGUAGES = sorted(WORDS.glob("*.json"))


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_there_are_at_least_twelve_languages_two_of_them_right_to_left():
    names = {file.stem for file in LANGUAGES}
    assert len(names) + 1 >= 12
    assert {"ar", "he"} <= names


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda f: f.stem)
def test_language_is_complete(file: Path):
    texts = json.loads(file.read_text())
    assert set(texts) == set(ENGLISH)
    assert {name: places(text) for name, text in texts.items()} == {name: places(text) for name, text in ENGLISH.items()}
    assert all(text.strip() for text in texts.values())


def test_the_loader_knows_every_language():
    listed = re.search(r"const OTHERS = \[(.*)\]", (WORDS / "index.ts").read_text())
    assert listed and sorted(re.findall(r'"(\w+)"', listed[1])) == [file.stem for file in LANGUAGES]
