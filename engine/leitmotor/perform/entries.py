"""Entering scenes and states: the context anew at a bar line of its own (S5, S8, S27, S29)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from leitmotor.messages import Cause, Do
from leitmotor.music.length import Unit
from leitmotor.music.time import Ticks
from leitmotor.perform.context import NO_STATE, coming, draw_for_entry, scene_named
from leitmotor.perform.standing import HOLD
from leitmotor.perform.state import Kind, Pending, Place, Sounding, Waiting
from leitmotor.score.compiled import Scene, Transition
from leitmotor.score.compiled_overlays import STINGER_ROLE
from leitmotor.score.verbs import Go, GoBack, GoNext, ToState

if TYPE_CHECKING:
    from leitmotor.perform.ensemble import Ensemble

EntryVerb: TypeAlias = Go | GoNext | GoBack | ToState

SCENE_LEFT = "left"
"""The owner of notes whose line is gone and which only sound to their end."""


class Entries:
    """Finds where an entry leads and by which transition, and makes it happen."""

    def __init__(self, ensemble: Ensemble, entered: Callable[[str, str], None]) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.entered = entered
        self.inputs: Callable[[str], None] = lambda _: None
        """Told that a "scene" or a "state" begins, before its context is weighed."""

    # -- where to ----------------------------------------------------------------------------------

    def target(self, verb: EntryVerb) -> tuple[str, str] | None:
        """The scene and story state that a verb leads to; None where it leads nowhere."""
        state = self.house.state
        scenes = self.house.score.scenes
        if isinstance(verb, ToState):
            return state.scene or scenes[0].name, verb.state
        if isinstance(verb, Go):
            return verb.scene, scene_named(self.house.score, verb.scene).state
        if isinstance(verb, GoBack):
            return (state.back[-1].scene, state.back[-1].story) if state.back else None
        names = [scene.name for scene in scenes]
        following = names.index(state.scene) + 1 if state.scene in names else 0
        if following >= len(scenes):
            return None
        return scenes[following].name, scenes[following].state

    def transition(self, verb: EntryVerb, scene: str, story: str) -> Transition:
        """The transition from here to there: scene names before state names, `any` after both."""
        state = self.house.state
        table = self.house.score.transitions
        sources = [state.scene, state.story] if not isinstance(verb, ToState) else [state.story]
        goals = [scene, story] if not isinstance(verb, ToState) else [story]
        for a in sources:
            for b in goals:
                if a and b and (a, b) in table:
                    return table[a, b]
        for name in goals:
            if ("any", name) in table:
                return table["any", name]
        for name in sources:
            if (name, "any") in table:
                return table[name, "any"]
        return table["", ""]

    # -- entering ----------------------------------------------------------------------------------

    def enter(
        self,
        scene_name: str,
        story: str,
        way: Transition | None,
        cause: Cause,
        foreseen: int = 0,
        place: Place | None = None,
    ) -> None:
        """Enter a scene here; `foreseen` is the statement whose pickup sounds already.

        With a `place` its music goes on from there (S11), else it begins as `way` says.
        """
        house, ensemble = self.house, self.ensemble
        state = house.state
        scene = scene_named(house.score, scene_name)
        bars_before = state.bar.number - state.entry_bar
        old = self._leave()
        stingers = [s for s in state.statements.values() if s.role == STINGER_ROLE]
        ensemble.lead.clear(foreseen, *(stinger.ident for stinger in stingers))
        ensemble.passages.drop()
        state.scene, state.story = scene_name, story
        state.present = list(place.present if place is not None else scene.who)
        self.inputs("scene" if place is None else "place")
        state.scene_tick = state.tick
        self._begin(scene, way, place, is_scene=True)
        cause = cause._replace(scene=scene_name, state=story)
        for stinger in stingers:  # it goes on, on top of the new
            stinger.cause = stinger.cause._replace(scene=scene_name, state=story)
        house.change("scene", scene_name, cause)
        if story:
            house.change("state", story, cause)
        self._let_go(old, way)
        if place is None:
            self._begin_music(scene, way, cause, foreseen, bars_before)
            ensemble.places.keep()
        self._schedule_end(scene)
        ensemble.inbox.scene_entered(scene_name)
        self.entered("scene", scene_name)

    def _begin_music(
        self,
        scene: Scene,
        way: Transition | None,
        cause: Cause,
        foreseen: int,
        bars_before: int,
    ) -> None:
        """The scene's passage or its first statement, from the bar at which it is entered."""
        house, ensemble = self.house, self.ensemble
        state = house.state
        bars = self._entered_at(scene, way, bars_before)
        if bars and not scene.passages:
            state.harmony.bar = bars
            state.scene_bar = state.entry_bar = state.phrase_from = state.bar.number - bars
            for line in state.lines.values():
                line.bar_index = bars
            ensemble.harmony.refresh()
        for mark, bar in scene.marks.items():
            tick = state.scene_tick + (bar - 1 - bars) * house.context.metre.bar
            if tick >= state.tick:
                house.push(tick, Kind.CUE, "mark", mark, -state.scene_tick - 1)
        mark = _mark(way.enter) if way is not None else ""
        if not ensemble.passages.row(scene, 0, cause, min(foreseen, 0), mark):
            ensemble.lead.begin_entry(foreseen)

    @staticmethod
    def _entered_at(scene: Scene, way: Transition | None, bars_before: int) -> int:
        """How many bars of a scene `enter:` leaves out."""
        if way is None:
            return 0
        if way.enter == "same bar":
            return max(bars_before, 0)
        return scene.marks.get(_mark(way.enter), 1) - 1

    def place_in(self, verb: EntryVerb, scene: str, way: Transition | None) -> Place | None:
        """Where the music of a scene goes on; None where it begins."""
        state = self.house.state
        if isinstance(verb, GoBack):
            return state.back[-1] if state.back else None
        top = isinstance(verb, Go) and verb.from_the_top
        if way is not None and way.enter == "where it was" and not top:
            return state.left.get(scene)
        return None

    def change_state(self, story: str, way: Transition | None, cause: Cause) -> None:
        """Another story state in the present scene: the lead goes on, late-bound (S8)."""
        house = self.house
        state = house.state
        keeps = {f"statement {ident}" for ident, s in state.statements.items() if s.leads}
        old = [s for s in self._leave() if s.owner not in keeps]
        state.story = story
        self.inputs("state")
        self._begin(scene_named(house.score, state.scene), way)
        house.change("state", story, cause._replace(state=story))
        for statement in state.statements.values():
            statement.cause = statement.cause._replace(state=story)
        self._let_go(old, way)
        self.ensemble.places.keep()

    def _leave(self) -> list[Sounding]:
        """What sounds of the old."""
        state = self.house.state
        ahead = {
            f"statement {s.ident}"
            for s in state.statements.values()
            if s.ahead or s.role == STINGER_ROLE
        }
        return [
            s for s in state.ledger.values() if s.attack.tick < state.tick and s.owner not in ahead
        ]

    def _begin(
        self,
        scene: Scene,
        way: Transition | None,
        place: Place | None = None,
        *,
        is_scene: bool = False,
    ) -> None:
        """The context of the entry, and all that plays along, from this bar line on."""
        house, ensemble = self.house, self.ensemble
        state = house.state
        ensemble.vamps.end()
        ensemble.standing.end_steps()
        if state.stand is not None and state.stand.why == HOLD:
            ensemble.standing.go_on(house.cause("entry"))
        ensemble.settings.drop_for_entry()
        ensemble.crossfades.clear()
        ensemble.silences.entered()
        if place is None:
            draw_for_entry(house.score, state, scene, house.score.states.get(state.story, NO_STATE))
        else:
            kept = [o for o in place.overrides if o not in state.overrides]
            state.overrides = [*kept, *state.overrides]
            state.passage = place.passage
            state.picked, state.turns = dict(place.picked), dict(place.turns)
        house.weigh()
        state.playing = state.entered = True
        ensemble.bars.begin_entry()
        if is_scene:
            state.scene_bar = state.bar.number
        ensemble.inbox.forget_left()
        house.forget_left()
        ensemble.inbox.bar_began()
        ramp = way.ramp if way is not None else None
        if ramp is None:
            house.set_tempo(house.context.tempo)
        else:
            house.set_tempo(
                house.context.tempo, house.ticks_for(ramp, state.tick), "linear in time"
            )
        state.lead_harmony = None
        state.dice_bars = 0
        if place is None:
            ensemble.harmony.begin(house.context.progression)
            ensemble.harmony.refresh()
            ensemble.lines.begin_all()
        else:
            ensemble.lines.silence()
            ensemble.places.restore(place)
            ensemble.harmony.refresh()
            ensemble.harmony.strike()
        ensemble.colours.follow()
        ensemble.mixer.level_all()

    def _let_go(self, old: list[Sounding], way: Transition | None) -> None:
        """What becomes of notes held over the boundary (S29)."""
        house = self.house
        tick = house.state.tick
        tail = house.ticks_for(way.fade, tick) if way is not None and way.fade else 0
        held = way.held if way is not None else "release"
        chord = house.state.chord.pitch_classes
        for sounding in old:
            if sounding.attack.note not in house.state.ledger:
                continue
            remaining = sounding.end - tick if sounding.end is not None else 0
            role = sounding.voice.role or "lead"
            if held == "restrike" and remaining > 0:
                what = f"{role}\n{sounding.attack.pitch}\n{sounding.attack.spelling}"
                house.push(tick, Kind.ATTACK, "restrike", what, remaining)
            sounding.owner = SCENE_LEFT
            if held == "carry" and sounding.attack.pitch % 12 in chord and sounding.end is not None:
                continue
            self.ensemble.ledger.end_by(tick + tail, lambda s, one=sounding: s is one)  # type: ignore[misc]

    def _schedule_end(self, scene: Scene) -> None:
        """`length` leads to the next scene by itself (S33)."""
        if scene.length is None:
            return
        house = self.house
        over = Waiting(0, Do("go next"), rule=f"the length of scene {scene.name}")
        over.scene = house.state.scene_tick
        if scene.length.unit is Unit.SECONDS:
            over.seconds = house.seconds + float(scene.length.amount)
        else:
            over.tick = house.state.tick + house.ticks_for(scene.length, house.state.tick)
        self.ensemble.inbox.add(over)

    # -- pickups before an entry -------------------------------------------------------------------

    def pickup(self, verb: EntryVerb) -> Ticks:
        """How long before its boundary an entry's first statement begins to sound."""
        target = self.target(verb)
        if target is None or isinstance(verb, (ToState, GoBack)):
            return 0
        way = self.transition(verb, *target)
        if way.bridge or way.enter in ("same bar", "where it was"):
            return 0
        passage = self._passage_of(target[0])
        if passage:
            return 0 if way.enter else self.house.score.passages[passage].pickup
        with self.ensemble.foresight.as_if_in(*target):
            return self.ensemble.lead.first_pickup()

    def _passage_of(self, scene: str) -> str:
        """The passage that a scene will begin with; empty where it has none."""
        row = scene_named(self.house.score, scene).passages
        return coming(row[0], self.house.state) if row else ""

    def begin_pickup(self, pending: Pending) -> None:
        """The pickup of a coming entry's first statement, in the coming context."""
        verb = pending.entry.verb
        assert isinstance(verb, (Go, GoNext, ToState))
        assert pending.tick is not None
        target = self.target(verb)
        if target is None:
            return
        passage = self._passage_of(target[0])
        if passage:
            pending.foreseen = -pending.ident
            cause = self.house.cause("scene", pending.cue)
            with self.ensemble.foresight.as_if_in(*target):
                self.ensemble.passages.begin_ahead(
                    passage, pending.tick, pending.foreseen, target, cause
                )
            return
        with self.ensemble.foresight.as_if_in(*target):
            statement = self.ensemble.lead.first_statement(pending.tick)
        if statement is not None:
            statement.ahead = target
            pending.foreseen = statement.ident
            self.ensemble.statements.begin(statement)


def _mark(enter: str) -> str:
    """The mark that `enter: marker X` names; empty for the other ways."""
    word, _, mark = enter.partition(" ")
    return mark if word == "marker" else ""
