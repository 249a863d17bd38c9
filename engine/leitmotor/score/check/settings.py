"""The settings that a performance can come to: which story state in which place (S8, S9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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
    """A story state in a place, and the scenes in which it comes about.

    A state that cues bring about anywhere is one setting with all places; where all that a cue
    may meet is asked for, one setting stands for all others (`everywhere`).
    """

    state: State
    places: tuple[Place, ...]
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
    own: Mapping[tuple[str, str], Setting]  # of the scenes, by state and place
    everywhere: Setting


def reached_scenes(score: CompiledScore, mentions: Mentions) -> tuple[Scene, ...]:
    """The scenes that something leads to: the first, by `at`, by length, by `go`."""
    named = frozenset(mentions.asked(verbs.Go, "scene", mentions.known.scenes))
    onward = bool(mentions.of(verbs.GoNext))
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
    own = {
        (state, place): _setting(score, mentions, state, _places(score, found), tuple(found))
        for (state, place), found in scenes.items()
    }
    anywhere = tuple(
        _setting(score, mentions, state, _places(score, reached), reached)
        for state in told_states(score, mentions)
    )
    settings = (*own.values(), *anywhere)
    return Stage(score, mentions, reached, settings, own, _all_of(settings))


def told_states(score: CompiledScore, mentions: Mentions) -> tuple[str, ...]:
    """The story states that cues and mappings bring about."""
    asked = mentions.asked(verbs.ToState, "state", score.states)
    return tuple(dict.fromkeys((*asked, *_mapped(score, "state"))))


def _mapped(score: CompiledScore, target: str) -> tuple[str, ...]:
    """The names that mappings give a target."""
    rules = [rule for rule in score.mappings if rule.target == target]
    return tuple(dict.fromkeys(name for rule in rules for _, name in rule.steps))


def _places(score: CompiledScore, scenes: Iterable[Scene]) -> tuple[Place, ...]:
    names = dict.fromkeys(scene.place for scene in scenes)
    return tuple(score.places.get(name, NO_PLACE) for name in names)


def _setting(
    score: CompiledScore,
    mentions: Mentions,
    name: str,
    places: tuple[Place, ...],
    scenes: tuple[Scene, ...],
) -> Setting:
    state = score.states.get(name, NO_STATE)
    palettes = _alternatives(score, state, places)
    figures, by_name = _figures(score, mentions, state, palettes)
    progressions = _progressions(score, mentions, state)
    home = state.key or score.defaults.key
    entered = [score.progressions[name].key for name in options(state.harmony)[:1]]
    metre = state.metre or score.defaults.metre
    return Setting(
        state=state,
        places=places,
        scenes=scenes,
        palettes=palettes,
        layers=_layers(score, mentions, state, palettes),
        figures=figures,
        figures_by_name=by_name,
        progressions=progressions,
        home=next(filter(None, entered), home),
        metre=metre,
        keys=_keys(mentions, home, progressions),
        metres=frozenset({metre, *(verb.metre for verb in mentions.of(verbs.MetreTo))}),
        tempo=_fastest(score, mentions, state.tempo or score.defaults.tempo),
    )


def _all_of(settings: tuple[Setting, ...]) -> Setting:
    """All settings in one, for what cues bring about wherever they are fired."""
    first = settings[0]
    keys = {key for each in settings for key in each.keys}
    progressions = {p.name: p for each in settings for p in each.progressions}
    return replace(
        first,
        state=NO_STATE,
        places=(),
        scenes=(),
        palettes=_different(one for each in settings for one in each.palettes),
        layers=frozenset().union(*(each.layers for each in settings)),
        progressions=tuple(progressions.values()),
        keys=tuple(sorted(keys, key=str)),
        metres=frozenset().union(*(each.metres for each in settings)),
        tempo=max(each.tempo for each in settings),
    )


def options(choice: Choice[str] | None) -> tuple[str, ...]:
    """Everything a choice may come to."""
    return choice.options if choice is not None else ()


def _alternatives(
    score: CompiledScore, state: State, places: tuple[Place, ...]
) -> tuple[tuple[Palette, ...], ...]:
    below = dict.fromkeys(place.palette for place in places)
    found = [
        tuple(score.palettes[name] for name in (above, under) if name)
        for above in options(state.palette) or ("",)
        for under in below
    ]
    return _different(found)


def _different(ranked: Iterable[tuple[Palette, ...]]) -> tuple[tuple[Palette, ...], ...]:
    return tuple({tuple(palette.name for palette in each): each for each in ranked}.values())


def _layers(
    score: CompiledScore,
    mentions: Mentions,
    state: State,
    palettes: tuple[tuple[Palette, ...], ...],
) -> frozenset[str]:
    by_cue = {role for verb in mentions.of(verbs.Layers) for role in verb.roles}
    by_cue |= {rule.role for rule in score.mappings if rule.kind == "layer"}
    if state.layers is not None:
        return frozenset({*state.layers, *by_cue})
    of_cues = tuple(score.palettes[name] for name in asked_palettes(score, mentions))
    named = (palette.roles for each in (*palettes, of_cues) for palette in each)
    return frozenset(by_cue.union(*named)) or frozenset({"lead"})


def asked_palettes(score: CompiledScore, mentions: Mentions) -> tuple[str, ...]:
    """The palettes that cues put in the place of all others."""
    asked = mentions.asked(verbs.PaletteTo, "palette", score.palettes)
    return tuple(dict.fromkeys((*asked, *_mapped(score, "palette"))))


def _figures(
    score: CompiledScore,
    mentions: Mentions,
    state: State,
    palettes: tuple[tuple[Palette, ...], ...],
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    found: dict[str, set[str]] = {}
    for palette in (palette for each in palettes for palette in each):
        for role, choice in palette.figures.items():
            found.setdefault(role, set()).update(choice.options)
    for role, choice in state.figures.items():
        found[role] = set(choice.options)
    by_name = set(state.figures)
    for verb in mentions.of(verbs.FigureTo):
        captured = "$" in verb.figure
        asked = mentions.known.figures if captured else {verb.figure}
        found.setdefault(verb.role, set()).update(asked)
    for rule in score.mappings:
        if rule.kind == "figure":
            found.setdefault(rule.role, set()).update(name for _, name in rule.steps)
    return {role: frozenset(names) for role, names in found.items()}, frozenset(by_name)


def _progressions(
    score: CompiledScore, mentions: Mentions, state: State
) -> tuple[Progression, ...]:
    asked = mentions.asked(verbs.HarmonyTo, "progression", score.progressions)
    names = dict.fromkeys((*options(state.harmony), *asked, *_mapped(score, "harmony")))
    return tuple(score.progressions[name] for name in names if name in score.progressions)


def _keys(mentions: Mentions, home: Key, progressions: Iterable[Progression]) -> tuple[Key, ...]:
    keys = {progression.key or home for progression in progressions} or {home}
    modes = {key.mode for key in keys}
    for to in mentions.of(verbs.KeyTo):
        keys |= {Key(to.letter, to.alter, mode) for mode in ([to.mode] if to.mode else modes)}
    for change in mentions.of(verbs.ModeTo):
        keys |= {key.in_mode(change.mode) for key in keys if key.mode.size == change.mode.size}
    # A set has no order of its own, and messages must not change from run to run.
    return tuple(sorted(keys, key=str))


def _fastest(score: CompiledScore, mentions: Mentions, tempo: float) -> float:
    asked = mentions.of(verbs.TempoTo)
    bpm = max((tempo, *(verb.bpm for verb in asked)))
    bpm *= max((1.0, *(verb.factor for verb in asked)))
    for rule in score.mappings:
        if rule.kind == "tempo":
            bpm *= max(1.0, *(factor for _, factor in rule.points))
    return min(bpm, 400.0)
