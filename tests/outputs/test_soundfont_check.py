"""Presets are tried out in a child process: what it survives, and what its death says."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from tests.outputs.fluidsynth_here import there_is_fluidsynth

from leitmotor.errors import DeviceError
from leitmotor.outputs import soundfont_check, soundfont_trial
from leitmotor.outputs.fluidsynth import load_library, missing, version
from leitmotor.outputs.soundfont_check import MOST_DEATHS, SoundFontChecks
from leitmotor.testing.small_soundfont import small_soundfont

RATE = 48_000
PIANO, VIOLIN, KIT = (0, 0), (0, 40), (128, 0)
GOOD = small_soundfont([(0, 0, "Piano"), (0, 40, "Violin"), (128, 0, "Kit")])


needs_fluidsynth = pytest.mark.skipif(
    not there_is_fluidsynth(), reason="libfluidsynth is not installed"
)


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.sf2"
    path.write_bytes(GOOD)
    return str(path)


def child(tmp_path: Path, body: str) -> SoundFontChecks:
    """Checks whose child process is a script: it has `wanted`, and counts its starts in a file."""
    script = tmp_path / "child"
    counter = tmp_path / "starts"
    script.write_text(
        f"#!{sys.executable}\nimport os, signal, sys, time\nwanted = sys.argv[5:]\n"
        f"open({str(counter)!r}, 'a').write('.')\n{body}\n"
    )
    script.chmod(0o755)
    return SoundFontChecks(str(script))


def starts(tmp_path: Path) -> int:
    return len((tmp_path / "starts").read_text())


needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="scripts are no programs there")

DIES_OF_THE_VIOLIN = """
for each in wanted:
    if each == "0/40":
        os.kill(os.getpid(), signal.SIGSEGV)
    print("sounds", flush=True)
"""


@needs_fluidsynth
def test_a_good_file_has_no_faults_and_a_rate_of_its_own(good: str) -> None:
    assert int(version(load_library()).split(".")[0]) >= 2
    checks = SoundFontChecks()
    assert checks.faults(good, RATE, [PIANO, KIT]) == {PIANO: "", KIT: ""}
    absent = checks.faults(good, 44_100, [(0, 1), VIOLIN])
    assert absent == {(0, 1): f"preset 0/1 of {good} is not taken by FluidSynth", VIOLIN: ""}


@needs_fluidsynth
def test_a_preset_without_samples_is_mute(tmp_path: Path) -> None:
    path = tmp_path / "mute.sf2"
    start = GOOD.index(b"smpl") + 8
    path.write_bytes(GOOD[:start] + bytes(3840) + GOOD[start + 3840 :])
    faults = SoundFontChecks().faults(str(path), RATE, [PIANO])
    assert faults == {PIANO: f"preset 0/0 of {path} has no sound on any key"}


@needs_fluidsynth
@pytest.mark.parametrize("length", [0, 11, 100, 400, len(GOOD) - 60])
def test_a_cut_file_is_refused_as_a_whole(tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.sf2"
    path.write_bytes(GOOD[:length])
    faults = SoundFontChecks().faults(str(path), RATE, [PIANO, VIOLIN])
    assert set(faults.values()) == {f"the SoundFont {path} is damaged: FluidSynth does not take it"}


@needs_fluidsynth
@pytest.mark.parametrize("seed", range(4))
def test_bits_that_fell_over_end_in_words(tmp_path: Path, seed: int) -> None:
    """Row 46: five damaged files a seed, each either playable or with a reason."""
    dice = random.Random(seed)
    for number in range(5):
        content = bytearray(GOOD)
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(12, len(content))] ^= 1 << dice.randrange(8)
        path = tmp_path / f"{number}.sf2"
        path.write_bytes(content)
        faults = SoundFontChecks().faults(str(path), RATE, [PIANO, VIOLIN])
        assert list(faults) == [PIANO, VIOLIN]
        assert all(not fault or str(path) in fault for fault in faults.values())


@needs_scripts
def test_only_the_preset_that_kills_is_at_fault(tmp_path: Path, good: str) -> None:
    checks = child(tmp_path, DIES_OF_THE_VIOLIN)
    wanted = [PIANO, VIOLIN, KIT]
    told = {
        PIANO: "",
        VIOLIN: f"preset 0/40 of {good} crashed the synthesizer (signal 11)",
        KIT: "",
    }
    assert checks.faults(good, RATE, wanted) == told
    assert starts(tmp_path) == 2
    assert checks.faults(good, RATE, wanted) == told
    assert starts(tmp_path) == 2, "what is known is not tried again"
    Path(good).write_bytes(GOOD + b"\0\0")
    assert checks.faults(good, RATE, [PIANO]) == {PIANO: ""}
    assert starts(tmp_path) == 3, "another file is another trial"


@needs_scripts
def test_a_file_that_kills_again_and_again_is_given_up(tmp_path: Path, good: str) -> None:
    checks = child(tmp_path, "sys.exit(9)")
    wanted = [(0, number) for number in range(20)]
    faults = checks.faults(good, RATE, wanted)
    assert starts(tmp_path) == MOST_DEATHS
    assert list(faults) == wanted
    assert faults[0, 0] == f"preset 0/0 of {good} crashed the synthesizer (exit code 9)"
    assert faults[0, 19] == f"the SoundFont {good} crashed the synthesizer (exit code 9)"


@needs_scripts
def test_a_child_that_hangs_is_ended(
    tmp_path: Path, good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundfont_check, "TIME_LIMIT", 1.5)
    checks = child(tmp_path, 'print("sounds", flush=True)\ntime.sleep(600)')
    assert checks.faults(good, RATE, [PIANO, VIOLIN]) == {
        PIANO: "",
        VIOLIN: f"preset 0/40 of {good} does not answer within 1.5 s when it is tried out",
    }


def test_without_a_child_nothing_is_played(good: str, tmp_path: Path) -> None:
    checks = SoundFontChecks(str(tmp_path / "no-python"))
    assert "cannot be tried out: " in checks.faults(good, RATE, [PIANO])[PIANO]
    gone = str(tmp_path / "gone.sf2")
    assert "cannot be read: No such file" in checks.faults(gone, RATE, [PIANO])[PIANO]
    assert checks.faults(good, RATE, []) == {}


def test_without_the_library_the_command_is_named(
    good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DeviceError, match=r"FluidSynth, which is not installed here: `\w+"):
        load_library(["/nowhere/libfluidsynth.so.3"])
    assert missing("linux").endswith("`sudo apt install libfluidsynth3`")
    assert missing("darwin").endswith("`brew install fluid-synth`")
    assert missing("win32").endswith("`choco install fluidsynth`")

    def none() -> None:
        raise DeviceError("none")

    monkeypatch.setattr(soundfont_trial, "load_library", none)
    monkeypatch.setattr(soundfont_trial, "_die_quietly", lambda _: None)
    assert soundfont_trial.main([good, "48000", "0/0"]) == soundfont_trial.REFUSED
