"""Statements: motifs being stated, note by note, each bound when it is due (S17, S18, S27)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from leitmotor.music.fit import keep_contour, nearest_tone, snap
from leitmotor.music.notes import Note
from leitmotor.music.scale import Pitch
from leitmotor.music.sharpening import rounded, sharpened
from leitmotor.music.swing import STRAIGHT, swung
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.music.transform import Form
from leitmotor.perform.casting import Casting, CastingOffice
from leitmotor.perform.context import chosen, draw
from leitmotor.perform.foresight import Foresight
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
from leitmotor.perform.humanise import Humanise
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.new_statements import (
    Forms,
    each_time_name,
    label_of,
    owner_of,
    turn_of,
)
from leitmotor.perform.orchestra import Orchestra, Placement, Reading, Ready
from leitmotor.perform.parameters import mapped, mapped_roles
from leitmotor.perform.state import Kind, Statement
from leitmotor.score.compiled_overlays import STINGER_ROLE

FERMATA_FACTOR = 4 / 7
GRACE_MILLISECONDS = 60.0


class Statements:
    """Begins, plays and ends statements."""

    def __init__(
        self,
        house: House,
        harmony: Harmony,
        ledger: Ledger,
        orchestra: Orchestra,
        office: CastingOffice,
        foresight: Foresight,
        humanise: Humanise,
    ) -> None:
        self.house = house
        self.harmony = harmony
        self.foresight = foresight
        self.ledger = ledger
        self.orchestra = orchestra
        self.office = office
        self.humanise = humanise
        self.forms = Forms(house.score)
        self.sharpening = frozenset(mapped_roles(house.score, "sharpen"))

    def pickup(self, motif: str, state: str) -> Ticks:
        """How long before its first full bar a statement begins to sound."""
        return self.forms.of(motif, state, turn_of(self.house, motif)).pickup

    def form(self, statement: Statement) -> Form:
        """The form that a statement has had since it was made."""
        return self.forms.of(statement.motif, statement.state, statement.turn)

    def _as_sharp(self, statement: Statement) -> tuple[Form, float]:
        """The form as sharp as it is now, and how sharp that is."""
        house, form = self.house, self.form(statement)
        amount = form.sharpness
        if statement.motif in self.sharpening:
            target = f"sharpen {statement.motif}"
            amount = max(amount, mapped(house.state, house.score, target) or 0.0)
        if not amount:
            return form, 0.0
        amount = rounded(amount)
        notes = sharpened(form.notes, amount, house.state.key.mode)
        return replace(form, notes=notes), amount

    def begin(self, statement: Statement) -> None:
        """A statement begins to sound: its pickup now, where there is room for it."""
        house = self.house
        form = self.form(statement)
        house.state.statements[statement.ident] = statement
        motif = house.motifs[statement.motif]
        if motif.each_time:
            turns, name = house.state.turns, each_time_name(statement.motif)
            turns[name] = turns.get(name, 0) + 1
        self.office.draw(statement.role, statement)
        first = 0
        if house.state.tick > statement.start - form.pickup:  # no room for the whole pickup
            while first < len(form.notes) and form.notes[first].onset < 0:
                first += 1
        house.push(statement.start, Kind.STATEMENT, "statement begins", statement.ident)
        house.push(statement.end, Kind.STATEMENT, "statement ends", statement.ident)
        for mark, place in motif.marks.items():
            house.push(statement.start + place, Kind.CUE, "mark", mark, statement.ident)
        if first < len(form.notes):
            self._push_note(statement, form, first, None)

    def begin_within(self, statement: Statement) -> None:
        """A statement begins here, in its middle: with its first note that begins from here on."""
        house = self.house
        form = self.form(statement)
        house.state.statements[statement.ident] = statement
        statement.begun = True
        house.push(statement.end, Kind.STATEMENT, "statement ends", statement.ident)
        place = house.state.tick - statement.start
        for number, note in enumerate(form.notes):
            if note.onset >= place:
                self._push_note(statement, form, number, None)
                return

    def open(self, ident: int) -> None:
        """A statement's first full bar: what moves everybody while it leads."""
        house = self.house
        statement = house.state.statements.get(ident)
        if statement is None or statement.begun:
            return
        statement.begun, statement.ahead = True, None
        if statement.passage:
            return
        what = "lead" if statement.leads else f"motif in {statement.role}"
        house.change(what, label_of(statement), statement.cause)
        if not statement.leads:
            return
        form = self.form(statement)
        house.set_factor("lead", form.tempo_factor)
        self.harmony.begin_of_statement(self._own_harmony(statement))

    def _own_harmony(self, statement: Statement) -> str:
        motif = self.house.motifs[statement.motif]
        variant = motif.states.get(statement.state)
        choice = (variant.harmony if variant else None) or motif.harmony
        draw(choice, self.house.state)
        return str(chosen(choice, self.house.state) or "")

    def cut(self, statement: Statement) -> None:
        """A statement ends before its time: its sounding note with it."""
        self.ledger.end_owner(owner_of(statement))
        self.close(statement)

    def close(self, statement: Statement) -> None:
        """A statement is over."""
        house = self.house
        del house.state.statements[statement.ident]
        if statement.leads and statement.begun:
            house.set_factor("lead", 1.0)
            house.set_factor("fermata", 1.0)
            self.harmony.end_of_statement()
            self.harmony.push()

    def end_fermata(self, ident: int) -> None:
        """A fermata's note is over; one of a statement that no longer leads has no say."""
        state = self.house.state
        statement = state.statements.get(ident)
        in_passage = statement is not None and statement.passage
        if state.lead.statement == ident or in_passage:
            self.house.set_factor("fermata", 1.0)

    # -- notes -------------------------------------------------------------------------------------

    def _push_note(
        self, statement: Statement, form: Form, number: int, previous: Note | None
    ) -> None:
        """Push the next onset; its graces come before it, out of the note before (T1)."""
        note = form.notes[number]
        place = self._place(statement, form, number)
        if note.graces:
            share = self._grace_length(previous, note)
            begin = max(place - share * len(note.graces), self.house.state.tick)
            if previous is None:
                begin = place  # at a statement's start they steal from their own note (S27)
            for order in range(len(note.graces)):
                self.house.push(
                    begin + order * share,
                    Kind.ATTACK,
                    "grace",
                    f"{statement.ident}\n{number}\n{order}",
                    share,
                )
            place = max(place, begin + share * len(note.graces))
        self.house.push(place, Kind.ATTACK, "note", statement.ident, number)

    def _place(self, statement: Statement, form: Form, number: int) -> Ticks:
        """Where the notes of an onset sound: swung, and a little early or late (S27)."""
        house = self.house
        onset = form.notes[number].onset
        place = statement.start + onset
        swing = self._swing()
        if swing != STRAIGHT:
            place = min(statement.start + swung(onset, swing), statement.end - 1)
        if self.humanise.amount:
            first = statement.start if onset >= 0 else statement.start - form.pickup
            low, high = max(first, house.state.tick), statement.end - 1
            names = self.office.seen(statement.role, statement)
            place = self.humanise.moved(place, low, high, statement.role, names)
        return max(place, house.state.tick) if swing != STRAIGHT else place

    def _swing(self) -> float:
        """The swing of this instant: only quarters are divided unevenly."""
        house = self.house
        return house.context.swing if house.state.bar.beat == QUARTER else STRAIGHT

    def _grace_length(self, previous: Note | None, note: Note) -> Ticks:
        source = previous or note
        most = self.house.milliseconds(GRACE_MILLISECONDS)
        return max(min(most, source.length // 4 // len(note.graces)), 1)

    def grace(self, what: str, share: Ticks) -> None:
        """A grace note is due."""
        ident, number, order = (int(part) for part in what.split("\n"))
        statement = self.house.state.statements.get(ident)
        if statement is None:
            return
        with self.foresight.as_written(statement):
            self._grace(statement, number, order, share)

    def _grace(self, statement: Statement, number: int, order: int, share: Ticks) -> None:
        form = self.form(statement)
        grace = form.notes[number].graces[order]
        note = Note(number, 0, share, grace.tones, level=form.notes[number].level)
        casting = self.office.cast(statement.role, statement)
        reading = self.orchestra.reading(
            (statement.motif, statement.state, statement.turn, number, order),
            (note,),
            statement.role,
            casting,
            statement.tonic,
        )
        self._attack(statement, reading, 0, share, casting)

    def note(self, ident: int, number: int) -> None:
        """The notes of a statement at one onset are due."""
        statement = self.house.state.statements.get(ident)
        if statement is None:
            return
        if statement.role == STINGER_ROLE:
            with self.foresight.as_written(statement):
                self._onset(statement, number)
        elif statement.begun or self.house.state.tick >= statement.start:
            self._onset(statement, number)
        else:
            with self._ahead(statement):
                self._onset(statement, number)

    @contextmanager
    def _ahead(self, statement: Statement) -> Iterator[None]:
        """The context of the boundary that brings a statement, or the passage it is a part of."""
        foresight = self.foresight
        with ExitStack() as coming:
            if statement.ahead is not None:
                coming.enter_context(foresight.as_if_in(*statement.ahead))
            if statement.passage and statement.waits:
                passage = statement.motif.partition("\n")[0]
                coming.enter_context(foresight.as_if_playing(passage))
            elif statement.ahead is None:
                coming.enter_context(foresight.as_if_led_by(statement))
            yield

    def _reading(
        self, statement: Statement, form: Form, amount: float, casting: Casting
    ) -> Reading:
        return self.orchestra.reading(
            (statement.motif, statement.state, statement.turn, amount),
            form.notes,
            statement.role,
            casting,
            statement.tonic,
        )

    def _onset(self, statement: Statement, number: int) -> None:
        form, amount = self._as_sharp(statement)
        notes = form.notes
        casting = self.office.cast(statement.role, statement)
        reading = self._reading(statement, form, amount, casting)
        onset = notes[number].onset
        last = len(notes)
        while number < last and notes[number].onset == onset:
            self._play(statement, reading, number, casting)
            number += 1
        if number < last:
            self._push_note(statement, form, number, notes[number - 1])

    def _play(self, statement: Statement, reading: Reading, number: int, casting: Casting) -> None:
        note = reading.notes[number]
        if casting.players:
            motif = self.house.motifs[statement.motif]
            length = self._length(statement, note)
            snaps = motif.fit == "chord"
            if snaps and statement.role == STINGER_ROLE:
                placed = self._onto_landing(statement, reading, number)
                ready = self.orchestra.prepared(
                    note, placed, length, statement.role, statement, casting
                )
                self.orchestra.sound(note, ready, statement.cause, owner_of(statement))
            elif snaps and len(note.tones) == 1 and note.number not in motif.must_keep:
                placed = self._snapped(statement, reading, number)
                orchestra = self.orchestra
                ready = orchestra.prepared(note, placed, length, statement.role, statement, casting)
                if self.humanise.amount:
                    self._unevenly(statement, note, ready, "")
                else:
                    orchestra.sound(note, ready, statement.cause, owner_of(statement))
            elif self.humanise.amount and statement.role != STINGER_ROLE:
                orchestra = self.orchestra
                ready = orchestra.ready(reading, number, length, statement.role, statement, casting)
                again = f"statement\n{statement.ident}\n{number}\n{length}"
                self._unevenly(statement, note, ready, again)
            else:
                self._attack(statement, reading, number, length, casting)
        if note.fermata and (statement.leads or statement.passage):
            self.house.set_factor("fermata", FERMATA_FACTOR)
            end = self.house.state.tick + note.length
            self.house.push(end, Kind.CHANGE, "fermata ends", statement.ident)

    def _length(self, statement: Statement, note: Note) -> Ticks:
        """What is left of a note here: graces at a statement's start have taken of it (S27)."""
        swing = self._swing()
        begin, end = swung(note.onset, swing), swung(note.onset + note.length, swing)
        stolen = self.house.state.tick - statement.start - begin
        if self.humanise.amount and not note.graces:
            stolen = 0  # moved as a whole
        return max(end - begin - max(stolen, 0), 1)

    def _unevenly(self, statement: Statement, note: Note, ready: Ready, again: str) -> None:
        tick = statement.start + note.onset
        cause, owner = statement.cause, owner_of(statement)
        self.humanise.play(note, ready, statement.role, tick, cause, owner, again)

    def spread(self, ident: int, number: int, length: Ticks, share: int) -> None:
        """The rest of a chord is due, unless its statement is over."""
        statement = self.house.state.statements.get(ident)
        if statement is None:
            return
        if statement.begun or self.house.state.tick >= statement.start:
            self._share(statement, number, length, share)
        else:
            with self._ahead(statement):
                self._share(statement, number, length, share)

    def _share(self, statement: Statement, number: int, length: Ticks, share: int) -> None:
        casting = self.office.cast(statement.role, statement)
        reading = self._reading(statement, *self._as_sharp(statement), casting)
        role, note = statement.role, reading.notes[number]
        ready = self.orchestra.ready(reading, number, length, role, statement, casting)
        tick, owner = statement.start + note.onset, owner_of(statement)
        self.humanise.share(note, ready, share, role, tick, statement.cause, owner)

    def _snapped(
        self, statement: Statement, reading: Reading, number: int
    ) -> tuple[Placement, ...]:
        """The note moved onto the harmony on strong beats (T4.1, S21)."""
        state = self.house.state
        written = self.orchestra.pitches(reading, number)
        if not written:
            return self.orchestra.placements(reading, number)
        pitch = written[0]
        strong = state.tick - state.bar.start in self.house.context.metre.stresses
        heard = statement.heard
        direction = 0 if heard is None else pitch.midi - heard[0]
        snapped = pitch
        if strong:
            snapped, _ = snap(pitch, state.chord, state.key, True, direction)
        if heard is not None:
            before = Pitch(pitch.step, heard[0])
            snapped_before = Pitch(pitch.step, heard[1])
            snapped = keep_contour(before, pitch, snapped_before, snapped, state.chord)
        statement.heard = (pitch.midi, snapped.midi)
        return self.orchestra.place_snapped(reading, number, (snapped,))

    def _onto_landing(
        self, statement: Statement, reading: Reading, number: int
    ) -> tuple[Placement, ...]:
        """All notes of a stinger moved onto the chord that sounded where it landed (theory T8)."""
        written = self.orchestra.pitches(reading, number)
        if not written:
            return self.orchestra.placements(reading, number)
        now = self.house.state.overlaid.stinger
        chord = (now.chord if now is not None else None) or self.house.state.chord
        heard = statement.heard
        direction = 0 if heard is None else written[-1].midi - heard[0]
        moved = {p.midi: p for p in (nearest_tone(each, chord, direction) for each in written)}
        if len(written) == 1 and heard is not None:
            (pitch,), (snapped,) = written, moved.values()
            before, snapped_before = (Pitch(pitch.step, midi) for midi in heard)
            moved = {0: keep_contour(before, pitch, snapped_before, snapped, chord)}
        pitches = tuple(moved.values())
        statement.heard = (written[-1].midi, pitches[-1].midi)
        return self.orchestra.place_snapped(reading, number, pitches)

    def _attack(
        self,
        statement: Statement,
        reading: Reading,
        number: int,
        length: Ticks,
        casting: Casting,
    ) -> None:
        self.orchestra.play(
            reading,
            number,
            length,
            statement.role,
            statement,
            casting,
            statement.cause,
            owner_of(statement),
        )
