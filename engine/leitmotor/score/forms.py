"""A motif as one of its states plays it: worked out once, however often it is asked for."""

from __future__ import annotations

from functools import lru_cache

from leitmotor.music.notes import Note
from leitmotor.music.operation import Operation
from leitmotor.music.time import Ticks
from leitmotor.music.transform import Form, apply
from leitmotor.score.compiled import Motif

_MOST_KEPT = 512


class _Same:
    """Notes that are known again by being the same object.

    Comparing them one by one would take as long as to work out the form.
    """

    __slots__ = ("notes",)

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes

    def __hash__(self) -> int:
        return id(self.notes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.notes is self.notes


def form_of(motif: Motif, state: str = "", also: tuple[Operation, ...] = ()) -> Form:
    """The form that a motif has in a state, "" for the motif as written. May raise `CannotApply`.

    `also` comes after the state's own operations: an entry of `each time`.

    A text that has not changed is read into the same notes again, so that a score which is read
    at every save pays for its changes alone.
    """
    vary = (motif.states[state].vary if state else ()) + also
    loops = motif.times != 1
    return _form(_Same(motif.notes), vary, motif.length, motif.pickup, motif.must_keep, loops)


@lru_cache(maxsize=_MOST_KEPT)
def _form(
    notes: _Same,
    vary: tuple[Operation, ...],
    length: Ticks,
    pickup: Ticks,
    must_keep: frozenset[int],
    loops: bool,
) -> Form:
    return apply(vary, notes.notes, length, pickup, must_keep, loops)
