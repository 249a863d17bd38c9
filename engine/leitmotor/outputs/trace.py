"""The trace: one line of text for every event, in fixed columns, to be read and compared (S36)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from leitmotor.messages import (
    Attack,
    Bar,
    BarLine,
    Cause,
    Change,
    Control,
    Distance,
    Effect,
    Event,
    Log,
    Panic,
    Program,
    Release,
    Reply,
    Room,
    Setup,
    Tempo,
    Voice,
)
from leitmotor.music.time import Seconds, Ticks
from leitmotor.outputs.atomic_file import AtomicFile

NOTHING = "-"

_REMEMBERED = 4096
"""How many cells of each kind are kept: events share their places, voices and causes."""


def _line(
    where: str, who: str, pitch: str, velocity: str | int, length: str | int, why: str
) -> str:
    # Two blanks between columns and never two inside one, so that a line can be split again.
    return f"{where}  {who}  {pitch:<5}  {velocity:>8}  {length:>8}  {why}"


def _where(seconds: str, place: str, tick: str | int) -> str:
    return f"{seconds:>12}  {place:>10}  {tick:>11}"


def _who(kind: str, role: str = NOTHING, instrument: str = NOTHING) -> str:
    return f"{kind:<7}  {_word(role):<8}  {_word(instrument):<14}"


def _word(text: str) -> str:
    """`text` in one line of printable characters without double blanks."""
    if not text.isprintable():
        text = "".join(map(_shown, text))
    return " ".join(text.split()) or NOTHING


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


HEADER = _line(
    _where("seconds", "bar:beat", "tick"),
    _who("kind", "role", "instrument"),
    "pitch",
    "velocity",
    "length",
    "cause",
)
"""The first line of a trace: what its columns are called."""


def render_line(event: Event) -> str:
    """The line of an event, without its line end; equal events give equal lines.

    Seconds have six decimals; the beat three, counted from 1; lengths are ticks: planned ones of
    attacks (0: held until released), real ones of releases. Programs and channels count from 1, as
    people count them.
    """
    where = _place_in_time(event.seconds, event.tick, event.bar)
    match event:
        case Attack():
            who, why = _player("attack", event.voice), _why(event.cause, event.written)
            return _line(where, who, event.spelling, event.velocity, event.length, why)
        case Release():
            who, why = _player("release", event.voice), _why(event.cause, -1)
            return _line(where, who, event.spelling, NOTHING, event.length, why)
        case Control():
            who = _player("control", event.voice)
            return _line(where, who, f"cc{event.controller}", event.value, NOTHING, NOTHING)
        case Distance():
            who = _player("distance", event.voice)
            return _line(where, who, NOTHING, f"{event.metres:g}m", NOTHING, NOTHING)
        case Program():
            who, why = _player("program", event.voice), _program(event.voice)
            return _line(where, who, NOTHING, NOTHING, NOTHING, why)
        case _:
            kind, length, why = _unvoiced(event)
            return _line(where, _who(kind), NOTHING, NOTHING, length, _word(why))


def _unvoiced(
    event: Room | Tempo | BarLine | Change | Reply | Log | Panic,
) -> tuple[str, str | int, str]:
    """Kind, length and cause of an event that no voice plays."""
    match event:
        case Room():
            return "room", NOTHING, f"{event.name or NOTHING} {event.rings:g} s"
        case Tempo():
            return "tempo", event.length, _tempo(event)
        case BarLine():
            return "bar", event.bar.length, event.bar.metre
        case Change():
            why = _cause(event.cause, -1)
            return "change", NOTHING, f"{event.what} {event.value or NOTHING}; {why}"
        case Reply():
            return "reply", NOTHING, _reply(event)
        case Log():
            return "log", NOTHING, event.text
        case Panic():
            return "panic", NOTHING, NOTHING


@lru_cache(_REMEMBERED)
def _place_in_time(seconds: Seconds, tick: Ticks, bar: Bar) -> str:
    # `z`: a small negative number, rounded, is zero and not minus zero.
    rounded = f"{seconds:z.6f}"
    return _where(rounded, _place(bar.number, tick - bar.start + bar.beat, bar.beat), tick)


def _place(bar: int, numerator: int, denominator: int) -> str:
    """Bar and beat, which is given as a fraction: whole numbers are exact, and fast."""
    whole, rest = divmod(numerator, denominator)
    # Rounded, but held below the next whole beat, which has not been reached.
    thousandths = min((2000 * rest + denominator) // (2 * denominator), 999)
    return f"{bar}:{whole}.{thousandths:03d}"


@lru_cache(_REMEMBERED)
def _player(kind: str, voice: Voice) -> str:
    return _who(kind, voice.role, voice.instrument)


def _program(voice: Voice) -> str:
    return f"program {voice.program + 1} bank {voice.bank} channel {voice.channel + 1}"


def _tempo(event: Tempo) -> str:
    if not event.length:
        return f"{_number(event.bpm)} bpm"
    return f"{_number(event.bpm)} to {_number(event.end_bpm)} bpm {event.shape}"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


@lru_cache(_REMEMBERED)
def _why(cause: Cause, index: int) -> str:
    return _word(_cause(cause, index))


def _cause(cause: Cause, index: int) -> str:
    """The rule, then what else is known: `rotation; scene quay; mara as lost; motif m note 3`."""
    parts = [cause.rule]
    parts += [f"{what} {name}" for what, name in _contexts(cause) if name]
    if cause.character:
        parts.append(f"{cause.character} as {cause.arc}" if cause.arc else cause.character)
    elif cause.arc:
        parts.append(f"as {cause.arc}")
    if cause.motif:
        note = f" note {index + 1}" if index >= 0 else ""
        parts.append(f"motif {cause.motif}{note}")
    if cause.operations:
        parts.append("by " + ", ".join(cause.operations))
    return "; ".join(part for part in parts if part)


def _contexts(cause: Cause) -> tuple[tuple[str, str], ...]:
    return ("cue", cause.cue), ("scene", cause.scene), ("state", cause.state)


def _reply(event: Reply) -> str:
    effects = [_effect(effect) for effect in event.effects]
    told = "; ".join([*effects, event.reason] if event.reason else effects)
    return f"cue {event.receipt} {event.cue}: {told or 'nothing'}"


def _effect(effect: Effect) -> str:
    place = _place(effect.bar, effect.beat.numerator, effect.beat.denominator)
    return f"{effect.what} {effect.outcome.value} at {place} ({effect.rule})"


class TraceOutput:
    """Writes the trace into a file: UTF-8, line feeds, the header first.

    The file appears when it is closed; a failure leaves none (`discard`).

    Thread: one at a time; `send` may block on the disk.
    """

    def __init__(self, path: Path) -> None:
        self.name = f"trace {path.name}"
        self._file = AtomicFile(path)

    def open(self) -> None:
        """Make the file under a temporary name."""
        self._file.open()
        self._write(HEADER)

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Write nothing: set-ups are no events and have no place."""

    def send(self, event: Event) -> None:
        """Write the event's line."""
        try:
            self._write(render_line(event))
        except BaseException:
            self.discard()
            raise

    def close(self) -> None:
        """Move the file into place."""
        self._file.commit()

    def discard(self) -> None:
        """Leave no file behind."""
        self._file.discard()

    def _write(self, line: str) -> None:
        self._file.write(f"{line}\n".encode())
