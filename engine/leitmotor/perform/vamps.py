"""Vamps: some bars round and round, the same notes each time (S26)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leitmotor.messages import Cause
from leitmotor.perform.state import Vamp
from leitmotor.score import verbs

if TYPE_CHECKING:
    from leitmotor.perform.ensemble import Ensemble

Ended = Callable[[tuple[int, int]], None]


class Vamps:
    """Keeps the place where a round begins, and goes back to it at the round's end."""

    def __init__(self, ensemble: Ensemble, ended: Ended) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.ended = ended

    def begin(self, verb: verbs.Vamp, cause: Cause, token: tuple[int, int]) -> None:
        """From this bar line, or the next one, so many bars are played round and round."""
        state = self.house.state
        ident = self.house.ident()
        vamp = Vamp(ident, verb.bars, verb.bars, verb.until, verb.leave_at_bar, token, cause.cue)
        if state.tick == state.bar.start:
            vamp.begin = state.here
        state.vamp = vamp
        if verb.at_most is not None:
            rule = f"{verb.at_most} of {cause.cue} are over"
            self.ensemble.standing.expire(ident, verb.at_most, rule)
        self.house.change("vamp", f"{verb.bars} bars", cause)

    def bar_line(self) -> None:
        """A bar has begun, and nothing of it was carried out yet: on, or back to the beginning."""
        state, places = self.house.state, self.ensemble.places
        places.keep(before_bar_line=True)
        vamp = state.vamp
        if vamp is None:
            self.ensemble.harmony.bar_line()
            self.ensemble.lines.push()
            return
        begin, vamp.begin = vamp.begin, vamp.begin or state.here
        vamp.left -= begin is not None
        if vamp.left == 0 and begin is not None:
            vamp.exit = vamp.exit or state.here
            if not vamp.leaving:
                vamp.left = vamp.bars
                places.restore(begin)
                return
            self.end()
        elif vamp.leaving and vamp.leave_at_bar and vamp.exit is not None:
            self.end()
            places.restore(vamp.exit)
            return
        self.ensemble.harmony.bar_line()
        self.ensemble.lines.push()

    def end_of_round(self) -> int:
        """After how many bar lines from here the vamp is left, if it is to be left."""
        vamp = self.house.state.vamp
        if vamp is None or (vamp.leave_at_bar and vamp.exit is not None):
            return 1
        return max(vamp.left, 1)

    def leave(self) -> None:
        """No further round: on at the end of this one, or at the next bar line."""
        if self.house.state.vamp is not None:
            self.house.state.vamp.leaving = True

    def end(self) -> None:
        """The vamp is over."""
        vamp = self.house.state.vamp
        if vamp is None:
            return
        self.house.state.vamp = None
        self.house.change("vamp", "", self.house.cause("vamp", vamp.cue))
        self.ended(vamp.token)
