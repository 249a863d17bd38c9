"""A performance written as a sheet: a bar and a voice a line, short enough to be read whole.

    bar 13  4/4  0:37.895  | state welcome
      lead     violin          1 F4 93 2, 3 D4 93 1, 4 E4 93 0.9

A note is beat, pitch, velocity and sounding length in quarters. What a controller is told in the
bar stands in braces, a row of values as its first and its last. A note that was never let go has no
length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from leitmotor.messages import Attack, Bar, BarLine, Change, Control, Event, Release
from leitmotor.music.time import QUARTER

_SPOKEN = ("scene", "state", "passage", "stinger", "silence", "key", "playing", "time stands")
_LOUDNESS = {7: "level", 11: "dynamic"}


def sheet(events: Iterable[Event]) -> Iterator[str]:
    """The lines of the sheet, in the order of the bars and, in a bar, of the voices' names."""
    events = tuple(events)
    lengths = {e.note: e.length for e in events if isinstance(e, Release)}
    told: dict[int, list[str]] = defaultdict(list)
    lines: dict[int, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    heads: dict[int, tuple[Bar, float]] = {}
    for event in events:
        number = event.bar.number
        heads.setdefault(number, (event.bar, event.seconds))
        if isinstance(event, BarLine):
            heads[number] = (event.bar, event.seconds)
        elif isinstance(event, Change):
            if event.what.startswith(_SPOKEN):
                told[number].append(f"{event.what} {event.value or '-'}")
        elif isinstance(event, Attack):
            voice = (event.voice.role, event.voice.instrument)
            lines[number][voice].append(_note(event, lengths.get(event.note)))
        elif isinstance(event, Control) and event.controller in _LOUDNESS:
            voice = (event.voice.role, event.voice.instrument)
            lines[number][voice].append(f"{{{_LOUDNESS[event.controller]} {event.value}}}")
    for number, (bar, seconds) in sorted(heads.items()):
        yield _head(bar, seconds, told[number])
        for (role, instrument), notes in sorted(lines[number].items()):
            yield f"  {role:<8} {instrument:<17} {', '.join(_folded(notes))}"


def _head(bar: Bar, seconds: float, told: list[str]) -> str:
    minutes, rest = divmod(seconds, 60)
    head = f"bar {bar.number}  {bar.metre}  {int(minutes)}:{rest:06.3f}"
    return f"{head}  | {'; '.join(told)}" if told else head


def _note(event: Attack, length: int | None) -> str:
    _, beat = event.bar.place(event.tick)
    sounding = "" if length is None else f" {length / QUARTER:.3g}"
    return f"{float(beat):.4g} {event.spelling} {event.velocity}{sounding}"


def _folded(notes: list[str]) -> Iterator[str]:
    """A row of messages of one controller as its first and its last."""
    row: list[str] = []
    for each in [*notes, ""]:
        if row and (not each.startswith("{") or each.split()[0] != row[0].split()[0]):
            last = f"..{row[-1].split()[1]}" if len(row) > 1 else "}"
            yield row[0].rstrip("}") + last
            row = []
        if each.startswith("{"):
            row.append(each)
        elif each:
            yield each
