"""From a plan to what is played: the performance at its place, with the aids of a rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from leitmotor.messages import BarLine, Event, Setup, Tempo
from leitmotor.run.click import PLAIN_CLICK, Clicked, Strokes
from leitmotor.run.count_in import CountedIn
from leitmotor.run.loop import Looped, Mark
from leitmotor.run.plan import PlayPlan, Waits
from leitmotor.run.player import Player
from leitmotor.run.spot import spot_of


def _never() -> str:
    return ""


class Staged(NamedTuple):
    """Ready to be played. `opening` goes out before all else, `setups` before that.

    `plan` is the plan, without the notes that are at their end where it begins. `over`
    says why nothing more will come; empty while something may.
    """

    player: Player
    plan: PlayPlan
    opening: tuple[Event, ...]
    setups: tuple[Setup, ...]
    over: Callable[[], str] = _never


def staged(plan: PlayPlan) -> Staged:
    """Play silently up to the beginning; what is held there is struck anew (S34).

    Tempi and bar lines of what lies before are part of the opening: they make no sound and keep a
    file in place. Any thread; never waits, but takes as long as a render to the place.
    """
    performance = plan.performance()
    passed: list[Event] = []
    mark = None
    if plan.loop is not None:
        passed += performance.advance(plan.loop.begin)
        mark = Mark(performance, passed)
    passed += performance.advance(plan.begin)
    setups = performance.prelude()
    if plan.count_in is None and plan.click is None and not plan.begin and mark is None:
        return Staged(performance, plan, (), setups)
    spot = spot_of(performance, passed)
    held = spot.held(performance)
    plan = replace(plan, without=plan.without | spot.ended)
    player: Player = performance
    over = _never
    if plan.loop is not None and mark is not None:
        looped = Looped(performance, plan.loop, mark, held, len(plan.script), plan.by_hand)
        player, over = looped, looped.over
    strokes = Strokes(plan.click or PLAIN_CLICK)
    if plan.click is not None:
        clicked = Clicked(player, strokes)
        clicked.pass_over(passed, spot)
        player = clicked
        setups += (plan.click.setup,) if plan.click.setup is not None else ()
    before = [event for event in passed if isinstance(event, (Tempo, BarLine))]
    if plan.count_in is None:
        return Staged(player, plan, (*before, *held), setups, over)
    counted = CountedIn(
        player,
        performance,
        plan.count_in,
        strokes,
        before,
        held,
        waits=plan.waits is Waits.FOR_THE_FIRST_CUE,
        later=() if mark is not None else plan.by_hand,
    )
    return Staged(counted, plan, counted.opening, setups, over)
