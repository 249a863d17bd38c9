"""SoundFonts through FluidSynth: samples, their loudness, and what is said where none come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from math import hypot, log10
from pathlib import Path

import numpy as np
import pytest
from tests.outputs.cello import control, end_of, note
from tests.outputs.fluidsynth_here import there_is_fluidsynth

from leitmotor.messages import Event
from leitmotor.outputs.fluidsynth import CHANNELS, load_library
from leitmotor.outputs.soundfont import INSTEAD, SoundFonts
from leitmotor.outputs.soundfont_check import SoundFontChecks
from leitmotor.sound.loudness import k_weighted_rms
from leitmotor.sound.patch import Patch
from leitmotor.sound.samples import QUANTUM, Frames, Samples
from leitmotor.sound.source import Source
from leitmotor.sound.tables import REFERENCE_LUFS
from leitmotor.testing.small_soundfont import small_soundfont

RATE = 48_000
SECOND = 188 * QUANTUM
GENERAL_MIDI = Path("/usr/share/sounds/sf2/TimGM6mb.sf2")


pytestmark = pytest.mark.skipif(not there_is_fluidsynth(), reason="libfluidsynth is not installed")
needs_general_midi = pytest.mark.skipif(
    not GENERAL_MIDI.exists(), reason="timgm6mb-soundfont is not installed"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("fonts") / "small.sf2"
    path.write_bytes(small_soundfont([(0, 0, "Piano"), (0, 40, "Violin"), (128, 0, "Kit")]))
    return str(path)


@pytest.fixture(scope="module")
def checks() -> SoundFontChecks:
    """What is known of the files, so that each is tried out once."""
    return SoundFontChecks()


def no_report(sentence: str) -> None:
    raise AssertionError(sentence)


def played(
    source: Source | None,
    events: Iterable[tuple[Frames, Event]],
    blocks: Sequence[int] = (4,),
    length: Frames = SECOND,
) -> Samples:
    """What comes of events at frames, asked for in blocks of so many quanta, over and over."""
    assert source is not None
    left, parts, begin = list(events), [], 0
    for quanta in _until(blocks, length):
        while left and left[0][0] < begin + quanta * QUANTUM:
            frame, event = left.pop(0)
            source.send(event, frame - begin)
        parts.append(source.render(quanta).copy())
        begin += quanta * QUANTUM
    source.close()
    return np.hstack(parts)


def _until(blocks: Sequence[int], length: Frames) -> Iterator[int]:
    left = length // QUANTUM
    for quanta in cycle(blocks):
        yield min(quanta, left)
        left -= quanta
        if left <= 0:
            return


def lufs(stereo: Samples) -> float:
    half_a_second = stereo[:, : RATE // 2]
    return 20 * log10(hypot(*(k_weighted_rms(side, RATE) for side in half_a_second))) - 0.691


PASSAGE: tuple[tuple[Frames, Event], ...] = (
    (10, note(1, 60)),
    (700, note(2, 64, 100)),
    (1000, control(11, 90)),
    (5000, control(11, 127)),
    (9000, end_of(1, 60)),
    (9000, note(3, 67)),
    (12_345, note(4, 67)),
    (20_000, control(74, 20)),
    (30_000, end_of(2, 64)),
    (30_100, end_of(4, 67)),
)

# --------------------------------------------------------------------------------------------------
# The samples


@pytest.mark.parametrize("blocks", [[4], [1, 3, 2]])
def test_samples_do_not_depend_on_the_blocks(
    small: str, checks: SoundFontChecks, blocks: list[int]
) -> None:
    violin = Patch("violin", soundfont=small, preset=40)
    rendered = []
    for cut in ([1], blocks, blocks):
        fonts = SoundFonts([violin], RATE, no_report, checks)
        rendered.append(played(fonts(violin), PASSAGE, cut))
        fonts.close()
    assert rendered[0].any()
    assert np.isfinite(rendered[0]).all()
    assert np.array_equal(rendered[0], rendered[1])
    assert np.array_equal(rendered[1], rendered[2]), "same events, same samples"


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_the_pitch_is_right_at_every_rate(small: str, checks: SoundFontChecks, rate: int) -> None:
    piano = Patch("piano", soundfont=small)
    fonts = SoundFonts([piano], rate, no_report, checks)
    tone = played(fonts(piano), [(0, note(1, 69))], length=rate // QUANTUM * QUANTUM)[0]
    fonts.close()
    rises = np.flatnonzero((tone[:-1] < 0) & (tone[1:] >= 0)).astype(float)
    rises -= tone[rises.astype(int)] / (tone[rises.astype(int) + 1] - tone[rises.astype(int)])
    hertz = rate * (len(rises) - 1) / (rises[-1] - rises[0])
    assert 1200 * abs(np.log2(hertz / 440)) < 3


def test_a_note_ends_and_silence_is_silent(small: str, checks: SoundFontChecks) -> None:
    violin = Patch("violin", soundfont=small, preset=40)
    fonts = SoundFonts([violin], RATE, no_report, checks)
    out = played(fonts(violin), [(0, note(1, 60)), (10_000, end_of(1, 60))])
    assert np.abs(out[:, 9000:10_000]).max() > 0.01
    assert not out[:, -20_000:].any()
    source = fonts(violin)
    assert source is not None
    source.send(note(1, 60), 0)
    source.render(4)
    source.silence()
    steps = np.abs(np.diff(source.render(4)[:, :QUANTUM]))
    assert steps.max() < 0.05, "it fades"
    assert not source.render(4).any()
    fonts.close()


def test_more_voices_than_a_synthesizer_has_channels(small: str, checks: SoundFontChecks) -> None:
    kit = Patch("drums", is_kit=True, soundfont=small, bank=128)
    fonts = SoundFonts([kit], RATE, no_report, checks)
    sources = [fonts(kit) for _ in range(CHANNELS + 2)]
    for source in sources:
        assert source is not None
        source.send(note(1, 60), 0)
    blocks = [source.render(2).copy() for source in sources if source is not None]
    assert len(blocks) == CHANNELS + 2
    assert all(np.array_equal(block, blocks[0]) for block in blocks)
    assert blocks[0].any()
    fonts.close()


@needs_general_midi
def test_a_soundfont_is_in_memory_once(checks: SoundFontChecks) -> None:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("this system does not say how much memory a process has")
    strings = Patch("string ensemble", soundfont=str(GENERAL_MIDI), preset=48)
    before = int(statm.read_text().split()[1])
    fonts = SoundFonts([strings], RATE, no_report, checks)
    sources = [fonts(strings) for _ in range(CHANNELS)]
    grown = (int(statm.read_text().split()[1]) - before) * 4096
    fonts.close()
    assert len(sources) == CHANNELS
    assert grown < 5 * GENERAL_MIDI.stat().st_size


@needs_general_midi
def test_tone_is_heard(checks: SoundFontChecks) -> None:
    piano = Patch("piano", soundfont=str(GENERAL_MIDI))
    fonts = SoundFonts([piano], RATE, no_report, checks)
    centroids = []
    for value in (0, 64):
        heard = played(fonts(piano), [(0, control(74, value)), (0, note(1, 60, 110))])[0]
        power = np.abs(np.fft.rfft(heard)) ** 2
        centroids.append(float(np.dot(power, np.arange(len(power))) / power.sum()))
    fonts.close()
    assert centroids[1] > 1.15 * centroids[0]


# --------------------------------------------------------------------------------------------------
# Loudness


@needs_general_midi
@pytest.mark.parametrize(
    ("sound", "preset", "pitch"),
    [
        ("violin", 40, 74),
        ("flute", 73, 79),
        ("cello", 42, 50),
        ("horn", 60, 57),
        ("string ensemble", 48, 67),
        ("piano", 0, 60),
        ("harp", 46, 64),
        ("violin pizz", 45, 74),
    ],
)
def test_presets_are_as_loud_as_the_built_in_sound(
    checks: SoundFontChecks, sound: str, preset: int, pitch: int
) -> None:
    """At fff as loud as every baked note: by velocity where it is struck, else by CC11 (T9)."""
    patch = Patch(sound, soundfont=str(GENERAL_MIDI), preset=preset)
    fonts = SoundFonts([patch], RATE, no_report, checks)
    is_struck = sound in ("piano", "harp", "violin pizz")
    loudest = played(fonts(patch), [(0, note(1, pitch, 127 if is_struck else 80))])
    softer = played(fonts(patch), [(0, control(11, 73)), (0, note(1, pitch, 80))], length=SECOND)
    fonts.close()
    assert abs(lufs(loudest) - REFERENCE_LUFS) < 4
    wanted = 40 * log10(73 / 127) + (40 * log10(80 / 127) if is_struck else 0)
    assert abs(lufs(softer) - lufs(loudest) - wanted) < 2.5


# --------------------------------------------------------------------------------------------------
# Faults


def test_a_patch_without_a_soundfont_needs_no_library() -> None:
    def none() -> None:
        raise AssertionError("nobody asked for it")

    fonts = SoundFonts([Patch("violin")], RATE, no_report, library=none)  # type: ignore[arg-type]
    assert fonts(Patch("violin")) is None


def test_without_the_library_it_is_said_once(small: str) -> None:
    said: list[str] = []
    patches = [Patch(name, soundfont=small) for name in ("violin", "flute")]
    fonts = SoundFonts(patches, RATE, said.append, library=lambda: load_library(["/none.so"]))
    assert [fonts(patch) for patch in patches] == [None, None]
    assert said == [
        "SoundFonts are played by FluidSynth, which is not installed here: "
        f"`sudo apt install libfluidsynth3`{INSTEAD}"
    ]


def test_a_rate_that_fluidsynth_does_not_have_is_not_played_out_of_tune(small: str) -> None:
    said: list[str] = []
    patch = Patch("violin", soundfont=small, preset=40)
    assert SoundFonts([patch], 192_000, said.append)(patch) is None
    assert len(said) == 1
    assert "does not render at 192000 Hz: take 44100, 48000 or 96000" in said[0]


def test_one_fault_silences_one_instrument(
    small: str, checks: SoundFontChecks, tmp_path: Path
) -> None:
    """Rows 46 and 48: the others play on."""
    said: list[str] = []
    cut, text, gone = (str(tmp_path / name) for name in ("cut.sf2", "text.sf2", "gone.sf2"))
    Path(cut).write_bytes(Path(small).read_bytes()[:-200])
    Path(text).write_text("no sound at all")
    violin = Patch("violin", soundfont=small, preset=40)
    bad = [
        Patch("violin", soundfont=cut, preset=40),
        Patch("flute", soundfont=text),
        Patch("oboe", soundfont=gone),
        Patch("violin", soundfont=small, preset=47),
    ]
    fonts = SoundFonts([*bad, violin, *bad], RATE, said.append, checks)
    assert [fonts(patch) for patch in (*bad, *bad)] == [None] * 8
    assert played(fonts(violin), PASSAGE).any()
    fonts.close()
    beginnings = [
        f"{cut} is not a SoundFont that can be played: it is cut short",
        f"{text} is not a SoundFont that can be played: it does not begin as one",
        f"there is no SoundFont {gone}: put it there, or name another",
        f"there is no preset 0/47 in {small}; nearest: 0/40 Violin, 0/0 Piano, 128/0 Kit",
    ]
    assert len(said) == len(beginnings)
    for sentence, beginning in zip(sorted(said), sorted(beginnings), strict=True):
        assert sentence.startswith(beginning)
        assert sentence.endswith(INSTEAD)


def test_a_patch_that_comes_late_is_met_late(small: str, checks: SoundFontChecks) -> None:
    violin = Patch("violin", soundfont=small, preset=40)
    fonts = SoundFonts((), RATE, no_report, checks)
    late = played(fonts(violin), PASSAGE)
    fonts.close()
    early = SoundFonts([violin], RATE, no_report, checks)
    assert np.array_equal(late, played(early(violin), PASSAGE))
    early.close()
