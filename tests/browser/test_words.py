"""Every language of the widget has every text, with the same places to fill in."""

from __future__ import annotations

import json
import re
import subprocess
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


DASHBOARD = WORDS.parents[2] / "dashboard" / "words"
# Texts with their paths, functions with how many things they are told, of every language.
SHAPES = """
import { words as de } from "./de";
import { words as en } from "./index";
import { words as es } from "./es";
import { words as fr } from "./fr";
const found = {};
const walk = (language, path, value) => {
    if (typeof value === "object") for (const [name, inner] of Object.entries(value)) walk(language, `${path}.${name}`, inner);
    else found[language][path] = typeof value === "function" ? value.length : value;
};
for (const [language, words] of Object.entries({ de, en, es, fr })) { found[language] = {}; walk(language, "", words); }
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    """The dashboard's words by language and path."""
    bundle = subprocess.run(
        ["esbuild", "--bundle", "--format=cjs", "--loader=ts", f"--define:navigator={json.dumps({'languages': ['en']})}"],
        input=SHAPES, cwd=DASHBOARD, capture_output=True, text=True, check=True).stdout
    return json.loads(subprocess.run(["node", "-"], input=bundle, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_dashboard_language_is_complete(dashboard, language):
    """The type check finds a missing word; this finds one in the lists that are told apart by name only, and one that was left in English."""
    english, texts = dashboard["en"], dashboard[language]
    assert set(texts) == set(english)
    assert {path: arity for path, arity in texts.items() if isinstance(arity, int)} == {
        path: arity for path, arity in english.items() if isinstance(arity, int)}
    words = {path: text for path, text in texts.items() if isinstance(text, str)}
    assert all(text.strip() for text in words.values())
    # Names of products and abbreviations are alike everywhere; a sentence is not.
    same = [path for path, text in words.items() if text == english[path] and text.count(" ") > 2 and "Postmark" not in text]
    assert same == []
