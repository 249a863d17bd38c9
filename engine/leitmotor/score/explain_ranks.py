"""Who wins (S9): for each scene and role the palette that casts it, for each setting its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from leitmotor.music.dynamics import mark_of
from leitmotor.score.compiled import (
    Character,
    Choice,
    CompiledScore,
    Motif,
    MotifState,
    Palette,
    Reverb,
    Scene,
    State,
)
from leitmotor.score.explain_words import chosen, players, seconds_text
from leitmotor.score.model.story import Time
from leitmotor.score.verbs import Rotation, ToState

RANKS = "cue > relationship > arc state > character > state > place > default"
"""From the highest down. Relationships and cues are heard when they happen: the tables show what
holds before."""

PIANO = "piano"
EVERYBODY = "everybody"
MEZZO_FORTE = 4


class Won(NamedTuple):
    """A value and the rank it comes from."""

    value: str
    source: str


class Lead(NamedTuple):
    """Somebody who states a motif, in a state of the motif."""

    label: str  # "mara as lost"
    character: Character | None
    motif: Motif | None
    variant: MotifState | None


class Ranked(NamedTuple):
    """A palette and the rank it is looked at with."""

    palette: Palette
    source: str


Row = tuple[str, ...]


def casting_rows(score: CompiledScore) -> Iterator[Row]:
    """(scene, role, for whom, players, palette, rank): first the lead of each, then the others."""
    for scene in moments(score):
        story = score.states.get(scene.state, State(""))
        for lead in leads_of(score, scene):
            yield (scene.name, *_lead_cast(score, lead, scene, story))
        palettes = _of_story(score, scene, story)
        for role in _other_roles(story, palettes):
            yield (scene.name, role, EVERYBODY, *_cast(role, palettes))


def setting_rows(score: CompiledScore, time: Time) -> Iterator[Row]:
    """(scene, for whom, setting, value, source); for a lead only what is its own."""
    for scene in moments(score):
        story = score.states.get(scene.state, State(""))
        of_scene = {**_of_scene(score, story, time), **_of_space(score, scene, story)}
        for setting, won in of_scene.items():
            yield scene.name, EVERYBODY, setting, *won
        for lead in leads_of(score, scene):
            for setting, won in _of_lead(score, lead, scene, story).items():
                yield scene.name, lead.label, setting, *won


def moments(score: CompiledScore) -> list[Scene]:
    """Every scene, and every state that a cue brings about in whichever scene it is."""
    scenes = list(score.scenes) or [Scene("all", "", (), "")]
    everybody = tuple(dict.fromkeys(name for scene in scenes for name in scene.who))
    return scenes + [
        Scene(f"(state {name})", "", everybody, name)
        for name in dict.fromkeys(_states_of_cues(score))
    ]


def _states_of_cues(score: CompiledScore) -> Iterator[str]:
    for rule in score.cues:
        options = rule.do.options if isinstance(rule.do, Rotation) else (rule.do,)
        for entry in (entry for option in options for entry in option):
            if isinstance(entry.verb, ToState) and entry.verb.state in score.states:
                yield entry.verb.state


def leads_of(score: CompiledScore, scene: Scene) -> list[Lead]:
    """Who leads in a scene, in every state of their arcs."""
    found: list[Lead] = []
    for name in scene.who:
        character = score.characters[name]
        motif = score.motifs.get(character.motif)
        if motif is None:
            continue
        for state in character.arc or ("",):
            label = f"{name} as {state}" if state else name
            found.append(Lead(label, character, motif, motif.states.get(state)))
    if found or scene.who:
        return found
    if score.lead_motifs:
        return [Lead(f"motif {name}", None, score.motifs[name], None) for name in score.lead_motifs]
    place = score.places.get(scene.place)
    motif = score.motifs.get(place.motif) if place is not None else None
    if motif is not None and motif.role == "lead":
        return [Lead(f"motif {motif.name}", None, motif, None)]
    return []


# --------------------------------------------------------------------------------------------------
# Who plays


def _own(score: CompiledScore, lead: Lead) -> list[Ranked]:
    """The palettes that only the notes of a character's own motif look at."""
    found = []
    if lead.variant is not None and lead.variant.palette:
        found.append(Ranked(score.palettes[lead.variant.palette], f"arc state {lead.variant.name}"))
    if lead.character is not None and lead.character.palette:
        source = f"character {lead.character.name}"
        found.append(Ranked(score.palettes[lead.character.palette], source))
    return found


def _of_story(score: CompiledScore, scene: Scene, story: State) -> list[Ranked]:
    found = []
    for name in story.palette.options if story.palette is not None else ():
        found.append(Ranked(score.palettes[name], f"state {story.name}"))
    place = score.places.get(scene.place)
    if place is not None and place.palette:
        found.append(Ranked(score.palettes[place.palette], f"place {place.name}"))
    return found


def _lead_cast(
    score: CompiledScore, lead: Lead, scene: Scene, story: State
) -> tuple[str, str, str, str, str]:
    """(role, for whom, players, palette, rank) of somebody's own notes."""
    words = [str(each).split(" ", 1) for each in lead.variant.vary] if lead.variant else []
    asked = {word: rest[0] for word, *rest in words if rest}
    role = asked.get("in", "lead")
    palettes = [*_own(score, lead), *_of_story(score, scene, story)]
    playing, palette, source = _cast(role, palettes)
    if "on" in asked and lead.variant is not None:
        playing, palette, source = asked["on"], "none", f"arc state {lead.variant.name}"
    if story.layers is not None and role not in story.layers and role == "lead":
        playing = f"nobody: lead is not in the layers of {story.name}"
    return role, lead.label, playing, palette, source


def _other_roles(story: State, palettes: list[Ranked]) -> list[str]:
    roles = story.layers
    if roles is None:
        roles = tuple(dict.fromkeys(role for each in palettes for role in each.palette.roles))
    return [role for role in roles if role != "lead"]


def _cast(role: str, palettes: list[Ranked]) -> tuple[str, str, str]:
    winner = next((each for each in palettes if role in each.palette.roles), None)
    if winner is not None:
        return players(winner.palette.roles[role]), winner.palette.name, winner.source
    if palettes:
        return "nobody", "none has the role", "default"
    return PIANO, "none", "default"


# --------------------------------------------------------------------------------------------------
# Settings


def _of_scene(score: CompiledScore, story: State, time: Time) -> Mapping[str, Won]:
    state, given = f"state {story.name}", time.model_fields_set
    defaults = score.defaults

    def of_time(key: str, value: object) -> Won:
        return Won(str(value), "time" if key in given else "default")

    tempo, metre = story.tempo, story.metre
    key = Won(str(story.key), state) if story.key else of_time("key", defaults.key)
    harmony = Won("the tonic triad", "default")
    if story.harmony is not None:
        harmony = Won(chosen(story.harmony), state)
        key = _key_of(score, story.harmony, key)
    return {
        "tempo": Won(f"{tempo:g} bpm", state)
        if tempo
        else of_time("tempo", f"{defaults.tempo:g} bpm"),
        "key": key,
        "metre": Won(str(metre), state) if metre else of_time("metre", defaults.metre),
        "harmony": harmony,
        "dynamic": Won(mark_of(MEZZO_FORTE), "default")
        if story.dynamic is None
        else Won(mark_of(story.dynamic), state),
    }


def _of_space(score: CompiledScore, scene: Scene, story: State) -> Mapping[str, Won]:
    """The room and the distance, where the score speaks of them."""
    place = score.places.get(scene.place)
    found: dict[str, Won] = {}
    palettes, places = score.palettes.values(), score.places.values()
    rings = [each.reverb for each in palettes] + [each.reverb for each in places]
    metres = [each.distance for each in palettes] + [each.distance for each in places]
    if any(each is not None for each in rings):
        ranked = _of_story(score, scene, story)
        rooms = [Won(_room(e.palette.reverb), e.source) for e in ranked if e.palette.reverb]
        if place is not None and place.reverb is not None:
            rooms.append(Won(_room(place.reverb), f"place {place.name}"))
        found["reverb"] = rooms[0] if rooms else Won("the usual room", "default")
    if any(each is not None for each in metres):
        found["distance"] = Won("everybody's own seat", "default")
        if place is not None and place.distance is not None:
            found["distance"] = Won(f"{place.distance:g} m", f"place {place.name}")
    return found


def _room(reverb: Reverb) -> str:
    name, rings = reverb
    return f"{name} {seconds_text(rings)}" if rings else name


def _key_of(score: CompiledScore, harmony: Choice[str], before: Won) -> Won:
    """A progression's `in:` sets the key while it is in force (S20)."""
    own = score.progressions[harmony.options[0]].key
    return Won(str(own), f"harmony {harmony.options[0]}") if own else before


def _of_lead(score: CompiledScore, lead: Lead, scene: Scene, story: State) -> Mapping[str, Won]:
    """What a statement brings along while it leads (S17, S19, S22, S23)."""
    variant, motif = lead.variant, lead.motif
    found: dict[str, Won] = {}
    if variant is not None:
        source = f"arc state {variant.name}"
        for operation in variant.vary:
            if str(operation).startswith("tempo "):
                found["tempo"] = Won(str(operation).removeprefix("tempo "), source)
        if variant.mode is not None:
            found["key"] = Won(f"mode {variant.mode.name}", source)
        if variant.harmony is not None:
            found["harmony"] = Won(chosen(variant.harmony), source)
    if motif is not None and motif.harmony is not None and "harmony" not in found:
        found["harmony"] = Won(chosen(motif.harmony), f"motif {motif.name}")
    dynamic = _dynamic_of(score, lead, scene, story)
    return found | ({"dynamic": dynamic} if dynamic is not None else {})


def _dynamic_of(score: CompiledScore, lead: Lead, scene: Scene, story: State) -> Won | None:
    """A lead's own dynamic, or what the palette makes of the story's; None where it is that."""
    own = lead.variant.dynamic if lead.variant is not None else None
    level = own if own is not None else story.dynamic
    level = MEZZO_FORTE if level is None else level
    source = f"arc state {lead.variant.name}" if own is not None and lead.variant else ""
    palettes = [*_own(score, lead), *_of_story(score, scene, story)]
    winner = next((each.palette for each in palettes if "lead" in each.palette.roles), None)
    if winner is not None and winner.dynamic is not None:
        low, high = winner.dynamic
        kept = min(max(level, low), high)
        if kept != level:
            span = f"{mark_of(low)}..{mark_of(high)}"
            held = f"held within {span} by palette {winner.name}"
            return Won(mark_of(kept), f"{mark_of(level)} {f'of {source} ' if source else ''}{held}")
    return Won(mark_of(level), source) if source else None
