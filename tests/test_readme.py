"""The README is executed, and its links and its two commands are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.prose import commands, executed
from tests.regenerate import ROOT

README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "examples").glob("**/README.md")))

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)


def test_the_score_of_the_readme_becomes_a_midi_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(executed(README, tmp_path, monkeypatch)) >= 5
    assert (tmp_path / "evening.mid").stat().st_size > 1000


@every_page
def test_what_a_page_shows_works(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert executed(page, tmp_path, monkeypatch) == commands(page)


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_both_commands_are_one_line_each() -> None:
    text = README.read_text(encoding="utf-8")
    found = re.search(r"<!-- test-command -->(.*?)<!-- /test-command -->", text, re.DOTALL)
    assert found is not None
    tests = [line for line in found[1].splitlines() if line and not line.startswith("```")]
    assert len(tests) == 1
    assert tests[0].endswith("-m pytest -q")
    (play,) = re.findall(r"^python3 -m venv .*leitmotor play scores/elephants-dream$", text, re.M)
    assert "pip install" in play
