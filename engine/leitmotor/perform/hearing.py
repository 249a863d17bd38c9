"""What a cue asks for and nobody will hear, and why: for its answer (S10, S13, language §2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from leitmotor.messages import Effect, Outcome
from leitmotor.music.time import Ticks
from leitmotor.perform.context import PIANO, Context, base_role, chosen, palette_for, weigh
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.mixer import SILENT_DB, ramp_value
from leitmotor.perform.new_statements import turn_of
from leitmotor.perform.state import Override, Pending, Ramp, Setting, State
from leitmotor.score import verbs
from leitmotor.score.compiled import Palette, Players
from leitmotor.score.verbs import Entry, Verb

ENTRIES = (verbs.Go, verbs.GoNext, verbs.GoBack, verbs.ToState, verbs.PlayPassage, verbs.Finish)
"""Verbs after which other things are in force: what is heard then is not foretold."""

LOUDNESS = (verbs.DynamicTo, verbs.Swell, verbs.Crescendo)
"""Verbs that everybody hears, if anybody plays."""


HEARD_FROM = "; heard from "
"""How the rule of an effect goes on that is heard later than it acts."""


def with_remarks(
    ensemble: Ensemble, entries: Sequence[Entry], effects: Sequence[Effect]
) -> list[Effect]:
    """The effects of entries that were all asked for together, with what will not be heard."""
    found = []
    for entry, effect in zip(entries, effects, strict=True):
        why = (
            "" if effect.outcome is Outcome.REFUSED else _Hearing(ensemble, effect.tick).why(entry)
        )
        if why:
            rule = effect.rule.partition(HEARD_FROM)[0]
            effect = effect._replace(rule=f"{rule}; will not be heard: {why}")
        found.append(effect)
    return found


class _Hearing:
    """What will be in force at a tick, as far as it is known now."""

    def __init__(self, ensemble: Ensemble, tick: Ticks) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.tick = tick

    def why(self, entry: Entry) -> str:
        """Why an entry is not heard; empty where it is, or where that is not known."""
        state = self.house.state
        known = not any(isinstance(p.entry.verb, ENTRIES) for p in self._due())
        if not state.playing or not known:
            return ""
        context = weigh(self.house.score, self._foreseen(state))
        return _Desk(self.ensemble, context, self.tick).why(entry.verb)

    def _due(self) -> Iterator[Pending]:
        for pending in self.house.state.pending.values():
            if pending.tick is not None and pending.tick <= self.tick:
                yield pending

    def _foreseen(self, state: State) -> State:
        """The state with what is planned up to the tick, and without what is over by then."""
        lasting = [o for o in state.overrides if o.until is None or o.until > self.tick]
        planned = sorted(self._due(), key=lambda p: (p.tick, p.ident))
        for pending in planned:
            value = _setting(pending.entry.verb)
            if value is not None:
                thing = pending.thing
                lasting.append(Override(0, thing, value, pending.cue, False, self.tick))
        return replace(state, overrides=lasting)


def _setting(verb: Verb) -> Setting | None:
    """What a verb of the desk puts in force; None for all others."""
    match verb:
        case verbs.Mute():
            return True
        case verbs.Unmute():
            return False
        case verbs.Solo(target=target):
            return target
        case verbs.Layers(roles=roles):
            return roles
        case verbs.PaletteTo(palette=palette):
            return palette
        case verbs.PlayOn(instrument=instrument):
            return (instrument,)
        case verbs.LevelTo(db=db, back=back):
            level = SILENT_DB if db is None and not back else db or 0.0
            return Ramp(0, 0, level, level)
    return None


class _Desk:
    """Who is heard in a context."""

    def __init__(self, ensemble: Ensemble, context: Context, tick: Ticks) -> None:
        self.ensemble = ensemble
        self.score = ensemble.house.score
        self.context = context
        self.tick = tick

    def why(self, verb: Verb) -> str:
        """Why what a verb does is not heard; empty where it is."""
        match verb:
            case verbs.PlayMotif(motif=motif, state=state, role=role, instrument=instrument):
                return self._motif(motif, self.ensemble.lead.owner(motif), state, role, instrument)
            case verbs.Enter(character=who) | verbs.Arc(character=who):
                motif = self.score.characters[who].motif
                return self._motif(motif, who) if motif else ""
            case verbs.FigureTo(role=role) | verbs.PlayOn(role=role):
                return self._role(role)
            case verbs.LevelTo(target=target) if verb.db is not None or verb.back:
                return self._target(target)
            case verbs.Unmute(target=target) | verbs.Solo(target=target):
                return self._target(target)
            case verbs.Layers(roles=roles):
                return self._nobody(roles)
            case verbs.PaletteTo(palette=palette):
                return self._nobody(self.score.palettes[palette].roles)
        if isinstance(verb, LOUDNESS) and not self._on_top():
            return self._nobody(self.context.layers)
        return ""

    # -- who is meant ------------------------------------------------------------------------------

    def _motif(
        self, name: str, who: str, state: str = "", role: str = "", instrument: str = ""
    ) -> str:
        lead = self.ensemble.lead
        state = state or lead.motif_state(who, name)
        turn = turn_of(self.ensemble.house, name)
        form = self.ensemble.statements.forms.of(name, state, turn)
        variant = self.score.motifs[name].states.get(state)
        own = [
            variant.palette if variant else "",
            self.score.characters[who].palette if who else "",
        ]
        playing = role or form.role or self.score.motifs[name].role
        above = tuple(self.score.palettes[each] for each in own if each)
        with_whom = instrument or form.instrument
        players = (with_whom,) if with_whom else self._players(playing, above)
        if role in ("", "lead") and playing not in self.context.layers:
            return f"{playing} is not in layers"
        return self._line(playing, players, who)

    def _target(self, target: str) -> str:
        if target in self.score.names.roles:
            return self._role(target)
        return "" if target == "all" else self._muted(target) or self._left_out(target)

    def _role(self, role: str) -> str:
        if role not in self.context.layers and not self._on_top(role):
            return f"{role} is not in layers"
        # Whoever states a motif may bring a player for the lead that nobody else gives it.
        players = self._players(role, ())
        if not players and role == "lead":
            return self._muted(role) or self._left_out(role)
        return self._line(role, players, "")

    def _nobody(self, roles: Iterable[str]) -> str:
        """Why none of several roles is heard; empty where one is."""
        reasons = [self._target(role) for role in roles]
        if not all(reasons):
            return ""
        return ", ".join(dict.fromkeys(reasons)) or "no role is in layers"

    def _on_top(self, role: str = "") -> bool:
        """Whether a motif sounds on top of the lead, which no layer governs."""
        statements = self.ensemble.house.state.statements.values()
        return any(not each.leads and role in ("", each.role) for each in statements)

    def _players(self, role: str, above: tuple[Palette, ...]) -> Players:
        context = self.context
        if role in context.cue_players:
            return context.cue_players[role]
        top = (context.cue_palette,) if context.cue_palette else ()
        palettes = (*top, *above, *context.story_palettes)
        palette = palette_for(palettes, role)
        if palette is not None:
            return chosen(palette.roles[role], self.ensemble.house.state) or ()
        return () if palettes else PIANO

    # -- what keeps it from being heard ------------------------------------------------------------

    def _line(self, role: str, players: Players, who: str) -> str:
        if not players:
            return f"nobody plays {role}"
        names = tuple(name for name in (role, who) if name)
        return (
            self._muted(*names)
            or self._all_muted(players)
            or self._left_out(*names, *players)
            or self._out(names, players)
        )

    def _muted(self, *names: str) -> str:
        return next((f"{name} is muted" for name in names if name in self.context.muted), "")

    def _all_muted(self, players: Players) -> str:
        if not all(name in self.context.muted for name in players):
            return ""
        return f"{' and '.join(players)} {'is' if len(players) == 1 else 'are'} muted"

    def _left_out(self, *names: str) -> str:
        solo = self.context.solo
        return f"{', '.join(sorted(solo))} is solo" if solo and not solo & set(names) else ""

    def _out(self, names: tuple[str, ...], players: Players) -> str:
        context = self.context
        if context.fade is not None and ramp_value(context.fade, self.tick) <= SILENT_DB:
            return "everything has faded"
        shared = {*names, base_role(names[0]), "all"}
        for player in players:
            found = {n: self._level(n) for n in (*sorted(shared), player)}
            if sum(found.values()) > SILENT_DB:
                return ""
        return f"the level of {min(found, key=lambda name: found[name])} is out"

    def _level(self, name: str) -> float:
        ramp = self.context.levels.get(name)
        return ramp_value(ramp, self.tick) if ramp is not None else 0.0
