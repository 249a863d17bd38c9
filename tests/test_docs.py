"""The documentation is executed: what it shows works, and the reference is that of the package."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.prose import blocks, commands, executed, pages
from tests.regenerate import ROOT

from leitmotor.score.load import load_score
from leitmotor.sound.catalogue import recipes

BEGINNERS = (
    "waiting for the first cue: she comes in",
    "is heard nowhere",
    "nobody plays bed in the state calm: thin has no bed; full and low have it",
    "nobody leads in the scene",
    'there is no key "on" here; write "when"',
    'there is no key "action" here; write "do"',
    'there is no key "bpm" here; write "tempo"',
    'there is no key "melody" here; write "notes"',
    "values are glued",
    "no commas between notes",
    "pitches are small letters",
    "notes have no decimals",
    "an octave up is +",
    "tempi are numbers: write 132 for fast",
    'not the text "loud"; write f',
    "is this an upbeat?",
    "will not be heard: lead is muted",
    "and bed goes on in the mode in force",
    "a threshold without distance",
    "an OSC address begins with /",
    "palette: cold (pp..mp); written: ff; sounds: mp",
    "next phrase is hardly ever reached",
    "notes a second at 150 bpm, and 9 can be played",
    "nothing leads out of the state",
    "loops without end",
    "a comma ends the entry here",
)
"""What everybody gets wrong at first: no word of it may get lost."""

every_page = pytest.mark.parametrize(
    "page", pages(), ids=lambda page: page.relative_to(ROOT / "docs").as_posix()
)


@every_page
def test_what_a_page_shows_works(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert executed(page, tmp_path, monkeypatch) == commands(page)


@every_page
def test_a_score_without_a_name_is_understood_too(page: Path, tmp_path: Path) -> None:
    """Pieces of a score, which nobody could run, are shown as `text`."""
    shown = [block.text for block in blocks(page) if block.kind == "yaml" and not block.file]
    file = tmp_path / "score.yaml"
    for text in shown:
        file.write_text(text, encoding="utf-8")
        assert load_score(file).not_yet == ()


def test_the_tour_ends_with_a_score_of_two_characters_and_three_cues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = executed(ROOT / "docs" / "guide" / "tour.md", tmp_path, monkeypatch)
    loaded = load_score(tmp_path / "evening")
    assert len(done) >= 8
    assert len(loaded.score.characters) == 2
    assert len(loaded.score.cues) >= 3
    assert loaded.notes == ()


def generator(name: str) -> ModuleType:
    """A module of the documentation that writes one of its pages."""
    path = ROOT / "docs" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where its dataclasses are looked up
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date() -> None:
    """Where it is not: `python docs/generate_reference.py`."""
    reference = generator("generate_reference")
    assert reference.PAGE.read_text(encoding="utf-8") == reference.reference()


def test_the_page_of_examples_is_up_to_date() -> None:
    """Where it is not: `python docs/generate_examples.py`."""
    examples = generator("generate_examples")
    assert examples.PAGE.read_text(encoding="utf-8") == examples.page()


def test_the_table_of_instruments_is_up_to_date() -> None:
    """Where it is not: `python docs/generate_instruments.py`."""
    instruments = generator("generate_instruments")
    assert instruments.PAGE.read_text(encoding="utf-8") == instruments.page()


def test_of_every_instrument_the_page_says_how_it_is_known() -> None:
    assert set(generator("generate_instruments").TOLD_BY) == set(recipes())


def test_the_messages_are_those_that_the_program_says() -> None:
    """Where they are not: `python docs/generate_messages.py`."""
    messages = generator("generate_messages")
    written = messages.PAGE.read_text(encoding="utf-8")
    assert written == messages.page()
    tests = set(re.findall(r"`([a-z_/]+\.(?:yaml|py))` \|$", written, re.MULTILINE))
    assert len(tests) > 25
    assert all((ROOT / "tests" / test).exists() for test in tests)


@pytest.mark.parametrize("message", BEGINNERS)
def test_what_a_beginner_must_be_told_is_on_the_page(message: str) -> None:
    assert message in (ROOT / "docs" / "guide" / "messages.md").read_text(encoding="utf-8")
