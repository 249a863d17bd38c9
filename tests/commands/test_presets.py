"""`leitmotor presets`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from leitmotor.commands.app import app
from leitmotor.testing.small_soundfont import small_soundfont


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "small.sf2"
    path.write_bytes(small_soundfont([(0, 40, "Violin"), (128, 0, "Standard"), (0, 0, "Piano")]))
    return str(path)


def test_presets_are_listed_as_a_rig_names_them(file: str) -> None:
    done = CliRunner().invoke(app, ["presets", file])
    assert done.exit_code == 0
    assert done.stdout == "preset  name\n0/0     Piano\n0/40    Violin\n128/0   Standard\n"


def test_presets_for_programs(file: str) -> None:
    done = CliRunner().invoke(app, ["presets", file, "--json"])
    first = json.loads(done.stdout)["presets"][0]
    assert first == {"bank": 0, "preset": 0, "name": "Piano"}


def test_what_is_no_soundfont_ends_with_3(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["presets", str(tmp_path / "gone.sf2")])
    assert done.exit_code == 3
    assert "there is no SoundFont" in done.output
