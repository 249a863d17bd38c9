"""Motifs and figures against the metre (S16), and notes too fast for their player (T10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from leitmotor.errors import Problem
from leitmotor.music.instruments import BOWED, find
from leitmotor.music.metre import Metre
from leitmotor.music.notes import Note
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.records import record
from leitmotor.score.check.pitches import listed
from leitmotor.score.check.ranges import place_of
from leitmotor.score.check.sounding import Cast, Sounding
from leitmotor.score.marks import Source
from leitmotor.score.model.root import Score
from leitmotor.score.parts import Path


@record
class _Limit:
    """How many notes a second a player manages (T10, lint), of those pairs that it `binds`."""

    per_second: float
    binds: Callable[[Note, Note], bool]


def _all(_first: Note, _second: Note) -> bool:
    return True


def _plucked(first: Note, second: Note) -> bool:
    return first.technique == second.technique == "pizz"


def _repeated(first: Note, second: Note) -> bool:
    return first.tones == second.tones


_REPETITION = _Limit(9.0, _repeated)
_LIMITS_BY_FAMILY = {"winds": _REPETITION, "brass": _REPETITION, BOWED: _Limit(6.0, _plucked)}
_LIMITS_BY_NAME = {"pizzicato strings": _Limit(6.0, _all), "timpani": _Limit(10.0, _all)}


def metre_notes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """Motifs and figures whose metre is that of no setting they sound in."""
    motifs: dict[str, tuple[Metre, set[Metre]]] = {}
    for statement in sounding.statements:
        if statement.casts:
            known = motifs.setdefault(statement.motif.name, (statement.motif.metre, set()))
            known[1].update(statement.setting.metres)
    for name, (metre, met) in motifs.items():
        if all(_bar(metre) != _bar(each) for each in met):
            yield source.key_problem(
                ("motifs", name),
                f"the motif {name} is written in {metre} and only sounds in {_metres(met)}: it "
                "runs across the bar lines and the next statement waits for one; "
                "rewrite it, or give a state its metre, where that is not meant",
            )
    yield from _figures(sounding, source)


def _figures(sounding: Sounding, source: Source) -> Iterator[Problem]:
    figures: dict[str, set[Metre]] = {}
    for line in sounding.lines:
        if line.figure and line.casts:
            figures.setdefault(line.figure, set()).update(line.setting.metres)
    for name, met in figures.items():
        lengths = {bar.length for bar in sounding.score.figures[name].bars}
        if all(any(metre.bar % length for length in lengths) for metre in met):
            yield source.key_problem(
                ("figures", name),
                f"no bar of {_metres(met)}, where the figure {name} sounds, is filled by it "
                "evenly: it is cut at the bar line; write it for that metre where that is not "
                "meant",
            )


def _bar(metre: Metre) -> tuple[int, int]:
    return metre.numerator, metre.denominator


def _metres(metres: Iterable[Metre]) -> str:
    return listed(sorted(f"{m.numerator}/{m.denominator}" for m in metres))


# --------------------------------------------------------------------------------------------------
# Too fast


def speed_notes(sounding: Sounding, score: Score, source: Source) -> Iterator[Problem]:
    """Notes faster than the instrument can play them at the fastest tempo in use."""
    fastest: dict[tuple[Path, str, str], tuple[float, float, float]] = {}
    closest: dict[tuple[int, _Limit], Ticks] = {}
    for path, label, notes, cast, tempo in _passages(sounding):
        for name in cast.players:
            limit = _limit_of(name, score)
            if limit is None:
                continue
            text = (id(notes), limit)
            if text not in closest:
                closest[text] = _closest(notes, limit)
            gap = closest[text]
            rate = tempo / 60.0 * QUARTER / gap if gap else 0.0
            if rate > limit.per_second:
                place, told = (path, label, name), (rate, limit.per_second, tempo)
                fastest[place] = max(fastest.get(place, told), told)
    for (path, label, name), (rate, most, tempo) in fastest.items():
        yield source.key_problem(
            path,
            f"{label} asks the {name} for {rate:.1f} notes a second at {tempo:g} bpm, and "
            f"{most:g} can be played; slow it down or give it to another instrument",
        )


_Passage = tuple[Path, str, Sequence[Note], Cast, float]


def _passages(sounding: Sounding) -> Iterator[_Passage]:
    for statement in sounding.statements:
        form = statement.form
        tempo = min(statement.setting.tempo * form.tempo_factor, 400.0)
        for cast in statement.casts:
            label = statement.title
            yield place_of(statement), label, form.notes, cast, tempo
    for line in sounding.lines:
        figure = sounding.score.figures.get(line.figure)
        for bar in figure.bars if figure is not None else ():
            for cast in line.casts:
                label = f"the figure {line.figure}"
                yield ("figures", line.figure), label, bar.notes, cast, line.setting.tempo


def _limit_of(name: str, score: Score) -> _Limit | None:
    """The one limit that an instrument has, or none."""
    entry = score.instruments.get(name)
    known = find(entry.is_ if entry is not None and entry.is_ else name)
    if known is None:
        return None
    if known.name in _LIMITS_BY_NAME:
        return _LIMITS_BY_NAME[known.name]
    return _LIMITS_BY_FAMILY.get(known.family)


def _closest(notes: Sequence[Note], limit: _Limit) -> Ticks:
    """How close two notes come for which there is the limit; 0 where there are none."""
    closest: Ticks = 0
    for first, second in pairwise(notes):
        gap = second.onset - first.onset
        if (0 < gap < closest or (gap > 0 and not closest)) and limit.binds(first, second):
            closest = gap
    return closest
