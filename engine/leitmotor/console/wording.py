"""Places, cues and answers in words, as displays and plain lines show them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from leitmotor.messages import Cue, Do, Effect, Fire, Observation, Outcome, Set
from leitmotor.music.time import Seconds


def beat_text(beat: Fraction) -> str:
    """A beat as people count it: "3", "2.5", "1.333"."""
    return f"{float(beat):.3f}".rstrip("0").rstrip(".")


def place_text(bar: int, beat: Fraction) -> str:
    """ "bar 12 beat 2.5"."""
    return f"bar {bar} beat {beat_text(beat)}"


def clock_text(seconds: Seconds, decimals: int = 1) -> str:
    """Seconds of the performance as "1:02:03.4", "2:03.4"."""
    scale = 10**decimals
    whole, parts = divmod(int(seconds * scale + 1e-6), scale)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"{clock}.{parts:0{decimals}}" if decimals else clock


def counted(count: int, what: str) -> str:
    """ "1 note", "1,204 notes"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def short_time_text(seconds: Seconds) -> str:
    """A short time in the unit that suits it: "8 µs", "0.42 ms", "1.3 s"."""
    if abs(seconds) < 0.0001:
        return f"{seconds * 1e6:.0f} µs"
    if abs(seconds) < 1:
        return f"{seconds * 1e3:.2f} ms"
    return f"{seconds:.1f} s"


def cue_text(cue: Cue) -> str:
    """What was fired, in the words that fire it."""
    match cue:
        case Fire(name, fields):
            return " ".join((name, *(f"{key}={value}" for key, value in fields)))
        case Do(text):
            return text
        case Set(parameter, value):
            return f"{parameter} = {value:g}"
        case Observation(kind, address):
            return f"{kind} {address}"


def effect_text(effect: Effect) -> str:
    """One effect: what, its place in bars, beats and seconds, and the rule; or why not."""
    if effect.outcome is Outcome.REFUSED:
        return f"{effect.what}: refused: {effect.rule}"
    where = f"{place_text(effect.bar, effect.beat)}, {effect.seconds:.3f} s"
    rule = f"; rule: {effect.rule}" if effect.rule else ""
    return f"{effect.what}: {effect.outcome.value} at {where}{rule}"


def answer_texts(effects: Sequence[Effect], reason: str, provisional: bool) -> tuple[str, ...]:
    """An answer, a line an effect; then what was adjusted or why nothing happens."""
    lines = [effect_text(effect) for effect in effects]
    if reason:
        lines.append(reason)
    if not lines:
        lines.append("its time has not come yet" if provisional else "nothing to do")
    return tuple(lines)
