"""What cues set on top of the score: put on, taken off, and all that follows from it (S8)."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.messages import Cause
from leitmotor.music.time import Ticks
from leitmotor.perform.bars import Bars
from leitmotor.perform.context import Context
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.lines import Lines
from leitmotor.perform.mixer import Mixer
from leitmotor.perform.orchestra import Orchestra
from leitmotor.perform.state import Kind, Override, Setting, Sounding

REMEMBERED = 8
"""How many values of one thing are kept for `undo` and `for T`, one on top of the other."""


class Settings:
    """The stack of cue-made changes, and what each change of it does to the music."""

    def __init__(
        self,
        house: House,
        bars: Bars,
        harmony: Harmony,
        ledger: Ledger,
        mixer: Mixer,
        orchestra: Orchestra,
        lines: Lines,
    ) -> None:
        self.house = house
        self.bars = bars
        self.harmony = harmony
        self.ledger = ledger
        self.mixer = mixer
        self.orchestra = orchestra
        self.lines = lines
        self.weighed: Callable[[], None] = lambda: None
        """Told that another context is in force, before the music follows it."""
        self.followed: Callable[[], None] = lambda: None
        """Told that the music has followed it, before the levels do."""

    def put(
        self, thing: str, value: Setting, cause: Cause, keep: bool, until: Ticks | None = None
    ) -> None:
        """Set a thing from here on; until a tick, where what was there before returns."""
        state = self.house.state
        ident = self.house.ident()
        override = Override(ident, thing, value, cause.cue, keep, state.tick, until)
        same = [o for o in state.overrides if o.thing == thing]
        for old in same:
            if old.cue == cause.cue or len(same) >= REMEMBERED:
                state.overrides.remove(old)
                same = same[1:]
        state.overrides.append(override)
        if until is not None:
            self.house.push(until, Kind.CHANGE, "expire", ident)
        self.settle(cause)

    def expire(self, ident: int) -> None:
        """`for T` is over: what was there returns."""
        state = self.house.state
        for override in state.overrides:
            if override.ident == ident:
                state.overrides.remove(override)
                self.settle(self.house.cause("for T is over", override.cue))
                return

    def undo(self, cue: str, cause: Cause) -> list[str]:
        """Take off all that a cue set and that still stands; says what."""
        state = self.house.state
        gone = [override for override in state.overrides if override.cue == cue]
        if gone:
            state.overrides = [o for o in state.overrides if o.cue != cue]
            self.settle(cause)
        return [override.thing for override in gone]

    def drop_for_entry(self) -> None:
        """An entry ends all cue-made changes but those to keep. The entry settles the rest."""
        state = self.house.state
        state.overrides = [o for o in state.overrides if o.keep]

    def settle(self, cause: Cause) -> None:
        """Weigh the ranks anew and let the music follow what has changed."""
        house = self.house
        before = house.weigh()
        after = house.context
        self._tell(before, after, cause)
        self.weighed()
        if after.metre != before.metre and house.state.tick == house.state.bar.start:
            self.bars.change_metre()
        if after.tempo != before.tempo and house.state.tempo.base.end_bpm != after.tempo:
            house.set_tempo(after.tempo)
        if (after.progression, after.progression_by_cue) != (
            before.progression,
            before.progression_by_cue,
        ):
            self.harmony.begin(after.progression)
        self.harmony.push()
        self.lines.update()
        self._silence_muted()
        self.followed()
        self.mixer.level_all()
        if after.dynamic != before.dynamic:
            self.orchestra.follow()

    def _tell(self, before: Context, after: Context, cause: Cause) -> None:
        house = self.house
        if after.metre != before.metre:
            house.change("metre", str(after.metre), cause)
        if after.layers != before.layers:
            house.change("layers", " ".join(after.layers), cause)
        if after.cue_palette != before.cue_palette:
            house.change("palette", after.cue_palette.name if after.cue_palette else "", cause)
        if after.muted != before.muted:
            house.change("muted", ", ".join(sorted(after.muted)), cause)
        if after.solo != before.solo:
            house.change("solo", ", ".join(sorted(after.solo)), cause)
        if after.density != before.density:
            house.change("density", f"{after.density:g}", cause)
        for role in sorted({*before.figures, *after.figures}):
            if before.figures.get(role) != after.figures.get(role):
                house.change(f"figure {role}", after.figures.get(role, ""), cause)

    def _silence_muted(self) -> None:
        context = self.house.context
        statements = self.house.state.statements
        overlaid = self.house.state.overlaid

        def muted(sounding: Sounding) -> bool:
            statement = statements.get(_statement_number(sounding.owner))
            role = statement.role if statement else sounding.owner
            instrument = sounding.voice.instrument.removesuffix(" pizz").removesuffix(" trem")
            if overlaid.lingers(role, instrument):
                return False
            names = {role, instrument}
            if statement is not None and statement.character:
                names.add(statement.character)
            if names & context.muted or (context.solo and not names & context.solo):
                return True
            return statement is not None and statement.leads and role not in context.layers

        self.ledger.end_by(self.house.state.tick, muted)


def _statement_number(owner: str) -> int:
    word, _, number = owner.partition(" ")
    return int(number) if word == "statement" else 0
