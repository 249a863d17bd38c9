"""Cues and places as JSON, exactly: floats as Python writes them, fractions as text."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any, TypeAlias

from leitmotor.messages import (
    AfterPrevious,
    AtBar,
    AtSceneBar,
    Cue,
    Do,
    Effect,
    Fire,
    Observation,
    Position,
    Set,
)
from leitmotor.music.time import Seconds

Json: TypeAlias = Mapping[str, Any]
"""An object of JSON."""

LONGEST: Seconds = 1e7
"""Four months: what lies beyond is a mistake."""


def cue_to_json(cue: Cue) -> Json:
    """A cue, tagged by its kind. Any thread; never blocks."""
    match cue:
        case Fire(name=name, fields=fields):
            return {"fire": name, "fields": fields}
        case Do(text=text):
            return {"do": text}
        case Set(parameter=parameter, value=value):
            return {"set": parameter, "value": value}
        case Observation() as seen:
            return {
                "observation": seen.kind,
                "address": seen.address,
                "values": seen.values,
                "fields": seen.fields,
                "source": seen.source,
            }


def cue_from_json(data: object) -> Cue:
    """The cue again. ValueError says what is wrong with it."""
    known = _object(data, "a cue")
    if "fire" in known:
        return Fire(_text(known, "fire"), _fields(known))
    if "do" in known:
        return Do(_text(known, "do"))
    if "set" in known:
        return Set(_text(known, "set"), _number(known.get("value"), "value"))
    if "observation" in known:
        values = tuple(_value(each) for each in _list(known, "values"))
        kind, address = _text(known, "observation"), _text(known, "address")
        return Observation(kind, address, values, _fields(known), _text(known, "source"))
    raise ValueError("a cue holds fire, do, set or observation")


def place_to_json(at: Seconds | Position) -> float | Json:
    """Seconds as a number, a position as an object."""
    match at:
        case AtBar(bar=bar, beat=beat):
            return {"bar": bar, "beat": str(beat)}
        case AfterPrevious(amount=amount, unit=unit):
            return {"after": str(amount), "unit": unit}
        case AtSceneBar(scene=scene, bar=bar, beat=beat):
            return {"scene": scene, "bar": bar, "beat": str(beat)}
        case seconds:
            return float(seconds)


def place_from_json(data: object) -> Seconds | Position:
    """The place again. ValueError says what is wrong with it."""
    if not isinstance(data, dict):
        return seconds_from_json(data, "at")
    if "after" in data:
        unit = _text(data, "unit")
        if unit not in ("bars", "beats", "seconds"):
            raise ValueError(f"unit is bars, beats or seconds, not {unit!r}")
        return AfterPrevious(_fraction(data, "after", 0), unit)
    bar = data.get("bar")
    if not isinstance(bar, int) or isinstance(bar, bool) or not 1 <= bar <= 10**7:
        raise ValueError("bar is a whole number from 1")
    if "scene" in data:
        return AtSceneBar(_text(data, "scene"), bar, _fraction(data, "beat", 1))
    return AtBar(bar, _fraction(data, "beat", 1))


def seconds_from_json(data: object, what: str) -> Seconds:
    """A place on the clock. ValueError where it is none."""
    seconds = _number(data, what)
    if not 0 <= seconds <= LONGEST:
        raise ValueError(f"{what} is a number of seconds from 0, not {seconds}")
    return seconds


def signed_seconds_from_json(data: object, what: str) -> Seconds:
    """A place on the clock that may lie before 0, in a count-in. ValueError where it is none."""
    seconds = _number(data, what)
    if not -LONGEST <= seconds <= LONGEST:
        raise ValueError(f"{what} is a number of seconds, not {seconds}")
    return seconds


def effect_to_json(effect: Effect) -> Json:
    """An effect of a cue, to be read by people and programs, never read back."""
    return {
        "what": effect.what,
        "outcome": effect.outcome.value,
        "seconds": effect.seconds,
        "bar": effect.bar,
        "beat": str(effect.beat),
        "rule": effect.rule,
    }


def _object(data: object, what: str) -> Json:
    if not isinstance(data, dict):
        raise ValueError(f"{what} is an object in braces")
    return data


def _text(data: Json, key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is a text")
    return value


def _list(data: Json, key: str) -> list[object]:
    value = data.get(key)
    if not isinstance(value, list):
        raise ValueError(f"{key} is a list in brackets")
    return value


def _number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{what} is a number")
    # A whole number may be longer than any float.
    number = float(value) if abs(value) < 1e300 else float("inf")
    if not isfinite(number):
        raise ValueError(f"{what} is a number of ordinary size")
    return number


def _value(value: object) -> float | str:
    return value if isinstance(value, str) else _number(value, "each of values")


def _fields(data: Json) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for pair in _list(data, "fields"):
        match pair:
            case [str(name), str(value)]:
                pairs.append((name, value))
            case _:
                raise ValueError("each of fields is a pair of texts")
    return tuple(pairs)


def _fraction(data: Json, key: str, least: int) -> Fraction:
    text = _text(data, key)
    fault = ValueError(f"{key} is a number from {least}, such as 5/2, in quotes")
    if len(text) > 40:
        raise fault
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise fault from None
    if not least <= value <= 10**7:
        raise fault
    return value
