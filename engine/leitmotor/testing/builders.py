"""Tiny compiled scores in code, 60 bpm by default so that a quarter is a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from leitmotor.messages import Voice
from leitmotor.music.instruments import find
from leitmotor.music.length import NEXT_BAR, NEXT_PHRASE, Boundary, Gap, Length, bars
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.scale import MAJOR, Key
from leitmotor.music.time import Seconds
from leitmotor.score.compile.overlays import stinger_places
from leitmotor.score.compiled import (
    Character,
    Choice,
    CompiledScore,
    CueRule,
    Defaults,
    Figure,
    Instrument,
    Motif,
    Palette,
    Place,
    Progression,
    Reverb,
    Scene,
    State,
    Transition,
)
from leitmotor.score.compiled_overlays import SilencePlan, Stinger
from leitmotor.score.compiled_parameters import STEPS, MappingRule, Parameter
from leitmotor.score.compiled_passages import Passage
from leitmotor.score.names import STANDARD_ROLES, Names
from leitmotor.score.target_values import target_number
from leitmotor.score.verb_text import parse_do
from leitmotor.testing.material import (
    beats,
    figure,
    motif,
    passage,
    progression,
    seconds,
    silence,
    stinger,
)

C_MAJOR = Key(0, 0, MAJOR)

Cast: TypeAlias = str | Sequence[str] | Choice[tuple[str, ...]]
CueText: TypeAlias = str | Mapping[str, Any]
"""A cue's `do`, or the fields of its rule with `do` as a text or as options of a rotation."""


def palette(
    name: str,
    roles: Mapping[str, Cast],
    dynamic: tuple[int, int] | None = None,
    *,
    touch: str = "",
    register: int = 0,
    figures: Mapping[str, str] | None = None,
    levels: Mapping[str, float] | None = None,
    chords: str = "",
    tone: float = 0.0,
    reverb: Reverb | None = None,
    distance: float | None = None,
) -> Palette:
    """A palette: each role with its player, its players together, or a `Choice` of such."""
    casts = {role: _cast(f"palette {name} {role}", cast) for role, cast in roles.items()}
    named = {
        role: Choice((each,), f"palette {name} figure {role}")
        for role, each in (figures or {}).items()
    }
    return Palette(
        name,
        casts,
        dynamic,
        touch,
        register,
        named,
        levels or {},
        chords,
        tone,
        reverb,
        distance,
    )


def _cast(name: str, cast: Cast) -> Choice[tuple[str, ...]]:
    if isinstance(cast, Choice):
        return cast
    return Choice(((cast,) if isinstance(cast, str) else tuple(cast),), name)


def in_turn(name: str, *players: str, shuffled: bool = False) -> Choice[tuple[str, ...]]:
    """Players that take a role one after the other, counted under `name`."""
    return Choice(tuple((each,) for each in players), name, shuffled)


def kit(name: str, **pieces: int) -> Instrument:
    """A struck instrument of these pieces, with their MIDI numbers."""
    numbers = sorted(pieces.values())
    low, high = numbers[0], numbers[-1]
    return Instrument(name, low, high, low, high, 0, 0, 8, False, tuple(pieces.items()))


def state(name: str, **settings: object) -> State:
    """A story state; `palette` and `harmony` may be plain names."""
    for key in ("palette", "harmony"):
        if isinstance(settings.get(key), str):
            settings[key] = Choice((settings[key],), f"state {name} {key}")
    figures = settings.get("figures")
    if isinstance(figures, Mapping):
        settings["figures"] = {
            role: each
            if isinstance(each, Choice)
            else Choice((each,), f"state {name} figure {role}")
            for role, each in figures.items()
        }
    return State(name, **settings)  # type: ignore[arg-type]


def parameter(name: str = "tension", rise: Seconds = 0.0, **keys: Any) -> Parameter:
    """A parameter from 0 to 1 that rises and falls in the same time."""
    return Parameter(name, **{"rise": rise, "fall": rise, **keys})


def mapping(to: str, *points: str, source: str = "tension", **keys: Any) -> MappingRule:
    """A mapping with breakpoints as written ("0 -> +0%"), or with `above` and `below`."""
    kind, _, role = to.partition(" ")
    read = [(float(x), value) for x, value in (point.split(" -> ") for point in points)]
    if kind in STEPS:
        keys["steps"] = tuple(read)
    elif read:
        keys["points"] = tuple((x, target_number(kind, value)) for x, value in read)
    return MappingRule(f"{source} -> {to}", source, kind, role, **keys)


def transition(
    at: Boundary = NEXT_BAR,
    *,
    wait_at_most: Length | None = None,
    fade: Length | None = None,
    held: str = "release",
    ramp: Length | None = None,
    name: str = "default",
    enter: str = "",
    bridge: str = "",
) -> Transition:
    """A transition with the defaults of S29."""
    return Transition(name, at, wait_at_most, fade, held, ramp, enter, bridge)


def instrument(name: str, tone: float = 0.0) -> Instrument:
    """An instrument of the table, perhaps of a colour of its own."""
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
        sound=known.name,
        tone=tone,
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
    cues: Mapping[str, CueText] | Sequence[CueRule] = (),
    transitions: Mapping[tuple[str, str], Transition] | None = None,
    instruments: Sequence[Instrument] = (),
    passages: Sequence[tuple[Passage, tuple[Motif, ...]]] = (),
    stingers: Sequence[Stinger] = (),
    silences: Sequence[SilencePlan] = (),
    tempo: float = 60.0,
    metre: Metre = COMMON_TIME,
    key: Key = C_MAJOR,
    phrase: Length | None = None,
    breathe: Length | None = None,
    rest: Gap | None = None,
    seed: int = 0,
    title: str = "test",
    parameters: Sequence[Parameter] = (),
    mappings: Sequence[MappingRule] = (),
    swing: float = 0.5,
    humanise: str = "off",
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
    wanted |= {part.instrument for each, _ in passages for part in each.parts if part.instrument}
    wanted |= {name for each in stingers for name in each.with_ if name not in STANDARD_ROLES}
    wanted -= {*known}
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
        stingers=frozenset(each.name for each in stingers),
        silences=frozenset(each.name for each in silences),
        cues=frozenset(cues if isinstance(cues, Mapping) else (rule.name for rule in cues)),
        marks=frozenset(
            [mark for each in motifs for mark in each.marks]
            + [mark for each in scenes for mark in each.marks]
            + [mark for each, _ in passages for mark in each.marks]
        ),
        passages=frozenset(each.name for each, _ in passages),
        parameters=frozenset(each.name for each in parameters),
        arcs={each.name: frozenset(each.arc) for each in characters},
        motif_states={each.name: frozenset(each.states) for each in motifs},
    )
    if isinstance(cues, Mapping):
        cues = [_rule(name, text, names) for name, text in cues.items()]
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
            swing=swing,
            humanise=humanise,
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
        voices=_voices(palettes, known, stingers),
        marks=names.marks,
        names=names,
        parameters={each.name: each for each in parameters},
        mappings=tuple(mappings),
        lead_motifs=() if scenes else tuple(m.name for m in motifs if m.role == "lead"),
        passages={each.name: each for each, _ in passages},
        parts={part.name: part for _, parts in passages for part in parts},
        stingers={each.name: replace(each, then=_do(each.then, names)) for each in stingers},
        silences={each.name: each for each in silences},
    )


def _do(then: Any, names: Names) -> Any:
    return parse_do(then.split(", "), names) if then else ()


def _rule(name: str, cue: CueText, names: Names) -> CueRule:
    settings: dict[str, Any] = {"do": cue} if isinstance(cue, str) else dict(cue)
    do = settings.pop("do", "")
    settings["when"] = tuple(settings.get("when", ()))
    if isinstance(do, str):
        do = do.split(", ") if do else []
    return CueRule(name, do=parse_do(do, names), **{"listed": True, **settings})


def _voices(
    palettes: Sequence[Palette], known: Mapping[str, Instrument], stingers: Sequence[Stinger]
) -> dict[tuple[str, str], Voice]:
    """A channel for every instrument in every role that a palette gives it, then one for each."""
    places: dict[tuple[str, str], None] = {}
    for each in palettes:
        for role, cast in each.roles.items():
            for players in cast.options:
                places.update({(name, role): None for name in players})
    places.update({("piano", role): None for role in STANDARD_ROLES[:4]})
    named = {each.name: each for each in palettes}
    places.update(dict.fromkeys(stinger_places({s.name: s for s in stingers}, named, known)))
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
    "NEXT_PHRASE",
    "Length",
    "Seconds",
    "beats",
    "figure",
    "in_turn",
    "instrument",
    "kit",
    "mapping",
    "motif",
    "palette",
    "parameter",
    "passage",
    "progression",
    "score",
    "seconds",
    "silence",
    "state",
    "stinger",
    "transition",
]
