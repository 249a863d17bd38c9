"""The settings that a performance can come to: which story state in which place (S8, S9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leitmotor.music.metre import Metre
from leitmotor.music.scale import Key
from leitmotor.score import verbs
from leitmotor.score.check.mentions import Mentions
from leitmotor.score.compiled import (
    Choice,
    CompiledScore,
    Palette,
    Place,
    Progression,
    Scene,
    State,
)

NO_STATE = State("")
NO_PLACE = Place("", "", "")


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A story state in a place, and the scenes in which it comes about."""

    state: State
    place: Place
    scenes: tuple[Scene, ...]
    palettes: tuple[tuple[Palette, ...], ...]  # alternatives, each from the highest rank down
    layers: frozenset[str]
    figures: Mapping[str, frozenset[str]]
    figures_by_name: frozenset[str]  # roles whose figure the state or a cue names
    progressions: tuple[Progression, ...]
    home: Key  # at its entry
    metre: Metre  # at its entry
    keys: tuple[Key, ...]  # by name
    metres: frozenset[Metre]
    tempo: float  # the fastest

    @property
    def title(self) -> str:
        """As messages call it."""
        if self.state.name:
            return f"in the state {self.state.name}"
        return f"in the scene {self.scenes[0].name}" if self.scenes else ""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A score with everything that its cues may bring about."""

    score: CompiledScore
    mentions: Mentions
    reached: tuple[Scene, ...]
    settings: tuple[Setting, ...]


def reached_scenes(score: CompiledScore, mentions: Mentions) -> tuple[Scene, ...]:
    """The scenes that something leads to: the first, by `at`, by length, by `go`."""
    named = frozenset(mentions.asked(verbs.Go, "scene", mentions.known.scenes))
    onward = mentions.some(verbs.GoNext)
    reached: list[Scene] = []
    before: Scene | None = None
    for number, scene in enumerate(score.scenes):
        follows = before is not None and (onward or before.length is not None)
        before = None
        if number == 0 or follows or scene.at is not None or scene.name in named:
            reached.append(scene)
            before = scene
    return tuple(reached)


def stage_of(score: CompiledScore, mentions: Mentions) -> Stage:
    """The stage, with every setting that can be reached, in the order of the scenes."""
    reached = reached_scenes(score, mentions)
    scenes: dict[tuple[str, str], list[Scene]] = {}
    for scene in reached:
        scenes.setdefault((scene.state, scene.place), []).append(scene)
    by_place: dict[str, list[Scene]] = {}
    for scene in reached:
        by_place.setdefault(scene.place, []).append(scene)
    for state in mentions.asked(verbs.ToState, "state", score.states):
        for place, there in by_place.items():
            known = scenes.setdefault((state, place), [])
            known += [scene for scene in there if scene not in known]
    settings = tuple(
        _setting(score, mentions, state, place, tuple(found))
        for (state, place), found in scenes.items()
    )
    return Stage(score, mentions, reached, settings)


def _setting(
    score: CompiledScore,
    mentions: Mentions,
    state_name: str,
    place_name: str,
    scenes: tuple[Scene, ...],
) -> Setting:
    state = score.states.get(state_name, NO_STATE)
    place = score.places.get(place_name, NO_PLACE)
    palettes = _alternatives(score, state, place)
    figures, by_name = _figures(mentions, state, palettes)
    progressions = _progressions(score, mentions, state)
    home = state.key or score.defaults.key
    entered = [score.progressions[name].key for name in options(state.harmony)[:1]]
    return Setting(
        state=state,
        place=place,
        scenes=scenes,
        palettes=palettes,
        layers=_layers(score, mentions, state, palettes),
        figures=figures,
        figures_by_name=by_name,
        progressions=progressions,
        home=next(filter(None, entered), home),
        metre=state.metre or score.defaults.metre,
        keys=_keys(mentions, home, progressions),
        metres=frozenset(
            {
                state.metre or score.defaults.metre,
                *(verb.metre for verb in mentions.verbs if isinstance(verb, verbs.MetreTo)),
            }
        ),
        tempo=_fastest(mentions, state.tempo or score.defaults.tempo),
    )


def options(choice: Choice[str] | None) -> tuple[str, ...]:
    """Everything a choice may come to."""
    return choice.options if choice is not None else ()


def _alternatives(
    score: CompiledScore, state: State, place: Place
) -> tuple[tuple[Palette, ...], ...]:
    below = (score.palettes[place.palette],) if place.palette else ()
    chosen = options(state.palette)
    return tuple((score.palettes[name], *below) for name in chosen) or (below,)


def _layers(
    score: CompiledScore,
    mentions: Mentions,
    state: State,
    palettes: tuple[tuple[Palette, ...], ...],
) -> frozenset[str]:
    asked = (verb.roles for verb in mentions.verbs if isinstance(verb, verbs.Layers))
    by_cue = {role for roles in asked for role in roles}
    if state.layers is not None:
        return frozenset({*state.layers, *by_cue})
    of_cues = tuple(score.palettes[name] for name in asked_palettes(score, mentions))
    named = (palette.roles for each in (*palettes, of_cues) for palette in each)
    return frozenset(by_cue.union(*named)) or frozenset({"lead"})


def asked_palettes(score: CompiledScore, mentions: Mentions) -> tuple[str, ...]:
    """The palettes that cues put in the place of all others."""
    return mentions.asked(verbs.PaletteTo, "palette", score.palettes)


def _figures(
    mentions: Mentions, state: State, palettes: tuple[tuple[Palette, ...], ...]
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    found: dict[str, set[str]] = {}
    for palette in (palette for each in palettes for palette in each):
        for role, choice in palette.figures.items():
            found.setdefault(role, set()).update(choice.options)
    for role, choice in state.figures.items():
        found[role] = set(choice.options)
    by_name = set(state.figures)
    for verb in mentions.verbs:
        if isinstance(verb, verbs.FigureTo):
            found.setdefault(verb.role, set()).add(verb.figure)
    return {role: frozenset(names) for role, names in found.items()}, frozenset(by_name)


def _progressions(
    score: CompiledScore, mentions: Mentions, state: State
) -> tuple[Progression, ...]:
    asked = mentions.asked(verbs.HarmonyTo, "progression", score.progressions)
    names = dict.fromkeys((*options(state.harmony), *asked))
    return tuple(score.progressions[name] for name in names if name in score.progressions)


def _keys(mentions: Mentions, home: Key, progressions: Iterable[Progression]) -> tuple[Key, ...]:
    keys = {progression.key or home for progression in progressions} or {home}
    for verb in mentions.verbs:
        if isinstance(verb, verbs.KeyTo):
            modes = [verb.mode] if verb.mode is not None else [key.mode for key in keys]
            keys |= {Key(verb.letter, verb.alter, mode) for mode in modes}
    for verb in mentions.verbs:
        if isinstance(verb, verbs.ModeTo):
            keys |= {key.in_mode(verb.mode) for key in keys if key.mode.size == verb.mode.size}
    # A set has no order of its own, and messages must not change from run to run.
    return tuple(sorted(keys, key=str))


def _fastest(mentions: Mentions, tempo: float) -> float:
    asked = [verb for verb in mentions.verbs if isinstance(verb, verbs.TempoTo)]
    bpm = max((tempo, *(verb.bpm for verb in asked)))
    return min(bpm * max((1.0, *(verb.factor for verb in asked))), 400.0)
