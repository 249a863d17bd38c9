"""A performance as a file of sound: where its events are in it, and how long it is."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from leitmotor.errors import DeviceError
from leitmotor.messages import Event
from leitmotor.outputs.base import opened
from leitmotor.outputs.gains import Followed
from leitmotor.outputs.sound_file import LONGEST_TAIL, QUIET_FOR, SoundFileOutput, Span
from leitmotor.outputs.sound_numbers import Depth
from leitmotor.outputs.sound_settings import SoundSettings, everybody, sound_file
from leitmotor.outputs.sound_writers import sound_writer
from leitmotor.sound.samples import QUANTUM, Samples
from leitmotor.testing.contract import CELLO, HARP, attack, example_events, play, release
from leitmotor.testing.fake_sound import LATENCY, Beeps, fake_settings


class Plain:
    """A finish that changes nothing."""

    def take(self, samples: Samples) -> Samples:
        return samples.copy()

    def rest(self) -> Samples:
        return np.zeros((2, 0), np.float32)


def rendered(
    path: Path, events: Sequence[Event], span: Span | None = None, rate: int = 48000
) -> Samples:
    """The samples of a file of beeps, (2, frames)."""
    writer = sound_writer(path, rate, Depth.FLOAT_32)
    output = SoundFileOutput([writer], rate, lambda: Beeps(rate, everybody), Plain, span or Span())
    play(output, events)
    samples: Samples = soundfile.read(str(path), dtype="float32")[0].T
    return samples


def first_heard(samples: Samples) -> int:
    return int(np.flatnonzero(np.abs(samples).max(axis=0))[0])


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
@pytest.mark.parametrize("second", [0.0, 0.5, 1.2345678])
def test_a_note_begins_on_the_frame_nearest_to_its_second(
    tmp_path: Path, rate: int, second: float
) -> None:
    events = [attack(second, 1, CELLO, 60, "C4"), release(2.0, 1, CELLO, 60, "C4", 1.0)]
    samples = rendered(tmp_path / "x.wav", events, rate=rate)
    assert first_heard(samples) == round(second * rate) + 1  # a sine begins with 0


def test_what_begins_in_the_middle_begins_there_and_what_is_counted_in_before(
    tmp_path: Path,
) -> None:
    events = [attack(3.0, 1, CELLO, 60, "C4"), release(4.0, 1, CELLO, 60, "C4", 1.0)]
    assert first_heard(rendered(tmp_path / "x.wav", events, Span(begins=2.5))) == 24001
    assert first_heard(rendered(tmp_path / "x.wav", events, Span(begins=-1.0))) == 4 * 48000 + 1


def test_the_tail_is_there_until_nothing_is_heard_of_it(tmp_path: Path) -> None:
    events = [attack(0.0, 1, CELLO, 69, "A4"), release(1.0, 1, CELLO, 69, "A4", 1.0)]
    samples = rendered(tmp_path / "x.wav", events)
    level = 0.8 * 0.1 * 80 / 127
    heard = 0.05 * np.log(level / 10 ** (-70 / 20))  # seconds to fall to -70 dB
    assert samples.shape[1] / 48000 == pytest.approx(1.0 + heard + QUIET_FOR, abs=0.01)
    assert samples.shape[1] % QUANTUM == 0
    lasting = rendered(tmp_path / "x.wav", events, Span(ends=5.0))
    assert lasting.shape[1] / 48000 == pytest.approx(5.0 + QUIET_FOR, abs=0.01)
    exact = rendered(tmp_path / "x.wav", events, Span(lasts=300 * QUANTUM))
    assert exact.shape[1] == 300 * QUANTUM


def test_a_tail_that_never_ends_is_faded_out(tmp_path: Path) -> None:
    samples = rendered(tmp_path / "x.wav", [attack(0.0, 1, CELLO, 69, "A4")])
    assert samples.shape[1] / 48000 == pytest.approx(LONGEST_TAIL, abs=0.01)
    seconds = np.abs(samples[0, -96000:]).reshape(4, -1).max(axis=1)
    assert seconds[0] == pytest.approx(seconds[1], rel=0.01)
    assert seconds[3] == pytest.approx(seconds[1] / 2, rel=0.05)
    assert np.abs(samples[:, -10:]).max() < 1e-5


def test_what_is_looked_ahead_at_shifts_nothing(tmp_path: Path) -> None:
    events = [attack(0.5, 1, CELLO, 60, "C4"), release(1.0, 1, CELLO, 60, "C4", 1.0)]
    output = sound_file(tmp_path / "x.wav", fake_settings())
    play(output, events)
    samples = soundfile.read(str(tmp_path / "x.wav"))[0].T
    assert first_heard(samples) in range(24001, 24006)  # 24 bits round the first of them to 0
    assert samples.shape[1] % QUANTUM == 0 != LATENCY % QUANTUM


def test_a_gain_is_followed_from_node_to_node() -> None:
    nodes = np.array([0.0, 1.0, 1.0, 0.5], np.float32)
    ones = np.ones((2, 6 * QUANTUM), np.float32)
    whole = Followed(nodes).take(ones)
    assert whole[0, :: QUANTUM // 2].tolist() == [0, 0.5, 1, 1, 1, 0.75, *[0.5] * 6]
    parts = Followed(nodes)
    cut = [
        parts.take(ones[:, :QUANTUM]),
        parts.take(ones[:, : 4 * QUANTUM]),
        parts.take(ones[:, :QUANTUM]),
    ]
    assert np.array_equal(np.concatenate(cut, axis=1), whole)


@pytest.mark.parametrize("name", ["x.wav", "x.flac"])
@pytest.mark.parametrize("depth", [Depth.BITS_16, Depth.BITS_24])
def test_two_renders_are_the_same_bytes(tmp_path: Path, name: str, depth: Depth) -> None:
    settings = SoundSettings(
        depth=depth, plays=fake_settings().plays, masters=fake_settings().masters
    )
    results = []
    for _ in range(2):
        play(sound_file(tmp_path / name, settings), example_events())
        results.append((tmp_path / name).read_bytes())
    assert results[0] == results[1]


def test_a_failure_in_one_file_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "b.wav").mkdir()
    writers = [sound_writer(tmp_path / name, 48000, Depth.BITS_24) for name in ("a.wav", "b.wav")]
    output = SoundFileOutput(writers, 48000, lambda: Beeps(48000, everybody), Plain)
    with pytest.raises(DeviceError, match="it is a folder"):
        output.open()
    assert [each.name for each in tmp_path.iterdir()] == ["b.wav"]


def test_a_long_piece_is_never_held_in_memory(tmp_path: Path) -> None:
    """Eleven minutes at 8 kHz in floating point would be 42 MB."""
    writer = sound_writer(tmp_path / "x.wav", 8000, Depth.FLOAT_32)
    output = SoundFileOutput([writer], 8000, lambda: Beeps(8000, everybody), Plain)
    with opened(output):
        output.send(attack(0.0, 1, HARP, 60, "C4"))
        output.send(release(1.0, 1, HARP, 60, "C4", 1.0))
        tracemalloc.start()
        for minute in range(1, 12):
            output.send(attack(minute * 60.0, minute + 1, HARP, 60, "C4"))
            output.send(release(minute * 60.0 + 1.0, minute + 1, HARP, 60, "C4", 1.0))
        held, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (tmp_path / "x.wav").stat().st_size > 42e6
    assert held < 200_000
    assert most < 2_000_000
