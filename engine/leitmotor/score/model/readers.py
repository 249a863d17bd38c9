"""Small values of the models that are no musical unit: spans, marks, rows, ports, breakpoints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from leitmotor.messages import AtBar
from leitmotor.music.instruments import find, names
from leitmotor.music.length import Length
from leitmotor.records import record
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.parts import came
from leitmotor.score.units import (
    is_timecode,
    parse_clock_position,
    parse_length,
    parse_level,
    parse_offset,
    parse_whole_range,
)

KEY_ROUTES = ("direct", "common tone", "pivot", "dominant", "mediant", "tritone", "fifths")
TARGETS = (
    "tempo",
    "dynamic",
    "density",
    "dissonance",
    "tone",
    "swing",
    "sharpen",
    "level",
    "layer",
    "distance",
    "state",
    "palette",
    "harmony",
    "figure",
)
TARGETS_WITH_NAME = {
    "sharpen": "motifs",
    "level": "roles",
    "layer": "roles",
    "distance": "roles",
    "figure": "roles",
}
"""What `to:` of a mapping may drive, and the kind of name that follows some of them."""

REMEMBERED = ("motifs heard", "arcs", "relationships", "last key", "last tempo", "visits")

_ANY_RATE = Fraction(25)  # no frames are read with it
_FRAMES = re.compile(r"\d+(\.\d+)? frames?")
_BAR = re.compile(r"bar\s+(\d+)(?:\s+beat\s+(\d+(?:\.\d+)?))?")
_LOOP = re.compile(r"(\d+)\s+times?")
_PRESET = re.compile(r"(\d+)/(\d+)")
_ROW = re.compile(r"[Xxo. ]+")
_SIGNED = re.compile(r"[+-]?\d+")
_STEP = re.compile(r"[whqest]\.?")
_BREAKPOINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*->\s*(\S.*)")


@record
class Ramp:
    """How a tempo gets to its next value; no `length` is a step."""

    length: Length | None


@record
class Breakpoint:
    """At the parameter's value `x` the target is `to`, in the target's own words."""

    x: float
    to: str


def text(value: Any) -> str:
    """A text; numbers count as they are written."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"a text must stand here, not {came(value)}")


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts; a single one is a list of one."""
    if isinstance(value, (list, tuple)):
        return tuple(text(part) for part in value)
    return (text(value),)


def rows(value: Any) -> Mapping[str, str]:
    """Rows of strokes by kit piece."""
    if not isinstance(value, dict) or not value:
        raise ValueError(f"rows such as {{lo: X.. x..}} must stand here, not {came(value)}")
    found = {str(piece): text(row) for piece, row in value.items()}
    for piece, row in found.items():
        if not _ROW.fullmatch(row):
            raise ValueError(
                f'row "{piece}" may hold X (accent), x, o (ghost), . and blanks, not "{row}"'
            )
    return found


def note_numbers(value: Any) -> frozenset[int]:
    """`1..3` or a list of such, counted from 1; as numbers from 0."""
    parts = value if isinstance(value, list) else [value]
    spans = [parse_whole_range(part, "notes") for part in parts]
    return frozenset(
        n - 1 for first, last in spans for n in range(first, min(last, first + 9999) + 1)
    )


def share(value: Any) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError(f"a number from 0 to 1 must stand here, not {came(value)}")
    return float(value)


def loop(value: Any) -> int:
    """`true` (for ever, 0), `false` (once) or `3 times`."""
    if isinstance(value, bool):
        return 0 if value else 1
    found = _LOOP.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) < 1:
        raise ValueError(f"loop is true or 3 times, not {came(value)}")
    return int(found[1])


def bar_place(value: Any) -> AtBar:
    """`bar 3` or `bar 3 beat 2`."""
    found = _BAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) < 1 or Fraction(found[2] or 1) < 1:
        raise ValueError(
            f"a place such as bar 3 or bar 3 beat 2 must stand here, not {came(value)}"
        )
    return AtBar(int(found[1]), Fraction(found[2] or 1))


def marks(value: Any) -> Mapping[str, AtBar]:
    """Places by name."""
    if not isinstance(value, dict):
        raise ValueError(f"marks such as {{plea: bar 3}} must stand here, not {came(value)}")
    return {str(name): bar_place(place) for name, place in value.items()}


def enter(value: Any) -> str:
    """How a transition enters what follows."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    if words in ("from the top", "where it was", "same bar"):
        return words
    if words.startswith("marker ") and len(words) > 7:
        return words
    raise ValueError(
        f"enter is from the top, where it was, same bar or marker X, not {came(value)}"
    )


def route(value: Any) -> str:
    """`via pivot`; the route alone."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    name = words.removeprefix("via ")
    if words.startswith("via ") and name in KEY_ROUTES:
        return name
    known = ", ".join(KEY_ROUTES)
    raise ValueError(
        f"key is via and a route ({known}), not {came(value)}{did_you_mean(name, KEY_ROUTES)}"
    )


def ramp(value: Any) -> Ramp:
    """`step`, or `ramp 2 bars`."""
    words = value.strip() if isinstance(value, str) else ""
    if words == "step":
        return Ramp(None)
    if words.startswith("ramp "):
        return Ramp(parse_length(words[5:]))
    raise ValueError(f"tempo is step or ramp 2 bars, not {came(value)}")


def instant(value: Any) -> float:
    """A time counted from a start: `90 s`, `+7.30 s`, `1:30`; in seconds."""
    if isinstance(value, str) and value.count(":") in (1, 2):
        return parse_clock_position(value.strip().removeprefix("+"), _ANY_RATE)
    return parse_offset(value)


def timecode(value: Any) -> str:
    """`hh:mm:ss:ff`."""
    if not isinstance(value, str) or not is_timecode(value):
        raise ValueError(f'a timecode is written "hh:mm:ss:ff", in quotes, not {came(value)}')
    return value


def target(value: Any) -> tuple[str, str]:
    """What a mapping drives: (kind, name); the name is empty where none is needed."""
    kind, _, name = text(value).strip().partition(" ")
    if kind not in TARGETS:
        hint = did_you_mean(kind, TARGETS)
        raise ValueError(f'a mapping cannot drive "{kind}"{hint}; known are {", ".join(TARGETS)}')
    if kind in TARGETS_WITH_NAME and not name:
        named = TARGETS_WITH_NAME[kind]
        raise ValueError(f'"{kind}" needs the name of one of the {named} after it')
    if name and kind not in TARGETS_WITH_NAME:
        raise ValueError(f'nothing can stand after "{kind}", not "{name}"')
    return kind, name.strip()


def breakpoints(value: Any) -> tuple[Breakpoint, ...]:
    """`[0 -> 0, 0.5 -> 0.2, 1 -> 0.8]`, rising from left to right."""
    found = [_BREAKPOINT.fullmatch(part) for part in texts(value)]
    if None in found:
        wrong = texts(value)[found.index(None)]
        raise ValueError(f'a breakpoint is written 0.5 -> 0.2, not "{wrong}"')
    points = tuple(Breakpoint(float(m[1]), m[2].strip()) for m in found if m)
    if any(a.x >= b.x for a, b in pairwise(points)):
        raise ValueError("breakpoints must rise from left to right")
    return points


def listen(value: Any) -> tuple[str, int]:
    """`127.0.0.1:9000`, or a port alone."""
    host, _, port = str(value).rpartition(":")
    if isinstance(value, bool) or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"an address such as 127.0.0.1:9000 must stand here, not {came(value)}")
    return host or "127.0.0.1", int(port)


def preset(value: Any) -> tuple[int, int]:
    """`0/48`: bank and preset as SoundFonts count them, from 0."""
    found = _PRESET.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[2]) > 127:
        raise ValueError(f"a preset is written bank/preset, 0/48, not {came(value)}")
    return int(found[1]), int(found[2])


def levels(value: Any) -> Mapping[str, float | None]:
    """Mixer levels in dB by name; None where it is out."""
    if not isinstance(value, dict):
        raise ValueError(f"levels such as {{bed: -4 dB}} must stand here, not {came(value)}")
    return {str(name): parse_level(level).db for name, level in value.items()}


def register(value: Any) -> int:
    """`octave up`, `octave down`, or semitones in whole octaves (`+12`)."""
    words = text(value).strip()
    semitones = {"octave up": 12, "octave down": -12}.get(words)
    if semitones is None and _SIGNED.fullmatch(words):
        semitones = int(words)
    if semitones is None or semitones % 12 or abs(semitones) > 48:
        raise ValueError(f"a register is octave up, octave down, +12 or -24, not {came(value)}")
    return semitones


def step(value: Any) -> str:
    """The note value of one sign of a row."""
    if not isinstance(value, str) or not _STEP.fullmatch(value):
        raise ValueError(
            f"a note value (w h q e s t, with a dot) must stand here, not {came(value)}"
        )
    return value


def known_instrument(value: Any) -> str:
    """The name of an instrument that the engine knows."""
    name = text(value)
    if find(name) is None:
        hint = did_you_mean(name, names())
        raise ValueError(f'there is no known instrument "{name}"{hint}')
    return name


def remembered(value: Any) -> tuple[str, ...]:
    """What one episode hands to the next."""
    found = texts(value)
    for part in found:
        if part not in REMEMBERED:
            known = ", ".join(REMEMBERED)
            raise ValueError(
                f'"{part}" cannot be remembered{did_you_mean(part, REMEMBERED)}; known are {known}'
            )
    return found


def tolerance(value: Any) -> str:
    """`1 frame`, `2 frames` or a time."""
    words = text(value)
    if not _FRAMES.fullmatch(words):
        parse_length(words)
    return words


def stated(value: Any) -> float:
    """What a parameter is set to; that it is a number is checked with the parameter's name."""
    return value  # type: ignore[no-any-return]
