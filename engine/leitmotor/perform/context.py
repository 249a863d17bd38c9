"""What is in force: computed from scene, state, place and cues, never remembered (S8, S9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from leitmotor.music.dice import pick
from leitmotor.music.dynamics import level_of
from leitmotor.music.length import Unit
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Key
from leitmotor.music.time import Ticks
from leitmotor.perform.parameters import (
    layer_fades,
    mapped,
    mapped_name,
    mapped_roles,
    with_mapped_layers,
)
from leitmotor.perform.state import Override, Ramp, Setting, State, Statement
from leitmotor.score.compiled import (
    Choice,
    CompiledScore,
    MotifState,
    Palette,
    Place,
    Players,
    Reverb,
    Scene,
)
from leitmotor.score.compiled import State as StoryState
from leitmotor.score.compiled_passages import Passage

T = TypeVar("T")

MEZZO_FORTE = level_of("mf")
CLOSING = ""
"""The name of the passage that nobody has written: the cadence of `finish`."""

NO_STATE = StoryState("")
NO_PASSAGE = Passage("", 0, 0, ())
CLOSING_CHORDS = "\nfinish"
"""The progression of that cadence."""

NO_SCENE = Scene("", "", (), "")
PIANO: Players = ("piano",)
USUAL_ROOM: Reverb = ("", 0.0)
"""The room where the score names none."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a note may ask about, after all ranks were weighed."""

    scene: Scene
    story: StoryState
    metre: Metre
    key: Key  # without a leading statement's own mode
    key_by_cue: int  # the override that set it, 0 where none did
    progression: str
    progression_by_cue: int
    tempo: float
    layers: tuple[str, ...]
    figures: Mapping[str, str]
    figures_by_name: frozenset[str]  # roles whose figure a cue or the state names
    dynamic: Ramp  # constant where nothing moves
    dynamic_by_cue: bool
    cue_palette: Palette | None
    story_palettes: tuple[Palette, ...]  # state, then place
    cue_players: Mapping[str, Players]
    muted: frozenset[str]
    solo: frozenset[str]
    levels: Mapping[str, Ramp]
    fade: Ramp | None
    levels_rest: Ticks  # from here on neither level nor fade moves
    phrase_bars: int
    parts: Mapping[str, str] | None = None  # in a passage, what each role plays besides its notes
    swing: float = 0.5  # the first half's share of a beat
    density: float = 1.0  # of figures, where it comes to rest (S31)
    thinning: Ramp | None = None  # how density moves there, while it moves
    tone: float = 0.0  # that a mapping adds for everybody
    distance: float = 0.0  # metres, of everybody whose palette says nothing
    distances: Mapping[str, float] = field(default_factory=dict)  # by role, that mappings give
    room: Reverb = USUAL_ROOM


def scene_named(score: CompiledScore, name: str) -> Scene:
    """The scene, or an empty one before anything was entered."""
    return next((scene for scene in score.scenes if scene.name == name), NO_SCENE)


def chosen(choice: Choice[T] | None, state: State) -> T | None:
    """What a choice stands at; its first option before it was ever drawn."""
    if choice is None:
        return None
    return choice.options[state.picked.get(choice.name, 0) % len(choice.options)]


def draw(choice: Choice[object] | None, state: State) -> None:
    """Move a choice on: the next in turn, or the next of its shuffled series (S32)."""
    if choice is None or len(choice.options) < 2:
        return
    turn = state.turns.get(choice.name, 0)
    state.turns[choice.name] = turn + 1
    count = len(choice.options)
    state.picked[choice.name] = (
        pick(state.seed, count, turn, choice.name) if choice.shuffled else turn % count
    )


def coming(choice: Choice[T], state: State) -> T:
    """What a choice will stand at once it is drawn again."""
    count, turn = len(choice.options), state.turns.get(choice.name, 0)
    if choice.shuffled and count > 1:
        turn = pick(state.seed, count, turn, choice.name)
    return choice.options[turn % count]


def draw_for_entry(score: CompiledScore, state: State, scene: Scene, story: StoryState) -> None:
    """Draw every choice that an entry makes anew; players are drawn by what they play."""
    place = score.places.get(scene.place)
    draw(story.palette, state)
    draw(story.harmony, state)
    for figure in story.figures.values():
        draw(figure, state)
    for palette in _palettes(score, state, story, place.palette if place else ""):
        for figure in palette.figures.values():
            draw(figure, state)


def _palettes(
    score: CompiledScore, state: State, story: StoryState, place: str
) -> tuple[Palette, ...]:
    names = (mapped_name(state, score, "palette"), chosen(story.palette, state), place)
    return tuple(score.palettes[str(name)] for name in names if name)


def last(overrides: list[Override], thing: str) -> Override | None:
    """The override of a thing that stands on top."""
    for override in reversed(overrides):
        if override.thing == thing:
            return override
    return None


def named(overrides: list[Override], prefix: str) -> dict[str, Override]:
    """The top overrides of all things that begin with `prefix`, by the rest of their names."""
    found: dict[str, Override] = {}
    for override in overrides:
        if override.thing.startswith(prefix):
            found[override.thing[len(prefix) :]] = override
    return found


def weigh(score: CompiledScore, state: State) -> Context:
    """The context in force for the state's scene, story state and overrides."""
    scene = scene_named(score, state.scene)
    story = score.states.get(state.story, NO_STATE)
    overrides = state.overrides
    place = score.places.get(scene.place)
    palettes = _palettes(score, state, story, place.palette if place else "")
    cue_palette = last(overrides, "palette")
    top = score.palettes[str(cue_palette.value)] if cue_palette else None
    harmony = last(overrides, "harmony")
    run = state.passage
    passage = score.passages.get(run.name, NO_PASSAGE) if run is not None else NO_PASSAGE
    by_mapping = mapped_name(state, score, "harmony") if passage.progression is None else ""
    progression = by_mapping or str(chosen(passage.progression or story.harmony, state) or "")
    if harmony:
        progression = str(harmony.value)
    if run is not None and run.name == CLOSING:
        progression = CLOSING_CHORDS
    key = last(overrides, "key")
    figures, by_name = _figures(score, state, story, top, palettes)
    metre, tempo = last(overrides, "metre"), last(overrides, "tempo")
    dynamic, solo = last(overrides, "dynamic"), last(overrides, "solo")
    fade = last(overrides, "fade")
    phrase = passage.phrase or scene.phrase or story.phrase or score.defaults.phrase
    parts = passage.figures if run is None or run.name else _closing(run.roles)
    level = mapped(state, score, "dynamic")
    if level is None:
        level = MEZZO_FORTE if story.dynamic is None else story.dynamic
    levels, fading = _levels(score, state, story, top, palettes), _as(fade, Ramp)
    thinned = last(overrides, "density")
    density = thinned.value if thinned is not None else None
    return Context(
        scene=scene,
        story=story,
        metre=_as(metre, Metre) or passage.metre or story.metre or score.defaults.metre,
        key=_as(key, Key) or passage.key or story.key or score.defaults.key,
        key_by_cue=key.ident if key else 0,
        progression=progression,
        progression_by_cue=harmony.ident if harmony and progression == harmony.value else 0,
        tempo=_number(tempo) or passage.tempo or story.tempo or score.defaults.tempo,
        layers=_layers(score, state, story, top, palettes) if run is None else tuple(parts),
        figures=figures,
        figures_by_name=by_name,
        dynamic=_as(dynamic, Ramp) or Ramp(0, 0, level, level),
        dynamic_by_cue=dynamic is not None,
        cue_palette=top,
        story_palettes=palettes,
        cue_players={part.role: (part.instrument,) for part in passage.parts if part.instrument}
        | {role: _names(override) for role, override in named(overrides, "players ").items()},
        muted=frozenset(name for name, o in named(overrides, "mute ").items() if o.value),
        solo=frozenset({str(solo.value)}) if solo and solo.value else frozenset(),
        levels=levels,
        fade=fading,
        levels_rest=max(
            (ramp.rest for ramp in (*levels.values(), *((fading,) if fading else ()))), default=0
        ),
        phrase_bars=max(int(phrase.amount), 1) if phrase.unit is Unit.BARS else 4,
        parts=parts if run is not None else None,
        swing=mapped(state, score, "swing") or score.defaults.swing,
        density=_density(density, mapped(state, score, "density"), story),
        thinning=density if isinstance(density, Ramp) and not density.over_at(state.tick) else None,
        tone=mapped(state, score, "tone") or 0.0,
        distance=(place.distance if place else None) or 0.0,
        distances=_distances(score, state),
        room=_room(top, palettes, place),
    )


def _distances(score: CompiledScore, state: State) -> dict[str, float]:
    """How far away mappings put roles."""
    found = {}
    for role in mapped_roles(score, "distance"):
        metres = mapped(state, score, f"distance {role}")
        if metres is not None:
            found[role] = metres
    return found


def _room(top: Palette | None, palettes: tuple[Palette, ...], place: Place | None) -> Reverb:
    """The first of a cue's, the state's and the place's palette that names one; else the place."""
    ranked = palettes if top is None else (top, *palettes)
    rooms = [palette.reverb for palette in ranked if palette.reverb is not None]
    if place is not None and place.reverb is not None:
        rooms.append(place.reverb)
    return rooms[0] if rooms else USUAL_ROOM


def _closing(roles: tuple[str, ...]) -> Mapping[str, str]:
    """Who plays what in the cadence of `finish` (S24)."""
    wanted = {"lead": "figure \nlead", "pulse": "figure \npulse", "bed": "held", "bass": "held"}
    return {role: wanted[base_role(role)] for role in roles if base_role(role) in wanted}


def _density(by_cue: Setting | None, by_mapping: float | None, story: StoryState) -> float:
    if isinstance(by_cue, Ramp):
        return by_cue.goal
    if isinstance(by_cue, float):
        return by_cue
    if by_mapping is not None:
        return by_mapping
    return 1.0 if story.density is None else story.density


def _as(override: Override | None, kind: type[T]) -> T | None:
    return override.value if override is not None and isinstance(override.value, kind) else None


def _number(override: Override | None) -> float | None:
    return _as(override, float)


def _names(override: Override) -> tuple[str, ...]:
    return override.value if isinstance(override.value, tuple) else ()


def _layers(
    score: CompiledScore,
    state: State,
    story: StoryState,
    top: Palette | None,
    palettes: tuple[Palette, ...],
) -> tuple[str, ...]:
    override = last(state.overrides, "layers")
    if override is not None:
        return _names(override)
    if story.layers is not None:
        return with_mapped_layers(state, score, story.layers)
    roles: dict[str, None] = {}
    for palette in (*((top,) if top else ()), *palettes):
        roles.update(dict.fromkeys(palette.roles))
    return with_mapped_layers(state, score, tuple(roles) or ("lead",))


def _figures(
    score: CompiledScore,
    state: State,
    story: StoryState,
    top: Palette | None,
    palettes: tuple[Palette, ...],
) -> tuple[dict[str, str], frozenset[str]]:
    figures: dict[str, str] = {}
    for palette in reversed((*((top,) if top else ()), *palettes)):
        for role, choice in palette.figures.items():
            figures[role] = str(chosen(choice, state))
    explicit = {role: str(chosen(choice, state)) for role, choice in story.figures.items()}
    for role in mapped_roles(score, "figure"):
        name = mapped_name(state, score, f"figure {role}")
        explicit |= {role: name} if name else {}
    explicit |= {role: str(o.value) for role, o in named(state.overrides, "figure ").items()}
    return figures | explicit, frozenset(explicit)


def _levels(
    score: CompiledScore,
    state: State,
    story: StoryState,
    top: Palette | None,
    palettes: tuple[Palette, ...],
) -> dict[str, Ramp]:
    levels: dict[str, float] = {}
    for palette in reversed((*((top,) if top else ()), *palettes)):
        levels |= palette.levels
    levels |= story.levels
    for role in mapped_roles(score, "level"):
        level = mapped(state, score, f"level {role}")
        levels |= {role: level} if level is not None else {}
    ramps = {name: Ramp(0, 0, db, db) for name, db in levels.items()}
    if last(state.overrides, "layers") is None:
        ramps |= layer_fades(state, score)
    for name, override in named(state.overrides, "level ").items():
        if isinstance(override.value, Ramp):
            ramps[name] = override.value
    return ramps


# --------------------------------------------------------------------------------------------------
# Who plays (S9): the first of these palettes that has the role


def motif_state_of(score: CompiledScore, statement: Statement | None) -> MotifState | None:
    """The state in which a statement plays its motif."""
    if statement is None:
        return None
    motif = score.motifs.get(statement.motif)
    return motif.states.get(statement.state) if motif is not None else None


def ranked_palettes(
    score: CompiledScore, context: Context, statement: Statement | None
) -> tuple[Palette, ...]:
    """Palettes from the highest rank down, for a statement's notes or, with None, a role's."""
    own: list[str] = []
    variant = motif_state_of(score, statement)
    if variant is not None and variant.palette:
        own.append(variant.palette)
    if statement is not None and statement.character:
        own.append(score.characters[statement.character].palette)
    top = (context.cue_palette,) if context.cue_palette else ()
    return (*top, *(score.palettes[name] for name in own if name), *context.story_palettes)


def base_role(role: str) -> str:
    """`pulse 2` is a second line of the role pulse."""
    return role.rsplit(" ", 1)[0] if role[-1:].isdigit() else role


def palette_for(palettes: tuple[Palette, ...], role: str) -> Palette | None:
    """The palette that casts a role."""
    return next((palette for palette in palettes if role in palette.roles), None)
