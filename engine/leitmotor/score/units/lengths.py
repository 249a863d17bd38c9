"""Lengths and boundaries: `2 bars`, `1.5 s`, `2 bars..6 bars`, `next phrase` (S3, S4, S6)."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType

from leitmotor.music.length import (
    AT_END,
    NEXT_BAR,
    NEXT_BEAT,
    NEXT_PHRASE,
    NOW,
    Boundary,
    Grid,
    Length,
    LengthRange,
    Unit,
)
from leitmotor.score.nearest import did_you_mean, nearest
from leitmotor.score.units.reading import NUMBER, amount_of, pair_of, refusal, words_of

_WANTED = "a length such as 2 bars, 1 beat or 1.5 s"
_UNITS: MappingProxyType[str, tuple[Fraction, Unit]] = MappingProxyType(
    {
        "bar": (Fraction(1), Unit.BARS),
        "bars": (Fraction(1), Unit.BARS),
        "beat": (Fraction(1), Unit.BEATS),
        "beats": (Fraction(1), Unit.BEATS),
        "ms": (Fraction(1, 1000), Unit.SECONDS),
        "s": (Fraction(1), Unit.SECONDS),
        "sec": (Fraction(1), Unit.SECONDS),
        "second": (Fraction(1), Unit.SECONDS),
        "seconds": (Fraction(1), Unit.SECONDS),
        "min": (Fraction(60), Unit.SECONDS),
        "minute": (Fraction(60), Unit.SECONDS),
        "minutes": (Fraction(60), Unit.SECONDS),
        "h": (Fraction(3600), Unit.SECONDS),
        "hour": (Fraction(3600), Unit.SECONDS),
        "hours": (Fraction(3600), Unit.SECONDS),
    }
)
_TOLD = ("bars", "beats", "s", "ms", "min", "h")
_MEANT = MappingProxyType(
    {
        "measure": "bars",
        "measures": "bars",
        "m": "min",
        "mins": "min",
        "secs": "s",
        "count": "beats",
    }
)
_LONGEST = 1_000_000  # of any unit; beyond it a typing error is likelier than a wish

_AMOUNT_AND_UNIT = re.compile(rf"({NUMBER}(?:/[1-9][0-9]{{0,5}})?) ?([^\W\d_]*)")
_NEXT_BARS = re.compile(r"next ([1-9][0-9]{0,3}) bars?")
_MARKER = re.compile(r"marker (.+)", re.IGNORECASE)
_BOUNDARIES = MappingProxyType(
    {str(known): known for known in (NOW, NEXT_BEAT, NEXT_BAR, NEXT_PHRASE, AT_END)}
)
_BOUNDARY_FORMS = (*_BOUNDARIES, "next 4 bars", "marker X")
_BOUNDARIES_MEANT = MappingProxyType(
    {
        "immediately": "now",
        "at once": "now",
        "beat": "next beat",
        "bar": "next bar",
        "next measure": "next bar",
        "phrase": "next phrase",
        "the end": "end",
    }
)


def parse_length(value: object) -> Length:
    """`2 bars`, `1/2 beat`, `1.5 s`, `250 ms`, `20 min`, `1 h`. Not negative."""
    text = words_of(value, _WANTED, "write 2 bars, 1 beat or 1.5 s")
    found = _AMOUNT_AND_UNIT.fullmatch(text)
    amount = amount_of(found[1]) if found else None
    if found is None or amount is None:
        raise refusal(_WANTED, value, "write a number and a unit, as in 2 bars")
    if not found[2]:
        s = "" if amount == 1 else "s"
        raise refusal(
            "a length with its unit", value, f"write {text} bar{s}, {text} beat{s} or {text} s"
        )
    scale, unit = _unit(found[2], found[1])
    if not 0 <= amount <= _LONGEST:
        raise refusal(
            f"a length from 0 to {_LONGEST} {found[2]}", value, "write a number in that range"
        )
    return Length(amount * scale, unit)


def _unit(word: str, amount: str) -> tuple[Fraction, Unit]:
    known = _UNITS.get(word.lower())
    if known is not None:
        return known
    meant = _MEANT.get(word.lower())
    if meant is not None:
        raise ValueError(f'"{word}" is no unit of length; write {amount} {meant}')
    near = nearest(word, _TOLD)
    s = "" if amount == "1" else "s"
    hint = f'did you mean "{near}"?' if near else f"write {amount} bar{s}, beat{s}, s, ms or min"
    raise ValueError(f'"{word}" is no unit of length; {hint}')


def parse_length_range(value: object) -> LengthRange:
    """`2 bars..6 bars`, `2..6 bars`, `3 s..12 s`, or a single length."""
    text = words_of(value, "a length or a range such as 3 s..12 s", "write 2 bars..6 bars")
    ends = pair_of(text)
    if ends is None:
        length = parse_length(value)
        return LengthRange(length, length)
    low_text, high_text = ends
    high = parse_length(high_text)
    low = parse_length(_with_unit_of(low_text, high_text))
    if low.unit is not high.unit:
        raise refusal("a range in one unit", value, f"give both ends in {high.unit.value}")
    if low.amount > high.amount:
        raise refusal("a range from short to long", value, f"write {high_text}..{low_text}")
    return LengthRange(low, high)


def _with_unit_of(text: str, other: str) -> str:
    found = _AMOUNT_AND_UNIT.fullmatch(other)
    return f"{text} {found[2]}" if found and amount_of(text) is not None else text


def parse_seconds(value: object) -> float:
    """`1.5 s`, `250 ms`, `20 min`: a length on the clock, in seconds."""
    wanted = "a time such as 1.5 s, 250 ms or 20 min"
    text = words_of(value, wanted, "write 1.5 s")
    if amount_of(text) is not None:
        raise refusal("a time with its unit", value, f"write {text} s, {text} ms or {text} min")
    length = parse_length(text)
    if length.unit is not Unit.SECONDS:
        raise refusal(wanted, value, f"{length.unit.value} are not counted here; write seconds")
    return float(length.amount)


def parse_fade(value: object) -> Length | None:
    """A length, or `none` (None): no fade at all."""
    if isinstance(value, str) and value.strip().lower() == "none":
        return None
    return parse_length(value)


def parse_offset(value: object) -> float:
    """`+7.30 s`, `-0.5 s`, `+250 ms`: seconds after (or before) something."""
    text = words_of(value, "an offset such as +7.30 s", "write +7.30 s")
    if text[:1] == "-":
        return -parse_seconds(text[1:].lstrip())
    return parse_seconds(text)


def parse_boundary(value: object) -> Boundary:
    """`now`, `next beat`, `next bar`, `next 4 bars`, `next phrase`, `end`, `marker x` (T7)."""
    wanted = "a boundary such as next bar"
    text = words_of(value, wanted, f"write one of: {', '.join(_BOUNDARY_FORMS)}")
    marker = _MARKER.fullmatch(text)
    if marker is not None:
        return Boundary(Grid.MARKER, marker=marker[1])
    known = _BOUNDARIES.get(text.lower())
    if known is not None:
        return known
    bars = _NEXT_BARS.fullmatch(text.lower())
    if bars is not None:
        return Boundary(Grid.BARS, count=int(bars[1]))
    meant = _BOUNDARIES_MEANT.get(text.lower())
    if meant is not None:
        raise refusal("a boundary", value, f"write {meant}")
    hint = did_you_mean(text, _BOUNDARIES).removeprefix("; ")
    if not hint.startswith("did"):
        hint = f"known: {', '.join(_BOUNDARY_FORMS)}"
    raise refusal(wanted, value, hint)
