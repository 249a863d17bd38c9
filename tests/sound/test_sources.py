"""What plays instead of a recipe lies on the same desk."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from tests.sound.toy import RATE, attack, control, release, rendered, voice

from leitmotor.messages import Event, Setup
from leitmotor.sound.bank import Bank
from leitmotor.sound.patch import Patch
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.samples import QUANTUM, Frames, Samples

FONT = Patch("flute", soundfont="some.sf2")


class Hum:
    """Sounds at 1 on both sides from its first attack on, and keeps what it was sent."""

    def __init__(self) -> None:
        self.frame: Frames = 0
        self.sent: list[tuple[Frames, Event]] = []
        self.controls: list[tuple[int, int]] = []
        self.begins: Frames | None = None
        self.closed = 0

    def prepare(self, controls: Iterable[tuple[int, int]]) -> None:
        self.controls += controls

    def send(self, event: Event, offset: Frames) -> None:
        self.sent.append((self.frame + offset, event))
        if self.begins is None and type(event).__name__ == "Attack":
            self.begins = self.frame + offset

    def render(self, quanta: int) -> Samples:
        frames = np.arange(self.frame, self.frame + quanta * QUANTUM)
        self.frame += quanta * QUANTUM
        begins = 1 << 60 if self.begins is None else self.begins
        return np.tile((frames >= begins).astype(np.float32), (2, 1))

    def silence(self) -> None:
        self.begins = None

    def close(self) -> None:
        self.closed += 1


class OneHum:
    """Gives the same hum for every patch, or none."""

    def __init__(self, hum: Hum | None) -> None:
        self.hum = hum
        self.closed = 0

    def __call__(self, patch: Patch) -> Hum | None:  # noqa: ARG002 - the contract's parameter
        return self.hum

    def close(self) -> None:
        self.closed += 1


def player(hum: Hum | None, level: int = 100) -> Renderer:
    bank = Bank(RATE, samples=4_000_000)
    made = Renderer({"flute": FONT}, RATE, bank=bank, sources=OneHum(hum))
    made.prepare([Setup(voice("flute"), ((7, level), (10, 64)), room=("dry", 0.0))])
    return made


def test_a_source_gets_its_events_at_their_frames_and_its_controllers() -> None:
    hum = Hum()
    who = voice("flute")
    events = [(300, attack(1, who=who)), (1500, control(11, 60, who)), (2000, release(1, who=who))]
    out = rendered(player(hum), events, [4] * 3)
    assert [(frame, type(event).__name__) for frame, event in hum.sent] == [
        (300, "Attack"),
        (1500, "Control"),
        (2000, "Release"),
    ]
    assert hum.controls == [(7, 100), (10, 64)]
    assert np.flatnonzero(out[0] > 1e-6)[0] == 300


@pytest.mark.parametrize("level", [50, 100])
def test_level_and_sides_are_the_desks(level: int) -> None:
    hum = Hum()
    out = rendered(player(hum, level), [(0, attack(1, who=voice("flute")))], [4] * 3)
    power = float(np.mean(out[0] ** 2 + out[1] ** 2))
    seat = float(np.mean(out[0]) / np.mean(out[1]))
    assert seat == pytest.approx(1.0, abs=0.02)
    assert power == pytest.approx(2.0 * (level / 100) ** 4, rel=0.3)


def test_where_there_is_no_source_the_built_in_sound_plays() -> None:
    out = rendered(player(None), [(0, attack(1, who=voice("flute")))], [4] * 20)
    assert np.abs(out).max() > 0.001


def test_silence_and_the_end_reach_the_source() -> None:
    hum = Hum()
    playing = player(hum)
    rendered(playing, [(0, attack(1, who=voice("flute")))], [4])
    playing.silence()
    assert not rendered(playing, [], [4]).any()
    playing.close()
    assert hum.closed == 1
