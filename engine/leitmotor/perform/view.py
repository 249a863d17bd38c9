"""The picture that displays show (S34)."""

from __future__ import annotations

from leitmotor.messages import View
from leitmotor.perform.director import Director
from leitmotor.perform.new_statements import label_of
from leitmotor.perform.timepiece import looks_at_the_clock


def view_of(director: Director) -> View:
    """What plays now, small and immutable."""
    house, ensemble = director.house, director.ensemble
    state = house.state
    tick = house.tick_at(state.emitted)
    bar, beat = house.place(tick)
    statement = state.statements.get(state.lead.statement)
    roles = [role for role in house.context.layers if role in state.lines]
    players = [(role, ", ".join(ensemble.office.seen(role, None))) for role in roles]
    if statement is not None and statement.begun:
        lead = ", ".join(ensemble.office.seen(statement.role, statement))
        players.insert(0, (statement.role, lead))
    following = director.rule_named("GO")
    return View(
        seconds=state.emitted,
        bar=bar,
        beat=beat,
        playing=state.playing,
        title=house.score.title,
        scene=state.scene,
        state=state.story,
        key=str(state.key),
        chord=state.chord.name,
        metre=str(house.context.metre),
        bpm=house.map.bpm_at(tick),
        lead=_lead(statement.character, label_of(statement)) if statement is not None else "",
        players=tuple(players),
        present=tuple(state.present),
        arcs=tuple((name, ensemble.lead.arc_state(name)) for name in state.present),
        pending=tuple(
            f"{p.entry.text} at bar {'{} beat {}'.format(*house.place(p.tick))}"
            if p.tick is not None
            else f"{p.entry.text} at {p.boundary}"
            for p in state.pending.values()
        ),
        next_cue=following.name if following is not None else "",
        sounding=len(state.ledger),
        passage=state.passage.name or "finish" if state.passage is not None else "",
        stands=state.stand.why if state.stand is not None else "",
        parameters=tuple(
            (name, motion.value_at(state.emitted)) for name, motion in state.parameters.items()
        ),
        clock=state.clock if looks_at_the_clock(house.score) else None,
    )


def _lead(character: str, label: str) -> str:
    return f"{character}: {label}" if character else label
