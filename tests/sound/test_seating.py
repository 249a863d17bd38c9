"""Where players sit, and what a place does (T13)."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from leitmotor.music import instruments
from leitmotor.music.general_midi import PROGRAM_NAMES
from leitmotor.sound.seating import (
    NEAR_METRES,
    ROOM_METRES,
    Seat,
    air_brightness,
    pan_gains,
    seat_of,
    space_gains,
)


def azimuth(sound: str) -> float:
    return seat_of(sound, "").azimuth


def metres(sound: str) -> float:
    return seat_of(sound, "").metres


def test_an_orchestra_from_left_to_right() -> None:
    strings = [azimuth(name) for name in ("violin", "viola", "cello", "double bass")]
    assert strings == sorted(strings)
    assert strings[0] < -0.3
    assert azimuth("horn") < -0.3 < 0.3 < azimuth("trumpet") < azimuth("trombone")
    assert azimuth("harp") < azimuth("piano") < 0.0
    assert all(abs(azimuth(name)) <= 0.25 for name in ("flute", "oboe", "clarinet", "bassoon"))


def test_an_orchestra_from_the_front_to_the_back() -> None:
    rows = [metres(name) for name in ("violin", "flute", "clarinet", "trumpet", "timpani")]
    assert rows == sorted(rows)
    assert metres("choir") > metres("horn")


def test_aliases_techniques_and_programs_have_seats() -> None:
    assert seat_of("French_Horn", "") == seat_of("horn in F", "")
    assert seat_of("violin pizz", "lead") == seat_of("violin", "lead")
    assert seat_of("string ensemble trem", "bed") == seat_of("strings", "bed")
    assert seat_of("tango accordion", "") == seat_of("organ", "")
    assert seat_of("nobody's kazoo", "") == Seat(0.0, 6.0)
    for name in (*instruments.names(), *PROGRAM_NAMES, ""):
        seat = seat_of(name, "colour high")
        assert -1.0 <= seat.azimuth <= 1.0
        assert 1.0 <= seat.metres <= 20.0


def test_every_instrument_has_its_own_seat() -> None:
    known = {found.name for name in instruments.names() if (found := instruments.find(name))}
    unseated = [name for name in known if seat_of(name, "") == seat_of("nobody's kazoo", "")]
    assert unseated == []


def test_a_soloist_comes_forward_and_colours_stay_behind() -> None:
    lead, pulse, colour = (seat_of("violin", role) for role in ("lead", "pulse", "colour 2"))
    assert abs(lead.azimuth) < abs(pulse.azimuth) < abs(colour.azimuth)
    assert lead.metres < pulse.metres < colour.metres


@pytest.mark.parametrize("place", [-1.0, -0.3, 0.0, 0.8, 1.0])
def test_panning_keeps_the_power(place: float) -> None:
    left, right = pan_gains(place)
    assert left**2 + right**2 == pytest.approx(1.0)
    assert pan_gains(-place) == pytest.approx((right, left))


def test_panning_ends_at_the_sides() -> None:
    assert pan_gains(-1.0) == pan_gains(-3.0) == pytest.approx((1.0, 0.0))
    assert pan_gains(0.0) == pytest.approx((math.sqrt(0.5), math.sqrt(0.5)))


def test_direct_to_reverberant_falls_by_6_db_with_each_doubling() -> None:
    seat = Seat(0.0, 6.0)
    ratios = []
    for distance in (1.0, 2.0, 4.0, 8.0, 16.0):
        direct, send = space_gains(seat, distance)
        assert direct == 1.0  # the performer's level has brought it down
        assert send / distance == pytest.approx(1.0 / NEAR_METRES)  # the room stays as loud
        ratios.append(20.0 * math.log10(direct / send))
    assert all(b - a == pytest.approx(-6.02, abs=0.01) for a, b in pairwise(ratios))
    assert ratios[2] == pytest.approx(0.0)  # at NEAR_METRES


def test_at_its_seat_a_part_keeps_its_loudness() -> None:
    for distance in (2.0, 6.0, 14.0):
        direct, send = space_gains(Seat(0.0, distance), 0.0)
        assert direct**2 + send**2 == pytest.approx(1.0)
        assert send / direct == pytest.approx(distance / ROOM_METRES)


def test_air_takes_brightness() -> None:
    losses = [air_brightness(distance) for distance in (0.0, 3.0, 30.0, 90.0, 450.0, 1e6)]
    assert losses == sorted(losses)
    assert losses[0] == 0.0
    assert losses[2] == pytest.approx(0.25)  # the corner of the low-pass is an octave lower
    assert losses[-1] == 1.0
