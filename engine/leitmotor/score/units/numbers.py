"""Numbers with a sign of what they measure: `-4 dB`, `-23 LUFS`, `x1.1`, `50%`, `0..1`, `12 m`."""

from __future__ import annotations

import re
from types import MappingProxyType

from leitmotor.records import record
from leitmotor.score.nearest import did_you_mean, nearest
from leitmotor.score.units.lengths import parse_seconds
from leitmotor.score.units.reading import NUMBER, amount_of, pair_of, refusal, words_of

_LOWEST_DB, _HIGHEST_DB = -96.0, 24.0
_LOWEST_LOUDNESS, _HIGHEST_LOUDNESS = -70.0, 40.0
_LARGEST_FACTOR = 100.0
_LARGEST_PERCENT = 1000.0
_NEAREST_METRES, _FARTHEST_METRES = 1.0, 1000.0
_LONGEST_REVERB = 30.0
_STRAIGHT, _DOTTED = 0.5, 0.75

_FACTOR = re.compile(rf"[x×] ?({NUMBER})", re.IGNORECASE)
_REVERB = re.compile(r"([^\W\d_]+) (.+)")

ROOMS = ("room", "chamber", "hall", "church", "plate")
TONES = MappingProxyType({"dark": -0.8, "warm": -0.4, "normal": 0.0, "bright": 0.8})
"""Words for a tone; -1 is as dark as can be, 1 as bright."""

_TONES_MEANT = MappingProxyType(
    {"dull": "dark", "darker": "dark", "mellow": "warm", "soft": "warm", "warmer": "warm"}
    | {"neutral": "normal", "plain": "normal", "brilliant": "bright", "brighter": "bright"}
    | {"sharp": "bright", "harsh": "bright", "cold": "bright"}
)
_LOUDNESS_UNITS = MappingProxyType({"lu": "LU", "lufs": "LUFS", "lkfs": "LUFS"})


@record
class Level:
    """What a mixer's fader is set to: `db`, None for out; `back` takes the setting off again."""

    db: float | None
    back: bool = False


@record
class Reverb:
    """A kind of room and how many seconds it rings."""

    room: str
    seconds: float


def parse_number(value: object) -> float:
    """`0.5`, as number or text."""
    wanted = "a number such as 0.5"
    amount = amount_of(words_of(value, wanted, "write 0.5"))
    if amount is None:
        raise refusal(wanted, value, "write digits alone, with a point before decimals")
    return float(amount)


def parse_number_range(value: object) -> tuple[float, float]:
    """`0..1`: (low, high), low below high."""
    wanted = "a range such as 0..1"
    ends = pair_of(words_of(value, wanted, "write 0..1"))
    low, high = (amount_of(end) for end in ends) if ends else (None, None)
    if ends is None or low is None or high is None:
        raise refusal(wanted, value, "write two numbers with two dots between them")
    if low >= high:
        raise refusal("a range from low to high", value, f"write {ends[1]}..{ends[0]}")
    return float(low), float(high)


def parse_whole_range(value: object, of: str = "bars") -> tuple[int, int]:
    """`1..3` or `2`: the first and the last of some things (`of`) counted from 1."""
    wanted = f"a range of {of} such as 1..3"
    text = words_of(value, wanted, "write 1..3")
    low, high = pair_of(text) or (text, text)
    if not (_is_count(low) and _is_count(high)):
        raise refusal(wanted, value, f"write whole numbers from 1: {of} are counted from 1")
    if int(low) > int(high):
        raise refusal(wanted, value, f"write {high}..{low}")
    return int(low), int(high)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0


def parse_decibels(value: object) -> float:
    """`-4 dB`: a gain in decibels."""
    return _measured(value, "dB", "a level such as -4 dB", _LOWEST_DB, _HIGHEST_DB)


def parse_level(value: object) -> Level:
    """`-4 dB`, `out` or `back`."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word == "out":
        return Level(None)
    if word == "back":
        return Level(0.0, back=True)
    wanted = "a level such as -4 dB, out or back"
    return Level(_measured(value, "dB", wanted, _LOWEST_DB, _HIGHEST_DB))


def parse_loudness(value: object) -> float:
    """`-23 LUFS` (absolute) or `10 LU` (a distance between two): the number alone (theory T12)."""
    wanted = "a loudness such as -23 LUFS or 10 LU"
    text = words_of(value, wanted, "write -23 LUFS or 10 LU")
    unit = _LOUDNESS_UNITS.get(text.lstrip("+-.0123456789 ").lower(), "")
    if not unit:
        said = f"write {text} LUFS or {text} LU" if amount_of(text) is not None else ""
        raise refusal(wanted, value, said or "write -23 LUFS, or 10 LU for a distance")
    number = text.rstrip("lkufsLKUFS ")
    return _measured(f"{number} {unit}", unit, wanted, _LOWEST_LOUDNESS, _HIGHEST_LOUDNESS)


def parse_factor(value: object) -> float:
    """`x1.1`: how many times as fast, as long, as much."""
    wanted = "a factor such as x1.1"
    text = words_of(value, wanted, "write x1.1")
    found = _FACTOR.fullmatch(text)
    if found is None:
        said = f"write x{text}" if amount_of(text) is not None else "write x and a number"
        raise refusal(wanted, value, said)
    factor = float(found[1])
    if not 0 < factor <= _LARGEST_FACTOR:
        raise refusal(f"a factor above 0 and up to {_LARGEST_FACTOR:g}", value, "write x1.1")
    return factor


def parse_percent(value: object) -> float:
    """`50%`, `+8%`: as a share, 0.5 and 0.08."""
    limit = _LARGEST_PERCENT
    return _measured(value, "%", "a percentage such as 50%", -limit, limit) / 100


def parse_swing(value: object) -> float:
    """`50%` (straight) to `75%` (dotted): the share of the beat that its first half gets (T11)."""
    share = parse_percent(value)
    if not _STRAIGHT <= share <= _DOTTED:
        said = "write 50% for straight, 66.7% for triplets, 75% for dotted"
        raise refusal("a swing from 50% to 75%", value, said)
    return share


def parse_metres(value: object) -> float:
    """`12 m`: how far away something sounds, in metres, 1 or more (theory T13)."""
    return _measured(value, "m", "a distance such as 12 m", _NEAREST_METRES, _FARTHEST_METRES)


def parse_reverb(value: object) -> Reverb:
    """`hall 2.8 s`, `room 0.5 s`; `dry` for none."""
    wanted = "a room and its seconds, such as hall 2.8 s,"
    text = words_of(value, wanted, "write hall 2.8 s").lower()
    if text in ("dry", "none"):
        return Reverb("dry", 0.0)
    found = _REVERB.fullmatch(text)
    if found is None:
        raise refusal(wanted, value, f"write one of {', '.join(ROOMS)} and a time: hall 2.8 s")
    if found[1] not in ROOMS:
        raise ValueError(f'"{found[1]}" is no room{did_you_mean(found[1], (*ROOMS, "dry"))}')
    seconds = parse_seconds(found[2])
    if not 0 < seconds <= _LONGEST_REVERB:
        raise refusal(f"a reverb up to {_LONGEST_REVERB:g} s", value, "write hall 2.8 s")
    return Reverb(found[1], seconds)


def parse_tone(value: object) -> float:
    """`dark`, `warm`, `normal`, `bright`, or a number from -1 (dark) to 1 (bright)."""
    words = ", ".join(TONES)
    wanted = f"a tone ({words}, or a number from -1 to 1)"
    text = words_of(value, wanted, "write dark or bright")
    amount = amount_of(text)
    if amount is None:
        if text.lower() in TONES:
            return TONES[text.lower()]
        raise refusal(wanted, value, _tone_meant(text.lower()))
    if not -1 <= amount <= 1:
        raise refusal(wanted, value, "write -1 for as dark, 1 for as bright as can be")
    return float(amount)


def _tone_meant(text: str) -> str:
    meant = _TONES_MEANT.get(text) or nearest(text, TONES)
    return f"write {meant}" if meant else "write one of these words"


def _measured(value: object, unit: str, wanted: str, low: float, high: float) -> float:
    """A number followed by `unit`, from `low` to `high`."""
    form = f"{{}}{unit}" if unit == "%" else f"{{}} {unit}"
    text = words_of(value, wanted, f"write a number and {unit}")
    if amount_of(text) is not None:
        raise refusal(wanted, value, f"a unit is missing: write {form.format(text)}")
    number = text[: -len(unit)].rstrip()
    amount = amount_of(number) if text.lower().endswith(unit.lower()) else None
    if amount is None:
        raise refusal(wanted, value, f"write a number and {unit}")
    if not low <= amount <= high:
        span = f"{form.format(f'{low:g}')} to {form.format(f'{high:g}')}"
        raise refusal(wanted, value, f"write one from {span}")
    return float(amount)
