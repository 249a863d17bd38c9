"""Mixer words with `over T`: who comes and who goes, cross-faded by CC7 (S9, theory T7).

The change itself is made at once, so that all that follows from it is as without `over T`. Those
who lose their part by it play on while their channels fade out; those who gain one begin in silence
and rise. Only channels that come or go as a whole are faded: one that somebody goes on playing on
keeps its level, and there players hand over at their next note, as they do without `over T`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leitmotor.messages import Cause
from leitmotor.music.time import Ticks
from leitmotor.perform.casting import CastingOffice
from leitmotor.perform.context import weigh
from leitmotor.perform.house import House
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.lines import Lines
from leitmotor.perform.mixer import Mixer
from leitmotor.perform.overlay_state import FULL, Blend, Fader
from leitmotor.perform.settings import Settings
from leitmotor.perform.state import Kind, Override, Setting, Sounding
from leitmotor.score.compiled_overlays import STINGER_ROLE

Parts = Mapping[tuple[str, str], frozenset[str]]
"""(role, instrument) of everyone who has a part, with the channels of each."""


class Crossfades:
    """Fades channels in and out around a change of who is to be heard."""

    def __init__(
        self,
        house: House,
        office: CastingOffice,
        ledger: Ledger,
        lines: Lines,
        mixer: Mixer,
        settings: Settings,
    ) -> None:
        self.house = house
        self.office = office
        self.ledger = ledger
        self.lines = lines
        self.mixer = mixer
        self.settings = settings
        settings.weighed = self.reconsider

    # -- who has a part ----------------------------------------------------------------------------

    def _parts(self) -> Parts:
        """Everyone to be heard in the context in force."""
        return {
            (role, name): self.office.channels((name,), role)
            for role, names in self._casts()
            for name in names
        }

    def _casts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        state = self.house.state
        for role in self.house.context.layers:
            if role != "lead" and self.lines.material(role):
                yield role, self.office.heard(role, None)
        for statement in state.statements.values():
            if statement.role != STINGER_ROLE:
                yield statement.role, self.office.heard(statement.role, statement)
        if state.lead.statement not in state.statements:
            yield "lead", self.office.heard("lead", None)

    def _parts_with(self, thing: str, value: Setting) -> Parts:
        """Everyone to be heard once a thing is set."""
        house = self.house
        overrides, before = house.state.overrides, house.context
        overrides.append(Override(0, thing, value, "", False, house.state.tick))
        house.context = weigh(house.score, house.state)
        try:
            return self._parts()
        finally:
            overrides.pop()
            house.context = before

    # -- a change over T ---------------------------------------------------------------------------

    def change(
        self,
        thing: str,
        value: Setting,
        end: Ticks,
        cause: Cause,
        keep: bool,
        until: Ticks | None,
    ) -> None:
        """Set a thing, and let channels come and go until `end`."""
        state = self.house.state
        overlaid = state.overlaid
        before, after = self._parts(), self._parts_with(thing, value)
        # Who is fading out already and is to be heard again turns back from where the fader is.
        going = _all(before) - _all(after)
        coming = _all(after) - _all(before)
        leavers = tuple(part for part, channels in before.items() if channels <= going)
        if leavers:
            ident = self.house.ident()
            overlaid.blends.append(Blend(ident, cause.cue, end, leavers, tuple(sorted(going))))
            self.house.push(end, Kind.CHANGE, "crossfade over", ident)
        for channel in sorted(going):
            self._fade(channel, end, 0.0)
        for channel in sorted(coming):
            self._fade(channel, end, FULL)
        self.settings.put(thing, value, cause, keep, until)
        for channel in sorted(coming):
            self.mixer.level_now(channel)  # before the first note
        for role, name in after:
            if (role, name) not in before:
                line = state.lines.get(role)
                if line is not None and line.material == "held":
                    self.house.push(state.tick, Kind.ATTACK, "join", f"{role}\n{name}")
        self.mixer.watch()

    def _fade(self, channel: str, end: Ticks, goal: float) -> None:
        overlaid, tick = self.house.state.overlaid, self.house.state.tick
        present = overlaid.faders.get(channel)
        start = present.place(tick) if present is not None else FULL - goal
        overlaid.faders[channel] = Fader(tick, end, start, goal)
        overlaid.rest = max(overlaid.rest, end)
        self.house.state.channels[channel].parked = False
        self.house.push(end, Kind.CONTROL, "grid")
        if goal == FULL:
            self.house.push(end, Kind.CONTROL, "fader up", channel)

    # -- what becomes of it ------------------------------------------------------------------------

    def over(self, ident: int) -> None:
        """Those who were fading out are silent now: their notes end, and their channels rest."""
        house = self.house
        overlaid = house.state.overlaid
        blend = next((each for each in overlaid.blends if each.ident == ident), None)
        if blend is None:
            return
        self.mixer.level_all()
        overlaid.blends.remove(blend)
        silent = frozenset(blend.channels)

        def faded(sounding: Sounding) -> bool:
            return self.mixer.name(sounding.voice) in silent

        self.ledger.end_by(house.state.tick, faded)
        for channel in blend.channels:
            self._take_off(channel)
            house.state.channels[channel].parked = True
        house.version += 1
        self.lines.update()

    def risen(self, channel: str) -> None:
        """A channel that came in has its level now, unless it was turned back meanwhile."""
        fader = self.house.state.overlaid.faders.get(channel)
        if fader is not None and fader.goal == FULL and fader.end == self.house.state.tick:
            self._take_off(channel)
            self.mixer.level_all()

    def _take_off(self, channel: str) -> None:
        self.house.state.overlaid.faders.pop(channel, None)

    def reconsider(self) -> None:
        """After any change: whoever has a part again is no longer on the way out."""
        overlaid = self.house.state.overlaid
        if not overlaid.blends:
            return
        parts = self._parts()
        used = _all(parts)
        for blend in list(overlaid.blends):
            back = used & set(blend.channels)
            if not back:
                continue
            for channel in sorted(back):
                fader = overlaid.faders.get(channel)
                if fader is not None and fader.goal != FULL:
                    self._take_off(channel)
            blend.channels = tuple(c for c in blend.channels if c not in back)
            blend.players = tuple(part for part in blend.players if part not in parts)
            if not blend.channels:
                overlaid.blends.remove(blend)

    def clear(self) -> None:
        """An entry or a stop: nobody plays on, everyone has the level of the desk.

        What still sounds on a channel that was going keeps the level it has come down to.
        """
        overlaid = self.house.state.overlaid
        for blend in overlaid.blends:
            for channel in blend.channels:
                self.house.state.channels[channel].parked = True
        overlaid.blends.clear()
        overlaid.faders.clear()


def _all(parts: Parts) -> frozenset[str]:
    return frozenset().union(*parts.values())
