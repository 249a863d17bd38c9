"""Where a thing of a score is at home: the story state and the place it is first heard in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from leitmotor.records import record
from leitmotor.run.repertoire import Kind, Subject
from leitmotor.score.choice import Choice
from leitmotor.score.compiled import CompiledScore, Palette, Scene, State


@record
class Home:
    """What stands around a thing: `state` (empty where nothing does), place, and who is there.

    `palette` is that of the place.
    """

    state: State = State("")
    palette: str = ""
    who: tuple[str, ...] = ()
    place: str = ""


def home_of(score: CompiledScore, subject: Subject) -> Home:
    """The first scene in which something is heard, else the first state; else `time:` alone."""
    if subject.kind is Kind.MOTIF:
        return _of_motif(score, subject.name, subject.character)
    if subject.kind is Kind.PASSAGE:
        return _of_passage(score, subject.name)
    if subject.kind is Kind.FIGURE:
        return _of_figure(score, subject.name)
    if subject.kind is Kind.STINGER:
        return Home()
    return _of_palette(score, subject.name)


def in_scene(score: CompiledScore, scene: Scene) -> Home:
    """What stands around everything in a scene."""
    place = score.places.get(scene.place)
    state = score.states.get(scene.state, State(""))
    return Home(state, place.palette if place is not None else "", scene.who, scene.place)


def _first(score: CompiledScore, suits: Callable[[Scene], bool]) -> Home | None:
    return next((in_scene(score, scene) for scene in score.scenes if suits(scene)), None)


def _of_motif(score: CompiledScore, motif: str, character: str) -> Home:
    if character:
        return _first(score, lambda scene: character in scene.who) or Home()
    places = {place.name for place in score.places.values() if place.motif == motif}
    return _first(score, lambda scene: scene.place in places) or Home()


def _of_passage(score: CompiledScore, passage: str) -> Home:
    def suits(scene: Scene) -> bool:
        return any(passage in row.options for row in scene.passages)

    return _first(score, suits) or Home()


def _of_figure(score: CompiledScore, figure: str) -> Home:
    def names(state: State) -> bool:
        return any(figure in row.options for row in state.figures.values())

    def brings(palette: Palette) -> bool:
        return any(figure in row.options for row in palette.figures.values())

    bringing = {palette.name for palette in score.palettes.values() if brings(palette)}
    return (
        _of_state(score, names)
        or _in_written_music(score, figure)
        or (_in_palettes(score, bringing) if bringing else Home())
    )


def _in_written_music(score: CompiledScore, figure: str) -> Home | None:
    """What stands around a figure that a passage plays."""
    for passage in score.passages.values():
        if any(part.figure == figure for part in passage.parts):
            around = _of_passage(score, passage.name)
            state = State(
                "",
                passage.tempo or around.state.tempo,
                passage.metre or around.state.metre,
                passage.key or around.state.key,
                around.state.palette,
                passage.progression,
            )
            return replace(around, state=state)
    return None


def _of_palette(score: CompiledScore, palette: str) -> Home:
    at_home = _in_palettes(score, {palette})
    if at_home.state.name:
        return at_home
    for character in score.characters.values():
        if palette in _palettes_of(score, character.name):
            around = _of_motif(score, character.motif, character.name)
            return replace(around, palette="", who=(character.name,))
    return at_home


def _palettes_of(score: CompiledScore, character: str) -> Iterator[str]:
    known = score.characters[character]
    yield known.palette
    motif = score.motifs.get(known.motif)
    yield from (state.palette for state in motif.states.values()) if motif is not None else ()


def _in_palettes(score: CompiledScore, palettes: set[str]) -> Home:
    def suits(state: State) -> bool:
        return state.palette is not None and not palettes.isdisjoint(state.palette.options)

    found = _of_state(score, suits)
    found = found or _first(score, lambda s: in_scene(score, s).palette in palettes)
    if found is not None:
        return found
    first = next(name for name in score.palettes if name in palettes)
    return Home(State("", palette=Choice((first,))))


def _of_state(score: CompiledScore, suits: Callable[[State], bool]) -> Home | None:
    """The first scene in a state of this kind; else the first such state."""
    at_home = _first(score, lambda scene: suits(in_scene(score, scene).state))
    if at_home is not None:
        return at_home
    return next((Home(state) for state in score.states.values() if suits(state)), None)
