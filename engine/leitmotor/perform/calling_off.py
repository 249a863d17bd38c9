"""Taking back what was done, and calling off what was planned: undo, cancel, stop, panic."""

from __future__ import annotations

from leitmotor.messages import Cause, Outcome, Panic
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.inputs import Inputs
from leitmotor.perform.requests import Requests
from leitmotor.perform.state import Pending
from leitmotor.perform.time_acts import TimeActs


class CallingOff:
    """Carries out the verbs that put an end to what others have brought about."""

    def __init__(
        self, ensemble: Ensemble, requests: Requests, time: TimeActs, inputs: Inputs
    ) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.requests = requests
        self.time = time
        self.inputs = inputs

    def undo(self, pending: Pending, cue: str, cause: Cause) -> None:
        """Take back what a cue changed and what still holds, and call off what it has planned."""
        house = self.house
        state = house.state
        ensemble = self.ensemble
        done = ensemble.stingers.undo(cue) + ensemble.silences.undo(cue, cause)
        done += ensemble.settings.undo(cue, cause)
        for planned in [p for p in state.pending.values() if p.cue == cue]:
            self.requests.drop(planned, Outcome.CANCELLED, f"by {pending.entry.text}")
            done.append(planned.thing or planned.entry.text)
        for deed in [deed for deed in state.deeds if deed.cue == cue]:
            state.deeds.remove(deed)
            if deed.what == "arc" and state.arcs.get(deed.who) == deed.after:
                state.arcs[deed.who] = deed.before
                done.append(f"arc {deed.who}")
            elif deed.what == "parameter" and self.inputs.undo(deed):
                done.append(f"parameter {deed.who}")
            elif deed.what == "presence" and deed.before != deed.after:
                if deed.before == "present":
                    self.ensemble.lead.join(deed.who)
                else:
                    self.ensemble.lead.leave(deed.who)
                done.append(f"presence {deed.who}")
        done += self.time.undo(cue, cause)
        reason = f"took back {', '.join(done)}" if done else f"nothing of {cue} holds any more"
        house.reply(pending.receipt, pending.cue, (), reason)

    def cancel(self, pending: Pending, cue: str) -> None:
        """Call off what a cue, or any, has planned and not begun."""
        state = self.house.state
        dropped = [p for p in state.pending.values() if not cue or p.cue == cue]
        for each in dropped:
            if each.ident in state.pending:
                self.requests.drop(each, Outcome.CANCELLED, f"by {pending.entry.text}")
        for sequence in [s for s in state.sequences.values() if not cue or s.cue == cue]:
            if sequence.ident != pending.token[0]:
                del state.sequences[sequence.ident]
        if not dropped:
            self.house.reply(pending.receipt, pending.cue, (), "nothing was planned")

    def stop(self, pending: Pending, cause: Cause) -> None:
        """Sounding notes end, the place is kept, nothing plays any more (S24).

        What other cues have planned is called off: it would begin the music again.
        """
        self._call_off(pending)
        self.time.fall_silent(cause)
        self.ensemble.ledger.end_all()

    def _call_off(self, pending: Pending) -> None:
        """Drop what is planned, but for the rest of the sequence that asks for it."""
        state = self.house.state
        mine = pending.token[0]
        for each in list(state.pending.values()):
            if each.token[0] != mine and each.ident in state.pending:
                self.requests.drop(each, Outcome.CANCELLED, f"by {pending.entry.text}")
        for ident in [ident for ident in state.sequences if ident != mine]:
            del state.sequences[ident]

    def panic(self, pending: Pending, cause: Cause) -> None:
        """Stop, call off everything, and silence every output with all means."""
        house = self.house
        house.state.sequences.clear()
        self.requests.drop_all(f"by {pending.entry.text}")
        self.stop(pending, cause)
        house.changes.append(Panic(house.state.tick, house.seconds, house.state.bar))
