"""`leitmotor listen`: what is announced, listed, written and played."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import soundfile
from mido import MidiFile
from typer.testing import CliRunner, Result

from leitmotor.commands import sound_work
from leitmotor.commands.app import app
from leitmotor.commands.listen import Announcer, announcements
from leitmotor.messages import Bar, BarLine, Log
from leitmotor.outputs.sound_settings import SoundSettings
from leitmotor.run.audition import Item
from leitmotor.testing.fake_sound import beeps, mastered

SCORE = """\
score: 1
meta: {title: Small}
time: {tempo: 240}
palettes: {warm: {lead: violin}, cold: {lead: [clarinet, horn], bass: cello}}
characters: {mara: {motif: walk, arc: [lost]}}
motifs: {walk: {notes: 1q 3q 5q 3q, states: {lost: {vary: transpose 1 steps, palette: cold}}}}
states: {calm: {palette: warm}}
scenes: [{id: quay, who: [mara], state: calm}]
"""
BAR = Bar(1, 0, 4, 1, "4/4")


@pytest.fixture
def score(tmp_path: Path) -> Path:
    """A second of music in two states."""
    path = tmp_path / "small.yaml"
    path.write_text(SCORE)
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["listen", *map(str, arguments)])


def test_the_list_says_what_in_which_palette_by_whom_and_when(score: Path) -> None:
    done = _run(score, "--list")
    assert done.output.splitlines() == [
        "1/2  mara as written  warm  violin          0:00.0",
        "2/2  mara as lost     cold  clarinet, horn  0:01.8",
        "2 things, 0:02.8",
    ]


def test_the_list_for_programs(score: Path) -> None:
    told = json.loads(_run(score, "mara as lost", "--palette", "warm", "--json").output)
    assert told["title"] == "Small"
    assert told["left out"] == []
    (item,) = told["items"]
    assert (item["number"], item["name"], item["palette"]) == (1, "mara as lost", "warm")
    assert (item["players"], item["begins"], item["ends"]) == (["violin"], 0.0, 1.0)


def test_what_is_left_out_is_said(score: Path) -> None:
    lines = _run(score, "walk", "bass alone", "--list")
    assert lines.exit_code == 2
    text = score.read_text().replace(
        "motifs: {walk", "motifs: {deep: {notes: 1w, role: bass}, walk"
    )
    score.write_text(text)
    said = _run(score, "deep", "--palette", "cold", "--palette", "warm", "--list").output
    assert "1/1  deep  cold  cello  0:00.0\n" in said
    assert "left out: deep in warm: warm has no bass\n" in said


def test_where_only_files_are_wanted_they_are_written_at_once(score: Path, tmp_path: Path) -> None:
    file = tmp_path / "walk.mid"
    done = _run(score, "--palette", "warm", "--out", file)
    assert done.output.splitlines()[-1] == f"written: {file}"
    played = [each.note for each in MidiFile(file) if each.type == "note_on" and each.velocity]
    assert played == [60, 64, 67, 64, 62, 65, 69, 65]


def test_sound_files_are_made_as_render_makes_them(
    score: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = partial(SoundSettings, plays=beeps, masters=mastered)
    monkeypatch.setattr(sound_work, "SoundSettings", fake)
    file = tmp_path / "walk.wav"
    done = _run(score, "mara as lost", "--out", file, "--out", tmp_path / "walk.mid")
    lines = done.output.splitlines()
    assert lines[-2] == f"written: {file}, {tmp_path / 'walk.mid'}"
    assert lines[-1].startswith("sound: 0:02.3 with its tail, 48000 Hz")
    assert soundfile.info(file).duration == pytest.approx(2.3, abs=0.1)


def test_each_is_announced_as_it_begins(score: Path, tmp_path: Path) -> None:
    """Live: to the end by itself, the same notes as offline."""
    live, offline = tmp_path / "live.mid", tmp_path / "offline.mid"
    command = [sys.executable, "-m", "leitmotor", "listen", str(score)]
    outs = ["--out", "null", "--out", str(live)]
    done = subprocess.run(
        [*command, *outs], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("nothing will be heard: the output is `null`")
    assert [line.split("  ")[0] for line in lines[1:-1]] == ["1/2", "2/2"]
    assert lines[-1] == f"the music has ended at 0:03.6; written: {live}"
    assert _run(score, "--out", offline).exit_code == 0
    assert live.read_bytes() == offline.read_bytes()


def test_the_announcer_waits_for_the_first_event_of_each() -> None:
    said: list[str] = []
    announcer = Announcer([(0.0, "one"), (2.0, "two"), (2.0, "three")], said.append)
    for at in (0.0, 0.5):
        announcer.sent(BarLine(0, at, BAR))
    assert said == ["one"]
    announcer.said("the port is slow")
    announcer.sent(Log(0, 2.0 - 1e-9, BAR, "here"))
    assert said == ["one", "the port is slow", "two", "three"]


def test_columns_that_nobody_fills_are_left_out() -> None:
    items = [Item(n, "tune", "", ("piano",), 0.0, 1.0) for n in range(1, 11)]
    lines = [text for _, text in announcements(items)]
    assert lines[0] == " 1/10  tune  piano  0:00.0"
    assert lines[9] == "10/10  tune  piano  0:00.0"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["marra"], "there is no thing called `marra`; did you mean `mara`?"),
        (["--palette", "warn"], "--palette: the score has no palette `warn`; did you mean `warm`?"),
        (["--out", "midi:"], "`midi:` lacks the port's name"),
    ],
)
def test_mistakes_are_the_operators(
    score: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = _run(score, *arguments)
    assert done.exit_code in (2, 3)
    assert said in done.output + capsys.readouterr().err
