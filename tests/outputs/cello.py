"""Notes and controllers of a cello, for outputs that play them."""

from __future__ import annotations

from leitmotor.messages import Attack, Control, Release
from leitmotor.testing.contract import CELLO, attack, release

BAR = attack(0, 1, CELLO, 60, "C4").bar


def note(number: int, pitch: int, velocity: int = 80) -> Attack:
    return attack(0, number, CELLO, pitch, "")._replace(velocity=velocity)


def end_of(number: int, pitch: int) -> Release:
    return release(0, number, CELLO, pitch, "", 1)


def control(controller: int, value: int) -> Control:
    return Control(0, 0.0, BAR, CELLO, controller, value)
