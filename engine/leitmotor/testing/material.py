"""What a composer writes, in code: motifs, figures, passages, progressions, stingers, silences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from leitmotor.music.length import Boundary, Gap, Length, Unit
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.scale import MAJOR, Key, Mode
from leitmotor.music.time import Seconds, Ticks
from leitmotor.score.compile.each_time import each_time_of
from leitmotor.score.compiled import (
    Choice,
    Figure,
    FigureBar,
    Motif,
    MotifState,
    Progression,
)
from leitmotor.score.compiled_overlays import STINGER_ROLE, SilencePlan, Stinger
from leitmotor.score.compiled_passages import Part, Passage, PassageEvent
from leitmotor.score.names import STANDARD_ROLES, Names
from leitmotor.score.note_text import parse_notes
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation


def seconds(amount: float) -> Length:
    """So many seconds."""
    return Length(Fraction(amount), Unit.SECONDS)


def beats(amount: int) -> Length:
    """So many beats."""
    return Length(Fraction(amount), Unit.BEATS)


def motif(
    name: str,
    notes: str,
    *,
    pickup: Ticks = 0,
    metre: Metre = COMMON_TIME,
    role: str = "lead",
    octave: int = 0,
    fit: str = "key",
    times: int = 1,
    states: Mapping[str, MotifState] | None = None,
    harmony: str = "",
    rest: Gap | None = None,
    marks: Mapping[str, Ticks] | None = None,
    must_keep: Sequence[int] = (),
    each_time: Sequence[str] = (),
) -> Motif:
    """A motif from its shorthand."""
    written = parse_notes(notes, metre=metre, pickup=pickup)
    if written.problems:
        raise ValueError("; ".join(problem.text for problem in written.problems))
    return Motif(
        name=name,
        notes=written.notes,
        length=written.length,
        pickup=pickup,
        metre=metre,
        role=role,
        octave=octave,
        fit=fit,
        harmony=Choice((harmony,), f"motif {name} harmony") if harmony else None,
        times=times,
        must_keep=frozenset(must_keep),
        rest=rest,
        marks=marks or {},
        states=states or {},
        each_time=each_time_of(each_time),
    )


def figure(
    name: str,
    role: str,
    *bars_: str,
    metre: Metre = COMMON_TIME,
    each_time: Sequence[Sequence[str]] = (),
) -> Figure:
    """A figure from the shorthand of its bars; `each_time` has the bars of every time through."""
    times = tuple(_figure_bars(bars, metre) for bars in each_time)
    return Figure(name, role, _figure_bars(bars_, metre), times)


def _figure_bars(texts: Sequence[str], metre: Metre) -> tuple[FigureBar, ...]:
    read = [parse_notes(notes, metre=metre) for notes in texts]
    return tuple(FigureBar(bar.notes, max(bar.length, 1)) for bar in read)


def passage(
    name: str,
    parts: Mapping[str, str],
    *,
    metre: Metre | None = None,
    key: Key | None = None,
    tempo: float | None = None,
    harmony: str = "",
    phrase: Length | None = None,
    pickup: Ticks = 0,
    marks: Mapping[str, Ticks] | None = None,
    at: Mapping[Ticks, str] | None = None,
    then: str = "",
    names: Names | None = None,
) -> tuple[Passage, tuple[Motif, ...]]:
    """A passage and the motifs of its parts: notes, "figure F" or "rest", by role or instrument.

    `at` holds verbs by their place in ticks. Verbs that name something of the score need `names`.
    """
    read = {
        part: motif(f"{name}\n{part}", text, metre=metre or COMMON_TIME, role=part, pickup=pickup)
        for part, text in parts.items()
        if text != "rest" and not text.startswith("figure ")
    }
    known = names or Names()
    written = Passage(
        name,
        max(each.length for each in read.values()),
        pickup,
        tuple(_part(part, text, read) for part, text in parts.items()),
        metre=metre,
        key=key,
        tempo=tempo,
        progression=Choice((harmony,), f"passage {name} harmony") if harmony else None,
        phrase=phrase,
        marks=marks or {},
        at=tuple(
            PassageEvent(place, _entries([text], known), f"tick {place}")
            for place, text in (at or {}).items()
        ),
        again=then == "again",
        then=_entries([then], known) if then not in ("", "again") else (),
    )
    return written, tuple(read.values())


def _entries(texts: list[str], names: Names) -> tuple[Entry, ...]:
    do = parse_do(texts, names)
    return do.options[0] if isinstance(do, Rotation) else do


def _part(part: str, text: str, read: Mapping[str, Motif]) -> Part:
    instrument = "" if part in STANDARD_ROLES else part
    figure = text.removeprefix("figure ") if text.startswith("figure ") else ""
    return Part(part, instrument, read[part].name if part in read else "", figure)


def progression(name: str, text: str, home: Mode = MAJOR, key: Key | None = None) -> Progression:
    """Chords separated by `|`, several in a bar by blanks."""
    bars_ = tuple(tuple(parse_numeral(n) for n in bar.split()) for bar in text.split("|"))
    return Progression(name, bars_, home, key)


def stinger(
    name: str,
    notes: str,
    *players: str,
    at: Boundary | None = None,
    wait_at_most: Length | None = None,
    fit: str = "key",
    pickup: Ticks = 0,
    cooldown: Seconds = 0.0,
    duck: float = 0.0,
    then: str = "",
    each_time: Sequence[str] = (),
) -> Stinger:
    """A stinger from its shorthand; its `then` is read when the score is put together."""
    own = replace(
        motif(name, notes, pickup=pickup, fit=fit),
        role=STINGER_ROLE,
        each_time=each_time_of(each_time),
    )
    texts: Any = then
    return Stinger(name, own, players, at, wait_at_most, cooldown, duck, texts)


def silence(
    name: str,
    shortest: Length | None = None,
    longest: Length | None = None,
    until: str = "",
    *,
    tails: bool = False,
    back: int | None = None,
) -> SilencePlan:
    """A silence of a length, from one to another, or without end until a cue."""
    return SilencePlan(name, shortest, longest or shortest, until, tails, back=back)
