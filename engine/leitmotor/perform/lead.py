"""The lead line: who states a motif, when, and who follows (S12, S13)."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.music.length import Gap, Length
from leitmotor.music.time import Ticks
from leitmotor.perform.bars import Bars
from leitmotor.perform.gaps import drawn
from leitmotor.perform.house import House
from leitmotor.perform.new_statements import new_statement
from leitmotor.perform.state import Kind, Statement
from leitmotor.perform.statements import Statements
from leitmotor.score.verbs import PlayMotif

Ended = Callable[[tuple[int, int]], None]
"""Told the token of an entry that has ended, for what waits with `then`."""


class Lead:
    """Runs the rotation, and lets verbs take the lead from it."""

    def __init__(self, house: House, bars: Bars, statements: Statements, ended: Ended) -> None:
        self.house = house
        self.bars = bars
        self.statements = statements
        self.ended = ended

    # -- who ---------------------------------------------------------------------------------------

    def parts(self) -> list[tuple[str, str]]:
        """(character, motif) in the order of the rotation."""
        house = self.house
        score = house.score
        if score.lead_motifs:
            return [("", motif) for motif in score.lead_motifs]
        present = [(name, score.characters[name].motif) for name in house.state.present]
        if house.state.present:
            return [part for part in present if part[1]]
        place = score.places.get(house.context.scene.place)
        if place is not None and place.motif and score.motifs[place.motif].role == "lead":
            return [("", place.motif)]
        return []

    def owner(self, motif: str) -> str:
        """Whose motif it is: first in `who`, else in file order, else nobody's."""
        characters = self.house.score.characters
        for name in (*self.house.state.present, *characters):
            if characters[name].motif == motif:
                return name
        return ""

    def arc_state(self, character: str) -> str:
        """The state of its arc that a character is in."""
        arc = self.house.state.arcs.get(character)
        if arc is not None:
            return arc
        known = self.house.score.characters.get(character)
        return known.arc[0] if known is not None and known.arc else ""

    def motif_state(self, character: str, motif: str) -> str:
        """The state in which a character's motif is played now; "" as written."""
        state = self.arc_state(character)
        return state if state in self.house.score.motifs[motif].states else ""

    # -- the rotation ------------------------------------------------------------------------------

    def first_pickup(self) -> Ticks:
        """How long before an entry here its first statement begins to sound."""
        parts = self.parts()
        if not parts:
            return 0
        character, motif = parts[0]
        return self.statements.pickup(motif, self.motif_state(character, motif))

    def first_statement(self, start: Ticks) -> Statement | None:
        """The statement that an entry at `start` begins with, ahead of it."""
        parts = self.parts()
        return self._made(*parts[0], start, "rotation") if parts else None

    def begin_entry(self, foreseen: int = 0) -> None:
        """A scene was entered: the first of those present states its motif here."""
        lead = self.house.state.lead
        lead.turn, lead.next_character, lead.leaving = 0, None, []
        ahead = self.house.state.statements.get(foreseen)
        if ahead is not None:
            self._fill_a_phrase(ahead)
            self._take(ahead)
            return
        lead.serial += 1
        if self.parts():
            lead.next_tick = self.house.state.tick
            self.house.push(self.house.state.tick, Kind.STATEMENT, "lead", lead.serial)

    def next(self, serial: int) -> None:
        """The next statement is due to begin, with its pickup, if the plan still stands."""
        state = self.house.state
        lead = state.lead
        if serial != lead.serial or lead.next_tick is None:
            return
        part = self._next_part()
        if part is None or state.passage is not None:
            lead.next_tick = None  # nobody is due, or a passage says who plays
            return
        line = self.bars.ceiling(lead.next_tick)
        if line != lead.next_tick:
            # The bar lines have moved since: the rotation's statements begin on them.
            self._plan(line)
            return
        character, motif = part
        lead.next_character = None
        statement = self._made(character, motif, lead.next_tick, "rotation")
        self._fill_a_phrase(statement)
        self._take(statement)

    def _next_part(self) -> tuple[str, str] | None:
        lead = self.house.state.lead
        parts = self.parts()
        if lead.next_character is not None:
            return lead.next_character, self.house.score.characters[lead.next_character].motif
        return parts[lead.turn % len(parts)] if parts else None

    def _made(self, character: str, motif: str, start: Ticks, rule: str) -> Statement:
        state = self.motif_state(character, motif)
        cause = self.house.cause(rule)._replace(character=character)
        statement = new_statement(self.house, self.statements.forms, motif, state, start, cause)
        statement.character = character
        return statement

    def _fill_a_phrase(self, statement: Statement) -> None:
        """A looping motif in a rotation fills one phrase and yields (S13)."""
        if statement.times == 0:
            context = self.house.context
            statement.yields = statement.start + context.phrase_bars * context.metre.bar

    def _take(self, statement: Statement) -> None:
        """The statement has the lead from here on."""
        lead = self.house.state.lead
        running = self.house.state.statements.get(lead.statement)
        if running is not None:
            self.statements.cut(running)
            self._had_a_turn(running)
            self.ended(running.token)
        lead.statement = statement.ident
        lead.next_tick = None
        lead.serial += 1
        if statement.yields is not None:
            self.house.push(statement.yields, Kind.STATEMENT, "statement yields")
        if statement.ident not in self.house.state.statements:
            self.statements.begin(statement)

    # -- the end of a statement --------------------------------------------------------------------

    def yielded(self) -> None:
        """A looping motif's phrase is over."""
        lead = self.house.state.lead
        running = self.house.state.statements.get(lead.statement)
        if running is not None and running.yields == self.house.state.tick:
            self.statements.cut(running)
            self._turn_over(running)

    def statement_ended(self, ident: int) -> None:
        """A statement has come to its end: again, if it loops; else whose turn is it?"""
        statement = self.house.state.statements.get(ident)
        if statement is None:
            return
        if statement.times != 1 and statement.character not in self.house.state.lead.leaving:
            self._again(statement)
            return
        self.statements.close(statement)
        if statement.leads:
            self._turn_over(statement)
        self.ended(statement.token)

    def _again(self, statement: Statement) -> None:
        """The same motif once more, from the next bar line."""
        house = self.house
        motif = house.score.motifs[statement.motif]
        rest = drawn(house, motif.rest, statement.role) if motif.rest else None
        gap = house.ticks_for(rest, house.state.tick) if rest else 0
        start = self.bars.ceiling(house.state.tick + gap)
        self.statements.close(statement)
        if statement.yields is not None and start >= statement.yields:
            self._turn_over(statement)
            return
        again = new_statement(
            house, self.statements.forms, statement.motif, statement.state, start, statement.cause
        )
        again.character, again.role = statement.character, statement.role
        again.instrument, again.leads = statement.instrument, statement.leads
        again.token, again.yields = statement.token, statement.yields
        again.times = statement.times - 1 if statement.times else 0
        if statement.leads:
            house.state.lead.statement = again.ident
        for line in house.state.lines.values():
            if line.statement == statement.ident:
                line.statement = again.ident
        self.statements.begin(again)

    def _turn_over(self, statement: Statement) -> None:
        state = self.house.state
        lead = state.lead
        lead.statement = 0
        wrapped = self._had_a_turn(statement)
        if lead.next_character is not None:
            self._plan(self.bars.ceiling(state.tick))
        elif self.parts():
            gap = self._gap(statement, wrapped)
            self._plan_after(drawn(self.house, gap, statement.role))

    def _had_a_turn(self, statement: Statement) -> bool:
        """The one after its owner is due; whether that begins a new round."""
        lead = self.house.state.lead
        parts = self.parts()
        part = (statement.character, statement.motif)
        wrapped = False
        if part in parts:
            lead.turn = parts.index(part) + 1
            wrapped = lead.turn >= len(parts)
            if wrapped:
                lead.turn = 0
        if statement.character in lead.leaving:
            lead.leaving.remove(statement.character)
            self._out(statement.character)
        return wrapped

    def _plan_after(self, gap: Length) -> None:
        """Let the next statement begin at the first bar line after a gap from here."""
        tick = self.house.state.tick
        self._plan(self.bars.ceiling(tick + self.house.ticks_for(gap, tick)))

    def _gap(self, statement: Statement, wrapped: bool) -> Gap:
        house = self.house
        own = house.score.motifs[statement.motif].rest
        if own is not None:
            return own
        scene, story, defaults = house.context.scene, house.context.story, house.score.defaults
        if wrapped and not house.score.lead_motifs:
            return scene.rest or story.rest or defaults.rest
        return self._breath()

    def _breath(self) -> Length:
        context = self.house.context
        return context.scene.breathe or context.story.breathe or self.house.score.defaults.breathe

    def _plan(self, start: Ticks) -> None:
        """Let the next statement's first full bar be at `start`."""
        state = self.house.state
        lead = state.lead
        lead.serial += 1
        part = self._next_part()
        lead.next_tick = None if part is None else start
        if part is None:
            return
        character, motif = part
        pickup = self.statements.pickup(motif, self.motif_state(character, motif))
        self.house.push(max(start - pickup, state.tick), Kind.STATEMENT, "lead", lead.serial)

    # -- verbs -------------------------------------------------------------------------------------

    def made_for(
        self, verb: PlayMotif, start: Ticks, cue: str, token: tuple[int, int]
    ) -> Statement:
        """The statement that `motif M` asks for."""
        house = self.house
        owner = self.owner(verb.motif)
        cause = house.cause("cue", cue)._replace(character=owner)
        state = verb.state or self.motif_state(owner, verb.motif)
        statement = new_statement(house, self.statements.forms, verb.motif, state, start, cause)
        statement.character, statement.token = owner, token
        statement.instrument = verb.instrument
        statement.role = verb.role or statement.role
        statement.leads = verb.role in ("", "lead")
        return statement

    def play(self, statement: Statement) -> None:
        """Let a statement take the lead, or lay it on top in its role."""
        if statement.leads:
            self._take(statement)
        elif statement.ident not in self.house.state.statements:
            self.statements.begin(statement)

    def due(self, verb: PlayMotif, tick: Ticks) -> bool:
        """Whether the same statement begins at the same place already."""
        wanted = verb.state or self.motif_state(self.owner(verb.motif), verb.motif)
        leads = verb.role in ("", "lead")
        return any(
            (statement.motif, statement.state, statement.start) == (verb.motif, wanted, tick)
            and statement.leads == leads
            and (leads or statement.role == verb.role)
            for statement in self.house.state.statements.values()
        )

    def cut_at(self, tick: Ticks) -> Statement | None:
        """The statement that one taking the lead at `tick` would cut, as things stand."""
        running = self.house.state.statements.get(self.house.state.lead.statement)
        if running is None or not (running.times != 1 or running.end > tick):
            return None
        return running

    def enter(self, character: str) -> None:
        """Someone comes in, and states the motif at the next bar line where nobody else does."""
        state = self.house.state
        self.join(character)
        if not self.house.score.characters[character].motif:
            return
        state.lead.next_character = character
        if state.lead.statement not in state.statements:
            self._plan(self.bars.ceiling(state.tick))

    def join(self, character: str) -> None:
        """Someone is present from here on."""
        state = self.house.state
        if character in state.lead.leaving:
            state.lead.leaving.remove(character)
        if character not in state.present:
            state.present.append(character)
        if state.lead.statement not in state.statements and state.lead.next_tick is None:
            self._plan_after(self._breath())  # nobody was due

    def leave(self, character: str) -> None:
        """Someone goes out, after the statement if it runs."""
        state = self.house.state
        running = state.statements.get(state.lead.statement)
        if running is not None and running.character == character:
            state.lead.leaving.append(character)
        else:
            self._out(character)

    def _out(self, character: str) -> None:
        state = self.house.state
        if character not in state.present:
            return
        place = state.present.index(character)
        state.present.remove(character)
        if state.lead.next_character == character:
            state.lead.next_character = None
        if place < state.lead.turn:
            state.lead.turn -= 1

    def clear(self, *but: int) -> None:
        """Nobody leads and nobody is due, `but` statements and passages that go on or have begun.

        What sounds is left to the caller.
        """
        state = self.house.state
        kept = set(but) - {0}
        for statement in list(state.statements.values()):
            if kept & {statement.ident, statement.passage}:
                continue
            self.statements.close(statement)
            self.ended(statement.token)
        state.lead.statement = 0
        state.lead.next_tick = None
        state.lead.next_character = None
        state.lead.serial += 1
