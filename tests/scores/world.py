"""Plays the game and the installation as their pages say, and writes what is heard as a short list.

`python -m tests.scores.world` writes the two golden lists anew; the difference is reviewed like code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.regenerate import ROOT

from leitmotor.messages import Attack, Change, Do, Event
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.load import LoadedScore, load_score, load_script
from leitmotor.testing.listening import Heard, Scripted

FOLDER = ROOT / "tests" / "scores"
TEN: float = 10 * 3600.0
_BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def loaded(name: str) -> LoadedScore:
    """A shipped score."""
    return load_score(ROOT / "scores" / name)


def script_of(name: str, file: str) -> tuple[Scripted, ...]:
    """A cue script that is shipped with a score."""
    return load_script(ROOT / "scores" / name / file, loaded(name))


def begun(name: str, *script: Scripted, clock: float | None = None) -> Performance:
    """A performance that waits for its first cue and knows a script."""
    performance = Performance(loaded(name).score, start=Start.ON_CUE, clock=clock)
    for at, cue in script:
        performance.receive(Do(cue) if isinstance(cue, str) else cue, at)
    return performance


def heard(name: str, *script: Scripted, until: float, clock: float | None = None) -> Heard:
    """What is heard of a score up to `until` seconds."""
    return Heard(tuple(begun(name, *script, clock=clock).advance(until)))


@cache
def session() -> Heard:
    """The session of Depths, to its end."""
    return heard("depths", *script_of("depths", "session.cues"), until=240.0)


@cache
def rehearsal() -> Heard:
    """The rehearsal of Meadow, from ten o'clock."""
    script = script_of("meadow", "visitors/rehearsal.cues")
    return heard("meadow", *script, until=361.0, clock=TEN)


def within(events: Heard, begin: float, end: float) -> Heard:
    """A stretch of it."""
    return Heard(tuple(each for each in events.events if begin <= each.seconds < end))


def stretches_of(events: Heard, what: str = "state") -> Iterator[tuple[str, float, float]]:
    """(value, from, to) of a thing, one after the other."""
    changes = events.changes(what)
    ends = [seconds for seconds, _ in changes[1:]] + [events.events[-1].seconds]
    for (begin, value), end in zip(changes, ends, strict=True):
        yield value, begin, end


def excerpts(page: Path) -> list[str]:
    """The lines of music and script that a page shows, without their indentation."""
    shown = "\n".join(_BLOCK.findall(page.read_text(encoding="utf-8")))
    return [line.strip() for line in shown.splitlines() if line.strip() not in ("", "…")]


def listing(events: Iterable[Event]) -> str:
    """A line for each voice in each bar: beat, pitch and velocity of what it begins there."""
    lines: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for event in events:
        number, beat = event.bar.place(event.tick)
        if isinstance(event, Attack):
            voice = (number, event.voice.role, event.voice.instrument)
            lines[voice].append(f"{float(beat):.2f} {event.spelling} {event.velocity}")
        elif isinstance(event, Change) and event.what in ("scene", "state", "passage", "stinger"):
            lines[number, "", ""].append(f"{event.what} {event.value}")
    return "".join(
        f"{number} {role} {instrument}: {', '.join(notes)}\n"
        for (number, role, instrument), notes in sorted(lines.items())
    )


def regenerate() -> None:
    """Write both lists."""
    for name, played in (("depths", session()), ("meadow", rehearsal())):
        path = FOLDER / f"{name}.notes"
        path.write_text(listing(played.events), encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    regenerate()
