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
            (s.voice.out, s.voice.channel, s.pitch): s.note for s in house.state.ledger.values()
        }

    def attack(
        self,
        voice: Voice,
        pitch: int,
        spelling: str,
        velocity: int,
        length: Ticks,
        index: int,
        cause: Cause,
        owner: str,
        levels: tuple[float, float],
    ) -> None:
        """Begin a note of `length` ticks; 0 holds it until its owner lets go."""
        house = self.house
        state = house.state
        tick = state.tick
        place = (voice.out, voice.channel, pitch)
        end = tick + length if length else None
        holder = self._holding.get(place)
        if holder is not None:
            earlier = state.ledger[holder]
            if earlier.tick == tick:
                # Two lines want the same pitch of one channel at one instant: one note-on serves
                # both, until the longer of them ends.
                if earlier.end is not None and (end is None or end > earlier.end):
                    earlier.end = end
                    if end is not None:
                        house.push(end, Kind.RELEASE, "off", holder)
                return
            self._off(earlier)  # S28: re-strike
        state.notes += 1
        note = state.notes
        state.ledger[note] = Sounding(
            note, voice, pitch, spelling, tick, end, owner, cause, levels[0], levels[1], length
        )
        self._holding[place] = note
        if end is not None:
            house.push(end, Kind.RELEASE, "off", note)
        house.attacks.append(
            Attack(
                tick,
                house.seconds,
                state.bar,
                note,
                voice,
                pitch,
                spelling,
                velocity,
                length,
                index,
                cause,
            )
        )

    def off(self, note: int) -> None:
        """The planned end of a note has come, unless the plan has changed since."""
        sounding = self.house.state.ledger.get(note)
        if sounding is not None and sounding.end == self.house.state.tick:
            self._off(sounding)

    def _off(self, sounding: Sounding) -> None:
        house = self.house
        state = house.state
        voice = sounding.voice
        del state.ledger[sounding.note]
        del self._holding[(voice.out, voice.channel, sounding.pitch)]
        house.releases.append(
            Release(
                state.tick,
                house.seconds,
                state.bar,
                sounding.note,
                voice,
                sounding.pitch,
                sounding.spelling,
                state.tick - sounding.tick,
                sounding.cause,
            )
        )

    def end_by(self, tick: Ticks, which: Callable[[Sounding], bool]) -> None:
        """Let the notes that `which` picks end at `tick` at the latest; now, if that is now."""
        state = self.house.state
        for sounding in [s for s in state.ledger.values() if which(s)]:
            if sounding.tick == state.tick:
                continue  # it began at this very instant: it belongs to what comes, not to what goes
            if tick <= state.tick:
                self._off(sounding)
            elif sounding.end is None or sounding.end > tick:
                sounding.end = tick
                self.house.push(tick, Kind.RELEASE, "off", sounding.note)

    def end_owner(self, owner: str) -> None:
        """Let everything of one owner end now."""
        self.end_by(self.house.state.tick, lambda s: s.owner == owner)

    def end_all(self) -> None:
        """Release everything that sounds."""
        for sounding in list(self.house.state.ledger.values()):
            self._off(sounding)
