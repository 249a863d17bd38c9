"""From an entry of a cue to a change at its boundary: where, by which rule (S6–S10)."""

from __future__ import annotations

from leitmotor.messages import Effect, Outcome
from leitmotor.music.length import NOW, Boundary, Length
from leitmotor.music.time import Ticks
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.entries import EntryVerb
from leitmotor.perform.hearing import HEARD_FROM
from leitmotor.perform.new_statements import label_of
from leitmotor.perform.passages import PASSAGE_VERBS, STOPPING
from leitmotor.perform.standing import PAUSE
from leitmotor.perform.state import Kind, Pending
from leitmotor.perform.things import (
    CARRIED_VERBS,
    DEFAULT_BOUNDARIES,
    ENTRY_VERBS,
    TIME_VERBS,
    awaited,
    thing_of,
)
from leitmotor.score import verbs
from leitmotor.score.compiled_overlays import STINGER_ROLE
from leitmotor.score.names import is_capture
from leitmotor.score.performed import NOT_YET, verb_not_yet
from leitmotor.score.verbs import Entry, Verb


class Requests:
    """Plans what cues ask for, and replaces what was planned before."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        ensemble.bars.moved = self._bars_moved

    # -- planning ----------------------------------------------------------------------------------

    def place(
        self, entry: Entry, tick: Ticks, latest: Ticks | None = None
    ) -> tuple[Ticks | None, str, Boundary]:
        """Where an entry acts from `tick` on, and by which rule. Changes nothing.

        It waits until `latest`, or for as long as it may from `tick`.
        """
        boundary, wait, source = self._wanted(entry)
        if isinstance(entry.verb, verbs.PlayStinger):
            wait = latest = None  # it never falls back: too late, it expires (S7)
        place, rule = self.ensemble.bars.find_within(boundary, tick, wait, latest)
        if place is None:
            rule = f"{boundary}, not in sight yet"
        return place, f"{rule}{source}", boundary

    def _wanted(self, entry: Entry) -> tuple[Boundary, Length | None, str]:
        verb = entry.verb
        wait, source = entry.wait_at_most, ""
        default = DEFAULT_BOUNDARIES.get(type(verb), NOW)
        if isinstance(verb, ENTRY_VERBS) and self.house.state.playing:
            target = self.ensemble.entries.target(verb)
            if target is not None:
                way = self.ensemble.entries.transition(verb, *target)
                default, wait = way.at, wait or way.wait_at_most
                source = f" (transition {way.name})"
        if isinstance(verb, verbs.PlayStinger):
            default, own_wait = self.ensemble.stingers.wanted(verb)
            wait = wait or own_wait
        if entry.at is not None:
            return entry.at, wait, ""
        return default, wait, source

    def refusal(self, entry: Entry) -> str:
        """Why an entry cannot be honoured now; empty where it can."""
        house = self.house
        verb = entry.verb
        name = verb_not_yet(verb)
        if name:
            return f"{NOT_YET}: {name}"
        capture = next(filter(is_capture, entry.text.split()), "")
        if capture:
            return f"nothing was matched that {capture} names"
        if isinstance(verb, ENTRY_VERBS):
            return self._entry_refusal(verb)
        if isinstance(verb, TIME_VERBS):
            return self._time_refusal(verb)
        if isinstance(verb, verbs.PlayStinger):
            return self.ensemble.stingers.refusal(verb)
        if isinstance(verb, verbs.Silence):
            return self.ensemble.silences.refusal(verb)
        if isinstance(verb, (verbs.KeyTo, verbs.ModeTo)) and verb.mode is not None:
            here = house.state.key.mode
            if here.size != verb.mode.size:
                return (
                    f"{verb.mode.name} has {verb.mode.size} degrees and {here.name} {here.size}:"
                    " the notes would lose their places"
                )
        return ""

    def _time_refusal(self, verb: Verb) -> str:
        """Why time or its round cannot be stopped, or let go on."""
        state = self.house.state
        stand = state.stand
        match verb:
            case verbs.Resume():
                return "" if stand is not None and stand.why == PAUSE else "nothing is paused"
            case verbs.Continue():
                held = stand is not None and stand.why != PAUSE
                on = held or state.vamp is not None or state.steps is not None
                return "" if on else "there is neither a vamp nor a hold to leave"
        if not state.playing and not self._begins_here():
            return "nothing plays"
        if isinstance(verb, verbs.Vamp):
            return "a vamp is on already" if state.vamp is not None else ""
        if isinstance(verb, (verbs.Pause, verbs.Hold)) and stand is not None:
            return f"time stands already ({stand.why})"
        return ""

    def _begins_here(self) -> bool:
        """Whether music begins at this very instant."""
        state = self.house.state
        if any(p.thing == "scene" and p.tick == state.tick for p in state.pending.values()):
            return True
        return any(item[0] == state.tick and item[3] == "start" for item in state.queue)

    def _entry_refusal(self, verb: EntryVerb) -> str:
        state = self.house.state
        target = self.ensemble.entries.target(verb)
        if target is None and isinstance(verb, verbs.GoBack):
            return "there is nowhere to go back to"
        if target is None:
            return "there is no scene after this one"
        if not state.playing or (isinstance(verb, verbs.Go) and verb.from_the_top):
            return ""
        if any(p.thing == "scene" for p in state.pending.values()):
            return ""
        if isinstance(verb, verbs.ToState):
            if verb.state == state.story:
                return f"state {verb.state} is in force already"
        elif target[0] == state.scene and not isinstance(verb, verbs.GoBack):
            return f"we are in {target[0]} already; write: go {target[0]} from the top"
        return ""

    # -- asking ------------------------------------------------------------------------------------

    def ask(self, entry: Entry, receipt: int, cue: str, token: tuple[int, int]) -> Effect:
        """Ask for an entry now; the effect says what will become of it."""
        house = self.house
        state = house.state
        refusal = self.refusal(entry)
        if not refusal and isinstance(entry.verb, verbs.PlayMotif):
            place, _, _ = self.place(entry, state.tick)
            if place is not None and self._due(entry.verb, place):
                refusal = "already due there"
        if refusal:
            return house.effect(entry.text, Outcome.REFUSED, state.tick, refusal)
        too_late = self._too_late(entry, self._latest(entry))
        if too_late:
            return house.effect(entry.text, Outcome.EXPIRED, state.tick, too_late)
        thing = thing_of(entry.verb) or awaited(entry)
        if thing:
            self._supersede(thing)
        tick, rule, boundary = self.place(entry, state.tick)
        latest = self._latest(entry)
        pending = Pending(
            house.ident(),
            receipt,
            cue,
            entry,
            thing,
            boundary,
            latest,
            tick,
            rule,
            token,
            state.tick,
        )
        state.pending[pending.ident] = pending
        if tick is None and latest is not None and isinstance(entry.verb, verbs.PlayStinger):
            house.push(latest, Kind.CHANGE, "expire request", pending.ident)
        if tick is not None:
            rule += self._cuts(entry.verb, tick) + self._heard(entry.verb) + self._push(pending)
        place = tick if tick is not None else state.tick
        outcome = Outcome.DONE if tick == state.tick else Outcome.PLANNED
        return house.effect(entry.text, outcome, place, rule)

    def _latest(self, entry: Entry) -> Ticks | None:
        """Where the longest wait of an entry that is asked for now ends."""
        tick, (_, wait, _) = self.house.state.tick, self._wanted(entry)
        return tick + self.house.ticks_for(wait, tick) if wait is not None else None

    def _too_late(self, entry: Entry, latest: Ticks | None) -> str:
        """Why a stinger expires: it would land later than it may; empty where it need not."""
        if latest is None or not isinstance(entry.verb, verbs.PlayStinger):
            return ""
        tick, rule, _ = self.place(entry, self.house.state.tick)
        if tick is None or tick <= latest:
            return ""
        _, wait, _ = self._wanted(entry)
        return f"{rule} is more than {wait} away"

    def expire(self, ident: int) -> None:
        """A request has waited for as long as it may. What waits for it goes on without it."""
        pending = self.house.state.pending.get(ident)
        if pending is not None and pending.tick is None:
            _, wait, _ = self._wanted(pending.entry)
            self._expire(pending, f"{pending.boundary} did not come within {wait}")

    def _expire(self, pending: Pending, why: str) -> None:
        sequence = self.house.state.sequences.get(pending.token[0])
        self.drop(pending, Outcome.EXPIRED, why)
        if sequence is not None:
            self.house.state.sequences[sequence.ident] = sequence
            self.ensemble.lead.ended(pending.token)

    def _cuts(self, verb: Verb, place: Ticks) -> str:
        """What a motif that takes the lead puts an end to (S12)."""
        if not isinstance(verb, verbs.PlayMotif) or verb.role not in ("", "lead"):
            return ""
        running = self.ensemble.lead.cut_at(place)
        return f"; cuts {label_of(running)}" if running is not None else ""

    def _heard(self, verb: Verb) -> str:
        """Where what changes nothing by itself will be heard, as things stand (S12, S17)."""
        if isinstance(verb, verbs.Continue):
            return self._leaves()
        if isinstance(verb, verbs.Silence):
            return self.ensemble.silences.remark(verb)
        if isinstance(verb, verbs.PlayStinger) and self.house.state.overlaid.silence is not None:
            return f"; not heard while silence {self.house.state.overlaid.silence.name} is on"
        if isinstance(verb, verbs.Arc):
            return f"{HEARD_FROM}{verb.character}'s next statement"
        if not isinstance(verb, verbs.Enter) or verb.quietly:
            return ""
        house = self.house
        if not house.score.characters[verb.character].motif:
            return "; nothing to state"
        running = house.state.statements.get(house.state.lead.statement)
        end = max(running.end, house.state.tick) if running is not None else house.state.tick
        bar, beat = house.place(self.ensemble.bars.ceiling(end))
        after = f", after {label_of(running)}" if running is not None else ""
        return f"{HEARD_FROM}bar {bar} beat {beat}{after}"

    def _leaves(self) -> str:
        """Where a vamp is left, as things stand."""
        state = self.house.state
        vamp = state.vamp
        if vamp is None or state.stand is not None or state.steps is not None:
            return ""
        return f"; the vamp is left at bar {state.bar.number + self.ensemble.vamps.end_of_round()}"

    def _due(self, verb: verbs.PlayMotif, place: Ticks) -> bool:
        if self.ensemble.lead.due(verb, place):
            return True
        return any(
            isinstance(other := p.entry.verb, verbs.PlayMotif)
            and p.tick == place
            and (other.motif, other.state, other.role) == (verb.motif, verb.state, verb.role)
            for p in self.house.state.pending.values()
        )

    def _push(self, pending: Pending) -> str:
        """Let it happen at its place; says what of a pickup there is no room for."""
        state = self.house.state
        assert pending.tick is not None
        verb = pending.entry.verb
        kind = Kind.ENTRY if isinstance(verb, ENTRY_VERBS) else Kind.CHANGE
        if isinstance(verb, STOPPING) or (
            isinstance(verb, verbs.Silence) and self.ensemble.silences.stops_time(verb)
        ):
            kind = Kind.STAND
        self.house.push(pending.tick, kind, "apply", pending.ident, pending.tick)
        pickup = self._pickup(pending)
        if not pickup:
            return ""
        if pending.tick - pickup < state.tick:
            return "; no room for its pickup"
        self.house.push(
            pending.tick - pickup, Kind.STATEMENT, "pickup", pending.ident, pending.tick
        )
        return ""

    def _pickup(self, pending: Pending) -> Ticks:
        verb = pending.entry.verb
        if isinstance(verb, ENTRY_VERBS):
            return self.ensemble.entries.pickup(verb)
        if isinstance(verb, PASSAGE_VERBS) and verb.passage:
            passages = self.ensemble.passages
            entered = passages.offset(verb) if isinstance(verb, verbs.PlayPassage) else 0
            return 0 if entered else self.house.score.passages[verb.passage].pickup
        if isinstance(verb, verbs.PlayMotif):
            lead = self.ensemble.lead
            state = verb.state or lead.motif_state(lead.owner(verb.motif), verb.motif)
            return self.ensemble.statements.pickup(verb.motif, state)
        if isinstance(verb, verbs.PlayStinger):
            return self.ensemble.stingers.pickup(verb)
        return 0

    # -- taking back -------------------------------------------------------------------------------

    def _supersede(self, thing: str) -> None:
        for pending in [p for p in self.house.state.pending.values() if p.thing == thing]:
            self.drop(pending, Outcome.SUPERSEDED, f"a later request for {thing} took its place")

    def drop(self, pending: Pending, outcome: Outcome, why: str) -> None:
        """What was planned will not happen."""
        house = self.house
        del house.state.pending[pending.ident]
        house.state.sequences.pop(pending.token[0], None)
        self._cut_pickup(pending)
        effect = house.effect(pending.entry.text, outcome, house.state.tick, why)
        house.reply(pending.receipt, pending.cue, (effect,))

    def _cut_pickup(self, pending: Pending) -> None:
        """A pickup that sounds leads to a place that is gone."""
        foreseen = self.house.state.statements.get(pending.foreseen)
        if foreseen is not None and foreseen.role == STINGER_ROLE:
            self.ensemble.stingers.call_off()
        elif foreseen is not None:
            self.ensemble.statements.cut(foreseen)
        self.ensemble.passages.cut_ahead(pending.foreseen)

    def leave_behind(self, entry: Pending) -> None:
        """A scene is left: what was planned in it is not brought into the next one (S8).

        What is to be kept, stingers, what waits for a marker, and all that the entry's own cue asks
        for go on.
        """
        state = self.house.state
        why = f"scene {state.scene} was left"
        for each in list(state.pending.values()):
            mine = each.entry.keep or each.cue == entry.cue or each.asked >= entry.asked
            carried = isinstance(each.entry.verb, CARRIED_VERBS) or each.boundary.marker
            if each.ident in state.pending and not mine and not carried:
                self.drop(each, Outcome.CANCELLED, why)
        for sequence in list(state.sequences.values()):
            if sequence.ident < entry.token[0]:
                del state.sequences[sequence.ident]
                waiting = sequence.entries[sequence.waits_for + 1 :]
                effects = (
                    self.house.effect(each.text, Outcome.CANCELLED, state.tick, why)
                    for each in waiting
                )
                self.house.reply(sequence.receipt, sequence.cue, effects)

    def drop_all(self, why: str) -> None:
        """Nothing of what was planned will happen."""
        for pending in list(self.house.state.pending.values()):
            self.drop(pending, Outcome.CANCELLED, why)

    def planned(self, what: str, tick: Ticks, rule: str) -> Effect:
        """An effect that lies ahead."""
        return self.house.effect(what, Outcome.PLANNED, tick, rule)

    def _bars_moved(self) -> None:
        self.ensemble.inbox.bar_began()
        self.replan()

    def replan(self) -> None:
        """The bar lines have moved: places counted in bars are looked up anew."""
        now = self.house.state.tick
        for pending in list(self.house.state.pending.values()):
            if pending.tick is None or pending.tick <= now:
                continue
            tick, rule, _ = self.place(pending.entry, now, pending.latest)
            too_late = self._too_late(pending.entry, pending.latest)
            if too_late:
                self._expire(pending, too_late)
            elif tick != pending.tick:
                self._move(pending, tick, rule)

    def _move(self, pending: Pending, tick: Ticks | None, rule: str) -> None:
        """It will happen elsewhere; None where that is not in sight."""
        self._cut_pickup(pending)
        pending.tick, pending.rule, pending.foreseen = tick, rule, 0
        if tick is not None:
            self._push(pending)
        place = self.house.state.tick if tick is None else tick
        effect = self.house.effect(pending.entry.text, Outcome.PLANNED, place, rule)
        self.house.reply(pending.receipt, pending.cue, (effect,), "the bar lines moved")

    def marker(self, name: str) -> None:
        """A marker was passed: what waited for it acts here."""
        for pending in list(self.house.state.pending.values()):
            if pending.tick is None and pending.boundary.marker == name:
                pending.tick = self.house.state.tick
                self._push(pending)
