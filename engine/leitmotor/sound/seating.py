"""Where players sit, and what a place does to their sound (theory T13).

Azimuth is -1 at the far left … +1 at the far right, as the audience sees it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from leitmotor.music import instruments
from leitmotor.music.general_midi import PROGRAM_NAMES
from leitmotor.records import record

NEAR_METRES = 4.0
"""A part that the score sends so far away is as loud as its room: near by it is drier than from its
seat, far away it is mostly room."""

ROOM_METRES = 16.0
"""From here the room is as loud as the player himself (the critical distance)."""

FARTHEST_METRES = 100.0
"""What is farther sounds as if it were here."""

_AIR_METRES = 30.0
_AIR_OCTAVES = 4.0  # that the corner comes down from 20 kHz take all brightness from a note


@record
class Seat:
    """A place: `azimuth` -1 (left) … +1 (right), and how far from the audience."""

    azimuth: float
    metres: float


_MIDDLE = Seat(0.0, 6.0)

_SEATS: Mapping[str, Seat] = MappingProxyType(
    {
        "violin": Seat(-0.5, 5.0),
        "viola": Seat(0.22, 5.5),
        "cello": Seat(0.45, 5.0),
        "double bass": Seat(0.62, 6.5),
        "string ensemble": Seat(-0.12, 6.0),
        "pizzicato strings": Seat(-0.2, 6.0),
        "piccolo": Seat(-0.2, 8.0),
        "flute": Seat(-0.14, 7.5),
        "alto flute": Seat(-0.2, 7.5),
        "oboe": Seat(0.1, 7.5),
        "English horn": Seat(0.17, 7.5),
        "clarinet in Bb": Seat(-0.1, 8.5),
        "clarinet in A": Seat(-0.1, 8.5),
        "bass clarinet": Seat(-0.25, 8.5),
        "bassoon": Seat(0.15, 8.5),
        "contrabassoon": Seat(0.28, 8.5),
        "soprano sax": Seat(-0.05, 7.0),
        "alto sax": Seat(-0.15, 7.0),
        "tenor sax": Seat(0.15, 7.0),
        "baritone sax": Seat(0.3, 7.0),
        "horn in F": Seat(-0.45, 9.5),
        "trumpet in C": Seat(0.35, 10.0),
        "trumpet in Bb": Seat(0.35, 10.0),
        "muted trumpet": Seat(0.4, 10.0),
        "tenor trombone": Seat(0.48, 10.0),
        "bass trombone": Seat(0.56, 10.0),
        "tuba": Seat(0.62, 10.0),
        "brass section": Seat(0.3, 10.0),
        "timpani": Seat(0.12, 12.0),
        "taiko": Seat(-0.1, 12.0),
        "tubular bells": Seat(0.4, 12.0),
        "glockenspiel": Seat(-0.35, 11.0),
        "xylophone": Seat(-0.28, 11.0),
        "marimba": Seat(-0.4, 10.5),
        "vibraphone": Seat(-0.32, 10.5),
        "drums": Seat(0.0, 9.0),
        "orchestra hit": Seat(0.0, 9.0),
        "harp": Seat(-0.62, 7.5),
        "celesta": Seat(-0.4, 8.0),
        "music box": Seat(-0.25, 5.0),
        "piano": Seat(-0.22, 5.5),
        "electric piano": Seat(-0.18, 5.0),
        "harpsichord": Seat(-0.12, 5.5),
        "organ": Seat(0.0, 14.0),
        "guitar": Seat(0.2, 4.5),
        "electric bass": Seat(0.05, 4.5),
        "choir": Seat(0.0, 12.0),
        "choir soprano": Seat(-0.4, 12.0),
        "choir alto": Seat(-0.14, 12.0),
        "choir tenor": Seat(0.18, 12.0),
        "choir bass": Seat(0.42, 12.0),
        "voice oohs": Seat(0.0, 11.0),
        "pad": Seat(0.0, 7.0),
        "warm pad": Seat(0.0, 7.0),
        "bright pad": Seat(0.0, 7.0),
        "synth strings": Seat(0.0, 7.0),
        "synth": Seat(0.0, 4.5),
    }
)
"""Where a score names no distance: the strings from left to right, winds behind them in the middle,
horns at the back on the left, trumpets and trombones on the right, drums and choir at the back."""

_GROUPS: tuple[str, ...] = (
    "piano", "glockenspiel", "organ", "guitar", "electric bass", "string ensemble",
    "string ensemble", "brass section", "clarinet in Bb", "flute", "synth", "pad",
    "pad", "guitar", "taiko", "pad",
)  # fmt: skip
"""Beside whom the programs of General MIDI sit, eight by eight."""

_BY_ROLE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "lead": (0.5, 0.7),
        "counter": (0.9, 0.85),
        "bass": (0.7, 0.95),
        "pulse": (1.0, 1.0),
        "bed": (1.2, 1.2),
        "colour": (1.35, 1.3),
    }
)
"""What a role does to azimuth and distance: a soloist comes forward, colours stay behind."""


def seat_of(sound: str, role: str) -> Seat:
    """Where the player of a sound sits in a role.

    `sound` is a name of the table of instruments, an alias, or a program of General MIDI, also
    with a technique behind it (`violin pizz`); what nobody knows sits in the middle. A role may
    have a name of its own behind the standard one (`bed high`).
    """
    seat = _seat_of_sound(sound)
    word, *_ = role.split() or ("",)
    wider, farther = _BY_ROLE.get(word, (1.0, 1.0))
    azimuth = min(max(seat.azimuth * wider, -1.0), 1.0)
    return Seat(azimuth, seat.metres * farther)


def pan_gains(azimuth: float) -> tuple[float, float]:
    """Gains of left and right at constant power (T13): cosine and sine of (p + 1) pi/4."""
    angle = (min(max(azimuth, -1.0), 1.0) + 1.0) * math.pi / 4.0
    return math.cos(angle), math.sin(angle)


def space_gains(seat: Seat, metres: float) -> tuple[float, float]:
    """What of a part is heard directly, and what it sends to the room.

    A room is equally loud wherever the player stands, and the direct sound falls by 6 dB with each
    doubling of the distance d (T13): the send is d / ROOM_METRES of the direct sound. A part that
    keeps its seat keeps its loudness: direct sound and room share the power 1. Where `metres` is
    given (not 0), the performer's level (CC7) has brought the part down by d already: the direct
    gain is 1, and the send d / NEAR_METRES.
    """
    if metres:
        return 1.0, min(metres, FARTHEST_METRES) / NEAR_METRES
    send = min(seat.metres, FARTHEST_METRES) / ROOM_METRES
    direct = 1.0 / math.hypot(1.0, send)
    return direct, send * direct


def air_brightness(metres: float) -> float:
    """How much of a note's brightness (0 … 1) air takes on the way.

    T13 has air as a low-pass of 20 kHz / (1 + d / 30 m). A note has no filter here, but two layers
    between which it stands: each octave that the corner comes down takes a quarter.
    """
    return min(math.log2(1.0 + max(metres, 0.0) / _AIR_METRES) / _AIR_OCTAVES, 1.0)


def _seat_of_sound(sound: str) -> Seat:
    words = sound.split()
    for count in range(len(words), 0, -1):
        known = instruments.find(" ".join(words[:count]))
        if known is not None:
            return _SEATS.get(known.name, _MIDDLE)
    plain = " ".join(words).lower()
    if plain in PROGRAM_NAMES:
        return _SEATS[_GROUPS[PROGRAM_NAMES.index(plain) // 8]]
    return _MIDDLE
