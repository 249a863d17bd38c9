"""What the verbs do that stop time, let it run in circles, or bring it to an end."""

from __future__ import annotations

from leitmotor.messages import Cause
from leitmotor.music.length import Grid
from leitmotor.music.time import Ticks
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.standing import PAUSE
from leitmotor.perform.state import Pending
from leitmotor.score import verbs

LASTING = (verbs.Pause, verbs.Hold, verbs.Vamp, verbs.PlayPassage, verbs.Finish)
"""Verbs that end when what they began is over."""


class TimeActs:
    """Carries out pauses, holds, vamps, passages and endings; each tells its own end."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        ensemble.passages.idle = self.fall_silent

    def begin(self, pending: Pending, cause: Cause) -> None:
        """Verbs whose end is told by what they begin."""
        ensemble, token = self.ensemble, pending.token
        verb = pending.entry.verb
        match verb:
            case verbs.Pause(over):
                ensemble.standing.pause(over, cause, token)
            case verbs.Hold(until, at_each_bar, most) if at_each_bar:
                ensemble.standing.step(until, most, cause, token)
            case verbs.Hold(until, _, most):
                ensemble.standing.hold(until, most, cause, token)
            case verbs.Vamp():
                ensemble.vamps.begin(verb, cause, token)
            case verbs.PlayPassage(name):
                ensemble.passages.begin(
                    name,
                    cause,
                    token=token,
                    offset=ensemble.passages.offset(verb),
                    foreseen=pending.foreseen,
                )
            case verbs.Finish(name) if name:
                ensemble.passages.begin(
                    name, cause, token=token, closing=True, foreseen=pending.foreseen
                )
            case verbs.Finish():
                ensemble.passages.finish(pending.boundary.grid is not Grid.NOW, cause, token)

    def go_on(self, cause: Cause) -> None:
        """Out of a hold, out of holding at every bar, out of a vamp."""
        standing = self.ensemble.standing
        standing.end_steps()
        stand = self.house.state.stand
        if stand is not None and stand.why != PAUSE:
            standing.go_on(cause)
        else:
            self.ensemble.vamps.leave()

    def faded_out(self, end: Ticks) -> None:
        """The end of `fade out`, if that is still what fades: nothing plays any more (S24)."""
        fade = self.house.context.fade
        if fade is not None and fade.end == end and self.house.state.playing:
            self.fall_silent(self.house.cause("fade out"))
            self.ensemble.ledger.end_all()

    def fall_silent(self, cause: Cause) -> None:
        """Nothing plays any more: what sounds may ring, the place is kept, cues are taken (S24)."""
        house, ensemble = self.house, self.ensemble
        ensemble.places.leave(False)
        if house.state.stand is not None:
            ensemble.standing.go_on(cause)
        ensemble.standing.end_steps()
        ensemble.vamps.end()
        ensemble.stingers.call_off()
        ensemble.silences.stop()
        ensemble.lead.clear()
        ensemble.passages.drop()
        ensemble.crossfades.clear()
        ensemble.lines.silence()
        house.state.playing = False
        house.change("playing", "idle", cause)

    def undo(self, cue: str, cause: Cause) -> list[str]:
        """Let go what a cue holds: time, a vamp, a passage."""
        ensemble, state = self.ensemble, self.house.state
        done: list[str] = []
        if state.steps is not None and state.steps.cue == cue:
            ensemble.standing.end_steps()
            done.append("hold at each bar")
        if state.stand is not None and state.stand.cue == cue:
            done.append(state.stand.why)
            ensemble.standing.go_on(cause)
        if state.vamp is not None and state.vamp.cue == cue:
            ensemble.vamps.leave()
            done.append("vamp")
        if state.passage is not None and state.passage.cue == cue and state.passage.following < 0:
            done.append(f"passage {state.passage.name}".rstrip())
            ensemble.lead.clear()
            ensemble.ledger.end_all()
            ensemble.passages.drop()
            ensemble.passages.back_to_scene(cause)
        return done
