"""Stingers and silences, from their texts; and who may come to play a stinger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from leitmotor.music.metre import Metre
from leitmotor.music.scale import Key
from leitmotor.music.time import QUARTER
from leitmotor.score.compile.each_time import check_each_time, each_time_of
from leitmotor.score.compile.found import Found
from leitmotor.score.compile.material import STEPS, pickup_in, readable
from leitmotor.score.compiled import Instrument, Motif, Palette
from leitmotor.score.compiled_overlays import STINGER_ROLE, SilencePlan, Stinger, players_of
from leitmotor.score.drum_text import parse_drums
from leitmotor.score.model import material as model
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names
from leitmotor.score.note_text import parse_notes
from leitmotor.score.parts import Path
from leitmotor.score.verb_text import parse_do
from leitmotor.score.written import Written

# -- stingers --------------------------------------------------------------------------------------


def compile_stinger(
    name: str, entry: model.Stinger, metre: Metre, key: Key, names: Names, found: Found
) -> Stinger | None:
    """A stinger in ticks; None where its notes cannot be read."""
    motif = stinger_motif(name, entry, metre, key, found)
    if motif is None:
        return None
    if entry.duck > 0:
        text = f"others step back under a stinger by a level below 0: write {-entry.duck:g} dB"
        found.error(("stingers", name, "duck"), text)
    return Stinger(
        name=name,
        motif=motif,
        with_=entry.with_,
        at=entry.at,
        wait_at_most=entry.wait_at_most,
        cooldown=entry.cooldown,
        duck=entry.duck,
        then=parse_do(entry.then, names) if entry.then != () else (),
    )


def stinger_motif(
    name: str, entry: model.Stinger, metre: Metre, key: Key, found: Found
) -> Motif | None:
    """The notes or strokes of a stinger; None where they cannot be read."""
    path: Path = ("stingers", name)
    metre = entry.metre or metre
    pickup = pickup_in(entry.pickup, metre, path, found)
    if pickup is None:
        return None
    written = _strokes(entry, path, found) if entry.drums else None
    if written is None and not entry.drums:
        written = parse_notes(entry.notes, metre=metre, pickup=pickup, minor=key.mode.is_minor)
        written = written if readable(written, (*path, "notes"), found) else None
    if written is None:
        return None
    motif = Motif(
        name=name,
        notes=written.notes,
        length=written.length,
        pickup=max(-min((note.onset for note in written.notes), default=0), 0),
        metre=metre,
        role=STINGER_ROLE,
        octave=0,
        fit=entry.fit,
        harmony=None,
        times=1,
        must_keep=frozenset(),
        rest=None,
        marks={},
        states={},
        each_time=each_time_of(entry.each_time),
    )
    check_each_time(motif, path, found)
    return motif


def _strokes(entry: model.Stinger, path: Path, found: Found) -> Written | None:
    if not entry.step:
        found.error(path, "rows of strokes need the value of one sign: add step: e")
        return None
    step = round(STEPS[entry.step[0]] * QUARTER * (Fraction(3, 2) if "." in entry.step else 1))
    written = parse_drums(entry.drums, step)
    rows = list(entry.drums)
    for problem in written.problems:
        found.error((*path, "drums", rows[min(problem.line, len(rows) - 1)]), problem.text)
    return None if written.problems else written


def stingers_of(
    score: Score, metre: Metre, key: Key, names: Names, found: Found
) -> dict[str, Stinger]:
    """Every stinger that can be read."""
    made: dict[str, Stinger] = {}
    for name, entry in score.stingers.items():
        stinger = None if found.full else compile_stinger(name, entry, metre, key, names, found)
        if stinger is not None:
            made[name] = stinger
    return made


# -- who plays them --------------------------------------------------------------------------------


def named_players(score: Score, names: Names) -> Iterator[str]:
    """Instruments that only a stinger names."""
    for entry in score.stingers.values():
        for name in entry.with_:
            if name not in names.roles or name in score.instruments:
                yield name


def stinger_places(
    stingers: Mapping[str, Stinger],
    palettes: Mapping[str, Palette],
    instruments: Mapping[str, Instrument],
) -> list[tuple[str, str]]:
    """(instrument, role) of everyone who may come to play a stinger, techniques included."""

    def of_role(role: str) -> Iterator[str]:
        for palette in palettes.values():
            for players in palette.roles[role].options if role in palette.roles else ():
                yield from players
        if not palettes:
            yield "piano"

    places: dict[tuple[str, str], None] = {}
    for stinger in stingers.values():
        techniques = {note.technique for note in stinger.motif.notes if note.technique}
        for name in players_of(stinger, instruments, of_role):
            places[name, STINGER_ROLE] = None
            for technique, _ in instruments[name].techniques if name in instruments else ():
                if technique in techniques:
                    places[f"{name} {technique}", STINGER_ROLE] = None
    return list(places)


# -- silences --------------------------------------------------------------------------------------


def compile_silence(name: str, entry: model.Silence) -> SilencePlan:
    """A silence. That it has an end, and that the cue exists, was seen before."""
    length = entry.length
    return SilencePlan(
        name=name,
        shortest=length.shortest if length is not None else None,
        longest=length.longest if length is not None else None,
        until=entry.until,
        tails=entry.keep == "tails",
        room_tone=entry.keep == "room tone",
        back=entry.return_,
        stop_time=entry.stop_time,
    )
