"""The performer: told the time, it says what sounds. Pure; the one object to drive."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from heapq import heappop
from math import inf
from typing import Any

from leitmotor.errors import InternalError
from leitmotor.messages import (
    Answer,
    AtBar,
    Attack,
    Cue,
    Do,
    Event,
    Outcome,
    Position,
    Setup,
    View,
)
from leitmotor.music.chord import tonic_triad
from leitmotor.music.length import NEXT_BAR, Boundary
from leitmotor.music.tempo import constant
from leitmotor.music.time import Seconds
from leitmotor.perform import timepiece
from leitmotor.perform.actions import actions_of
from leitmotor.perform.bars import bar_of
from leitmotor.perform.director import Director
from leitmotor.perform.reload import Reload
from leitmotor.perform.snapshot import decode, encode
from leitmotor.perform.state import Kind, State, Tempo, Waiting
from leitmotor.perform.things import ENTRY_VERBS
from leitmotor.perform.view import view_of
from leitmotor.score.compiled import CompiledScore

SNAPSHOT_VERSION = 1


class Start(Enum):
    """When the music begins (S33)."""

    AT_ONCE = "at once"
    ON_CUE = "on cue"


class Performance:
    """A score being performed. Seconds count from 0, the performance's own beginning."""

    def __init__(
        self,
        score: CompiledScore,
        seed: int | None = None,
        start: Start = Start.AT_ONCE,
        clock: Seconds | None = None,
    ) -> None:
        """`clock` is the time of day at second 0, since midnight; None where nobody knows it."""
        state = _fresh_state(score, score.seed if seed is None else seed)
        state.clock = clock
        timepiece.begin(score, state)
        self._take_up(score, state)
        house = self._house
        house.push(0, Kind.BAR, "begin")
        if clock is None and timepiece.misses_the_clock(score):
            house.push(0, Kind.CUE, "no clock")
        if start is Start.AT_ONCE:
            house.push(0, Kind.ENTRY, "start")
        for scene in score.scenes:
            if scene.at is not None:
                go = Waiting(0, Do(f"go {scene.name}"), rule=f"the time of scene {scene.name}")
                go.seconds = scene.at
                state.inbox.append(go)

    def _take_up(self, score: CompiledScore, state: State) -> None:
        self.score = score
        self._state = state
        self._director = Director(score, state)
        self._house = self._director.house
        self._inbox = self._director.ensemble.inbox
        self._reloads: dict[str, CompiledScore] = {}
        self._actions = actions_of(self._director) | {
            "begin": lambda _a, _b: self._begin(),
            "bar": lambda serial, _b: self._bar(serial),
            "reload": self._reload,
        }

    # -- the interface -----------------------------------------------------------------------------

    def receive(self, cue: Cue, at: Seconds | Position | None = None) -> Answer:
        """Take a cue in, to act at `at` (None: as soon as may be).

        Never raises for what a cue says: what cannot be done is answered. The answer is
        provisional; the binding one comes out of `advance` as a `Reply` at the cue's time.
        """
        waiting = self._inbox.receive(cue, self._state.emitted if at is None else at)
        if waiting.seconds is None and waiting.tick is None:
            return Answer(waiting.receipt, cue, None, True, (), waiting.note)
        tick = waiting.tick
        if tick is None:
            tick = self._house.tick_at(waiting.seconds or 0.0)
        effects, why = self._director.foreseen(cue, tick)
        seconds = self._house.seconds_at(tick) if waiting.seconds is None else waiting.seconds
        reason = "; ".join(part for part in (why, waiting.note) if part)
        return Answer(waiting.receipt, cue, seconds, not why, effects, reason)

    def refusal(self, cue: Cue) -> str:
        """Why a cue would do nothing if it acted now; empty where it would do something."""
        effects, why = self._director.foreseen(cue, self._state.tick)
        if why or any(effect.outcome is not Outcome.REFUSED for effect in effects):
            return why
        return "; ".join(effect.rule for effect in effects)

    def advance(self, until: Seconds) -> list[Event]:
        """Every event from the last place up to, but not at, `until` seconds, in order."""
        events: list[Event] = []
        state = self._state
        if until <= state.emitted:
            return events
        house, inbox, actions, queue = self._house, self._inbox, self._actions, state.queue
        stamp = (-1, -1)
        limit = cue_tick = 0
        while True:
            if state.stand is not None:
                if not self._stand_on(until, events):
                    break
                if house is not self._house:
                    house, inbox, actions = self._house, self._inbox, self._actions
                stamp = (-1, -1)
                continue
            if stamp != (house.map_version, inbox.version):
                # The tempo or the inbox has changed: places given in seconds are other ticks now.
                limit = house.map.tick_at(until)
                cue_tick = inbox.next()[0]
                stamp = (house.map_version, inbox.version)
            item = queue[0]
            tick = item[0]
            if cue_tick <= tick and (
                cue_tick < tick or item[1] > Kind.RELEASE or self._stands_first(item[1])
            ):
                if cue_tick >= limit:
                    break
                if cue_tick != state.tick:
                    house.flush(events)
                    house.move_to(cue_tick)
                self._act_on(inbox.next()[1])
                continue
            if tick >= limit:
                break
            if tick != state.tick:
                house.flush(events)
                house.move_to(tick)
            _, _, _, action, what, more = heappop(queue)
            actions[action](what, more)
            if house is not self._house:  # another score took over
                house, inbox, actions = self._house, self._inbox, self._actions
                stamp = (-1, -1)
        house.flush(events)
        state.emitted = until
        return events

    def _stands_first(self, kind: int) -> bool:
        """Whether the cue that is due stops time: that comes before all else at its instant."""
        return kind in (Kind.BAR, Kind.RELEASE) and self._director.stops_time(self._inbox.next()[1])

    def _stand_on(self, until: Seconds, events: list[Event]) -> bool:
        """What happens next while time stands; False where nothing does before `until`."""
        house, standing = self._house, self._director.ensemble.standing
        seconds = min(standing.next_end(), self._inbox.next_by_clock()[0])
        if seconds >= until:
            return False
        if seconds > house.seconds:
            house.flush(events)
            house.reach(seconds)
        if standing.next_end() <= seconds:
            standing.end_notes()
        else:
            self._act_on(self._inbox.next_by_clock()[1])
            self._act_while_standing()
        return True

    def _act_while_standing(self) -> None:
        """What was asked for since time stands, for now, happens now; all else waits."""
        while (stand := self._state.stand) is not None:
            item = self._director.ensemble.standing.item_since(stand)
            if item is None:
                return
            self._actions[item[3]](item[4], item[5])

    def next_seconds(self) -> Seconds:
        """When something next happens inside; nothing sounds before. Infinite where nothing can."""
        if self._state.stand is not None:
            return min(self._director.ensemble.standing.next_end(), self._inbox.next_by_clock()[0])
        tick = min(self._state.queue[0][0], self._inbox.next()[0])
        return self._house.seconds_at(tick)

    @property
    def expecting_until(self) -> Seconds:
        """Before this instant `expecting` stays true: the latest time given to a cue in seconds.

        Minus infinity where no cue waits for such a time.
        """
        times = [
            w.seconds
            for w in self._state.inbox
            if w.seconds is not None
            and w.entry == w.scene == -1
            and not w.only_for
            and not timepiece.recurs(w)
        ]
        return max(times, default=-inf)

    @property
    def calm_until(self) -> Seconds:
        """No cue acts before, as the tempo stands; one whose place is not known may act at once."""
        unplaced = any(w.seconds is None and w.tick is None for w in self._state.inbox)
        if unplaced or self._state.stand is not None:
            return self.next_seconds()
        return self._house.seconds_at(self._inbox.next()[0]) if self._state.inbox else inf

    @property
    def emitted(self) -> Seconds:
        """Everything before this instant has been handed out."""
        return self._state.emitted

    @property
    def idle(self) -> bool:
        """Whether nothing plays, and no stinger sounds by itself."""
        return not self._state.playing and self._state.overlaid.stinger is None

    @property
    def begun(self) -> bool:
        """Whether any scene was ever entered."""
        return self._state.entered

    @property
    def waiting(self) -> int:
        """How many cues have not acted yet."""
        return len(self._state.inbox)

    @property
    def expecting(self) -> bool:
        """Whether a cue waits whose time will come by itself, and not again and again."""
        state = self._state
        return bool(state.inbox) and any(
            w.seconds is not None or w.tick is not None or isinstance(w.position, AtBar)
            for w in state.inbox
            if state.may_come(w) and self._director.may_still_act(w) and not timepiece.recurs(w)
        )

    @property
    def recurring(self) -> bool:
        """Whether the time brings about cues without end (`clock`, `every`)."""
        return any(map(timepiece.brings_cues, self._state.inbox))

    @property
    def leads_on(self) -> bool:
        """Whether what is played leads to another place of the score by itself."""
        run = self._state.passage
        written = self.score.passages.get(run.name) if run is not None else None
        return written is not None and bool(written.then)

    @property
    def unreached(self) -> int:
        """How many cues that were received have not acted."""
        return sum(waiting.receipt > 0 for waiting in self._state.inbox)

    @property
    def leaving(self) -> bool:
        """Whether another scene or state has been asked for, and waits for a place in sight."""
        waiting = self._state.pending.values()
        return any(p.tick is not None and isinstance(p.entry.verb, ENTRY_VERBS) for p in waiting)

    @property
    def lead_plan(self) -> int:
        """Changes whenever the lead passes on, and stays while one motif is repeated."""
        return self._state.lead.serial

    @property
    def progression_bars(self) -> int:
        """How many bars the progression in force has; 0 where there is none."""
        progression = self.score.progressions.get(self._state.harmony.progression)
        return len(progression.bars) if progression is not None else 0

    def view(self) -> View:
        """A small picture for displays."""
        return view_of(self._director)

    def prelude(self) -> tuple[Setup, ...]:
        """Programs, banks and controllers as they are now: for second 0, or after a restore.

        Asked for later, it is the set-up of that instant, faded levels included.
        """
        return self._director.ensemble.mixer.prelude()

    def held(self) -> list[Attack]:
        """Attacks of all notes that sound, as of now: what a jump to this place must strike."""
        state = self._state
        tick = self._house.tick_at(state.emitted)
        return [
            sounding.attack._replace(
                tick=tick,
                seconds=state.emitted,
                bar=state.bar,
                length=sounding.end - tick if sounding.end is not None else 0,
            )
            for sounding in state.ledger.values()
        ]

    def finish(self) -> list[Event]:
        """Release everything that still sounds, at the place reached."""
        events: list[Event] = []
        self._house.reach(self._state.emitted)
        self._director.ensemble.ledger.end_all()
        self._house.flush(events)
        return events

    # -- snapshots and reload ----------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "version": SNAPSHOT_VERSION,
            "score": self.score.hash,
            "state": encode(self._state),
        }

    @classmethod
    def restore(
        cls,
        score: CompiledScore,
        snapshot: Mapping[str, Any],
        reloads: tuple[CompiledScore, ...] = (),
    ) -> Performance:
        """Continue exactly where a snapshot was taken.

        `reloads` are scores that were asked for by `reload` and had not begun. Raises InternalError
        for a snapshot of another score or of an unknown version: those are ours to keep apart.
        """
        if snapshot["version"] != SNAPSHOT_VERSION:
            raise InternalError(f"a snapshot of version {snapshot['version']} cannot be continued")
        if snapshot["score"] != score.hash:
            raise InternalError("this snapshot belongs to another score")
        performance = cls.__new__(cls)
        performance._take_up(score, decode(snapshot["state"]))
        performance._reloads = {reload.hash: reload for reload in reloads}
        return performance

    def reload(self, score: CompiledScore, at: Boundary = NEXT_BAR) -> Answer:
        """Another score takes over at the next boundary of this kind (S34)."""
        house = self._house
        self._reloads[score.hash] = score
        tick = house.tick_at(self._state.emitted)
        place = self._director.ensemble.bars.find(at, tick)
        place = tick if place is None else place
        house.push(place, Kind.ENTRY, "reload", score.hash)
        effect = self._director.requests.planned(f"reload {score.title}", place, str(at))
        return Answer(0, Do("reload"), effect.seconds, False, (effect,))

    def _reload(self, score_hash: str, _: int) -> None:
        score = self._reloads.pop(score_hash, None)
        if score is None:
            return
        before = self._director
        before.requests.drop_all("the score was replaced")
        state = self._state
        Reload(score, state).prepare()
        timepiece.arm(score, state, self._house.seconds)
        self._take_up(score, state)
        for name in ("releases", "changes", "attacks"):
            getattr(self._house, name).extend(getattr(before.house, name))
        Reload(score, state).enter(self._director)

    # -- what happens ------------------------------------------------------------------------------

    def _act_on(self, waiting: Waiting | None) -> None:
        if waiting is None:
            return
        self._inbox.take(waiting)
        self._director.act_on(waiting)
        self._inbox.acted(waiting.receipt)
        following = timepiece.again(self.score, self._state, waiting)
        if following is not None:
            self._inbox.add(following)

    def _begin(self) -> None:
        house = self._house
        house.emit_tempo(house.map.segments[0])
        self._director.ensemble.bars.change_metre()
        self._inbox.bar_began()

    def _bar(self, serial: int) -> None:
        ensemble = self._director.ensemble
        if not ensemble.bars.line(serial):
            return
        self._inbox.bar_began()
        if self._state.playing:
            ensemble.vamps.bar_line()
            ensemble.standing.bar_line()


def _fresh_state(score: CompiledScore, seed: int) -> State:
    defaults = score.defaults
    base = constant(0, 0.0, defaults.tempo)
    return State(
        seed=seed,
        tempo=Tempo(base, {}, [base]),
        bar=bar_of(1, 0, defaults.metre),
        key=defaults.key,
        chord=tonic_triad(defaults.key),
    )
