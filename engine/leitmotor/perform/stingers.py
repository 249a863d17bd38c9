"""Stingers: short gestures on top of the running music (S10, S21, S23, S27, theory T8)."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.messages import Outcome
from leitmotor.music.length import NEXT_BEAT, Boundary, Length
from leitmotor.music.time import Ticks
from leitmotor.perform.casting import CastingOffice
from leitmotor.perform.house import House
from leitmotor.perform.lead import Ended
from leitmotor.perform.mixer import Mixer, duck_value
from leitmotor.perform.new_statements import new_statement
from leitmotor.perform.overlay_state import Duck, StingerNow
from leitmotor.perform.state import Kind, Pending, Statement
from leitmotor.perform.statements import Statements
from leitmotor.score.compiled_overlays import STINGER_ROLE, Stinger, players_of, stinger_key
from leitmotor.score.verbs import PlayStinger

DUCK_MILLISECONDS = 80.0
"""How fast the others step back: an attack is not waited for, and no step is heard."""

DUCK_HOLD_MILLISECONDS = 200.0
"""They stay back so long after the stinger's end (theory T8), and return over a beat."""


class Stingers:
    """Lands stingers, one at a time, and lets everything else step back meanwhile."""

    def __init__(
        self,
        house: House,
        statements: Statements,
        office: CastingOffice,
        mixer: Mixer,
        ended: Ended,
    ) -> None:
        self.house = house
        self.statements = statements
        self.office = office
        self.mixer = mixer
        self.ended = ended

    # -- asking ------------------------------------------------------------------------------------

    def _stinger(self, verb: PlayStinger) -> Stinger:
        return self.house.score.stingers[verb.stinger]

    def wanted(self, verb: PlayStinger) -> tuple[Boundary, Length | None]:
        """Where it lands unless the verb says otherwise, and how long it may be waited for."""
        stinger = self._stinger(verb)
        return stinger.at or NEXT_BEAT, stinger.wait_at_most

    def refusal(self, verb: PlayStinger) -> str:
        """Why it may not sound now: it did, or will, less than its cooldown ago."""
        state, cooldown = self.house.state, self._stinger(verb).cooldown
        times = [state.overlaid.heard[verb.stinger]] if verb.stinger in state.overlaid.heard else []
        times += [
            self.house.seconds_at(pending.asked)
            for pending in state.pending.values()
            if pending.entry.verb == verb
        ]
        left = max(times, default=-cooldown) + cooldown - self.house.seconds
        return f"it is cooling down for another {left:.1f} s" if left > 0 and cooldown else ""

    def pickup(self, verb: PlayStinger) -> Ticks:
        """How long before it lands it begins to sound."""
        return self.statements.pickup(stinger_key(verb.stinger), "")

    # -- sounding ----------------------------------------------------------------------------------

    def sound(self, pending: Pending, verb: PlayStinger, start: Ticks) -> int:
        """It begins to sound, with its pickup where there is room; gives its statement."""
        house = self.house
        self._supersede()
        cause = house.cause("stinger", pending.cue)
        key = stinger_key(verb.stinger)
        statement = new_statement(house, self.statements.forms, key, "", start, cause)
        statement.leads, statement.token = False, pending.token
        statement.cause = cause._replace(motif=verb.stinger)
        statement.players = self._players(self._stinger(verb))
        house.state.casts.pop(STINGER_ROLE, None)  # who played the one before has no say in this
        house.state.overlaid.stinger = StingerNow(
            statement.ident,
            verb.stinger,
            pending.receipt,
            pending.cue,
            pending.entry.text,
            pending.token,
        )
        self.statements.begin(statement)
        house.push(statement.start, Kind.STATEMENT, "stinger lands", statement.ident)
        house.push(statement.end, Kind.STATEMENT, "stinger over", statement.ident)
        self._duck(statement, self._stinger(verb).duck)
        return statement.ident

    def _players(self, stinger: Stinger) -> tuple[str, ...]:
        state = self.house.state

        def of_role(role: str) -> Iterator[str]:
            leading = state.statements.get(state.lead.statement) if role == "lead" else None
            yield from self.office.heard(role, leading)

        return players_of(stinger, self.house.score.instruments, of_role)

    def land(self, pending: Pending, verb: PlayStinger) -> None:
        """Its place has come."""
        house = self.house
        overlaid = house.state.overlaid
        ident = pending.foreseen
        if ident not in house.state.statements:
            ident = self.sound(pending, verb, house.state.tick)
        statement = house.state.statements[ident]
        statement.begun = True
        overlaid.heard[verb.stinger] = house.seconds
        if overlaid.stinger is not None:
            overlaid.stinger.landed = True
        house.change("stinger", verb.stinger, statement.cause)

    def landed(self, ident: int) -> None:
        """The chord of its landing is known now: `fit: chord` keeps to it."""
        now = self.house.state.overlaid.stinger
        if now is not None and now.statement == ident:
            now.chord = self.house.state.chord

    # -- its end -----------------------------------------------------------------------------------

    def over(self, ident: int) -> StingerNow | None:
        """It has come to its end; gives it back for its `then`, unless it was cut before."""
        overlaid = self.house.state.overlaid
        now = overlaid.stinger
        if now is None or now.statement != ident:
            return None
        overlaid.stinger = None
        return now if now.landed else None

    def _supersede(self) -> None:
        """A newer stinger takes the place of the one that sounds; what waits for that is void."""
        now = self._cut()
        if now is None:
            return
        house = self.house
        house.state.sequences.pop(now.token[0], None)
        why = "a later stinger took its place"
        effect = house.effect(now.text, Outcome.SUPERSEDED, house.state.tick, why)
        house.reply(now.receipt, now.cue, (effect,))

    def _cut(self) -> StingerNow | None:
        overlaid = self.house.state.overlaid
        now, overlaid.stinger = overlaid.stinger, None
        statement = self.house.state.statements.get(now.statement) if now is not None else None
        if statement is None:
            return None
        self.statements.cut(statement)
        return now

    def call_off(self) -> None:
        """The stinger ends, and with it its duck: its place is gone, or all music stops."""
        self._cut()
        self._let_back()

    def undo(self, cue: str) -> list[str]:
        """Take back the stinger that a cue brought about and that still sounds; says what."""
        now = self.house.state.overlaid.stinger
        if now is None or now.cue != cue:
            return []
        self.call_off()
        self.ended(now.token)
        return [now.text]

    # -- the others step back ----------------------------------------------------------------------

    def _duck(self, statement: Statement, depth: float) -> None:
        """Everything else goes down at once, and returns when it is over."""
        house, overlaid = self.house, self.house.state.overlaid
        tick = house.state.tick
        if not depth and overlaid.duck is None:
            return
        down = tick + max(house.milliseconds(DUCK_MILLISECONDS), 1)
        back = max(statement.end + house.milliseconds(DUCK_HOLD_MILLISECONDS), down)
        end = back + house.context.metre.beat
        spared = tuple(sorted(self.office.channels(statement.players, STINGER_ROLE)))
        self._put(Duck(tick, down, back, end, self._depth_now(), depth, spared))

    def _let_back(self) -> None:
        overlaid, tick = self.house.state.overlaid, self.house.state.tick
        duck = overlaid.duck
        if duck is not None and tick < duck.back:
            end = tick + self.house.context.metre.beat
            reached = self._depth_now()
            self._put(Duck(tick - 1, tick, tick, end, reached, reached, duck.spared))

    def _depth_now(self) -> float:
        duck = self.house.state.overlaid.duck
        return duck_value(duck, self.house.state.tick) if duck is not None else 0.0

    def _put(self, duck: Duck) -> None:
        overlaid = self.house.state.overlaid
        overlaid.duck = duck
        overlaid.rest = max(overlaid.rest, duck.end)
        for tick in (duck.down, duck.back, duck.end):
            self.house.push(tick, Kind.CONTROL, "grid")
        self.house.push(duck.end, Kind.CONTROL, "duck over")
        self.mixer.watch()

    def duck_over(self) -> None:
        """The others are back, unless a newer stinger holds them."""
        overlaid = self.house.state.overlaid
        if overlaid.duck is not None and overlaid.duck.end == self.house.state.tick:
            overlaid.duck = None
