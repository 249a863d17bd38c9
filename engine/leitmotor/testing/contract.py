"""The contract of outputs as checks: what `leitmotor.outputs.base.Output` promises, tried out.

Each check takes `make`, which builds a fresh, unopened output, and raises AssertionError with what
was promised and what came. An output of your own proves itself with all that apply to it:

- `check_output`: every output;
- `check_repeatable`: an output whose result can be read back;
- `check_discards`: an output that writes files;
- `check_silences`: an output that plays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

from leitmotor.messages import (
    Attack,
    Bar,
    BarLine,
    Cause,
    Change,
    Control,
    Effect,
    Event,
    Log,
    Outcome,
    Panic,
    Program,
    Release,
    Reply,
    Setup,
    Tempo,
    Voice,
)
from leitmotor.music.time import QUARTER
from leitmotor.outputs.base import Discardable, Output, opened
from leitmotor.testing.oracle import LedgerOracle

Make: TypeAlias = Callable[[], Output]

CELLO = Voice("cello", "lead", "", 0, 42, 0)
HARP = Voice("harp", "pulse", "", 1, 46, 0)

_CAUSE = Cause("rotation", scene="quay", state="cold", character="mara", arc="lost", motif="mara")


def example_setups() -> tuple[Setup, ...]:
    """Set-ups of two voices."""
    return Setup(CELLO, ((7, 100), (11, 90))), Setup(HARP, ((7, 80), (11, 127)))


def example_events() -> tuple[Event, ...]:
    """A short piece at 60 beats a minute with every kind of event, that ends all it begins."""
    bar, second = _bar(0), _bar(4 * QUARTER)
    done = Effect("go quay", Outcome.DONE, 0, 0.0, 1, Fraction(1), "next bar")
    key = Change(0, 0.0, bar, "key", "D minor", _CAUSE)
    return (
        Tempo(0, 0.0, bar, 60.0, 60.0, 0, "constant"),
        BarLine(0, 0.0, bar),
        Change(0, 0.0, bar, "scene", "quay", Cause("cue", cue="begin")),
        key,
        Reply(0, 0.0, bar, 1, "begin", (done,), ""),
        Control(0, 0.0, bar, CELLO, 11, 96),
        attack(0.0, 1, CELLO, 50, "D3"),
        attack(0.0, 2, HARP, 62, "D4"),
        release(1.0, 2, HARP, 62, "D4", 1.0),
        attack(1.0, 3, HARP, 65, "F4"),
        release(2.0, 3, HARP, 65, "F4", 1.0),
        Log(2 * QUARTER, 2.0, bar, "the harp rests"),
        Program(3 * QUARTER, 3.0, bar, HARP),
        release(4.0, 1, CELLO, 50, "D3", 4.0),
        BarLine(4 * QUARTER, 4.0, second),
        Change(4 * QUARTER, 4.0, second, "cue", "knock", Cause("cue", cue="knock")),
        attack(4.0, 4, CELLO, 53, "F3"),
        release(5.0, 4, CELLO, 53, "F3", 1.0),
        Panic(6 * QUARTER, 6.0, second),
    )


def unfinished_events() -> tuple[Event, ...]:
    """A performance that is cut off: one note is struck twice and three never end."""
    return (
        Tempo(0, 0.0, _bar(0), 60.0, 60.0, 0, "constant"),
        attack(0.0, 1, CELLO, 50, "D3"),
        attack(1.0, 2, HARP, 62, "D4"),
        attack(2.0, 3, HARP, 62, "D4"),
        release(3.0, 2, HARP, 62, "D4", 2.0),
        Control(3 * QUARTER, 3.0, _bar(0), CELLO, 64, 127),
        attack(3.5, 4, HARP, 65, "F4"),
    )


def attack(beat: float, note: int, voice: Voice, pitch: int, spelling: str) -> Attack:
    """A note of one beat that begins `beat` beats into a piece in 4/4 at 60 beats a minute."""
    tick = round(beat * QUARTER)
    return Attack(
        tick, beat, _bar(tick), note, voice, pitch, spelling, 80, QUARTER, note - 1, _CAUSE
    )


def release(
    beat: float, note: int, voice: Voice, pitch: int, spelling: str, beats: float
) -> Release:
    """The end of such a note after `beats`."""
    tick = round(beat * QUARTER)
    length = round(beats * QUARTER)
    return Release(tick, beat, _bar(tick), note, voice, pitch, spelling, length, _CAUSE)


def check_output(make: Make) -> None:
    """What every output promises: a name, the order of calls, every kind of event, no thread."""
    _check_name(make())
    _check_unused(make)
    threads = threading.active_count()
    output = make()
    play(output, example_events())
    output.close()  # a second time
    assert threading.active_count() == threads, f"{output.name} left a thread running"
    _check_prepares_twice(make())


def check_repeatable(make: Make, result: Callable[[Output], object]) -> None:
    """Equal events give an equal `result`, read after `close`; an event more gives another one."""
    results = []
    for events in (example_events(), example_events(), example_events()[:-2]):
        output = make()
        play(output, events)
        results.append(result(output))
    assert results[0] == results[1], "equal events must give equal results"
    assert results[0] != results[2], "other events must give another result"


def check_discards(make: Make, exists: Callable[[], bool]) -> None:
    """A failure in the middle leaves nothing; `exists` tells whether the result is in place."""
    output = make()
    assert isinstance(output, Discardable), f"{output.name} must have `discard`"
    try:
        with opened(output):
            for event in example_events()[:6]:
                output.send(event)
            raise _RehearsalStopped
    except _RehearsalStopped:
        pass
    output.close()
    assert not exists(), f"{output.name} left a half result behind"
    second = make()
    second.open()
    assert not exists(), f"{second.name} must not show its result before it is whole"
    second.close()
    assert exists(), f"{second.name} must show its result when closed"


def check_silences(make: Make, wires: Callable[[Output], Iterable[tuple[str, bytes]]]) -> None:
    """After `close` nothing sounds, and no note-off was sent for what did not.

    `wires` gives (port, bytes sent) of a closed output; `LedgerOracle` judges them.
    """
    for events in (example_events(), unfinished_events()):
        output = make()
        play(output, events)
        oracle = LedgerOracle()
        for port, data in wires(output):
            oracle.feed(data, port)
        assert oracle.attacks, f"{output.name} played no note"
        assert oracle.silent, f"still sounding: {sorted(oracle.sounding | oracle.ringing)}"
        assert not oracle.unmatched, f"note-offs for what did not sound: {oracle.unmatched}"
        assert not oracle.doubled, f"struck again without a note-off: {oracle.doubled}"
        assert not oracle.strays, f"{oracle.strays} bytes that belong to no message"


def play(output: Output, events: Iterable[Event]) -> None:
    """Open, prepare the example's voices, send the events, close."""
    with opened(output):
        output.prepare(example_setups())
        for event in events:
            output.send(event)


class _RehearsalStopped(Exception):
    """Stands for any failure between `open` and `close`."""


def _bar(tick: int) -> Bar:
    number = tick // (4 * QUARTER)
    return Bar(number + 1, number * 4 * QUARTER, 4 * QUARTER, QUARTER, "4/4")


def _check_name(output: Output) -> None:
    name = output.name
    assert name, "an output must have a name"
    assert name.isprintable(), f"the name {name!r} must be one printable line"
    assert output.name == name, "the name must stay the same"


def _check_unused(make: Make) -> None:
    never_opened = make()
    never_opened.close()
    without_events = make()
    without_events.open()
    without_events.close()


def _check_prepares_twice(output: Output) -> None:
    with opened(output):
        output.prepare(())
        for event in example_events()[:8]:
            output.send(event)
        output.prepare(example_setups())  # as after a restore
        for event in example_events()[8:]:
            output.send(event)
