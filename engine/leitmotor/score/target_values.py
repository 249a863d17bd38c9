"""The numbers that a mapping may give its target, read from their texts."""

from __future__ import annotations

from leitmotor.music.dynamics import SILENCE_DB
from leitmotor.score.units import (
    parse_dynamic,
    parse_factor,
    parse_level,
    parse_metres,
    parse_number,
    parse_percent,
    parse_swing,
    parse_tone,
)


def target_number(kind: str, text: str) -> float:
    """A breakpoint's value: a factor of tempo, steps of dynamics, dB, a tone, metres, or a share.

    Raises ValueError that says what was expected.
    """
    match kind:
        case "tempo":
            return _tempo(text)
        case "dynamic":
            return float(parse_dynamic(text))
        case "level":
            level = parse_level(text)
            if level.back:
                raise ValueError('a level such as -4 dB or out must stand here, not "back"')
            return SILENCE_DB if level.db is None else level.db
        case "swing":
            return parse_swing(text)
        case "tone":
            return parse_tone(text)
        case "distance":
            return parse_metres(text)
    share = parse_number(text)
    if kind in ("density", "sharpen") and not 0 <= share <= 1:
        what = "a density" if kind == "density" else "an amount"
        raise ValueError(f'{what} from 0 to 1 must stand here, not "{text}"')
    return share


def _tempo(text: str) -> float:
    if text[:1] in "x×":
        return parse_factor(text)
    if not text.endswith("%"):
        raise ValueError(f'a change of tempo such as +8% or x1.1 must stand here, not "{text}"')
    share = parse_percent(text)
    if share <= -1.0:
        raise ValueError(f'a change above -100% must stand here, not "{text}"')
    return 1.0 + share
