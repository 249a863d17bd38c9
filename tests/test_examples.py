"""The ladder of examples: each piece plays what its golden list says, and `check` has no remark."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.regenerate import EXPECTED, ROOT, examples, perform

from leitmotor.score.load import load_score

LONGEST_LIST = 400

every_example = pytest.mark.parametrize("folder", examples(), ids=lambda folder: folder.name)


def test_the_ladder_has_no_gap() -> None:
    numbers = [int(folder.name.partition("-")[0]) for folder in examples()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 20


def test_every_rung_is_on_the_page() -> None:
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    missing = [folder.name for folder in examples() if f"({folder.name}/README.md)" not in page]
    assert missing == []


@every_example
def test_it_plays_its_golden_list(folder: Path, tmp_path: Path) -> None:
    """A difference that is meant: `python -m tests.regenerate`, and review what changed."""
    perform(folder, tmp_path / EXPECTED)
    played = (tmp_path / EXPECTED).read_text(encoding="utf-8").splitlines()
    expected = (folder / EXPECTED).read_text(encoding="utf-8").splitlines()
    assert played == expected


@every_example
def test_its_golden_list_can_be_read(folder: Path) -> None:
    lines = (folder / EXPECTED).read_text(encoding="utf-8").splitlines()
    assert 1 < len(lines) < LONGEST_LIST


@every_example
def test_check_has_no_remark(folder: Path) -> None:
    loaded = load_score(folder)
    assert [*loaded.notes, *loaded.not_yet] == []
