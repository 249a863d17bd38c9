"""What a rehearsal adds to a performance, as a journal's header holds it: loop, click, count-in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from leitmotor.music.length import Length, Unit
from leitmotor.run.journal_json import seconds_from_json
from leitmotor.run.loop import Loop
from leitmotor.run.plan import PlayPlan


class Aids(NamedTuple):
    """`click` is the text it was asked for with; None where there was none."""

    loop: Loop | None = None
    click: str | None = None
    count_in: Length | None = None


NO_AIDS = Aids()


def aids_to_json(plan: PlayPlan) -> Mapping[str, object]:
    """What is beside the performance; nothing where there is nothing."""
    data: dict[str, object] = {}
    if plan.loop is not None:
        data["loop"] = plan.loop._asdict()
    if plan.click is not None:
        data["click"] = plan.click.wanted
    if plan.count_in is not None:
        amount, unit = plan.count_in.amount, plan.count_in.unit
        data["count in"] = {"amount": str(amount), "unit": unit.value}
    return data


def aids_from_json(header: Mapping[str, Any]) -> Aids:
    """The aids again. ValueError says what is wrong with them."""
    click = header.get("click")
    if click is not None and not isinstance(click, str):
        raise ValueError("click is a text")
    return Aids(_loop(header.get("loop")), click, _count_in(header.get("count in")))


def _loop(data: object) -> Loop | None:
    if data is None:
        return None
    if not isinstance(data, dict):
        raise ValueError("loop is an object in braces")
    first, last, times = data.get("first"), data.get("last"), data.get("times")
    if type(first) is not int or type(last) is not int or not 1 <= first <= last:
        raise ValueError("loop has a first and a last bar, counted from 1")
    if type(times) is not int or times < 0:
        raise ValueError("times is how often the loop was to be played, or 0")
    return Loop(first, last, seconds_from_json(data.get("begin"), "begin"), times)


def _count_in(data: object) -> Length | None:
    if data is None:
        return None
    try:
        if isinstance(data, dict):
            length = Length(Fraction(data["amount"]), Unit(data["unit"]))
            if 0 <= length.amount <= MOST:
                return length
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        pass
    raise ValueError('count in is a length such as {"amount": "1", "unit": "bars"}')


MOST = 1_000_000
"""Of any unit: what is longer is a mistake."""
