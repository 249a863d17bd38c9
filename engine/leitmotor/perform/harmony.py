"""The harmony's clock and the key in force (S18–S20)."""

from __future__ import annotations

from leitmotor.music.chord import Chord, realise, tonic_triad
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.resolve import nearest_tonic
from leitmotor.music.scale import MAJOR, Key
from leitmotor.perform.context import CLOSING_CHORDS, last, motif_state_of
from leitmotor.perform.house import House
from leitmotor.perform.state import HarmonyClock, Kind
from leitmotor.score.compiled import Progression

CADENCE = Progression(CLOSING_CHORDS, ((parse_numeral("V"),), (parse_numeral("I"),)), MAJOR)
"""What the music finishes with (S24)."""

TONIC = Progression("", ((parse_numeral("I"),),), MAJOR)
"""Without `harmony` the tonic triad stands (S13)."""


class Harmony:
    """Says which chord is in force, and when the next one comes."""

    def __init__(self, house: House) -> None:
        self.house = house

    # -- the key -----------------------------------------------------------------------------------

    def key(self) -> Key:
        """The key in force: cue, else the leading statement's mode on that of harmony or state."""
        house = self.house
        context = house.context
        key = context.key
        clock = self._governing()
        home = self._progression(clock.progression).key
        # A progression's own key gives way to a cue's, unless a cue brought it in after that (S20).
        cued_later = clock is house.state.harmony and (
            context.progression_by_cue > context.key_by_cue
        )
        if home is not None and (cued_later or not context.key_by_cue):
            key = home
        elif context.key_by_cue:
            return key
        statement = house.state.statements.get(house.state.lead.statement)
        variant = motif_state_of(house.score, statement)
        if statement and statement.begun and variant is not None and variant.mode is not None:
            return key.in_mode(variant.mode)
        return key

    # -- clocks ------------------------------------------------------------------------------------

    def begin(self, progression: str) -> None:
        """A progression begins with its first chord here."""
        self.house.state.harmony = HarmonyClock(progression, began=self.house.state.tick)
        self.push()

    def begin_of_statement(self, progression: str) -> None:
        """A leading motif's own harmony begins with its first full bar."""
        tick = self.house.state.tick
        self.house.state.lead_harmony = (
            HarmonyClock(progression, began=tick) if progression else None
        )
        self.push()

    def end_of_statement(self) -> None:
        """The leading motif has ended, and with it its harmony."""
        if self.house.state.lead_harmony is not None:
            self.house.state.lead_harmony = None
            self.push()

    def bar_line(self) -> None:
        """A bar begins: every clock moves on by a bar."""
        for clock in (self.house.state.harmony, self.house.state.lead_harmony):
            if clock is not None:
                clock.bar, clock.slot = clock.bar + 1, 0
        self.push()

    def push(self) -> None:
        """Have the chord weighed at this instant, once all changes of it are known."""
        self.house.push(self.house.state.tick, Kind.HARMONY, "harmony")

    # -- chords ------------------------------------------------------------------------------------

    def _progression(self, name: str) -> Progression:
        if name == CLOSING_CHORDS:
            return CADENCE
        return self.house.score.progressions.get(name, TONIC)

    def _governing(self) -> HarmonyClock:
        """A cue's harmony, else the leading motif's, else the state's."""
        state = self.house.state
        if state.lead_harmony is not None and not self.house.context.progression_by_cue:
            return state.lead_harmony
        return state.harmony

    def update(self) -> None:
        """The chord in force, and the places of the chords that share this bar with it."""
        house = self.house
        state = house.state
        clock = self._governing()
        if clock.progression == CLOSING_CHORDS and state.passage is None:
            return  # the music has finished
        bars = self._progression(clock.progression).bars
        count = len(bars[clock.bar % len(bars)])
        begins = state.tick in (state.bar.start, clock.began)
        for number in range(clock.slot + 1, count):
            # Several numerals share a bar evenly, rounded to the beat (S19).
            place = state.bar.start + round(state.bar.length * number / count / state.bar.beat) * (
                state.bar.beat
            )
            if place <= clock.began:
                continue  # it begins with its first chord, wherever in the bar that is
            if place <= state.tick:
                clock.slot, begins = number, begins or place == state.tick
            else:
                house.push(place, Kind.HARMONY, "harmony")
                break
        if begins:
            self._drop_chord_cue()
        self.refresh()
        held = last(state.overrides, "chord") is not None and state.tick != clock.began
        if begins and not held:
            self.strike()  # a chord that a cue holds is not struck again under it

    def _drop_chord_cue(self) -> None:
        """`chord C` holds until the progression's next chord, unless it has a time of its own."""
        state = self.house.state
        cued = last(state.overrides, "chord")
        if cued is not None and cued.until is None and cued.made < state.tick:
            state.overrides.remove(cued)

    def chord(self, key: Key) -> Chord:
        """The chord in force in a key."""
        cued = last(self.house.state.overrides, "chord")
        if cued is not None and isinstance(cued.value, Chord):
            return cued.value
        clock = self._governing()
        progression = self._progression(clock.progression)
        if progression is TONIC:
            return tonic_triad(key)
        numerals = progression.bars[clock.bar % len(progression.bars)]
        return realise(numerals[min(clock.slot, len(numerals) - 1)], key, progression.home)

    def refresh(self) -> None:
        """Weigh key and chord anew, tell the outputs, and strike what sounds wrong now (S18)."""
        house = self.house
        state = house.state
        key = self.key()
        chord = self.chord(key)
        if key != state.key:
            state.key = key
            house.harmony_version += 1
            house.change("key", str(key), house.cause("key"))
            for statement in state.statements.values():
                statement.tonic = nearest_tonic(statement.tonic, key)
        if chord != state.chord:
            state.chord = chord
            house.harmony_version += 1
            house.change("chord", chord.name, house.cause("harmony"))
            self.strike()

    def strike(self) -> None:
        """Have bed and bass attack the chord in force, once at this instant."""
        state = self.house.state
        if state.struck != state.tick and state.playing:
            state.struck = state.tick
            self.house.push(state.tick, Kind.ATTACK, "strike")
