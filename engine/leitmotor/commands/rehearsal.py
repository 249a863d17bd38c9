"""The options of a rehearsal, for `play` and `render` alike."""

from __future__ import annotations

from leitmotor.errors import CueError
from leitmotor.music.length import Length, bars
from leitmotor.run.loop_place import looped
from leitmotor.run.plan import PlayPlan
from leitmotor.run.rehearse import placed
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.units import parse_length


def begun(plan: PlayPlan, begin: str | None, loop: str | None) -> tuple[PlayPlan, str]:
    """The plan with `--from` and `--loop`, and a sentence on where it begins if not at 0."""
    if loop is not None:
        return looped(plan, loop, begin)
    if begin is not None:
        return placed(plan, begin)
    return plan, ""


def count_in_of(text: str | None, score: CompiledScore) -> Length | None:
    """How long is counted in: `text`, or where that is empty what the score says, or a bar.

    None where nobody asked for it. `CueError` for what is no length.
    """
    if text is None:
        return None
    if not text.strip():
        return score.defaults.count_in or bars(1)
    try:
        return parse_length(text)
    except ValueError as error:
        raise CueError(f"--count-in: {error}; or give --count-in alone, after PATH") from None
