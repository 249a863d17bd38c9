"""`leitmotor render` into sound: options, what is said, and what cannot be."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import soundfile
from click.testing import Result
from typer.testing import CliRunner

from leitmotor.commands import sound_work
from leitmotor.commands.app import app
from leitmotor.outputs.sound_settings import SoundSettings
from leitmotor.testing.fake_sound import beeps, mastered

SCORE = """\
score: 1
time: {tempo: 120}
characters:
  mara: {motif: walk}
motifs:
  walk: {notes: 1q 3q 5q 3q | 1w}
harmony:
  home: I
palettes:
  warm: {lead: violin, bed: strings}
instruments:
  strings: {is: string ensemble}
states:
  calm: {palette: warm, harmony: home, layers: [lead, bed]}
scenes:
  - {id: street, who: [mara], state: calm, length: 2 bars}
"""
RIG = """\
rig: 1
outputs:
  house: {audio: default, rate: 96000, loudness: -30 LUFS}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "score.yaml").write_text(SCORE)
    fake = partial(SoundSettings, plays=beeps, masters=mastered)
    monkeypatch.setattr(sound_work, "SoundSettings", fake)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["render", "score.yaml", *map(str, arguments)])


def test_sound_and_notes_together(folder: Path) -> None:
    done = run("--out", "film.wav", "--out", "film.mid", "--out", "film.flac")
    assert done.exit_code == 0, done.output
    assert "written: film.wav, film.mid, film.flac\n" in done.output
    assert "with its tail, 48000 Hz, 24 bits, peak -" in done.output
    assert "-20.0 LUFS\n" in done.output
    info = soundfile.info("film.wav")
    assert (info.samplerate, info.subtype, info.format) == (48000, "PCM_24", "WAV")
    assert soundfile.info("film.flac").frames == info.frames
    assert 4.0 < info.duration < 6.0
    assert sorted(path.name for path in folder.iterdir()) == [
        "film.flac",
        "film.mid",
        "film.wav",
        "score.yaml",
    ]


@pytest.mark.parametrize(
    ("options", "rate", "subtype"),
    [
        (["--bits", "16", "--rate", "44100"], 44100, "PCM_16"),
        (["--bits", "32f"], 48000, "FLOAT"),
        (["--bits", "32F", "--rate", "96000"], 96000, "FLOAT"),
    ],
)
def test_bits_and_rate(folder: Path, options: list[str], rate: int, subtype: str) -> None:
    assert run("--out", "x.wav", *options).exit_code == 0
    info = soundfile.info(str(folder / "x.wav"))
    assert (info.samplerate, info.subtype) == (rate, subtype)


def test_the_rig_says_rate_and_loudness_where_no_option_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "room.yaml").write_text(RIG)
    aims = []

    def master(rate: int, loudness: float) -> object:
        aims.append((rate, loudness))
        return mastered(rate, loudness)

    fake = partial(SoundSettings, plays=beeps, masters=master)
    monkeypatch.setattr(sound_work, "SoundSettings", fake)
    assert run("--rig", "room.yaml", "--out", "x.wav").exit_code == 0
    assert run("--rig", "room.yaml", "--out", "x.wav", "--rate", "48000").exit_code == 0
    assert run("--out", "x.wav").exit_code == 0
    assert aims == [(96000, -30.0), (48000, -30.0), (48000, -23.0)]


def test_stems_of_roles_and_instruments(folder: Path) -> None:
    done = run("--out", "film.flac", "--stems", "out")
    assert done.exit_code == 0, done.output
    files = sorted(path.relative_to(folder).as_posix() for path in (folder / "out").rglob("*.*"))
    assert files == [
        "out/instruments/strings.flac",
        "out/instruments/violin.flac",
        "out/roles/bed.flac",
        "out/roles/lead.flac",
    ]
    assert "written: film.flac, out/roles/bed.flac, " in done.output.replace("\\", "/")


def test_where_nobody_plays_there_are_no_stems(folder: Path) -> None:
    done = run("--mute", "lead", "--mute", "bed", "--stems", "out")
    assert done.exit_code == 0, done.output
    assert "nothing was written: nobody plays, so out has no stems" in done.output
    assert "peak -180.0 dBTP" in done.output
    assert not (folder / "out").exists()


def test_nothing_asked_for_is_told_how_to_be_heard(folder: Path) -> None:  # noqa: ARG001
    said = "nothing was written: add --out score.wav to hear it, or --out score.mid to have it as"
    assert said in run().output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--out", "x.mid", "--bits", "16"], 2, "--bits 16 is about sound, and no sound is asked"),
        (["--rate", "44100"], 2, "--rate 44100 is about sound"),
        (["--out", "x.wav", "--bits", "20"], 2, "--bits takes 16, 24 or 32f (floating point), not"),
        (["--out", "x.wav", "--rate", "22050"], 2, "--rate takes 44100, 48000 or 96000 samples"),
        (["--out", "x.flac", "--bits", "32f"], 2, "FLAC holds whole numbers of 16 or 24 bits"),
        (["--out", "no/folder/x.wav"], 3, "there is no folder"),
        (["--out", "."], 2, "unknown output `.`"),
        (["--out", "folder.wav"], 3, "it is a folder; give the name of a file"),
        (["--stems", "score.yaml"], 3, "it is a file; give a folder's name"),
        (["--stems", "no/folder"], 3, "there is no folder"),
    ],
)
def test_what_cannot_be_made(folder: Path, arguments: list[str], code: int, said: str) -> None:
    (folder / "folder.wav").mkdir()
    before = sorted(folder.rglob("*"))
    done = run(*arguments)
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert sorted(folder.rglob("*")) == before


def test_play_writes_no_sound_and_says_what_does(folder: Path) -> None:  # noqa: ARG001
    done = CliRunner().invoke(app, ["play", "score.yaml", "--out", "null", "--out", "x.wav"])
    assert done.exit_code == 2
    assert "`leitmotor render PATH --out x.wav` writes it, and with --cues NIGHT" in done.output
