"""The score of an audition: scenes one after the other, each with a rest before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil

from leitmotor.music.length import NOW
from leitmotor.music.metre import Metre
from leitmotor.music.time import QUARTER, WHOLE, Seconds, Ticks
from leitmotor.run.audition_scenes import SILENT, AuditionScene
from leitmotor.run.repertoire import Subject
from leitmotor.score.choice import Choice
from leitmotor.score.compiled import Character, CompiledScore, Motif, Scene, State, Transition
from leitmotor.score.compiled_passages import Passage

SHORTEST_REST: Seconds = 0.8
"""Between two things there is a beat of rest, or so long."""

AHEAD: Seconds = 0.02
"""A cue for the next bar line comes so long after the one before."""

FINEST = 16
"""Rests are counted in sixteenths."""


@dataclass(slots=True)
class Programme:
    """Scenes one after the other, each with a rest before it."""

    score: CompiledScore
    subjects: list[Subject] = field(default_factory=list)
    wanted: list[AuditionScene] = field(default_factory=list)
    rests: list[bool] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    characters: dict[str, Character] = field(default_factory=dict)
    motifs: dict[str, Motif] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)

    def add(self, subject: Subject, scene: AuditionScene) -> None:
        """One more thing, after a rest; the first one begins at once, but for its pickup."""
        number = len(self.wanted) + 1
        name = f"{number} {subject.label}" + (f", {scene.palette}" if scene.palette else "")
        before = self._rest(scene, is_first=number == 1)
        self.rests.append(before is not None)
        if before is not None:
            self._enter(f"before {number}", scene, before)
        self.subjects.append(subject)
        self.wanted.append(scene)
        who = self._who(scene, number)
        passages: tuple[Choice[str], ...] = ()
        if scene.passage is not None:
            passages = (Choice((scene.passage.name,)),)
            self.passages[scene.passage.name] = scene.passage
        self.states[name] = replace(scene.state, name=name)
        self.scenes.append(Scene(name, scene.place, who, name, passages=passages))

    def _who(self, scene: AuditionScene, number: int) -> tuple[str, ...]:
        """A character and a motif of its own, so that `each time` begins with the first time."""
        if scene.character is None or scene.motif is None:
            return ()
        name, motif = f"{scene.character.name} ({number})", f"{scene.motif.name} ({number})"
        self.motifs[motif] = replace(scene.motif, name=motif)
        self.characters[name] = replace(scene.character, name=name, motif=motif)
        return (name,)

    def _rest(self, scene: AuditionScene, *, is_first: bool) -> Metre | None:
        """The bar of silence before a thing, its pickup included; None for none."""
        if is_first and not scene.pickup:
            return None
        tempo = scene.state.tempo or self.score.defaults.tempo
        shortest = 2 * AHEAD if is_first else SHORTEST_REST
        rest: Ticks = ceil(shortest * tempo / 60.0 * QUARTER)
        if not is_first:
            rest = max(rest, scene.metre.beat)
        finest = replace(scene.metre, denominator=max(scene.metre.denominator, FINEST)).unit
        return Metre(-(-(rest + scene.pickup) // finest), WHOLE // finest)

    def _enter(self, name: str, like: AuditionScene, metre: Metre) -> None:
        """A scene of silence in the place of the thing that it stands beside."""
        self.states[name] = replace(like.state, name=name, metre=metre, layers=(), figures={})
        self.scenes.append(Scene(name, like.place, (), name))

    def compiled(self) -> CompiledScore:
        """The score of the audition: as the given one, without its story."""
        score, last = self.score, self.wanted[-1]
        self._enter("the end", last, last.metre)
        places = {
            name: replace(place, motif="", palette="") for name, place in score.places.items()
        }
        stingers = {
            name: replace(stinger, cooldown=0.0, duck=0.0, then=(), wait_at_most=None)
            for name, stinger in score.stingers.items()
        }
        return replace(
            score,
            defaults=replace(score.defaults, start_on_cue=False),
            characters=self.characters,
            places=places,
            motifs=self.motifs,
            figures={**score.figures, SILENT.name: SILENT},
            states=self.states,
            scenes=tuple(self.scenes),
            cues=(),
            transitions={("", ""): Transition("audition", NOW, None, None, "release", None)},
            lead_motifs=(),
            passages={**score.passages, **self.passages},
            parameters={},
            mappings=(),
            stingers=stingers,
        )
