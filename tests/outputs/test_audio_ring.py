"""The ring keeps frames by their position: what is late is silence, and nothing else moves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.outputs.audio_ring import FADE, Ring
from leitmotor.outputs.audio_shared import BYTES, CAPACITY, SIZE, Shared
from leitmotor.sound.samples import Samples


def block(start: int, count: int) -> Samples:
    """Frames that hold their own position, which fits a float exactly."""
    places = np.arange(start, start + count, dtype=np.float32) + 1
    return np.stack([places, -places])


def read(shared: Shared, position: int, count: int) -> tuple[Samples, int]:
    out = bytearray(count * BYTES)
    ready = shared.read(position, count, memoryview(out))
    return np.frombuffer(out, np.float32).reshape(-1, 2).T, ready


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers(1, 2000)), max_size=60))
def test_what_was_written_is_read_and_what_was_not_is_silence(
    steps: list[tuple[int, int]],
) -> None:
    shared = Shared(bytearray(SIZE))
    ring = Ring(shared)
    written = asked = 0
    for write, take in steps:
        count = min(write, asked + CAPACITY - written)
        if count > 0:
            ring.write(written, block(written, count))
            written += count
        frames, ready = read(shared, asked, take)
        assert ready == min(take, max(0, written - asked))
        expected = block(asked, take) * (np.arange(take) < ready)
        # The very first frames come out of silence.
        assert np.array_equal(frames, expected)
        asked += take


def test_it_goes_round() -> None:
    shared = Shared(bytearray(SIZE))
    ring = Ring(shared)
    for start in range(0, 3 * CAPACITY, 1000):
        ring.write(start, block(start, 1000))
        frames, ready = read(shared, start, 1000)
        assert ready == 1000
        assert np.array_equal(frames, block(start, 1000))


def test_after_a_gap_sound_comes_in_softly_and_in_its_place() -> None:
    shared = Shared(bytearray(SIZE))
    ring = Ring(shared)
    ring.write(0, block(0, 256))
    ring.write(5000, np.ones((2, 512), np.float32))
    frames, ready = read(shared, 256, 5256)
    assert ready == 5256
    assert not frames[:, :4744].any()
    rise = frames[0, 4744 : 4744 + FADE]
    assert rise[0] == 0.0
    assert np.all(np.diff(rise) > 0)
    assert np.all(frames[:, 4744 + FADE :] == 1.0)


def test_what_was_written_stays_and_what_was_overwritten_is_silence() -> None:
    shared = Shared(bytearray(SIZE))
    ring = Ring(shared)
    ring.write(0, block(0, 512))
    ring.write(256, np.zeros((2, 512), np.float32))
    frames, ready = read(shared, 0, 768)
    assert ready == 768
    assert np.array_equal(frames[:, :512], block(0, 512))
    ring.write(768, np.ones((2, CAPACITY), np.float32))
    assert read(shared, 0, 256)[1] == 0
