"""What each action in the queue does: the one place where an item's name becomes a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from leitmotor.perform.director import Director

Action: TypeAlias = Callable[[Any, Any], None]
"""Takes the two arguments of an item."""


def actions_of(director: Director) -> dict[str, Action]:
    """What each action does, but for those of the performance itself."""
    ensemble = director.ensemble
    house, statements, lead = director.house, ensemble.statements, ensemble.lead
    ledger, lines, orchestra = ensemble.ledger, ensemble.lines, ensemble.orchestra
    return {
        "no clock": lambda _a, _b: director.clock_unknown(),
        "start": lambda _a, _b: director.acts.begin_music(house.cause("start")),
        "off": ledger.off,
        "apply": director.acts.apply,
        "pickup": director.acts.pickup,
        "ended": lambda ident, number: director.ended((ident, number)),
        "expire": lambda ident, _b: ensemble.settings.expire(ident),
        "tempo": lambda key, _b: house.announce_tempo(key),
        "fermata ends": lambda ident, _b: statements.end_fermata(ident),
        "mark": director.mark,
        "harmony": lambda _a, _b: ensemble.harmony.update(),
        "lead": lambda serial, _b: lead.next(serial),
        "statement begins": lambda ident, _b: statements.open(ident),
        "statement ends": lambda ident, _b: lead.statement_ended(ident),
        "statement yields": lambda _a, _b: lead.yielded(),
        "lines": lambda _a, _b: lines.bar_line(),
        "grid": lambda _a, _b: orchestra.sample(),
        "forte piano": lambda owner, _b: orchestra.forte_piano(owner),
        "strike": lambda _a, _b: lines.strike(),
        "stroke": lines.stroke,
        "note": statements.note,
        "grace": statements.grace,
        "spread": ensemble.spread,
        "restrike": orchestra.restrike,
        "sample": lambda _a, _b: director.driving.sample(),
        "beat": lambda _a, _b: director.driving.beat(),
        "turn": director.driving.turn,
        "faded": lambda number, _b: director.driving.faded(number),
        "hour": lambda name, _b: director.driving.turn_with_the_hour(name),
        "parameter back": director.inputs.put_back,
        "stinger lands": lambda ident, _b: ensemble.stingers.landed(ident),
        "stinger over": lambda ident, _b: director.stinger_over(ident),
        "duck over": lambda _a, _b: ensemble.stingers.duck_over(),
        "expire request": lambda ident, _b: director.requests.expire(ident),
        "silence over": lambda ident, _b: ensemble.silences.over(ident),
        "music returns": lambda _a, _b: ensemble.silences.returns(),
        "crossfade over": lambda ident, _b: ensemble.crossfades.over(ident),
        "fader up": lambda channel, _b: ensemble.crossfades.risen(channel),
        "join": lambda what, _b: lines.join(what),
        "passage event": director.passage_event,
        "passage ends": ensemble.passages.ended,
        "faded out": lambda end, _b: director.acts.time.faded_out(end),
    }
