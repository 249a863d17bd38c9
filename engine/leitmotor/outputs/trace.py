"""The trace: one line of text for every event, in fixed columns, to be read and compared (S36)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from leitmotor.messages import (
    Attack,
    BarLine,
    Cause,
    Change,
    Control,
    Effect,
    Event,
    Log,
    Panic,
    Program,
    Release,
    Reply,
    Setup,
    Tempo,
    Voice,
)
from leitmotor.outputs.atomic_file import AtomicFile

NOTHING = "-"


class _Cells(NamedTuple):
    """What a kind of event puts into the columns after its place."""

    kind: str
    role: str = NOTHING
    instrument: str = NOTHING
    pitch: str = NOTHING
    velocity: str = NOTHING
    length: str = NOTHING
    cause: str = NOTHING


def _line(seconds: str, place: str, tick: str, cells: _Cells) -> str:
    # Two blanks between columns and never two inside one, so that a line can be split again.
    text = (
        f"{seconds:>12}  {place:>10}  {tick:>11}  {cells.kind:<7}  {_word(cells.role):<8}"
        f"  {_word(cells.instrument):<14}  {cells.pitch:<5}  {cells.velocity:>8}"
        f"  {cells.length:>8}  {_word(cells.cause)}"
    )
    return text.rstrip()


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
    "seconds",
    "bar:beat",
    "tick",
    _Cells("kind", "role", "instrument", "pitch", "velocity", "length", "cause"),
)
"""The first line of a trace: what its columns are called."""


def render_line(event: Event) -> str:
    """The line of an event, without its line end; equal events give equal lines.

    Seconds have six decimals; the beat three, counted from 1; lengths are ticks: planned ones of
    attacks (0: held until released), real ones of releases. Programs and channels count from 1, as
    people count them.
    """
    # Adding 0.0 turns the minus zero, which a rounded small negative number becomes, into zero.
    seconds = f"{round(event.seconds, 6) + 0.0:.6f}"
    bar = event.bar
    place = _place(bar.number, event.tick - bar.start + bar.beat, bar.beat)
    return _line(seconds, place, str(event.tick), _cells(event))


def _place(bar: int, numerator: int, denominator: int) -> str:
    """Bar and beat, which is given as a fraction: whole numbers are exact, and fast."""
    whole, rest = divmod(numerator, denominator)
    # Rounded, but held below the next whole beat, which has not been reached.
    thousandths = min((2000 * rest + denominator) // (2 * denominator), 999)
    return f"{bar}:{whole}.{thousandths:03d}"


def _cells(event: Event) -> _Cells:
    match event:
        case Attack():
            return _note("attack", event, str(event.velocity), event.written)
        case Release():
            return _note("release", event, NOTHING, -1)
        case Control():
            return _voiced(
                "control", event.voice, f"cc{event.controller}", str(event.value), NOTHING
            )
        case Program():
            voice = event.voice
            cause = f"program {voice.program + 1} bank {voice.bank} channel {voice.channel + 1}"
            return _voiced("program", voice, NOTHING, NOTHING, cause)
        case Tempo():
            return _Cells("tempo", length=str(event.length), cause=_tempo(event))
        case BarLine():
            return _Cells("bar", length=str(event.bar.length), cause=event.bar.metre)
        case Change():
            why = _cause(event.cause, -1)
            return _Cells("change", cause=f"{event.what} {event.value or NOTHING}; {why}")
        case Reply():
            return _Cells("reply", cause=_reply(event))
        case Log():
            return _Cells("log", cause=event.text)
        case Panic():
            return _Cells("panic")


def _note(kind: str, event: Attack | Release, velocity: str, index: int) -> _Cells:
    voice = event.voice
    cause = _cause(event.cause, index)
    return _Cells(
        kind, voice.role, voice.instrument, event.spelling, velocity, str(event.length), cause
    )


def _voiced(kind: str, voice: Voice, pitch: str, velocity: str, cause: str) -> _Cells:
    return _Cells(kind, voice.role, voice.instrument, pitch, velocity, NOTHING, cause)


def _tempo(event: Tempo) -> str:
    if not event.length:
        return f"{_number(event.bpm)} bpm"
    return f"{_number(event.bpm)} to {_number(event.end_bpm)} bpm {event.shape}"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


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
