"""How statements are made: the form of a motif, its turn, and the statement itself (S17)."""

from __future__ import annotations

from dataclasses import replace

from leitmotor.messages import Cause
from leitmotor.music.scale import tonic_pitch
from leitmotor.music.time import Ticks
from leitmotor.music.transform import Form, apply
from leitmotor.music.trill import trilled
from leitmotor.perform.house import House, motifs_of
from leitmotor.perform.state import Statement
from leitmotor.score.compiled import CompiledScore, Motif


class Forms:
    """The forms of every motif in every state: fixed when a statement starts, so made once."""

    def __init__(self, score: CompiledScore) -> None:
        self.motifs = motifs_of(score)
        self._forms: dict[tuple[str, str, int], Form] = {}

    def of(self, motif: str, state: str, turn: int) -> Form:
        """The form of a motif in a state ("" is as written), at an entry of its `each time`."""
        form = self._forms.get((motif, state, turn))
        if form is None:
            form = self._made(self.motifs[motif], state, turn)
            self._forms[motif, state, turn] = form
        return form

    def _made(self, motif: Motif, state: str, turn: int) -> Form:
        variant = motif.states.get(state)
        vary = variant.vary if variant else ()
        if motif.each_time:
            vary += motif.each_time[turn % len(motif.each_time)]
        form = apply(
            vary, motif.notes, motif.length, motif.pickup, motif.must_keep, motif.times != 1
        )
        return replace(form, notes=trilled(form.notes))


def owner_of(statement: Statement) -> str:
    """The name under which the ledger knows a statement's notes."""
    return f"statement {statement.ident}"


def label_of(statement: Statement) -> str:
    """ "mara as lost"."""
    return f"{statement.motif} as {statement.state}" if statement.state else statement.motif


def turn_of(house: House, motif: str) -> int:
    """Which entry of a motif's `each time` its next statement takes."""
    count = len(house.motifs[motif].each_time)
    return house.state.turns.get(each_time_name(motif), 0) % count if count else 0


def each_time_name(motif: str) -> str:
    """The name under which statements of a motif are counted."""
    return f"motif {motif} each time"


def new_statement(
    house: House, forms: Forms, motif: str, state: str, start: Ticks, cause: Cause
) -> Statement:
    """A statement of a motif from its first full bar at `start`; its player is filled in after."""
    turn = turn_of(house, motif)
    form = forms.of(motif, state, turn)
    role = form.role or house.motifs[motif].role
    tonic = tonic_pitch(house.state.key)
    octave = house.motifs[motif].octave
    return Statement(
        ident=house.ident(),
        motif=motif,
        state=state,
        character="",
        role=role,
        instrument="",
        own_instrument=form.instrument,
        start=start,
        end=start + form.length,
        tonic=tonic.shifted(7 * octave, 12 * octave),
        times=house.motifs[motif].times,
        leads=True,
        cause=cause._replace(arc=state, motif=motif, operations=form.operations),
        turn=turn,
    )
