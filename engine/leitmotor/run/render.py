"""Rendering: a performance as fast as it can be computed, into files (S33)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from math import inf
from typing import NamedTuple

from leitmotor.errors import CueError
from leitmotor.messages import Attack, Cue, Event
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import Output, opened
from leitmotor.perform.matching import is_input
from leitmotor.perform.performance import Performance, Start
from leitmotor.run.click_choice import click_of
from leitmotor.run.ending import Ending, Progress, ending_of, performed_to_its_end
from leitmotor.run.journal import Journal
from leitmotor.run.plan import PlayPlan, Script, Waits
from leitmotor.run.sieve import Sieve
from leitmotor.run.staged import staged
from leitmotor.score.compiled import CompiledScore

CHUNK: Seconds = 5.0
"""How much is computed between two reports of progress."""


class RenderReport(NamedTuple):
    """What was rendered. `end_reason` says why it ends where it ends.

    `begins` is the second at which it begins: 0 unless it begins in the middle or is counted in.
    """

    seconds: Seconds
    events: int
    attacks: int
    end_reason: str
    begins: Seconds = 0.0


def render(
    score: CompiledScore,
    cues: Script | Journal,
    outputs: Sequence[Output],
    *,
    seed: int | None = None,
    start: Start = Start.AT_ONCE,
    until: Seconds | None = None,
    clock: Seconds | None = None,
    progress: Progress = lambda _at: None,
) -> RenderReport:
    """Perform `score` with a cue script, or with a journal just as it was played.

    A journal brings its own seed, start, end and time of day, and whatever was muted or left out
    then. Without one the end is `until`, or what S33 says; `clock` is the time of day at second 0.
    The outputs are opened and closed here; after a failure what can be is discarded. `CueError` for
    a journal of another score, `DeviceError` where a file cannot be written. Any thread; blocks on
    the outputs.
    """
    if isinstance(cues, Journal):
        report = render_plan(_replayed(score, cues, until), outputs, progress)
        recorded = until is None and cues.end is not None
        return report._replace(end_reason="the end of the journal") if recorded else report
    plan = PlayPlan(score, seed, start, cues, until=until, clock=clock)
    return render_plan(plan, outputs, progress)


def render_plan(
    plan: PlayPlan, outputs: Sequence[Output], progress: Progress = lambda _at: None
) -> RenderReport:
    """Perform a plan: as `render`, with all that a plan may ask for beyond it."""
    ready = staged(plan)
    sieve = Sieve(plan.mute, plan.solo, ready.plan.without)
    sent = attacks = 0
    with ExitStack() as stack:
        for output in outputs:
            stack.enter_context(opened(output))

        def send(events: Sequence[Event]) -> None:
            nonlocal sent, attacks
            for event in filter(sieve.passes, events):
                sent += 1
                attacks += isinstance(event, Attack)
                for output in outputs:
                    output.send(event)

        for output in outputs:
            output.prepare(ready.setups)
        send(ready.opening)
        player = ready.player
        begins = player.emitted
        if plan.until is None and isinstance(player, Performance) and not plan.begin:
            ending = performed_to_its_end(player, bool(plan.script), send, progress)
        else:
            ending = _ending(plan, progress)
            while player.emitted < ending.seconds and not ready.over():
                send(player.advance(min(player.emitted + CHUNK, ending.seconds)))
                progress(player.emitted)
            send(player.finish())
            if ready.over():
                ending = Ending(player.emitted, ready.over())
    return RenderReport(ending.seconds, sent, attacks, ending.reason, begins)


def _ending(plan: PlayPlan, progress: Progress) -> Ending:
    if plan.until is not None:
        return Ending(plan.until, "the time to end was reached")
    if plan.loop is not None:
        return Ending(inf, "it goes round for ever")
    # Begun in the middle, the end is still that of the whole: it is looked for from the beginning.
    return ending_of(plan.performance(), bool(plan.script), progress)


def _replayed(score: CompiledScore, journal: Journal, until: Seconds | None) -> PlayPlan:
    """The plan that a recorded session followed in the end."""
    if journal.score_hash != score.hash:
        raise CueError(
            f"this journal was recorded with another state of the score `{journal.title}`:"
            " render it with the score as it was then"
        )
    script, by_hand = _told_apart(journal, score)
    aids = journal.aids
    plan = PlayPlan(
        score,
        journal.seed,
        journal.start,
        script,
        mute=journal.mute,
        solo=journal.solo,
        without=journal.without,
        begin=journal.begin,
        clock=journal.clock,
        loop=aids.loop,
        click=click_of(aids.click, score) if aids.click is not None else None,
        count_in=aids.count_in,
        by_hand=by_hand,
    )
    return replace(plan, until=journal.end if until is None else until)


def _told_apart(
    journal: Journal, score: CompiledScore
) -> tuple[Script, tuple[tuple[Seconds, Cue], ...]]:
    """What is known beforehand, and what has to come when it came.

    In a loop a cue fired by hand belongs to its round; during a count-in it must not change it, but
    for the one that let a waiting clock start. Else it is the same as one that is known beforehand.
    """
    if journal.aids.loop is None and journal.aids.count_in is None:
        return journal.cues, ()
    known = journal.scripted
    if journal.waits is Waits.FOR_THE_FIRST_CUE:
        hand = enumerate(journal.cues[known:], start=known + 1)
        firsts = (n for n, (_, cue) in hand if not is_input(score, cue))
        known = next(firsts, len(journal.cues))
    later = tuple((at, cue) for at, cue in journal.cues[known:] if isinstance(at, float))
    return journal.cues[:known], later
