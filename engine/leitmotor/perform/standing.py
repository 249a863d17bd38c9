"""Time that stands: pause, hold, and what may happen meanwhile (S3, S11, S26)."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify
from math import inf
from typing import TYPE_CHECKING

from leitmotor.messages import Cause, Do
from leitmotor.music.dice import draw
from leitmotor.music.length import Length
from leitmotor.music.time import Seconds, Ticks
from leitmotor.perform.state import Item, Ramp, Stand, Steps, Waiting
from leitmotor.score.compiled_overlays import ANY_CUE, SilencePlan

if TYPE_CHECKING:
    from leitmotor.perform.ensemble import Ensemble

Ended = Callable[[tuple[int, int]], None]

PAUSE, HOLD, SILENCE = "pause", "hold", "silence"


class Standing:
    """Stops time and lets it go on. While it stands the tick stays and seconds pass."""

    def __init__(self, ensemble: Ensemble, ended: Ended) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.ended = ended

    # -- stopping ----------------------------------------------------------------------------------

    def pause(self, over: Length | None, cause: Cause, token: tuple[int, int]) -> None:
        """Time stands; what sounds ends within `over` (S11)."""
        house = self.house
        stand = self._begin(PAUSE, cause, token)
        patience = self._seconds_of(over) if over is not None else 0.0
        tick = house.state.tick
        for sounding in list(house.state.ledger.values()):
            if sounding.end is None or sounding.end > tick:
                stand.cut.append(sounding)
            planned = inf if sounding.end is None else house.seconds_at(sounding.end)
            until = min(planned, house.seconds + patience)
            stand.ends.append((until, sounding.attack.note))
        stand.ends.sort()
        self.end_notes()

    def hold(self, until: str, most: Length | None, cause: Cause, token: tuple[int, int]) -> None:
        """Time stands and what sounds sustains, until a cue comes or so long has passed (S26)."""
        stand = self._begin(HOLD, cause, token)
        stand.until = until
        if most is not None:
            self.expire(stand.ident, most, f"{most} of {cause.cue or HOLD} are over")

    def expire(self, ident: int, most: Length, rule: str) -> None:
        """Let a stand or a vamp end by itself after so long."""
        self._expire_after(ident, self._seconds_of(most), rule)

    def _expire_after(self, ident: int, patience: Seconds, rule: str) -> None:
        over = Waiting(0, Do("continue"), rule=rule, only_for=ident)
        over.seconds = self.house.seconds + patience
        self.ensemble.inbox.add(over)

    def silence(self, plan: SilencePlan, cause: Cause, token: tuple[int, int]) -> None:
        """A silence for which time is inserted (S25)."""
        house = self.house
        stand = self._begin(SILENCE, cause, token)
        stand.silence, stand.until, stand.least = plan.name, plan.until, house.seconds
        if plan.shortest is not None and plan.longest is not None:
            least, most = self._seconds_of(plan.shortest), self._seconds_of(plan.longest)
            if plan.until and least < most:
                stand.least = house.seconds + least
            elif least < most:
                most = draw(house.state.seed, least, most, SILENCE, plan.name, house.state.tick)
            self._expire_after(stand.ident, most, f"the silence {plan.name} is over")
        for sounding in list(house.state.ledger.values()):
            rings = plan.tails and sounding.end is not None
            end = house.seconds_at(sounding.end) if rings and sounding.end else house.seconds
            stand.ends.append((end, sounding.attack.note))
        stand.ends.sort()
        self.end_notes()

    def _begin(self, why: str, cause: Cause, token: tuple[int, int]) -> Stand:
        house = self.house
        stand = Stand(house.ident(), why, house.state.serial, token=token, cue=cause.cue)
        house.state.stand = stand
        house.change("time", f"stands ({why})", cause)
        return stand

    def _seconds_of(self, length: Length) -> Seconds:
        tick = self.house.state.tick
        return self.house.seconds_at(tick + self.house.ticks_for(length, tick)) - (
            self.house.seconds_at(tick)
        )

    # -- while it stands ---------------------------------------------------------------------------

    def next_end(self) -> Seconds:
        """When the next sounding note ends meanwhile."""
        stand = self.house.state.stand
        return stand.ends[0][0] if stand is not None and stand.ends else inf

    def end_notes(self) -> None:
        """Release what is to end by now."""
        stand = self.house.state.stand
        while stand is not None and stand.ends and stand.ends[0][0] <= self.house.seconds:
            self.ensemble.ledger.release(stand.ends.pop(0)[1])

    def item_since(self, stand: Stand) -> Item | None:
        """Takes out the next thing that was asked for since, for this very instant."""
        state = self.house.state
        due = [
            item
            for item in state.queue
            if item[2] > stand.serial and item[0] <= state.tick and item[3] == "apply"
        ]
        if not due:
            return None
        first = min(due)
        state.queue.remove(first)
        heapify(state.queue)
        return first

    # -- going on ----------------------------------------------------------------------------------

    def go_on(self, cause: Cause) -> None:
        """Time goes on; what waited for the end of the stand begins."""
        stand = self.house.state.stand
        if stand is None:
            return
        self.house.go_on()
        self.house.change("time", "goes on", cause)
        if stand.silence:
            self._music_returns(self.house.score.silences[stand.silence], cause)
        self.ended(stand.token)

    def _music_returns(self, plan: SilencePlan, cause: Cause) -> None:
        """After a silence everyone goes on from where they were; what was held is struck again."""
        state = self.house.state
        self.house.change("silence", "", cause)
        if plan.back is not None:
            level = Ramp(state.tick, state.tick, float(plan.back), float(plan.back))
            self.ensemble.settings.put("dynamic", level, cause, False)
        state.struck = -1
        self.ensemble.harmony.strike()

    def cue_fired(self, cue: str) -> None:
        """A cue was fired: it may be what a stand waits for."""
        stand = self.house.state.stand
        if stand is None or not stand.until or self.house.seconds < stand.least:
            return
        if stand.until == cue or (stand.why == SILENCE and stand.until == ANY_CUE):
            self.go_on(self.house.cause(stand.why, cue))

    def resume(self, cause: Cause) -> None:
        """The cut bar begins anew here (S11)."""
        state = self.house.state
        stand, bar, here = state.stand, state.bar, state.here
        if stand is None:
            return
        if here is None or state.tick in (bar.start, bar.start + bar.length):
            self.resume_exactly(cause)  # no bar was cut
            return
        self.go_on(cause)
        self.ensemble.bars.begin_here()
        self.ensemble.inbox.bar_began()
        self.ensemble.places.restore(here)
        self.ensemble.harmony.strike()

    def resume_exactly(self, cause: Cause) -> None:
        """The music goes on from the instant of the pause; what was cut sounds again."""
        stand = self.house.state.stand
        if stand is None:
            return
        self.go_on(cause)
        tick = self.house.state.tick
        for cut in stand.cut:
            old = cut.attack
            left: Ticks = cut.end - tick if cut.end is not None else 0
            if cut.end is not None and left <= 0:
                continue
            self.ensemble.ledger.release(old.note)
            self.ensemble.ledger.attack(
                old.voice,
                old.pitch,
                old.spelling,
                old.velocity,
                left,
                old.written,
                old.cause,
                cut.owner,
                cut.levels,
                old.touch,
            )

    # -- step by step ------------------------------------------------------------------------------

    def step(self, until: str, most: Length | None, cause: Cause, token: tuple[int, int]) -> None:
        """From the next bar line on time stands at every one, until the cue comes."""
        self.house.state.steps = Steps(until, most, token, cause.cue)

    def bar_line(self) -> None:
        """A bar has begun: time stands here, where it goes on step by step."""
        steps = self.house.state.steps
        if steps is not None and self.house.state.stand is None:
            self.hold(steps.until, steps.most, self.house.cause("hold", steps.cue), (0, 0))

    def end_steps(self) -> None:
        """No longer step by step."""
        steps = self.house.state.steps
        if steps is not None:
            self.house.state.steps = None
            self.ended(steps.token)
