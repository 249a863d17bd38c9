"""What every part of the performer shares: score, state, queue, and the way out for events."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from heapq import heapify, heappush

from leitmotor.messages import (
    BarLine,
    Cause,
    Change,
    Effect,
    Event,
    Log,
    Outcome,
    Reply,
)
from leitmotor.messages import Tempo as TempoEvent
from leitmotor.music.length import Length, Unit
from leitmotor.music.tempo import TempoMap, TempoSegment, clamped
from leitmotor.music.time import QUARTER, Seconds, Ticks
from leitmotor.perform.context import Context, weigh
from leitmotor.perform.scope import scope_of
from leitmotor.perform.state import Item, Kind, State
from leitmotor.score.compiled import CompiledScore, Motif
from leitmotor.score.compiled_overlays import stinger_key

SETTLING = frozenset({"key", "chord"})
"""What may be weighed several times at one instant, where bar line, cue and motif fall together."""


def motifs_of(score: CompiledScore) -> dict[str, Motif]:
    """Everything that statements play: motifs, the parts of passages, stingers by their key."""
    stingers = {stinger_key(name): stinger.motif for name, stinger in score.stingers.items()}
    return {**score.motifs, **score.parts, **stingers}


class House:
    """The performer's common room.

    For caches, `version` counts changes of context and `harmony_version` those of key and chord.
    """

    def __init__(self, score: CompiledScore, state: State) -> None:
        self.score = score
        self.motifs = motifs_of(score)
        self.scope = scope_of(score)
        self.state = state
        self.map = TempoMap(state.tempo.segments)
        state.tempo.segments = self.map.segments
        self.map_version = 0
        self.version = 0
        self.harmony_version = 0
        self.context: Context = weigh(score, state)
        self.seconds: Seconds = self.map.seconds_at(state.tick)
        if state.stand is not None:
            self.seconds = max(self.seconds, state.emitted)
        self.releases: list[Event] = []
        self.changes: list[Event] = []
        self.attacks: list[Event] = []

    # -- time --------------------------------------------------------------------------------------

    def seconds_at(self, tick: Ticks) -> Seconds:
        """When a tick sounds, as the tempo map is; while time stands, if it went on now."""
        if self.state.stand is None:
            return self.map.seconds_at(tick)
        return self.seconds + self.map.seconds_at(tick) - self.map.seconds_at(self.state.tick)

    def tick_at(self, seconds: Seconds) -> Ticks:
        """The first tick not before `seconds`; while time stands, the one where it stands."""
        if self.state.stand is None:
            return max(self.map.tick_at(seconds), self.state.tick)
        return self.state.tick

    def ticks_for(self, length: Length, start: Ticks) -> Ticks:
        """A length from `start` on in ticks, in the metre and tempo as they stand."""
        metre = self.context.metre
        if length.unit is Unit.BARS:
            return round(length.amount * metre.bar)
        if length.unit is Unit.BEATS:
            return round(length.amount * metre.beat)
        return self.map.tick_at(self.map.seconds_at(start) + float(length.amount)) - start

    def milliseconds(self, amount: float) -> Ticks:
        """So many milliseconds in ticks at the tempo of this instant, rounded (S3)."""
        return round(amount / 1000.0 * self.map.bpm_at(self.state.tick) / 60.0 * QUARTER)

    def move_to(self, tick: Ticks) -> None:
        """Make `tick` the instant at which things happen."""
        self.state.tick = tick
        self.seconds = self.map.seconds_at(tick)

    def reach(self, seconds: Seconds) -> None:
        """Make the present instant the one up to which everything was handed out."""
        if self.state.stand is None:
            self.move_to(self.tick_at(seconds))
        else:
            self.seconds = max(self.seconds, seconds)

    def go_on(self) -> None:
        """Time goes on from here: whatever is to come sounds so much later."""
        self.state.stand = None
        self._retime()

    # -- the queue ---------------------------------------------------------------------------------

    def push(self, tick: Ticks, kind: int, action: str, what: int | str = 0, more: int = 0) -> None:
        """Let an action happen at a tick, after what was pushed for the same place before."""
        state = self.state
        state.serial += 1
        heappush(state.queue, (tick, kind, state.serial, action, what, more))

    def forget_left(self) -> None:
        """An entry has made marks and ends void that may lie hours ahead: let them go.

        They would do nothing; but whoever goes from scene to scene for a month would pile them up.
        """
        state = self.state
        # What a scene that was left had from cues may come back with it, and still end.
        kept_places = [*state.left.values(), *state.back, *([state.here] if state.here else ())]
        lasting = {each.ident for stack in (state, *kept_places) for each in stack.overrides}
        kept = [item for item in state.queue if not _is_void(item, state, lasting)]
        if len(kept) < len(state.queue):
            heapify(kept)
            state.queue[:] = kept  # the same list: the loop that calls us walks along it

    def ident(self) -> int:
        """A fresh number."""
        self.state.idents += 1
        return self.state.idents

    # -- tempo -------------------------------------------------------------------------------------

    def base_bpm(self) -> float:
        """The base tempo reached now, before factors."""
        base = self.state.tempo.base
        return base.bpm_at(self.state.tick)

    def set_tempo(self, bpm: float, length: Ticks = 0, shape: str = "constant") -> None:
        """From now on this base tempo, or a ramp to it from the tempo reached."""
        tick = self.state.tick
        if length:
            base = TempoSegment(tick, 0.0, self.base_bpm(), bpm, length, shape)
        else:
            base = TempoSegment(tick, 0.0, bpm, bpm, 0, "constant")
        if base != self.state.tempo.base:
            self.state.tempo.base = base
            self._retime()

    def set_factor(self, name: str, factor: float) -> None:
        """A factor on the base tempo, for everybody (S22); 1 takes it off."""
        factors = self.state.tempo.factors
        if factors.get(name, 1.0) == factor:
            return
        factors[name] = factor
        if factor == 1.0:
            del factors[name]
        self._retime()

    def tempo_factor(self) -> float:
        """All factors on the base tempo."""
        factor = 1.0
        for name in sorted(self.state.tempo.factors):  # one order, so that rounding is one as well
            factor *= self.state.tempo.factors[name]
        return factor

    def _retime(self) -> None:
        """Anchor the tempo map here and lay out what lies ahead."""
        tick, base = self.state.tick, self.state.tempo.base
        factor = self.tempo_factor()
        begin = base.bpm_at(tick) * factor
        ahead = max(base.tick + base.length - tick, 0) if base.length else 0
        shape = base.shape if ahead else "constant"
        end = base.end_bpm * factor if ahead else begin
        plan = clamped(TempoSegment(tick, self.seconds, begin, end, ahead, shape))
        self.map.change(plan)
        self.map.forget_before(tick)
        self.state.tempo.segments = self.map.segments
        self.map_version += 1
        self.emit_tempo(plan[0])
        for segment in plan[1:]:
            if segment.length or len(plan) > 2:
                self.push(segment.tick, Kind.CHANGE, "tempo", self.map_version_key(segment))

    def map_version_key(self, segment: TempoSegment) -> str:
        """Names a segment of the present plan, so that an overtaken one is not announced."""
        return f"{segment.tick}:{segment.bpm!r}:{segment.end_bpm!r}"

    def announce_tempo(self, key: str) -> None:
        """A later part of the tempo plan begins, if it is still the plan."""
        segment = self.map.segment_at(self.state.tick)
        if self.map_version_key(segment) == key:
            self.emit_tempo(segment)

    def emit_tempo(self, segment: TempoSegment) -> None:
        """Tell the outputs about a stretch of tempo; the last one of an instant stands."""
        self.changes[:] = [e for e in self.changes if not isinstance(e, TempoEvent)]
        self.changes.append(
            TempoEvent(
                self.state.tick,
                self.seconds,
                self.state.bar,
                segment.bpm,
                segment.end_bpm,
                segment.length,
                segment.shape,
            )
        )

    # -- context -----------------------------------------------------------------------------------

    def weigh(self) -> Context:
        """Weigh the ranks anew; returns what was in force before."""
        before = self.context
        self.context = weigh(self.score, self.state)
        self.version += 1
        return before

    # -- events ------------------------------------------------------------------------------------

    def change(self, what: str, value: str, cause: Cause) -> None:
        """Something of the context took a new value; of key and chord, the last of an instant."""
        tick = self.state.tick
        if what in SETTLING:
            self.changes[:] = [
                event
                for event in self.changes
                if not (isinstance(event, Change) and event.what == what)
            ]
        self.changes.append(Change(tick, self.seconds, self.state.bar, what, value, cause))

    def bar_line(self) -> None:
        """The present bar begins."""
        bar = self.state.bar
        self.changes[:] = [
            event
            for event in self.changes
            if not (isinstance(event, BarLine) and event.bar.number == bar.number)
        ]
        self.changes.append(BarLine(self.state.tick, self.seconds, bar))

    def log(self, text: str) -> None:
        """A line for the operator."""
        self.changes.append(Log(self.state.tick, self.seconds, self.state.bar, text))

    def reply(self, receipt: int, cue: str, effects: Iterable[Effect], reason: str = "") -> None:
        """A binding answer or an outcome."""
        tick = self.state.tick
        self.changes.append(
            Reply(tick, self.seconds, self.state.bar, receipt, cue, tuple(effects), reason)
        )

    def effect(self, what: str, outcome: Outcome, tick: Ticks, rule: str) -> Effect:
        """One effect with its place in bars, beats and seconds as the maps stand."""
        bar, beat = self.place(tick)
        return Effect(what, outcome, tick, self.seconds_at(tick), bar, beat, rule)

    def place(self, tick: Ticks) -> tuple[int, Fraction]:
        """Bar and beat of a tick that is not before the present bar."""
        bar = self.state.bar
        end = bar.start + bar.length
        if tick < end:
            return bar.place(tick)
        metre = self.context.metre
        whole, rest = divmod(tick - end, metre.bar)
        return bar.number + 1 + whole, 1 + Fraction(rest, metre.beat)

    def cause(self, rule: str, cue: str = "") -> Cause:
        """A cause in the present scene and state."""
        return Cause(rule, cue, self.state.scene, self.state.story)

    def flush(self, events: list[Event]) -> None:
        """Hand out what happened at this tick: releases, then changes, then attacks (S3)."""
        if self.releases:
            events.extend(self.releases)
            self.releases.clear()
        if self.changes:
            events.extend(self.changes)
            self.changes.clear()
        if self.attacks:
            events.extend(self.attacks)
            self.attacks.clear()


def _is_void(item: Item, state: State, lasting: set[int]) -> bool:
    """Whether a mark of a scene that was left, the end of a change or a plan that is gone."""
    _, _, _, action, what, more = item
    if action == "mark":
        return more < 0 and -more - 1 != state.scene_tick
    if action in ("apply", "pickup"):
        pending = state.pending.get(int(what))
        return pending is None or pending.tick != more
    return action == "expire" and what not in lasting
