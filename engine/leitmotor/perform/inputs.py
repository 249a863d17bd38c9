"""Inputs of parameters: what they are answered, and the thresholds that they lead to (S30)."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from leitmotor.messages import Cause, Cue, Effect, Fire, Observation, Outcome, Set
from leitmotor.music.time import Seconds, Ticks
from leitmotor.perform.driving import Driving
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.motion import Motion, resting, towards
from leitmotor.perform.state import Deed, Kind, Pending, Waiting
from leitmotor.perform.thresholds import Turning, carried, due, fresh, turnings_of
from leitmotor.score.compiled import CueRule
from leitmotor.score.compiled_parameters import Parameter
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.verbs import SetParameter

REACHED = "parameter"
"""The kind of the score's own observation that a parameter has come to a threshold."""

CROSSED = "threshold"
"""The kind of observation that a cue's threshold fires on."""

MIDI_RANGE = (0.0, 127.0)
"""What comes from a MIDI controller, where the cue does not say otherwise."""


class Inputs:
    """Takes inputs in, and wakes what waits for the values that they lead to."""

    def __init__(
        self, ensemble: Ensemble, driving: Driving, happened: Callable[[str, str], None]
    ) -> None:
        self.house = ensemble.house
        self.inbox = ensemble.inbox
        self.driving = driving
        self.happened = happened
        self.turnings = turnings_of(self.house.score)
        self._take_up()

    def _take_up(self) -> None:
        """Begin to watch what nobody has watched so far: all of it, or what a reload brought."""
        state, score = self.house.state, self.house.score
        for name, parameter in score.parameters.items():
            if name not in state.parameters:
                state.parameters[name] = resting(parameter, self.house.seconds)
            missing = [t for t in self.turnings[name] if t.key not in state.watches]
            for turning in missing:
                value = state.parameters[name].value_at(self.house.seconds)
                state.watches[turning.key] = fresh(turning, value)
            if missing:
                self._look_ahead(name)
        self.driving.take_up()

    # -- inputs ------------------------------------------------------------------------------------

    def set(self, name: str, value: float, over: Seconds | None = None) -> Motion:
        """A parameter is told where to go, from this instant on."""
        house = self.house
        state, now = house.state, house.seconds
        old = state.parameters[name]
        motion = towards(house.score.parameters[name], old, value, now, over)
        if motion is old:
            return old
        motion.ident = house.ident()
        for turning in self.turnings[name]:
            watch = state.watches[turning.key]
            watch.since = carried(turning, watch, old, now)
        state.parameters[name] = motion
        self._look_ahead(name)
        self.driving.follow(name)
        return motion

    def put_back(self, name: str, ident: int) -> None:
        """`for T` is over: the input before returns, unless another one came."""
        motion = self.house.state.parameters.get(name)
        if motion is not None and motion.ident == ident:
            self.set(name, motion.before)

    def act(self, pending: Pending, verb: SetParameter, cause: Cause) -> Ticks:
        """`set PARAM = X [over T] [for T]`; returns where it will have arrived."""
        house = self.house
        tick = house.state.tick
        end = tick + house.ticks_for(verb.over, tick) if verb.over is not None else tick
        over = house.seconds_at(end) - house.seconds if verb.over is not None else None
        before = house.state.parameters[verb.parameter].target
        motion = self.set(verb.parameter, float(verb.value), over)
        self._note_deed(cause.cue, verb.parameter, before, motion.target)
        if pending.entry.lasting is not None:
            back = tick + house.ticks_for(pending.entry.lasting, tick)
            house.push(back, Kind.CHANGE, "parameter back", verb.parameter, motion.ident)
        return end

    def _note_deed(self, cue: str, name: str, before: float, after: float) -> None:
        state = self.house.state
        state.deeds = [d for d in state.deeds if (d.what, d.who, d.cue) != (REACHED, name, cue)]
        state.deeds.append(Deed(self.house.ident(), cue, REACHED, name, repr(before), repr(after)))

    def undo(self, deed: Deed) -> bool:
        """Take back what a verb set, where it still holds; whether it did."""
        motion = self.house.state.parameters.get(deed.who)
        if motion is None or motion.target != float(deed.after):
            return False
        self.set(deed.who, float(deed.before))
        return True

    # -- thresholds --------------------------------------------------------------------------------

    def _look_ahead(self, name: str) -> None:
        """Solve a parameter's thresholds anew, and wake up at the first that is reached."""
        house = self.house
        state, now = house.state, house.seconds
        motion = state.parameters[name]
        first: Seconds | None = None
        for turning in self.turnings[name]:
            watch = state.watches[turning.key]
            watch.due = due(turning, watch, motion, now)
            if watch.due is not None and (first is None or watch.due < first):
                first = watch.due
        rule = f"parameter {name}"
        if any(waiting.rule == rule for waiting in state.inbox):
            state.inbox = [waiting for waiting in state.inbox if waiting.rule != rule]
            self.inbox.changed()
        if first is not None:
            self.inbox.add(Waiting(0, Observation(REACHED, name), seconds=first, rule=rule))

    def reached(self, name: str) -> None:
        """A parameter has come to one or more of its thresholds: those of mappings act first."""
        state, now = self.house.state, self.house.seconds
        turned: list[Turning] = []
        for turning in self.turnings.get(name, ()):
            watch = state.watches[turning.key]
            if watch.due is not None and watch.due <= now:
                watch.is_on, watch.since = not watch.is_on, None
                turned.append(turning)
        self._look_ahead(name)
        for number in dict.fromkeys(t.mapping for t in turned if t.mapping >= 0):
            went_up = any(state.watches[t.key].is_on for t in turned if t.mapping == number)
            self.driving.turn(number, int(went_up))
        for turning in turned:
            if turning.mapping < 0 and state.watches[turning.key].is_on:
                self.happened(CROSSED, turning.key)

    # -- entries -----------------------------------------------------------------------------------

    def enter(self, what: str) -> None:
        """A "scene" or a "state" begins here: its own inputs, and what mappings make of all.

        At a "place" that is gone back to nothing is put in: parameters are where they are.
        """
        state, score = self.house.state, self.house.score
        story = score.states.get(state.story)
        inputs = story.inputs if story is not None and what != "place" else {}
        for name, value in inputs.items():
            self.set(name, value)
        for name, turnings in self.turnings.items():
            value = state.parameters[name].value_at(self.house.seconds)
            anew = [t for t in turnings if self.driving.begins_anew(t.mapping, what)]
            for turning in anew:
                state.watches[turning.key] = fresh(turning, value)
            if anew:
                self._look_ahead(name)
        self.driving.enter(what)

    # -- answers -----------------------------------------------------------------------------------

    def answer(self, name: str, value: float) -> Effect:
        """Take an input in; what it comes to, and when."""
        refused = self._refusal(name, value)
        if refused is not None:
            return refused
        self.set(name, value)
        return self._effect(name, value, self.house.state.parameters[name], Outcome.DONE)

    def foreseen(self, cue: Set, tick: Ticks) -> Effect:
        """What an input at a tick would come to, as things stand. Changes nothing."""
        refused = self._refusal(cue.parameter, cue.value)
        if refused is not None:
            return refused
        house = self.house
        old = house.state.parameters[cue.parameter]
        parameter = house.score.parameters[cue.parameter]
        motion = towards(parameter, old, cue.value, house.seconds_at(tick))
        effect = self._effect(cue.parameter, cue.value, motion, Outcome.PLANNED)
        placed = house.effect(effect.what, Outcome.PLANNED, tick, effect.rule)
        return placed if motion is not old else placed._replace(rule=f"{effect.rule}, as before")

    def of_cue(self, rule: CueRule, cue: Cue) -> Effect:
        """The input that a cue with `set:` makes of what came."""
        made = self._made_of(rule, cue)
        if isinstance(made, Effect):
            return made
        return self.answer(made.parameter, made.value)

    def foreseen_of_cue(self, rule: CueRule, cue: Cue, tick: Ticks) -> Effect:
        """What the input of a cue with `set:` would come to at a tick. Changes nothing."""
        made = self._made_of(rule, cue)
        return made if isinstance(made, Effect) else self.foreseen(made, tick)

    def _made_of(self, rule: CueRule, cue: Cue) -> Set | Effect:
        """What a cue puts in, or why it cannot."""
        came = value_that_came(rule.sets, cue)
        if came is None:
            why = f"no number came with it; write {rule.name} value=0.5, or {rule.sets} = 0.5"
            what = f"set {rule.sets}"
            return self.house.effect(what, Outcome.REFUSED, self.house.state.tick, why)
        scale = rule.scale or (MIDI_RANGE if _is_midi(cue) else None)
        if scale is not None:
            came = self.house.score.parameters[rule.sets].scaled(came, *scale)
        return Set(rule.sets, came)

    def _refusal(self, name: str, value: float) -> Effect | None:
        house = self.house
        why = ""
        if name not in house.score.parameters:
            why = f"there is no parameter {name}{did_you_mean(name, [*house.score.parameters])}"
        elif not isfinite(value):
            why = f"{value} is no value of a parameter"
        if not why:
            return None
        return house.effect(f"{name} = {value:g}", Outcome.REFUSED, house.state.tick, why)

    def _effect(self, name: str, value: float, motion: Motion, outcome: Outcome) -> Effect:
        house = self.house
        parameter = house.score.parameters[name]
        rule = self._arrival(motion) + _clamping(parameter, value)
        return house.effect(f"{name} = {motion.target:g}", outcome, house.state.tick, rule)

    def _arrival(self, motion: Motion) -> str:
        """ "from 0.1, there at bar 3 beat 2 after 1.4 s"."""
        house = self.house
        left = motion.arrives - max(house.seconds, motion.began)
        if left <= 0.0:
            return "at once" if motion.length <= 0.0 else "there already"
        present = motion.value_at(max(house.seconds, motion.began))
        bar, beat = house.place(max(house.tick_at(motion.arrives), house.state.tick))
        return f"from {present:.4g}, there at bar {bar} beat {float(beat):.4g} after {left:.4g} s"


def _clamping(parameter: Parameter, value: float) -> str:
    if parameter.low <= value <= parameter.high:
        return ""
    return f"; {value:g} is outside of its range {parameter.low:g}..{parameter.high:g}"


def _is_midi(cue: Cue) -> bool:
    return isinstance(cue, Observation) and cue.kind.startswith("midi")


def value_that_came(parameter: str, cue: Cue) -> float | None:
    """The number that came with a cue: its first value, or its field of the parameter's name."""
    if isinstance(cue, Observation) and cue.values:
        return _number(cue.values[0])
    if isinstance(cue, (Fire, Observation)):
        fields = dict(cue.fields)
        return _number(fields.get(parameter, fields.get("value", "")))
    return None


def _number(value: float | str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if isfinite(number) else None
