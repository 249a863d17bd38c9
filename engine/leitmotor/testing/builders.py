"""Tiny compiled scores in code, 60 bpm by default so that a quarter is a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from leitmotor.messages import Voice
from leitmotor.music.instruments import find
from leitmotor.music.length import NEXT_BAR, Boundary, Length, bars
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.scale import MAJOR, Key, Mode
from leitmotor.music.time import Seconds, Ticks
from leitmotor.score.compiled import (
    Character,
    Choice,
    CompiledScore,
    CueRule,
    Defaults,
    Figure,
    FigureBar,
    Instrument,
    Motif,
    MotifState,
    Palette,
    Place,
    Progression,
    Scene,
    State,
    Transition,
)
from leitmotor.score.names import STANDARD_ROLES, Names
from leitmotor.score.note_text import parse_notes
from leitmotor.score.verb_text import parse_do

C_MAJOR = Key(0, 0, MAJOR)


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
    rest: Length | None = None,
    marks: Mapping[str, Ticks] | None = None,
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
        must_keep=frozenset(),
        rest=rest,
        marks=marks or {},
        states=states or {},
    )


def figure(name: str, role: str, notes: str, metre: Metre = COMMON_TIME) -> Figure:
    """A figure of one bar."""
    written = parse_notes(notes, metre=metre)
    return Figure(name, role, (FigureBar(written.notes, max(written.length, 1)),))


def palette(
    name: str, roles: Mapping[str, str | Sequence[str]], dynamic: tuple[int, int] | None = None
) -> Palette:
    """A palette: each role with its player or players together."""
    casts = {
        role: Choice(
            ((players,) if isinstance(players, str) else tuple(players),), f"palette {name} {role}"
        )
        for role, players in roles.items()
    }
    return Palette(name, casts, dynamic)


def progression(name: str, text: str, home: Mode = MAJOR, key: Key | None = None) -> Progression:
    """Chords separated by `|`, several in a bar by blanks."""
    bars_ = tuple(tuple(parse_numeral(n) for n in bar.split()) for bar in text.split("|"))
    return Progression(name, bars_, home, key)


def state(name: str, **settings: object) -> State:
    """A story state; `palette` and `harmony` may be plain names."""
    for key in ("palette", "harmony"):
        if isinstance(settings.get(key), str):
            settings[key] = Choice((settings[key],), f"state {name} {key}")
    figures = settings.get("figures")
    if isinstance(figures, Mapping):
        settings["figures"] = {
            role: Choice((figure,), f"state {name} figure {role}")
            for role, figure in figures.items()
        }
    return State(name, **settings)  # type: ignore[arg-type]


def transition(
    at: Boundary = NEXT_BAR,
    *,
    wait_at_most: Length | None = None,
    fade: Length | None = None,
    held: str = "release",
    ramp: Length | None = None,
    name: str = "default",
) -> Transition:
    """A transition with the defaults of S29."""
    return Transition(name, at, wait_at_most, fade, held, ramp)


def instrument(name: str) -> Instrument:
    """An instrument of the table."""
    known = find(name)
    if known is None:
        raise ValueError(f"no instrument {name}")
    return Instrument(
        name=name,
        low=known.low,
        high=known.high,
        comfortable_low=known.comfortable_low,
        comfortable_high=known.comfortable_high,
        program=known.program,
        bank=0,
        poly=known.poly,
        sustaining=known.sustaining,
    )


def score(
    *,
    motifs: Sequence[Motif] = (),
    figures: Sequence[Figure] = (),
    palettes: Sequence[Palette] = (),
    progressions: Sequence[Progression] = (),
    characters: Sequence[Character] = (),
    places: Sequence[Place] = (),
    states: Sequence[State] = (),
    scenes: Sequence[Scene] = (),
    cues: Mapping[str, str] | Sequence[CueRule] = (),
    transitions: Mapping[tuple[str, str], Transition] | None = None,
    instruments: Sequence[Instrument] = (),
    tempo: float = 60.0,
    metre: Metre = COMMON_TIME,
    key: Key = C_MAJOR,
    phrase: Length | None = None,
    breathe: Length | None = None,
    rest: Length | None = None,
    seed: int = 0,
    title: str = "test",
) -> CompiledScore:
    """A compiled score of these parts. `cues` may be given as names with their `do` texts."""
    wanted = {
        name
        for each in palettes
        for cast in each.roles.values()
        for players in cast.options
        for name in players
    }
    known = {each.name: each for each in instruments}
    for name in sorted({*wanted, "piano"}):
        known.setdefault(name, instrument(name))
    names = Names(
        scenes=frozenset(each.name for each in scenes),
        states=frozenset(each.name for each in states),
        motifs=frozenset(each.name for each in motifs),
        characters=frozenset(each.name for each in characters),
        palettes=frozenset(each.name for each in palettes),
        figures=frozenset(each.name for each in figures),
        progressions=frozenset(each.name for each in progressions),
        instruments=frozenset(known),
        cues=frozenset(cues if isinstance(cues, Mapping) else (rule.name for rule in cues)),
        marks=frozenset(mark for each in motifs for mark in each.marks),
        arcs={each.name: frozenset(each.arc) for each in characters},
        motif_states={each.name: frozenset(each.states) for each in motifs},
    )
    if isinstance(cues, Mapping):
        cues = [
            CueRule(name, (), parse_do(text.split(", "), names), listed=True)
            for name, text in cues.items()
        ]
    table = {("", ""): transition()} | dict(transitions or {})
    return CompiledScore(
        title=title,
        hash=f"test {title}",
        seed=seed,
        defaults=Defaults(
            tempo=tempo,
            metre=metre,
            key=key,
            phrase=phrase or bars(4),
            breathe=breathe or bars(1),
            rest=rest or bars(4),
            start_on_cue=None,
            frame_rate=Fraction(25),
            timecode_starts=0,
        ),
        instruments=known,
        palettes={each.name: each for each in palettes},
        characters={each.name: each for each in characters},
        places={each.name: each for each in places},
        motifs={each.name: each for each in motifs},
        figures={each.name: each for each in figures},
        progressions={each.name: each for each in progressions},
        states={each.name: each for each in states},
        scenes=tuple(scenes) or (Scene("all", "", (), ""),),
        cues=tuple(cues),
        transitions=table,
        voices=_voices(palettes, known),
        marks=names.marks,
        names=names,
        lead_motifs=() if scenes else tuple(m.name for m in motifs if m.role == "lead"),
    )


def _voices(
    palettes: Sequence[Palette], known: Mapping[str, Instrument]
) -> dict[tuple[str, str], Voice]:
    """A channel for every instrument in every role that a palette gives it, then one for each."""
    places: dict[tuple[str, str], None] = {}
    for each in palettes:
        for role, cast in each.roles.items():
            for players in cast.options:
                places.update({(name, role): None for name in players})
    places.update({("piano", role): None for role in STANDARD_ROLES[:4]})
    channels = [channel for channel in range(64) if channel != 9]
    voices = {
        (name, role): Voice(name, role, "", channels[n], known[name].program, 0)
        for n, (name, role) in enumerate(places)
    }
    taken = len(voices)
    for n, name in enumerate(known):
        voices[name, ""] = Voice(name, "", "", channels[taken + n], known[name].program, 0)
    return voices


__all__ = [
    "Length",
    "Seconds",
    "figure",
    "instrument",
    "motif",
    "palette",
    "progression",
    "score",
    "state",
    "transition",
]
