"""What mappings drive: followed in numbers on a grid, in steps and on and off at boundaries."""

from __future__ import annotations

from leitmotor.messages import Cause, Observation, Outcome
from leitmotor.music.length import NEXT_BAR, NOW, Boundary
from leitmotor.music.time import GRID, Ticks
from leitmotor.perform import hours
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.mixer import LEAST_GAP_SECONDS, SILENT_DB, ramp_value
from leitmotor.perform.parameters import followed, governs, mapped_name, step_of, value_of
from leitmotor.perform.requests import Requests
from leitmotor.perform.state import Kind, Ramp
from leitmotor.score.compiled_parameters import NUMBERS, STEPS, SWITCHES, MappingRule
from leitmotor.score.verbs import Entry, ToState

DEFAULT_BOUNDARIES: dict[str, Boundary] = {"harmony": NEXT_BAR}
"""Where a step is taken unless the mapping says otherwise: as with the verb (language §4)."""

FINEST = {
    "level": 0.1,
    "dynamic": 0.04,
    "density": 0.005,
    "swing": 0.002,
    "sharpen": 0.02,
    "tone": 0.008,
    "distance": 0.02,
}
"""Smaller steps than these are not heard, and not taken before a parameter rests."""

LONGEST_CASCADE = 8
"""So many states may bring one another about at one instant; one more is a circle."""


class Driving:
    """Keeps what parameters drive where it has to be."""

    def __init__(self, ensemble: Ensemble, requests: Requests) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.requests = requests
        rules = self.house.score.mappings
        self.tempi = [rule for rule in rules if rule.kind == "tempo"]
        self.numbers = [rule for rule in rules if rule.kind in NUMBERS - {"tempo"}]
        self.colours = any(rule.kind in ("tone", "distance") for rule in rules)

    def take_up(self) -> None:
        """Begin with where the parameters stand, in what has no place yet."""
        state = self.house.state
        missing = [rule for rule in self.house.score.mappings if rule.name not in state.mapped]
        for rule in missing:
            state.mapped[rule.name] = self._wanted(rule)
            hours.read_the_clock(rule, state)
        if missing:
            self.house.weigh()

    def _wanted(self, rule: MappingRule) -> float:
        """Where a mapping stands by its parameter: a number, a step, or 1 and 0 for on and off."""
        state = self.house.state
        if rule.kind in NUMBERS:
            return followed(rule, value_of(state, rule.parameter, self.house.seconds))
        if rule.kind in SWITCHES:
            return float(state.watches[rule.name].is_on)
        return float(step_of(rule, state))

    def _cause(self, rule: MappingRule) -> Cause:
        return self.house.cause(f"mapping {rule.name}")

    # -- numbers -----------------------------------------------------------------------------------

    def follow(self, parameter: str) -> None:
        """A parameter has set out: sample what follows it until it rests."""
        if any(rule.parameter == parameter for rule in self.numbers):
            self._sample_from(self.house.state.tick)
        if any(rule.parameter == parameter for rule in self.tempi):
            self._beat_from(self.house.state.tick)

    def _sample_from(self, tick: Ticks) -> None:
        """Sample at the first place of the grid from here."""
        state, place = self.house.state, -(-tick // GRID) * GRID
        if state.sampling != place:
            state.sampling = place
            self.house.push(place, Kind.CONTROL, "sample")

    def sample(self) -> None:
        """A place of the grid: what follows parameters takes their values, if they are others."""
        house = self.house
        state = house.state
        if state.sampling != state.tick:
            return
        state.sampling = -1
        changed = {rule.kind for rule in self.numbers if self._moved(rule)}
        if changed:
            house.weigh()
        is_moving = self._are_moving(self.numbers)
        if not is_moving:
            self.ensemble.orchestra.settle()
        elif "dynamic" in changed:
            self.ensemble.orchestra.follow()
        if self.colours:
            colours = self.ensemble.colours
            follow = colours.sample if is_moving else colours.settle
            follow()
        if changed & {"level", "distance"}:
            self.ensemble.mixer.level_all()
        if is_moving:
            soon = house.tick_at(house.seconds + LEAST_GAP_SECONDS)
            self._sample_from(max(state.tick + 1, soon))

    def _moved(self, rule: MappingRule) -> bool:
        """Take a number's new value; whether that is heard."""
        state, value = self.house.state, self._wanted(rule)
        step = FINEST[rule.kind] if self._are_moving([rule]) else 0.0
        if abs(state.mapped[rule.name] - value) <= step:
            return False
        state.mapped[rule.name] = value
        return governs(rule, state)

    def _are_moving(self, rules: list[MappingRule]) -> bool:
        state, now = self.house.state, self.house.seconds
        return any(state.parameters[rule.parameter].arrives > now for rule in rules)

    # -- tempo -------------------------------------------------------------------------------------

    def _beat_from(self, tick: Ticks) -> None:
        """Look at the tempo at the first beat line from here (S22)."""
        state = self.house.state
        bar = state.bar
        end = bar.start + bar.length
        place = min(bar.start + -(-(tick - bar.start) // bar.beat) * bar.beat, max(end, tick))
        if state.beating != place:
            state.beating = place
            self.house.push(place, Kind.CONTROL, "beat")

    def beat(self) -> None:
        """A beat line: the tempo takes its factors, which stay until the next."""
        state = self.house.state
        if state.beating != state.tick:
            return
        state.beating = -1
        bar = state.bar
        if (state.tick - bar.start) % bar.beat:
            self._beat_from(state.tick)  # an entry has moved the beat lines since
            return
        self._set_tempo()
        if self._are_moving(self.tempi):
            self._beat_from(state.tick + 1)

    def _set_tempo(self) -> None:
        state = self.house.state
        for rule in self.tempi:
            state.mapped[rule.name] = value = self._wanted(rule)
            self.house.set_factor(f"mapping {rule.name}", value if governs(rule, state) else 1.0)

    # -- steps and switches ------------------------------------------------------------------------

    def turn(self, number: int, up: int) -> None:
        """A mapping is to take another step, or go on or off, at its boundary from here."""
        house = self.house
        rule = house.score.mappings[number]
        boundary = rule.at if up else rule.back or rule.at
        if rule.kind == "state":
            self._ask_for_state(rule, boundary)
            return
        boundary = boundary or DEFAULT_BOUNDARIES.get(rule.kind, NOW)
        place = self.ensemble.bars.find(boundary, house.state.tick)
        if place == house.state.tick:
            self._take(rule, number)
            return
        bar = house.state.bar
        place = bar.start + bar.length if place is None else place  # a marker, not in sight yet
        house.push(place, Kind.CHANGE, "turn", number, up)

    def _take(self, rule: MappingRule, number: int) -> None:
        """A mapping's boundary has come: it goes to where its parameter has it by now."""
        house = self.house
        state, wanted = house.state, self._wanted(rule)
        if rule.fade is not None and governs(rule, state):
            self._fade(rule, number, wanted)
            return
        if state.mapped[rule.name] == wanted:
            return
        state.mapped[rule.name] = wanted
        if governs(rule, state):
            self._settle(rule)

    def _settle(self, rule: MappingRule) -> None:
        cause = self._cause(rule)
        self.ensemble.settings.settle(cause)
        if rule.kind == "palette":
            name = rule.steps[int(self.house.state.mapped[rule.name])][1]
            self.house.change("palette", name, cause)

    def _fade(self, rule: MappingRule, number: int, wanted: float) -> None:
        """A layer comes and goes by its level; it is there until nothing of it is left."""
        house = self.house
        state, tick = house.state, house.state.tick
        fading = state.layer_fades.get(rule.name)
        goal = 0.0 if wanted else SILENT_DB
        heading = fading.goal if fading else (0.0 if state.mapped[rule.name] else SILENT_DB)
        if goal == heading:
            return
        assert rule.fade is not None
        start = ramp_value(fading, tick) if fading else heading
        end = tick + max(house.ticks_for(rule.fade, tick), 1)
        state.layer_fades[rule.name] = ramp = Ramp(tick, end, start, goal)
        state.mapped[rule.name] = 1.0
        self._settle(rule)
        self.ensemble.mixer.watch(ramp)
        if not wanted:
            house.push(end, Kind.CHANGE, "faded", number)

    def faded(self, number: int) -> None:
        """A layer's fade is over: it leaves, unless it was called back."""
        rule, state = self.house.score.mappings[number], self.house.state
        fading = state.layer_fades.get(rule.name)
        if fading is None or fading.goal == 0.0 or not fading.over_at(state.tick):
            return
        # Its level stays down, so that nothing of what still rings comes up again.
        state.mapped[rule.name] = 0.0
        if governs(rule, state):
            self._settle(rule)

    def _ask_for_state(self, rule: MappingRule, boundary: Boundary | None) -> None:
        """Ask for a story state as a verb would; what a cue asks for comes first (S10)."""
        house = self.house
        state = house.state
        state.mapped[rule.name] = wanted = self._wanted(rule)
        if not state.playing or not governs(rule, state):
            return
        name = rule.steps[int(wanted)][1]
        mine = [p for p in state.pending.values() if p.cue == rule.name]
        if any(p.thing == "scene" and p.cue != rule.name for p in state.pending.values()):
            why = "a cue has asked for the scene or the state"
            effect = house.effect(f"state {name}", Outcome.REFUSED, state.tick, why)
        elif name == state.story:
            for pending in mine:
                why = f"{rule.parameter} went back before"
                self.requests.drop(pending, Outcome.CANCELLED, why)
            return
        elif any(isinstance(v := p.entry.verb, ToState) and v.state == name for p in mine):
            return
        elif self._is_in_a_circle():
            house.log(f"states bring one another about in a circle at state {name}: not followed")
            return
        else:
            entry = Entry(ToState(name), f"state {name}", at=boundary)
            effect = self.requests.ask(entry, 0, rule.name, (0, 0))
        house.reply(0, rule.name, (effect,))

    def _is_in_a_circle(self) -> bool:
        state = self.house.state
        tick, depth = state.cascade
        depth = depth + 1 if tick == state.tick else 1
        state.cascade = (state.tick, depth)
        return depth > LONGEST_CASCADE

    # -- hours -------------------------------------------------------------------------------------

    def hour(self, seen: Observation) -> None:
        """A time of day has come: mappings begin or cease to hold, each at its own boundary."""
        house = self.house
        state = house.state
        hours.reached(house.score, state, seen)
        for rule in hours.bound_to_hours(house.score):
            opens = hours.is_open(rule, state)
            if state.in_hours.get(rule.name) == opens:
                continue
            place: Ticks | None = state.tick
            if rule.kind in STEPS | SWITCHES and rule.kind != "state":
                boundary = rule.at if opens else rule.back or rule.at
                boundary = boundary or DEFAULT_BOUNDARIES.get(rule.kind, NOW)
                place = self.ensemble.bars.find(boundary, state.tick)
            if place == state.tick:
                self.turn_with_the_hour(rule.name)
                continue
            bar = state.bar
            house.push(
                bar.start + bar.length if place is None else place, Kind.CHANGE, "hour", rule.name
            )

    def turn_with_the_hour(self, name: str) -> None:
        """A mapping holds from here on, or no more, if that is still so by the time of day."""
        state, score = self.house.state, self.house.score
        rule = next((each for each in score.mappings if each.name == name), None)
        if rule is None:
            return  # another score has taken over
        held = governs(rule, state)
        hours.read_the_clock(rule, state)
        if governs(rule, state) == held:
            return
        if rule.kind == "tempo":
            self._beat_from(state.tick)
        elif rule.kind == "state":
            self._ask_for_state(rule, rule.at)  # one that ceases to hold leaves the state as it is
        else:
            # As at an entry: it is where its parameter has it, and no fade is under way.
            state.mapped[rule.name] = self._wanted(rule)
            state.layer_fades.pop(rule.name, None)
            self.ensemble.settings.settle(self._cause(rule))
            if rule.kind == "palette":
                palette = mapped_name(state, score, "palette")
                self.house.change("palette", palette, self._cause(rule))

    # -- entries -----------------------------------------------------------------------------------

    def begins_anew(self, number: int, what: str) -> bool:
        """Whether an entry decides by the value alone whether a mapping is on."""
        return number >= 0 and (
            what == "scene" or self.house.score.mappings[number].kind != "state"
        )

    def enter(self, what: str) -> None:
        """A "scene" or a "state" begins here: everything at once where it has to be."""
        house = self.house
        state = house.state
        state.layer_fades.clear()
        for number, rule in enumerate(house.score.mappings):
            state.mapped[rule.name] = self._wanted(rule)
            hours.read_the_clock(rule, state)
            if rule.kind == "state" and what == "scene":
                # Its own state is entered first: what plays then is what the mapping leaves.
                house.push(state.tick, Kind.ENTRY, "turn", number, 1)
        self._set_tempo()
