"""What each verb does when its boundary has come."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.messages import Cause, Do, Outcome
from leitmotor.music.chord import Chord, in_key, parse_chord_name, realise
from leitmotor.music.length import Length, Unit
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.scale import Key
from leitmotor.music.tempo import ramp_length_for
from leitmotor.music.time import Ticks
from leitmotor.perform.calling_off import CallingOff
from leitmotor.perform.density import density_at
from leitmotor.perform.ensemble import Ensemble
from leitmotor.perform.entries import EntryVerb
from leitmotor.perform.inputs import Inputs
from leitmotor.perform.mixer import SILENT_DB, ramp_value
from leitmotor.perform.passages import PASSAGE_VERBS
from leitmotor.perform.requests import Requests
from leitmotor.perform.state import Deed, Kind, Pending, Ramp, Setting, Waiting
from leitmotor.perform.things import ENTRY_VERBS
from leitmotor.perform.time_acts import LASTING, TimeActs
from leitmotor.score import verbs
from leitmotor.score.verbs import Entry

Ended = Callable[[tuple[int, int]], None]

SLOWEST_BASE, FASTEST_BASE = 1.0, 4000.0
"""Far beyond what is ever heard: the clamp to 20…400 comes after all factors (S22)."""


class Acts:
    """Carries out pending entries. Each act ends at once, or says when it will have ended."""

    def __init__(
        self, ensemble: Ensemble, requests: Requests, ended: Ended, inputs: Inputs
    ) -> None:
        self.ensemble = ensemble
        self.house = ensemble.house
        self.requests = requests
        self.ended = ended
        self.time = TimeActs(ensemble)
        self.inputs = inputs
        self.calling_off = CallingOff(ensemble, requests, self.time, inputs)

    # -- the boundary has come ---------------------------------------------------------------------

    def apply(self, ident: int, planned: Ticks) -> None:
        """A pending entry's place is reached, if it is still its place."""
        pending = self.house.state.pending.get(ident)
        if pending is None or pending.tick != planned:
            return
        del self.house.state.pending[ident]
        cause = self.house.cause(pending.rule, pending.cue)
        verb = pending.entry.verb
        if isinstance(verb, ENTRY_VERBS):
            self._enter(pending, verb, cause)
            self.requests.replan()
            self._tell(pending)
        elif isinstance(verb, verbs.PlayMotif):
            self._motif(pending, verb)
            self._tell(pending)
            return  # ends with its statement
        elif isinstance(verb, LASTING):
            self.time.begin(pending, cause)
            self._tell(pending)
            return  # ends when it is over
        elif isinstance(verb, verbs.PlayStinger):
            self.ensemble.stingers.land(pending, verb)
            self._tell(pending)
            return  # ends with its statement
        elif isinstance(verb, verbs.Silence):
            self.ensemble.silences.begin(pending, verb.silence, cause)
            self._tell(pending)
            return  # ends by a cue, or when its length is over
        else:
            ends = self._act(pending, cause)
            self._tell(pending)
            if ends > self.house.state.tick:
                self.house.push(ends, Kind.CHANGE, "ended", *pending.token)
                return
        self.ended(pending.token)

    def _tell(self, pending: Pending) -> None:
        """What was planned has happened: the outcome of a cue that did not act at once (S2)."""
        house = self.house
        if pending.receipt and house.state.tick > pending.asked:
            text = pending.entry.text
            effect = house.effect(text, Outcome.DONE, house.state.tick, pending.rule)
            house.reply(pending.receipt, pending.cue, (effect,))

    def pickup(self, ident: int, planned: Ticks) -> None:
        """The pickup of what a pending entry will bring begins to sound."""
        pending = self.house.state.pending.get(ident)
        if pending is None or pending.tick != planned or pending.foreseen:
            return
        verb = pending.entry.verb
        if isinstance(verb, ENTRY_VERBS):
            self.ensemble.entries.begin_pickup(pending)
        elif isinstance(verb, verbs.PlayMotif):
            lead = self.ensemble.lead
            statement = lead.made_for(verb, planned, pending.cue, pending.token)
            pending.foreseen = statement.ident
            self.ensemble.statements.begin(statement)
        elif isinstance(verb, PASSAGE_VERBS):
            pending.foreseen = -pending.ident
            cause = self.house.cause(pending.rule, pending.cue)
            self.ensemble.passages.begin_ahead(verb.passage, planned, pending.foreseen, None, cause)
        elif isinstance(verb, verbs.PlayStinger):
            pending.foreseen = self.ensemble.stingers.sound(pending, verb, planned)

    def _enter(self, pending: Pending, verb: EntryVerb, cause: Cause) -> None:
        entries, state = self.ensemble.entries, self.house.state
        story, back = state.story, isinstance(verb, verbs.GoBack)
        target = entries.target(verb)
        if target is None:
            return
        way = entries.transition(verb, *target) if state.playing else None
        if isinstance(verb, verbs.ToState) and state.playing:
            entries.change_state(target[1], way, cause)
            self._return_after(pending, story)
            return
        place = entries.place_in(verb, target[0], way)
        if place is not None:
            target = place.scene, place.story  # as it was left, its state included
        self.requests.leave_behind(pending)
        self.ensemble.places.leave(not back)
        if back:
            state.back = [each for each in state.back if each is not place]
        if way is not None and way.bridge and place is None:
            self.ensemble.passages.begin(way.bridge, cause, goal=target)
        else:
            entries.enter(*target, way, cause, pending.foreseen, place)

    def begin_music(self, cause: Cause) -> None:
        """The performance begins, or a cue needs music and none plays (S33).

        Enters the present scene, or the first, unless an entry at this very instant does so.
        """
        state = self.house.state
        if state.playing or any(
            p.tick == state.tick and isinstance(p.entry.verb, ENTRY_VERBS)
            for p in state.pending.values()
        ):
            return
        scenes = self.house.score.scenes
        scene = next((s for s in scenes if s.name == state.scene), scenes[0])
        self.ensemble.entries.enter(scene.name, state.story or scene.state, None, cause)

    def _return_after(self, pending: Pending, before: str) -> None:
        """`for T` on a story state or an arc: what was there returns, unless it was left before."""
        lasting = pending.entry.lasting
        if lasting is None or not before:
            return
        house, verb = self.house, pending.entry.verb
        what = f"arc {verb.character} =" if isinstance(verb, verbs.Arc) else "state"
        rule = f"{lasting} of {pending.cue} are over"
        back = Waiting(0, Do(f"{what} {before} at now"), rule=rule)
        back.tick = house.state.tick + house.ticks_for(lasting, house.state.tick)
        back.entry = -1 if isinstance(verb, verbs.Arc) else house.state.entry_tick
        self.ensemble.inbox.add(back)

    def _motif(self, pending: Pending, verb: verbs.PlayMotif) -> None:
        state = self.house.state
        statement = state.statements.get(pending.foreseen)
        if statement is None:
            statement = self.ensemble.lead.made_for(verb, state.tick, pending.cue, pending.token)
        self.ensemble.lead.play(statement)

    # -- the verbs ---------------------------------------------------------------------------------

    def _act(self, pending: Pending, cause: Cause) -> Ticks:
        """Do it; returns the tick at which it will have ended."""
        verb = pending.entry.verb
        state = self.house.state
        match verb:
            case verbs.TempoTo():
                return self._tempo(pending, verb, cause)
            case verbs.LevelTo():
                return self._level(pending, verb, cause)
            case verbs.DynamicTo() | verbs.Swell() | verbs.Crescendo():
                return self._dynamic(pending, verb, cause)
            case verbs.Fade(length=length, out=out):
                end = state.tick + self.house.ticks_for(length, state.tick)
                fading = Ramp(state.tick, end, 0.0, SILENT_DB)
                self._put(pending, "fade", fading, cause)
                self.ensemble.mixer.watch(fading)
                if out:
                    self.house.push(end, Kind.CHANGE, "faded out", end)
                return end
            case verbs.Resume(exactly=exactly):
                if exactly:
                    self.ensemble.standing.resume_exactly(cause)
                else:
                    self.ensemble.standing.resume(cause)
            case verbs.Continue():
                self.time.go_on(cause)
            case verbs.Wait(length=length):
                return state.tick + self.house.ticks_for(length, state.tick)
            case verbs.SetParameter():
                return self.inputs.act(pending, verb, cause)
            case verbs.Density(value=goal, over=over):
                end = self._ramp_end(over)
                start = density_at(self.house.context, state.tick)
                self._put(pending, "density", Ramp(state.tick, end, start, goal), cause)
                return end
            case verbs.Enter() | verbs.Leave() | verbs.Arc():
                self._people(pending, verb, cause)
            case verbs.Stop():
                self.calling_off.stop(pending, cause)
            case verbs.PanicNow():
                self.calling_off.panic(pending, cause)
            case verbs.Undo(cue=cue):
                self.calling_off.undo(pending, cue, cause)
            case verbs.Cancel(cue=cue):
                self.calling_off.cancel(pending, cue)
            case verbs.LogText(text=text):
                self.house.log(text)
            case _:
                return self._set(pending, cause)
        return state.tick

    def _until(self, entry: Entry) -> Ticks | None:
        tick = self.house.state.tick
        return tick + self.house.ticks_for(entry.lasting, tick) if entry.lasting else None

    def _put(self, pending: Pending, thing: str, value: Setting, cause: Cause) -> None:
        entry = pending.entry
        self.ensemble.settings.put(thing, value, cause, entry.keep, self._until(entry))

    def _set(self, pending: Pending, cause: Cause) -> Ticks:
        """Verbs that set one value; over a time, where it is a matter of who is to be heard."""
        house = self.house
        match pending.entry.verb:
            case verbs.KeyTo(letter, alter, mode):
                value: Setting = Key(letter, alter, mode or house.state.key.mode)
            case verbs.ModeTo(mode):
                value = house.state.key.in_mode(mode)
            case verbs.MetreTo(metre):
                value = metre
            case verbs.HarmonyTo(progression):
                value = progression
            case verbs.ChordTo(text):
                value = self.chord(text)
            case verbs.PaletteTo(palette):
                value = palette
            case verbs.PlayOn(instrument=instrument):
                value = (instrument,)
            case verbs.FigureTo(figure=figure):
                value = figure
            case verbs.Layers(roles):
                value = roles
            case verbs.Mute():
                value = True
            case verbs.Unmute():
                value = False
            case verbs.Solo(target):
                value = target
            case verb:
                raise TypeError(f"no act for {verb!r}")
        end = self._ramp_end(getattr(pending.entry.verb, "over", None))
        if end > house.state.tick:
            entry = pending.entry
            until = self._until(entry)
            self.ensemble.crossfades.change(pending.thing, value, end, cause, entry.keep, until)
        else:
            self._put(pending, pending.thing, value, cause)
        return end

    def chord(self, text: str) -> Chord:
        """A chord by its numeral in the key in force, or by name."""
        key = self.house.state.key
        named = parse_chord_name(text)
        if named is not None:
            return in_key(named, key)
        return realise(parse_numeral(text), key, key.mode)

    def _ramp_end(self, over: Length | None) -> Ticks:
        tick = self.house.state.tick
        return tick + self.house.ticks_for(over, tick) if over is not None else tick

    def _tempo(self, pending: Pending, verb: verbs.TempoTo, cause: Cause) -> Ticks:
        house = self.house
        tick, reached = house.state.tick, house.base_bpm()
        goal = verb.bpm or reached * verb.factor
        goal = min(max(goal, SLOWEST_BASE), FASTEST_BASE)
        length = 0
        if verb.over is not None and verb.over.unit is Unit.SECONDS:
            factor = house.tempo_factor()
            seconds = float(verb.over.amount)
            length = ramp_length_for(seconds, reached * factor, goal * factor, verb.shape)
        elif verb.over is not None:
            length = house.ticks_for(verb.over, tick)
        house.set_tempo(goal, length, verb.shape)
        self._put(pending, "tempo", goal, cause)
        return tick + length

    def _level(self, pending: Pending, verb: verbs.LevelTo, cause: Cause) -> Ticks:
        house = self.house
        tick, end = house.state.tick, self._ramp_end(verb.over)
        present = house.context.levels.get(verb.target)
        start = ramp_value(present, tick) if present is not None else 0.0
        goal = SILENT_DB if verb.db is None else verb.db
        if verb.back:
            goal = self._level_of_score(verb.target)
        ramp = Ramp(tick, end, start, goal)
        self._put(pending, pending.thing, ramp, cause)
        if end > tick:
            self.ensemble.mixer.watch(ramp)
        return end

    def _level_of_score(self, target: str) -> float:
        """What palettes and state give a target without any cue."""
        context = self.house.context
        if target in context.story.levels:
            return context.story.levels[target]
        palettes = (p.levels for p in context.story_palettes if target in p.levels)
        return next(palettes, {}).get(target, 0.0)

    def _dynamic(
        self,
        pending: Pending,
        verb: verbs.DynamicTo | verbs.Swell | verbs.Crescendo,
        cause: Cause,
    ) -> Ticks:
        house = self.house
        tick = house.state.tick
        start = ramp_value(house.context.dynamic, tick)
        back: Ticks | None = None
        if isinstance(verb, verbs.DynamicTo):
            end = self._ramp_end(verb.over)
        else:
            end = self._ramp_end(verb.length)
        if isinstance(verb, verbs.Swell):
            back = end + (end - tick)
        if isinstance(verb, verbs.Crescendo) and verb.start is not None:
            start = float(verb.start)
        ramp = Ramp(tick, end, start, float(verb.level), back)
        settings, keep = self.ensemble.settings, pending.entry.keep
        if back is not None:
            # A swell takes itself back: what was there before returns with its last step.
            settings.put("dynamic", ramp, cause, keep, back)
        else:
            self._put(pending, "dynamic", ramp, cause)
        if not ramp.over_at(tick):
            self.ensemble.mixer.watch(ramp)
        return back or end

    # -- people ------------------------------------------------------------------------------------

    def _people(
        self, pending: Pending, verb: verbs.Enter | verbs.Leave | verbs.Arc, cause: Cause
    ) -> None:
        house, lead = self.house, self.ensemble.lead
        state = house.state
        who = verb.character
        if isinstance(verb, verbs.Arc):
            before = self.ensemble.lead.arc_state(who)
            self._arc(verb, cause)
            self._return_after(pending, before)
            return
        was = "present" if who in state.present else "absent"
        if isinstance(verb, verbs.Leave):
            lead.leave(who)
        elif verb.quietly:
            lead.join(who)
        else:
            lead.enter(who)
        now = "absent" if isinstance(verb, verbs.Leave) else "present"
        self._note_deed(cause.cue, "presence", who, was, now)
        house.change(f"presence of {who}", now, cause)

    def _arc(self, verb: verbs.Arc, cause: Cause) -> None:
        house = self.house
        arc = house.score.characters[verb.character].arc
        before = self.ensemble.lead.arc_state(verb.character)
        goal = verb.state
        if not goal:
            following = arc.index(before) + 1 if before in arc else 0
            goal = arc[min(following, len(arc) - 1)]
        house.state.arcs[verb.character] = goal
        self._note_deed(cause.cue, "arc", verb.character, before, goal)
        house.change(f"arc of {verb.character}", goal, cause)

    def _note_deed(self, cue: str, what: str, who: str, before: str, after: str) -> None:
        state = self.house.state
        state.deeds = [d for d in state.deeds if (d.what, d.who, d.cue) != (what, who, cue)]
        state.deeds.append(Deed(self.house.ident(), cue, what, who, before, after))
