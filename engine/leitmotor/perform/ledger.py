"""What is sounding. Every note-on goes through here, and gets exactly one note-off (law 3)."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.messages import Attack, Cause, Release, Voice
from leitmotor.music.time import Ticks
from leitmotor.perform.house import House
from leitmotor.perform.state import Kind, Sounding


class Ledger:
    """Attacks, releases, and who owns what sounds."""

    def __init__(self, house: House) -> None:
        self.house = house
        # Found again from the state after a restore: which note holds a pitch of a channel.
        self._holding = {
            (s.voice.out, s.voice.channel, s.attack.pitch): s for s in house.state.ledger.values()
        }

    def attack(
        self,
        voice: Voice,
        pitch: int,
        spelling: str,
        velocity: int,
        length: Ticks,
        written: int,
        cause: Cause,
        owner: str,
        levels: tuple[float | None, float | None],
        touch: str = "",
    ) -> None:
        """Begin a note of `length` ticks; 0 holds it until its owner lets go."""
        house = self.house
        state = house.state
        tick = state.tick
        place = (voice.out, voice.channel, pitch)
        end = tick + length if length else None
        holder = self._holding.get(place)
        if holder is not None:
            if holder.attack.tick == tick:
                self._share(holder, end)
                return
            self._off(holder)  # S28: re-strike
        state.notes = note = state.notes + 1
        event = Attack(
            tick,
            house.seconds,
            state.bar,
            note,
            voice,
            pitch,
            spelling,
            velocity,
            length,
            written,
            cause,
            touch,
        )
        house.attacks.append(event)
        state.ledger[note] = self._holding[place] = Sounding(event, end, owner, levels)
        if end is not None:
            house.push(end, Kind.RELEASE, "off", note)

    def _share(self, holder: Sounding, end: Ticks | None) -> None:
        """Two lines want one pitch of one channel at one instant: one note-on serves both.

        It lasts until the longer of them ends.
        """
        if holder.end is not None and (end is None or end > holder.end):
            holder.end = end
            if end is not None:
                self.house.push(end, Kind.RELEASE, "off", holder.attack.note)

    def off(self, note: int, _: int = 0) -> None:
        """The planned end of a note has come, unless the plan has changed since."""
        state = self.house.state
        sounding = state.ledger.get(note)
        if sounding is not None and sounding.end == state.tick:
            self._off(sounding)

    def release(self, note: int) -> None:
        """End a note now, if it still sounds."""
        sounding = self.house.state.ledger.get(note)
        if sounding is not None:
            self._off(sounding)

    def _off(self, sounding: Sounding) -> None:
        house = self.house
        state = house.state
        attack = sounding.attack
        voice = attack.voice
        del state.ledger[attack.note]
        del self._holding[(voice.out, voice.channel, attack.pitch)]
        house.releases.append(
            Release(
                state.tick,
                house.seconds,
                state.bar,
                attack.note,
                voice,
                attack.pitch,
                attack.spelling,
                state.tick - attack.tick,
                attack.cause,
            )
        )

    def end_by(self, tick: Ticks, which: Callable[[Sounding], bool]) -> None:
        """Let the notes that `which` picks end at `tick` at the latest; now, if that is now."""
        state = self.house.state
        for sounding in [s for s in state.ledger.values() if which(s)]:
            if sounding.attack.tick == state.tick:
                continue  # it began at this instant: it belongs to what comes, not to what goes
            if tick <= state.tick:
                self._off(sounding)
            elif sounding.end is None or sounding.end > tick:
                sounding.end = tick
                self.house.push(tick, Kind.RELEASE, "off", sounding.attack.note)

    def end_owner(self, owner: str) -> None:
        """Let everything of one owner end now."""
        self.end_by(self.house.state.tick, lambda s: s.owner == owner)

    def end_all(self) -> None:
        """Release everything that sounds."""
        for sounding in list(self.house.state.ledger.values()):
            self._off(sounding)
