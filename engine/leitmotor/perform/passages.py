"""Passages: written-out music of several parts, late-bound like everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leitmotor.messages import Cause
from leitmotor.music.time import Ticks
from leitmotor.perform.context import CLOSING, chosen, draw
from leitmotor.perform.new_statements import new_statement, owner_of
from leitmotor.perform.state import Kind, PassageRun, Statement
from leitmotor.score import verbs
from leitmotor.score.compiled import Scene
from leitmotor.score.compiled_passages import Part, Passage
from leitmotor.score.verbs import Entry

if TYPE_CHECKING:
    from leitmotor.perform.ensemble import Ensemble

STOPPING = (verbs.Hold, verbs.Pause)
"""Verbs that stop time; they come before everything else at their instant (S26)."""

PASSAGE_VERBS = (verbs.PlayPassage, verbs.Finish)
"""Verbs that may name a passage."""

AGAIN = "again"
"""The rule by which a passage that repeats itself begins once more."""

FINISH_FACTOR = 0.75
"""How slow the last two bars become (S24)."""

Ended = Callable[[tuple[int, int]], None]
Asked = Callable[[tuple[Entry, ...], str], None]


class Passages:
    """Begins and ends passages, one at a time."""

    def __init__(self, ensemble: Ensemble, ended: Ended) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.ended_token = ended
        self.ask: Asked = lambda _entries, _cue: None
        """Told the verbs that a passage brings about, and what brings them: the director's."""
        self.idle: Callable[[Cause], None] = lambda _cause: None
        """Nothing plays any more: the acts'."""

    # -- beginning ---------------------------------------------------------------------------------

    def begin(
        self,
        name: str,
        cause: Cause,
        *,
        token: tuple[int, int] = (0, 0),
        offset: Ticks = 0,
        following: int = -1,
        goal: tuple[str, str] | None = None,
        closing: bool = False,
        foreseen: int = 0,
    ) -> None:
        """A passage begins here, `offset` ticks from its first full bar; what plays makes room.

        `foreseen` is what the parts are marked with whose pickup sounds already.
        """
        written = self.house.score.passages[name]
        run = self._run(name, written.length, offset, token, cause, closing)
        run.following, run.goal = following, goal
        draw(written.progression, self.house.state)
        self._clear(run, foreseen)
        self._set_up(run, written.tempo is not None, cause)
        self._play(written, run, cause, foreseen)

    def finish(self, whole: bool, cause: Cause, token: tuple[int, int]) -> None:
        """V–I in the key in force, getting slower; or the tonic chord alone (S24)."""
        house = self.house
        bar = house.context.metre.bar
        offset = 0 if whole else bar
        run = self._run(CLOSING, 2 * bar, offset, token, cause, True)
        run.roles = tuple(house.context.layers)
        self._clear(run, 0)
        self._set_up(run, False, cause)
        if whole:
            house.set_tempo(house.base_bpm() * FINISH_FACTOR, 2 * bar, "linear in time")
        else:
            for line in house.state.lines.values():
                line.bar_index = 1
        house.push(run.end, Kind.ENTRY, "passage ends", run.ident)
        self.ensemble.places.keep()

    def _run(
        self,
        name: str,
        length: Ticks,
        offset: Ticks,
        token: tuple[int, int],
        cause: Cause,
        closing: bool,
    ) -> PassageRun:
        tick = self.house.state.tick
        start = tick - offset
        run = PassageRun(self.house.ident(), name, start, start + length, tick, token, cause.cue)
        run.closing = closing
        return run

    def _clear(self, run: PassageRun, foreseen: int) -> None:
        """What plays ends here, but for what began at this instant, and the pickup."""
        ensemble, state = self.ensemble, self.house.state
        self.drop()
        ensemble.lead.clear(foreseen)
        ensemble.lines.silence()
        pickup = {owner_of(s) for s in self._marked(foreseen)}
        ensemble.ledger.end_by(state.tick, lambda sounding: sounding.owner not in pickup)
        state.passage = run

    def _set_up(self, run: PassageRun, own_tempo: bool, cause: Cause) -> None:
        """The context of the passage, from this bar line on."""
        house, ensemble = self.house, self.ensemble
        house.weigh()
        ensemble.bars.begin_here()
        ensemble.inbox.bar_began()
        bars = (run.began - run.start) // house.context.metre.bar
        house.state.phrase_from = house.state.bar.number - bars
        if own_tempo:
            house.set_tempo(house.context.tempo)
        house.state.lead_harmony = None
        ensemble.harmony.begin(house.context.progression)
        house.state.harmony.bar = bars
        ensemble.harmony.refresh()
        ensemble.lines.begin_all()
        ensemble.mixer.level_all()
        house.change("passage", run.name or "finish", cause)

    def _play(self, written: Passage, run: PassageRun, cause: Cause, foreseen: int) -> None:
        house = self.house
        begun = {statement.motif: statement for statement in self._marked(foreseen)}
        for part in written.parts:
            if part.motif in begun:
                begun[part.motif].passage, begun[part.motif].ahead = run.ident, None
            elif part.motif:
                self._part(written, part, run, cause)
        for number, event in enumerate(written.at):
            if run.start + event.place >= run.began:
                stops = any(isinstance(entry.verb, STOPPING) for entry in event.entries)
                kind = Kind.STAND if stops else Kind.CUE
                house.push(run.start + event.place, kind, "passage event", number, run.ident)
        for mark, place in written.marks.items():
            if run.start + place >= run.began:
                house.push(run.start + place, Kind.CUE, "passage event", mark, run.ident)
        house.push(run.end, Kind.ENTRY, "passage ends", run.ident)
        self.ensemble.places.keep()

    def _part(self, written: Passage, part: Part, run: PassageRun, cause: Cause) -> None:
        statement = self._made(written, part, run.start, cause, run.ident)
        if run.began > run.start:
            self.ensemble.statements.begin_within(statement)
        else:
            self.ensemble.statements.begin(statement)

    def _made(
        self, written: Passage, part: Part, start: Ticks, cause: Cause, mark: int
    ) -> Statement:
        forms = self.ensemble.statements.forms
        cause = cause._replace(rule="passage")
        statement = new_statement(self.house, forms, part.motif, "", start, cause)
        statement.cause = statement.cause._replace(motif=written.name)
        statement.role, statement.instrument = part.role, part.instrument
        statement.leads, statement.times, statement.passage = False, 1, mark
        return statement

    # -- pickups -----------------------------------------------------------------------------------

    def begin_ahead(
        self, name: str, start: Ticks, mark: int, ahead: tuple[str, str] | None, cause: Cause
    ) -> None:
        """The pickup of a passage that will begin at `start`; its parts bear `mark`, below 0."""
        written = self.house.score.passages[name]
        with self.ensemble.foresight.as_if_playing(name):
            made = [
                self._made(written, part, start, cause, mark)
                for part in written.parts
                if part.motif and self.house.motifs[part.motif].pickup
            ]
        for statement in made:
            statement.ahead = ahead
            self.ensemble.statements.begin(statement)

    def cut_ahead(self, mark: int) -> None:
        """A pickup led to a boundary that is gone."""
        for statement in self._marked(mark):
            self.ensemble.statements.cut(statement)

    def _marked(self, mark: int) -> list[Statement]:
        state = self.house.state
        return [s for s in state.statements.values() if mark < 0 and s.passage == mark]

    def row(
        self, scene: Scene, number: int, cause: Cause, foreseen: int = 0, mark: str = ""
    ) -> bool:
        """A scene's passage of this number begins, at a mark it may have; False without one."""
        if number >= len(scene.passages):
            return False
        state = self.house.state
        draw(scene.passages[number], state)
        name = str(chosen(scene.passages[number], state))
        self.begin(
            name,
            cause._replace(rule="scene"),
            offset=self.house.score.passages[name].marks.get(mark, 0),
            following=number + 1,
            foreseen=foreseen,
        )
        return True

    def offset(self, verb: verbs.PlayPassage) -> Ticks:
        """Where a verb enters a passage, in ticks from its first full bar."""
        written = self.house.score.passages[verb.passage]
        if verb.mark:
            return written.marks.get(verb.mark, 0)
        metre = written.metre or self.house.context.metre
        return min((verb.bar - 1) * metre.bar, max(written.length - metre.bar, 0))

    # -- ending ------------------------------------------------------------------------------------

    def ended(self, ident: int, _: int = 0) -> None:
        """A passage has come to its end: what follows?"""
        run = self.house.state.passage
        if run is None or run.ident != ident:
            return
        cause = self.house.cause("the end of a passage", run.cue)
        written = self.house.score.passages.get(run.name)
        if run.closing:
            self.drop()
            self.idle(cause)
        elif run.goal is not None:
            goal = run.goal
            self.drop()
            self.ensemble.entries.enter(*goal, None, cause)
        elif written is not None and written.again:
            cause = cause._replace(rule=AGAIN)
            self.begin(run.name, cause, token=run.token, following=run.following)
        elif written is not None and written.then:
            self.drop()
            self.leave_to(written.then, run, cause)
        elif not self._follows(run, cause):
            self.drop()
            self.back_to_scene(cause)

    def _follows(self, run: PassageRun, cause: Cause) -> bool:
        if run.following < 0:
            return False
        scene = self.house.context.scene
        return self.row(scene, run.following, cause)

    def leave_to(self, then: tuple[Entry, ...], run: PassageRun, cause: Cause) -> None:
        """The verbs that end a passage; its scene's own music waits underneath."""
        self.back_to_scene(cause)
        self.ask(then, f"passage {run.name}")

    def back_to_scene(self, cause: Cause) -> None:
        """The scene's own music begins, as at its entry."""
        house, ensemble = self.house, self.ensemble
        state = house.state
        if not state.playing:
            return
        before = house.weigh()
        ensemble.bars.begin_here()
        ensemble.inbox.bar_began()
        state.phrase_from = state.bar.number
        if before.tempo != house.context.tempo:
            house.set_tempo(house.context.tempo)
        ensemble.harmony.begin(house.context.progression)
        ensemble.harmony.refresh()
        ensemble.lines.begin_all()
        ensemble.lead.begin_entry()
        ensemble.mixer.level_all()
        ensemble.places.keep()
        house.change("passage", "", cause)

    def drop(self) -> None:
        """The passage is over, or left: its parts go, and what waits for its end begins."""
        state = self.house.state
        run = state.passage
        if run is None:
            return
        state.passage = None
        for statement in [s for s in state.statements.values() if s.passage == run.ident]:
            self.ensemble.statements.close(statement)
        self.house.set_factor("fermata", 1.0)
        self.ended_token(run.token)
