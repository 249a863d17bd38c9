"""Cues in, decisions out: who is asked for what, in which order, and the answer (S2, S10, S35)."""

from __future__ import annotations

from itertools import takewhile

from leitmotor.messages import Cue, Do, Effect, Fire, Observation, Outcome, Set
from leitmotor.music.dice import pick
from leitmotor.music.length import NOW
from leitmotor.music.time import Ticks
from leitmotor.perform import matching, timepiece
from leitmotor.perform.acts import Acts
from leitmotor.perform.captures import filled
from leitmotor.perform.driving import Driving
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.hearing import with_remarks
from leitmotor.perform.hours import HOUR
from leitmotor.perform.inputs import REACHED, Inputs
from leitmotor.perform.passages import STOPPING
from leitmotor.perform.requests import Requests
from leitmotor.perform.state import CueRecord, Sequence, State, Waiting
from leitmotor.perform.things import SILENT_VERBS
from leitmotor.score.compiled import CompiledScore, CueRule
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation, Vamp

NOBODY_WAITS = "no cue waits for it"

LONGEST_CASCADE = 8
"""So many cues may fire one another at one instant; one more is a circle."""


class Director:
    """Acts on cues when their time has come."""

    def __init__(self, score: CompiledScore, state: State) -> None:
        self.ensemble = Ensemble(score, state, self.ended, self.happened)
        self.house = self.ensemble.house
        self.requests = Requests(self.ensemble)
        self.driving = Driving(self.ensemble, self.requests)
        self.inputs = Inputs(self.ensemble, self.driving, self.happened)
        self.ensemble.entries.inputs = self.inputs.enter
        self.acts = Acts(self.ensemble, self.requests, self.ended, self.inputs)
        self.ensemble.passages.ask = self._asked_by_score

    # -- cues --------------------------------------------------------------------------------------

    def act_on(self, waiting: Waiting) -> None:
        """A cue's time has come: decide, and answer."""
        state = self.house.state
        seen = waiting.cue
        if not waiting.receipt and isinstance(seen, Observation) and seen.kind == REACHED:
            self.inputs.reached(seen.address)
            return
        if not waiting.receipt and isinstance(seen, Observation) and seen.kind == HOUR:
            self.driving.hour(seen)
            return
        state.last_act = (waiting.receipt, state.tick)
        if not self._is_still_there(waiting):
            return  # the scene that would have brought it about was left, or stopped, before
        if waiting.only_for:
            self._time_over(waiting)
            return
        match waiting.cue:
            case Fire(name=name):
                self._fire_by_name(name, waiting)
            case Do(text=text):
                self._do(text, waiting)
            case Set(parameter=parameter, value=value):
                effect = self.inputs.answer(parameter, value)
                self.house.reply(waiting.receipt, effect.what, (effect,), waiting.note)
            case Observation() as seen:
                self._observe(seen, waiting)

    def _is_still_there(self, waiting: Waiting) -> bool:
        """Whether the scene or state that brings a cue about was neither left nor stopped."""
        state = self.house.state
        if waiting.entry < 0 and waiting.scene < 0:
            return True
        return state.playing and state.may_come(waiting)

    def _time_over(self, waiting: Waiting) -> None:
        """A hold or a vamp has lasted as long as it may, if it is still on."""
        state = self.house.state
        cause = self.house.cause(waiting.rule)
        if state.stand is not None and state.stand.ident == waiting.only_for:
            self.ensemble.standing.go_on(cause)
        elif state.vamp is not None and state.vamp.ident == waiting.only_for:
            self.ensemble.vamps.leave()

    def may_still_act(self, waiting: Waiting) -> bool:
        """Whether what a cue is to end is still on; true of every other cue."""
        state = self.house.state
        on = {each.ident for each in (state.stand, state.vamp) if each is not None}
        return not waiting.only_for or waiting.only_for in on

    def stops_time(self, waiting: Waiting | None) -> bool:
        """Whether a cue stops time at once: it comes before all else at its instant (S26)."""
        if waiting is None:
            return False
        if isinstance(waiting.cue, Do):
            return waiting.cue.text.startswith(("hold", "pause"))
        if isinstance(waiting.cue, Fire):
            rule = self.rule_named(waiting.cue.name)
            return rule is not None and _stops(rule.do)
        if isinstance(waiting.cue, Observation):
            seen = waiting.cue
            rules = matching.that_may_fire(self.house.score, seen)
            return any(_stops(rule.do) for rule in rules)
        return False

    def _asked_by_score(self, entries: tuple[Entry, ...], what: str) -> None:
        """Verbs that the score brings about by itself; nobody waits for an answer."""
        effects = self._begin(entries, 0, what)
        self.house.reply(0, what, effects)

    def passage_event(self, what: int | str, ident: int) -> None:
        """A place of a passage is reached where verbs stand, or which has a name."""
        run = self.house.state.passage
        if run is None or run.ident != ident:
            return
        if isinstance(what, str):
            self._marker(what)
            return
        event = self.house.score.passages[run.name].at[what]
        label, vamp = f"{event.label} of {run.name}", self.house.state.vamp
        entries = event.entries
        if vamp is not None and vamp.cue == label:  # its round has come back to where it began
            again = takewhile(lambda entry: not entry.then, entries)
            entries = tuple(each for each in again if not isinstance(each.verb, Vamp))
        if entries:
            self._asked_by_score(entries, label)

    def _refuse(self, waiting: Waiting, what: str, why: str) -> None:
        effect = self.house.effect(what, Outcome.REFUSED, self.house.state.tick, why)
        self.house.reply(waiting.receipt, what, (effect,), waiting.note)

    def rule_named(self, name: str) -> CueRule | None:
        """A cue by its name or number; the next in the list for GO."""
        cues = self.house.score.cues
        if name == "GO":
            listed = [rule for rule in cues if rule.listed]
            place = self.house.state.go_next
            return listed[place] if place < len(listed) else None
        exact = next((rule for rule in cues if rule.name == name), None)
        return exact or next((rule for rule in cues if rule.number and rule.number == name), None)

    def unknown(self, name: str) -> str:
        """Why a name fires nothing."""
        if name == "GO":
            return "there is no further cue in the list"
        names = [rule.name for rule in self.house.score.cues]
        return f"there is no cue {name}{did_you_mean(name, names)}"

    def _fire_by_name(self, name: str, waiting: Waiting) -> None:
        rule = self.rule_named(name)
        if rule is None:
            self._refuse(waiting, name, self.unknown(name))
        else:
            self._fire(rule, waiting)

    def _observe(self, seen: Observation, waiting: Waiting) -> None:
        house = self.house
        rules = matching.fired_by(house.score, house.state, seen, house.seconds)
        if not rules and waiting.receipt:
            self._refuse(waiting, f"{seen.kind} {seen.address}", NOBODY_WAITS)
        for rule in rules:
            self._fire(rule, waiting)

    def happened(self, kind: str, address: str) -> None:
        """Something of the score's own came to pass (a scene entered, a marker passed)."""
        state = self.house.state
        if not any(rule.when for rule in self.house.score.cues):
            return
        tick, depth = state.cascade
        depth = depth + 1 if tick == state.tick else 1
        state.cascade = (state.tick, depth)
        if depth > LONGEST_CASCADE:
            self.house.log(f"cues fire one another in a circle at {kind} {address}: not followed")
            return
        self._observe(Observation(kind, address), Waiting(0, Do("")))

    def clock_unknown(self) -> None:
        """What waits for a time of day will not come by itself: say so of each."""
        house = self.house
        for name in timepiece.misses_the_clock(house.score):
            effect = house.effect(name, Outcome.REFUSED, house.state.tick, timepiece.UNKNOWN)
            house.reply(0, name, (effect,))

    def mark(self, name: str, ident: int) -> None:
        """A marker's place is reached, if what carries it is still there."""
        state = self.house.state
        if ident < 0:
            if -ident - 1 != state.scene_tick:
                return
        elif ident not in state.statements:
            return
        self._marker(name)

    def _marker(self, name: str) -> None:
        self.house.change("marker", name, self.house.cause("marker"))
        self.requests.marker(name)
        self.happened("marker", name)

    # -- firing ------------------------------------------------------------------------------------

    def _fire(self, rule: CueRule, waiting: Waiting) -> None:
        house = self.house
        state = house.state
        why = matching.refusal(rule, state, house.seconds)
        if why:
            self._refuse(waiting, rule.name, why)
            return
        try:
            entries = self._entries(rule, waiting.cue)
        except ValueError as problem:
            self._refuse(waiting, rule.name, str(problem))
            return
        record = state.cues.setdefault(rule.name, CueRecord())
        record.fired, record.last = record.fired + 1, house.seconds
        self._move_list(rule)
        house.change("cue", rule.name, house.cause("cue", rule.name))
        freed = self._let_go(rule.name)
        if rule.do or not rule.sets:  # an input for a parameter is no cue that a silence waits for
            self.ensemble.silences.cue_fired(rule.name)
        self._pass_on(rule.do, f"cue {rule.name}")
        effects = freed + self._begin(entries, waiting.receipt, rule.name)
        if rule.sets:
            effects.append(self.inputs.of_cue(rule, waiting.cue))
        house.reply(waiting.receipt, rule.name, effects, waiting.note)

    def _let_go(self, cue: str) -> list[Effect]:
        """What waits for a cue goes on: a hold, the bars of a vamp. Says what."""
        house, state = self.house, self.house.state
        freed: list[Effect] = []
        stand = state.stand
        self.ensemble.standing.cue_fired(cue)
        if stand is not None and state.stand is None:
            what = f"{stand.why} of {stand.cue}"
            freed.append(house.effect(what, Outcome.DONE, state.tick, "time goes on"))
        vamp = state.vamp
        if vamp is not None and vamp.until == cue:
            self.ensemble.vamps.leave()
            place, bar = self.ensemble.vamps.end_of_round(), state.bar
            tick = bar.start + bar.length + (place - 1) * house.context.metre.bar
            what, rule = f"vamp of {vamp.cue}", f"it is left at bar {bar.number + place}"
            freed.append(house.effect(what, Outcome.PLANNED, tick, rule))
        return freed

    def _move_list(self, rule: CueRule) -> None:
        """GO goes on after the cue that was fired last."""
        listed = [cue.name for cue in self.house.score.cues if cue.listed]
        if rule.name in listed:
            self.house.state.go_next = listed.index(rule.name) + 1

    def _entries(self, rule: CueRule, cue: Cue) -> tuple[Entry, ...]:
        """What a cue does next, with what wildcards matched; `ValueError` where that is no verb."""
        entries = self._due(rule.do, f"cue {rule.name}")
        if not isinstance(cue, Observation):
            return entries
        return filled(entries, matching.wildcards(rule, cue), self.house.score.names)

    def _pass_on(self, do: tuple[Entry, ...] | Rotation, name: str) -> None:
        """Of several things to do, the one that was due is done; they are counted under a name."""
        if isinstance(do, Rotation):
            turns = self.house.state.turns
            turns[name] = turns.get(name, 0) + 1

    def _due(self, do: tuple[Entry, ...] | Rotation, name: str) -> tuple[Entry, ...]:
        """What will be done when it is asked for next."""
        if not isinstance(do, Rotation):
            return do
        state, options = self.house.state, do.options
        turn = state.turns.get(name, 0)
        if do.shuffled:
            turn = pick(state.seed, len(options), turn, name)
        return options[turn % len(options)]

    def stinger_over(self, ident: int) -> None:
        """A stinger has ended: its own `then` is asked for."""
        now = self.ensemble.stingers.over(ident)
        then = self.house.score.stingers[now.name].then if now is not None else ()
        if now is None or not then:
            return
        entries = self._due(then, f"stinger {now.name} then")
        self._pass_on(then, f"stinger {now.name} then")
        effects = self._begin(entries, now.receipt, now.cue)
        self.house.reply(now.receipt, now.cue, effects)

    def _do(self, text: str, waiting: Waiting) -> None:
        try:
            parsed = parse_do(typed(text), self.house.score.names)
        except ValueError as problem:
            self._refuse(waiting, text, str(problem))
            return
        entries = parsed if not isinstance(parsed, Rotation) else parsed.options[0]
        effects = self._begin(entries, waiting.receipt, waiting.rule or text)
        self.house.reply(waiting.receipt, waiting.rule or text, effects, waiting.note)

    # -- sequences ---------------------------------------------------------------------------------

    def _begin(self, entries: tuple[Entry, ...], receipt: int, cue: str) -> list[Effect]:
        """Ask for the entries up to the first `then`; the rest waits."""
        if not entries:
            return []
        ident = self.house.ident()
        return self._ask_group(Sequence(ident, receipt, cue, entries, 0), 0)

    def _ask_group(self, sequence: Sequence, first: int) -> list[Effect]:
        state = self.house.state
        entries = sequence.entries
        end = next((n for n in range(first + 1, len(entries)) if entries[n].then), len(entries))
        if end < len(entries):
            sequence.waits_for = end - 1
            state.sequences[sequence.ident] = sequence
        else:
            state.sequences.pop(sequence.ident, None)
        effects = []
        for number in range(first, end):
            token = (sequence.ident, number)
            effects.append(self._ask(entries[number], sequence, token))
            if effects[-1].outcome in (Outcome.REFUSED, Outcome.EXPIRED):
                self.ended(token)  # what waits for it need not wait for ever
        return with_remarks(self.ensemble, entries[first:end], effects)

    def _ask(self, entry: Entry, sequence: Sequence, token: tuple[int, int]) -> Effect:
        needs_music = not isinstance(entry.verb, SILENT_VERBS)
        if needs_music and not self.house.state.playing and not self.requests.refusal(entry):
            self.acts.begin_music(self.house.cause("the first cue", sequence.cue))
        return self.requests.ask(entry, sequence.receipt, sequence.cue, token)

    def ended(self, token: tuple[int, int]) -> None:
        """An entry has ended: what waited for it with `then` is asked for now."""
        sequence = self.house.state.sequences.get(token[0])
        if sequence is None or sequence.waits_for != token[1]:
            return
        effects = self._ask_group(sequence, token[1] + 1)
        self.house.reply(sequence.receipt, sequence.cue, effects)

    # -- looking ahead -----------------------------------------------------------------------------

    def foreseen(self, cue: Cue, tick: Ticks) -> tuple[tuple[Effect, ...], str]:
        """What a cue would do if it acted at `tick` as things stand. Changes nothing."""
        house = self.house
        if isinstance(cue, Set):
            effect = self.inputs.foreseen(cue, tick)
            return (effect,), effect.rule if effect.outcome is Outcome.REFUSED else ""
        if isinstance(cue, Observation):
            rules = matching.that_may_fire(house.score, cue)
            if not rules:
                return (), NOBODY_WAITS
            return tuple(e for rule in rules for e in self._foreseen_of(rule, cue, tick)), ""
        if isinstance(cue, Fire):
            named = self.rule_named(cue.name)
            if named is None:
                return (), self.unknown(cue.name)
            return self._foreseen_of(named, cue, tick), ""
        try:
            parsed = parse_do(typed(cue.text), house.score.names)
        except ValueError as problem:
            return (), str(problem)
        return self._foreseen_all(parsed, tick), ""

    def _foreseen_of(self, rule: CueRule, cue: Cue, tick: Ticks) -> tuple[Effect, ...]:
        why = matching.refusal(rule, self.house.state, self.house.seconds)
        if not why:
            try:
                effects = self._foreseen_all(self._entries(rule, cue), tick)
                put_in = rule.sets and self.inputs.foreseen_of_cue(rule, cue, tick)
                return (*effects, put_in) if put_in else effects
            except ValueError as problem:
                why = str(problem)
        return (self.house.effect(rule.name, Outcome.REFUSED, tick, why),)

    def _foreseen_all(self, do: tuple[Entry, ...] | Rotation, tick: Ticks) -> tuple[Effect, ...]:
        entries = do.options[0] if isinstance(do, Rotation) else do
        return tuple(self._foreseen(entry, tick) for entry in _first_group(entries))

    def _foreseen(self, entry: Entry, tick: Ticks) -> Effect:
        refusal = self.requests.refusal(entry)
        if refusal:
            return self.house.effect(entry.text, Outcome.REFUSED, tick, refusal)
        place, rule, _ = self.requests.place(entry, tick)
        return self.house.effect(
            entry.text, Outcome.PLANNED, tick if place is None else place, rule
        )


def _stops(do: tuple[Entry, ...] | Rotation) -> bool:
    entries = do.options[0] if isinstance(do, Rotation) else do
    return any(
        isinstance(entry.verb, STOPPING) and (entry.at is None or entry.at == NOW)
        for entry in _first_group(entries)
    )


def typed(text: str) -> list[str]:
    """Several verbs on one line, divided by commas: no verb holds one (language rule 4)."""
    return [part.strip() for part in text.split(",")]


def _first_group(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    for number, entry in enumerate(entries):
        if entry.then and number:
            return entries[:number]
    return entries
