"""Bar lines to come back to: kept as they were, and set up again elsewhere (S11, S26)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from heapq import heapify
from operator import attrgetter
from typing import Any, TypeVar

from leitmotor.music.resolve import nearest_tonic
from leitmotor.music.time import Ticks
from leitmotor.perform.bars import Bars
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.lines import Lines
from leitmotor.perform.new_statements import owner_of
from leitmotor.perform.state import (
    HarmonyClock,
    Item,
    Lead,
    Line,
    PassageRun,
    Place,
    Statement,
)
from leitmotor.score.compiled_overlays import STINGER_ROLE

T = TypeVar("T")

PASSING = "spread"
"""The rest of a chord: it belongs to the instant, and never comes again by itself."""

MUSIC = frozenset(
    {
        "mark",
        "harmony",
        "lead",
        "statement begins",
        "statement ends",
        "statement yields",
        "fermata ends",
        "lines",
        "strike",
        "stroke",
        "note",
        "grace",
        "restrike",
        "passage event",
        PASSING,
        "passage ends",
    }
)
"""Actions that belong to the music and go back with it; all others belong to cues and outputs."""

BACK_AT_MOST = 8
"""So many places `go back` remembers (S11)."""


def _copier(kind: type[T]) -> Callable[[T], T]:
    """A shallow copy of a plain value: five times as fast as `copy`, and made at every bar line."""
    read: Callable[[T], tuple[Any, ...]] = attrgetter(*(each.name for each in fields(kind)))  # type: ignore[arg-type]
    return lambda value: kind(*read(value))


_statement, _line, _lead = _copier(Statement), _copier(Line), _copier(Lead)
_clock, _run = _copier(HarmonyClock), _copier(PassageRun)


class Places:
    """Keeps the present bar line, and brings another one here.

    A place holds what was about to happen from it on. One that is kept before the bar's own
    beginning is carried out (`kept_by` a bar line) lets that happen again when it is restored; one
    that is kept after an entry was set up holds everything as it stands.
    """

    def __init__(
        self, house: House, bars: Bars, harmony: Harmony, ledger: Ledger, lines: Lines
    ) -> None:
        self.house = house
        self.bars = bars
        self.harmony = harmony
        self.ledger = ledger
        self.lines = lines

    # -- keeping -----------------------------------------------------------------------------------

    def keep(self, before_bar_line: bool = False) -> None:
        """Keep this instant, where a bar begins."""
        self.house.state.here = self.taken(before_bar_line)

    def taken(self, before_bar_line: bool = False) -> Place:
        """This instant as a place."""
        state = self.house.state
        apart = {s.ident for s in state.statements.values() if _is_apart(s)}
        lead = _lead(state.lead)
        lead.leaving = list(lead.leaving)
        return Place(
            tick=state.tick,
            bar=state.bar.number,
            scene=state.scene,
            story=state.story,
            present=list(state.present),
            overrides=list(state.overrides),
            phrase_from=state.phrase_from,
            scene_bar=state.scene_bar,
            entry_bar=state.entry_bar,
            statements=[_statement(s) for s in state.statements.values() if not _is_apart(s)],
            lead=lead,
            lines=[_line(line) for line in state.lines.values()],
            harmony=_clock(state.harmony),
            lead_harmony=_clock(state.lead_harmony) if state.lead_harmony is not None else None,
            picked=dict(state.picked),
            turns=dict(state.turns),
            passage=_run(state.passage) if state.passage is not None else None,
            items=sorted(
                item
                for item in state.queue
                if item[3] in MUSIC and item[3] != PASSING and _ident(item) not in apart
            ),
            before_bar_line=before_bar_line,
        )

    def leave(self, scene_is_left_by_go: bool) -> None:
        """The present scene is left: remember where (S11)."""
        state = self.house.state
        place = state.here
        if place is None or not state.playing or place.scene != state.scene:
            return
        # The music comes back from its bar line; who was there and what cues made, as of now.
        place = replace(place, present=list(state.present), overrides=list(state.overrides))
        state.left[state.scene] = place
        if scene_is_left_by_go:
            state.back = [*state.back, place][-BACK_AT_MOST:]

    # -- coming back -------------------------------------------------------------------------------

    def restore(self, place: Place) -> None:
        """Let the music of a place go on from here, where a bar has begun.

        What sounds and has a planned end ends here; held chords are struck by the bar's harmony.
        """
        house = self.house
        state = house.state
        shift, bars = state.tick - place.tick, state.bar.number - place.bar
        spared = {owner_of(s) for s in state.statements.values() if _is_apart(s)}
        self.ledger.end_by(state.tick, lambda s: s.end is not None and s.owner not in spared)
        self._queue(place, shift)
        state.phrase_from, state.entry_bar = place.phrase_from + bars, place.entry_bar + bars
        state.scene_bar = place.scene_bar + bars
        state.picked, state.turns = dict(place.picked), dict(place.turns)
        apart = {s.ident: s for s in state.statements.values() if _is_apart(s)}
        state.statements = apart | {s.ident: self._moved(s, shift) for s in place.statements}
        state.lead = _lead(place.lead)
        state.lead.leaving = list(place.lead.leaving)
        if state.lead.next_tick is not None:
            state.lead.next_tick += shift
        state.lines = {line.role: _line(line) for line in place.lines}
        for line in state.lines.values():
            line.bar_start += shift
        state.harmony = _shifted(place.harmony, shift)
        state.lead_harmony = _shifted(place.lead_harmony, shift) if place.lead_harmony else None
        state.passage = _run(place.passage) if place.passage is not None else None
        if state.passage is not None:
            for name in ("start", "end", "began"):
                setattr(state.passage, name, getattr(state.passage, name) + shift)
        state.dice_bars = bars
        state.here = place
        house.set_factor("fermata", 1.0)
        house.version += 1
        if place.before_bar_line:
            self.harmony.bar_line()
            self.lines.push()
        self.lines.update()

    def _queue(self, place: Place, shift: Ticks) -> None:
        """The music's items as they were, so much later; those of cues and outputs stay."""
        state = self.house.state
        apart = {s.ident for s in state.statements.values() if _is_apart(s)}
        items = [item for item in state.queue if item[3] not in MUSIC or _ident(item) in apart]
        for tick, kind, _, action, what, more in place.items:
            state.serial += 1
            if action == "mark" and more < 0:
                more = -state.scene_tick - 1
            items.append((tick + shift, kind, state.serial, action, what, more))
        state.queue[:] = items  # in place: the performer's loop has it in its hands
        heapify(state.queue)

    def _moved(self, statement: Statement, shift: Ticks) -> Statement:
        moved = _statement(statement)
        moved.start, moved.end = moved.start + shift, moved.end + shift
        if moved.yields is not None:
            moved.yields += shift
        moved.tonic = nearest_tonic(moved.tonic, self.house.state.key)
        return moved


def _shifted(clock: HarmonyClock, shift: Ticks) -> HarmonyClock:
    moved = _clock(clock)
    if moved.began >= 0:
        moved.began += shift
    return moved


def _is_apart(statement: Statement) -> bool:
    """Whether a statement is no part of the bar: a stinger on top of it, or a coming pickup."""
    return statement.waits or statement.role == STINGER_ROLE


def _ident(item: Item) -> int:
    """The statement that an item belongs to, where it belongs to one; else 0."""
    action, what = item[3], item[4]
    if action == "grace":
        return int(str(what).split("\n", 1)[0])
    if action == PASSING and str(what).startswith("statement"):
        return int(str(what).split("\n")[1])
    if action in ("note", "statement begins", "statement ends", "fermata ends"):
        return int(what)
    return 0
