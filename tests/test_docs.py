"""The documentation is executed: what it shows works, and the reference is that of the package."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from tests.prose import blocks, commands, executed, pages
from tests.regenerate import ROOT

from leitmotor.score.load import load_score

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


def test_the_reference_is_up_to_date() -> None:
    """Where it is not: `python docs/generate_reference.py`."""
    path = ROOT / "docs" / "generate_reference.py"
    spec = importlib.util.spec_from_file_location("generate_reference", path)
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    written = generator.PAGE.read_text(encoding="utf-8")
    assert written == generator.reference()
