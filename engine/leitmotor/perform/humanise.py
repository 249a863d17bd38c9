"""Humanise: small irregularities of time, velocity and length (S27, S32, theory T11).

Everything comes from dice thrown for the place of a note, so that it is the same every time and one
line's notes do not move another's. Nothing of this is asked where `humanise` is off.
"""

from __future__ import annotations

from leitmotor.messages import Cause
from leitmotor.music.dice import draw, normal
from leitmotor.music.dynamics import clipped_velocity
from leitmotor.music.notes import Note
from leitmotor.music.time import Ticks
from leitmotor.perform.house import House
from leitmotor.perform.orchestra import Orchestra, Ready
from leitmotor.perform.state import Kind

AMOUNTS = {"off": 0.0, "light": 0.5, "full": 1.0}
ONSET_MILLISECONDS, FARTHEST_MILLISECONDS = 6.0, 15.0
VELOCITY, FARTHEST_VELOCITY = 4.0, 10.0
LENGTH = 0.03
CHORD_MILLISECONDS = 12.0


class Humanise:
    """Moves attacks a little, and plays what is attacked a little unevenly."""

    def __init__(self, house: House, orchestra: Orchestra) -> None:
        self.house = house
        self.orchestra = orchestra
        self.amount = AMOUNTS[house.score.defaults.humanise]

    def moved(
        self, tick: Ticks, low: Ticks, high: Ticks, role: str, names: tuple[str, ...]
    ) -> Ticks:
        """Where an attack that is written at `tick` comes, from `low` to `high` at the widest.

        Decisions lie on beats: what is written there is never early, for it would sound before the
        boundary of what made it; and nothing comes as late as the next bar line. Kits keep time.
        """
        house = self.house
        instruments = house.score.instruments
        if any(instruments[name].kit for name in names):
            return tick
        bar = house.state.bar
        chance = normal(house.state.seed, "onset", role, names[0] if names else "", *self._at(tick))
        farthest = FARTHEST_MILLISECONDS * self.amount
        milliseconds = _clipped(chance * ONSET_MILLISECONDS * self.amount, farthest)
        if milliseconds < 0.0 and (tick - bar.start) % bar.beat == 0:
            return tick
        line = tick + bar.length - (tick - bar.start) % bar.length
        return min(max(tick + house.milliseconds(milliseconds), low), high, line - 1)

    def _at(self, tick: Ticks) -> tuple[int, Ticks]:
        """Bar and tick in the bar, also of a place that lies ahead; in a vamp those as written."""
        state = self.house.state
        whole, rest = divmod(tick - state.bar.start, state.bar.length)
        return state.bar.number - state.dice_bars + whole, rest

    def play(
        self, note: Note, ready: Ready, role: str, tick: Ticks, cause: Cause, owner: str, again: str
    ) -> None:
        """Attack the lowest of a note that is written at `tick`; the others of a chord soon after.

        `again` is the text under which the queue will ask for them; without it all come at once.
        """
        house = self.house
        self.share(note, ready, 0, role, tick, cause, owner)
        for number in range(1, len(ready.shares)):
            instrument = ready.shares[number].player.instrument
            spread = 0
            if again and not instrument.kit:
                where = ("chord", role, instrument.name, *self._at(tick), note.number, number)
                widest = CHORD_MILLISECONDS * self.amount
                spread = house.milliseconds(draw(house.state.seed, 0.0, widest, *where))
            if spread:
                later = f"{again}\n{number}"
                house.push(house.state.tick + spread, Kind.ATTACK, "spread", later, tick)
            else:
                self.share(note, ready, number, role, tick, cause, owner)

    def share(
        self,
        note: Note,
        ready: Ready,
        number: int,
        role: str,
        tick: Ticks,
        cause: Cause,
        owner: str,
    ) -> None:
        """Attack one player's share of a note; none, where the cast has become smaller."""
        if number >= len(ready.shares):
            return
        share = ready.shares[number]
        instrument = share.player.instrument
        seed = self.house.state.seed
        where = (role, instrument.name, *self._at(tick), note.number, number)
        farthest = FARTHEST_VELOCITY * self.amount
        louder = _clipped(normal(seed, "velocity", *where) * VELOCITY * self.amount, farthest)
        length = ready.length
        if length and not instrument.kit:
            widest = LENGTH * self.amount
            length = max(round(length * (1.0 + draw(seed, -widest, widest, "length", *where))), 1)
        struck = clipped_velocity(share.velocity + round(louder))
        once = note if number == 0 else note._replace(surge="")
        uneven = ready._replace(shares=(share._replace(velocity=struck),), length=length)
        self.orchestra.sound(once, uneven, cause, owner)


def _clipped(value: float, farthest: float) -> float:
    return min(max(value, -farthest), farthest)
