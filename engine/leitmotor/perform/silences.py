"""Silence as an event: the clock runs on, nothing is attacked, and the music returns (S25)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from leitmotor.messages import Cause, Outcome
from leitmotor.music.dice import draw
from leitmotor.music.time import Ticks
from leitmotor.perform.bars import Bars
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
from leitmotor.perform.lead import Ended
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.overlay_state import SilenceNow
from leitmotor.perform.settings import Settings
from leitmotor.perform.state import Kind, Pending, Ramp
from leitmotor.score.compiled_overlays import ANY_CUE, SilencePlan
from leitmotor.score.verbs import Silence

WITHOUT_END: Ticks = 1 << 62

Stands: TypeAlias = Callable[[SilencePlan, Cause, tuple[int, int]], None]


class Silences:
    """Begins and ends silences, one at a time. The gate itself is in the orchestra."""

    def __init__(
        self,
        house: House,
        bars: Bars,
        harmony: Harmony,
        ledger: Ledger,
        settings: Settings,
        ended: Ended,
    ) -> None:
        self.house = house
        self.bars = bars
        self.harmony = harmony
        self.ledger = ledger
        self.settings = settings
        self.ended = ended
        self.stand: Stands = lambda _plan, _cause, _token: None
        """Told a silence for which time stands."""

    def _plan(self, name: str) -> SilencePlan:
        return self.house.score.silences[name]

    def refusal(self, verb: Silence) -> str:
        """Why it cannot be performed now; empty where it can."""
        if self.stops_time(verb) and self.house.state.stand is not None:
            return f"time stands already ({self.house.state.stand.why})"
        return "" if self.house.state.playing else "nothing plays"

    def stops_time(self, verb: Silence) -> bool:
        """Whether time is inserted for it."""
        return self._plan(verb.silence).stop_time

    def remark(self, verb: Silence) -> str:
        """What of it is performed otherwise than it says."""
        if self._plan(verb.silence).room_tone:
            return "; room tone needs sound, which there is not yet: nothing sounds"
        return ""

    # -- its beginning -----------------------------------------------------------------------------

    def begin(self, pending: Pending, name: str, cause: Cause) -> None:
        """Nothing is attacked from here on; what sounds ends, or rings out."""
        house = self.house
        state = house.state
        self._supersede()
        plan = self._plan(name)
        if plan.stop_time:
            house.change("silence", name, cause)
            self.stand(plan, cause, pending.token)
            return
        shortest, longest = self._lengths(plan)
        least = state.tick if plan.until and shortest == longest else state.tick + (shortest or 0)
        ident = house.ident()
        state.overlaid.silence = SilenceNow(
            ident,
            name,
            pending.receipt,
            pending.cue,
            pending.entry.text,
            pending.token,
            least,
        )
        state.overlaid.silent_until = WITHOUT_END
        self._release(plan)
        house.change("silence", name, cause)
        if longest is not None:
            house.push(state.tick + longest, Kind.CHANGE, "silence over", ident)

    def _lengths(self, plan: SilencePlan) -> tuple[Ticks | None, Ticks | None]:
        """The least and the most; without `until` a span is drawn by its place (S32)."""
        if plan.shortest is None or plan.longest is None:
            return None, None
        house = self.house
        tick = house.state.tick
        least, most = (house.ticks_for(length, tick) for length in (plan.shortest, plan.longest))
        if not plan.until:
            drawn = draw(house.state.seed, least, most, "silence", plan.name, tick)
            least = most = round(drawn)
        return least, max(most, 1)

    def _release(self, plan: SilencePlan) -> None:
        tick = self.house.state.tick
        for sounding in list(self.house.state.ledger.values()):
            if plan.tails and sounding.end is not None:
                continue
            # What began at this very instant cannot end in it: it ends a tick later.
            end = tick + 1 if sounding.attack.tick == tick else tick
            self.ledger.end_by(end, lambda s, one=sounding: s is one)  # type: ignore[misc]

    def _supersede(self) -> None:
        house = self.house
        now = house.state.overlaid.silence
        if now is None:
            return
        house.state.overlaid.silence = None
        house.state.sequences.pop(now.token[0], None)
        why = "a later silence took its place"
        effect = house.effect(now.text, Outcome.SUPERSEDED, house.state.tick, why)
        house.reply(now.receipt, now.cue, (effect,))

    # -- its end -----------------------------------------------------------------------------------

    def over(self, ident: int) -> None:
        """Its length is over, if it is still on."""
        now = self.house.state.overlaid.silence
        if now is not None and now.ident == ident:
            self._end(now, self.house.cause("the silence is over", now.cue))

    def cue_fired(self, cue: str) -> None:
        """A cue was fired: it may be what the silence waits for."""
        now = self.house.state.overlaid.silence
        if now is None or self.house.state.tick < now.least:
            return
        if self._plan(now.name).until in (ANY_CUE, cue):
            self._end(now, self.house.cause("cue", cue))

    def undo(self, cue: str, cause: Cause) -> list[str]:
        """Take back the silence that a cue brought about and that is still on; says what."""
        now = self.house.state.overlaid.silence
        if now is None or now.cue != cue:
            return []
        self._end(now, cause)
        return [now.text]

    def _end(self, now: SilenceNow, cause: Cause) -> None:
        """The music returns at the next bar line, everyone with it."""
        house = self.house
        overlaid, tick = house.state.overlaid, house.state.tick
        overlaid.silence = None
        overlaid.silent_until = self.bars.ceiling(tick)
        house.change("silence", "", cause)
        back = self._plan(now.name).back
        if back is not None:
            level = float(back)
            self.settings.put("dynamic", Ramp(tick, tick, level, level), cause, False)
        house.push(overlaid.silent_until, Kind.STATEMENT, "music returns")
        self.ended(now.token)

    def returns(self) -> None:
        """The bar line has come: held chords are struck, all others come in by themselves."""
        if self.house.state.tick >= self.house.state.overlaid.silent_until:
            self.harmony.strike()

    def entered(self) -> None:
        """An entry begins a bar: whoever only waited for the next bar line comes in here."""
        overlaid = self.house.state.overlaid
        if overlaid.silence is None:
            overlaid.silent_until = min(overlaid.silent_until, self.house.state.tick)

    def stop(self) -> None:
        """All music stops, and the silence with it."""
        house, overlaid = self.house, self.house.state.overlaid
        if overlaid.silence is not None:
            house.change("silence", "", house.cause("stop"))
        overlaid.silence, overlaid.silent_until = None, 0
