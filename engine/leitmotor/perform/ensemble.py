"""All parts of the performer, put together once."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.music.time import Ticks
from leitmotor.perform.bars import Bars
from leitmotor.perform.casting import CastingOffice
from leitmotor.perform.colours import Colours
from leitmotor.perform.crossfades import Crossfades
from leitmotor.perform.entries import Entries
from leitmotor.perform.foresight import Foresight
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
from leitmotor.perform.humanise import Humanise
from leitmotor.perform.inbox import Inbox
from leitmotor.perform.lead import Lead
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.lines import Lines
from leitmotor.perform.mixer import Mixer
from leitmotor.perform.orchestra import Orchestra
from leitmotor.perform.passages import Passages
from leitmotor.perform.places import Places
from leitmotor.perform.settings import Settings
from leitmotor.perform.silences import Silences
from leitmotor.perform.standing import Standing
from leitmotor.perform.state import State
from leitmotor.perform.statements import Statements
from leitmotor.perform.stingers import Stingers
from leitmotor.perform.vamps import Vamps
from leitmotor.score.compiled import CompiledScore


class Ensemble:
    """The parts, each with a reference to those it asks."""

    def __init__(
        self,
        score: CompiledScore,
        state: State,
        ended: Callable[[tuple[int, int]], None],
        happened: Callable[[str, str], None],
    ) -> None:
        self.house = house = House(score, state)
        self.inbox = Inbox(house)
        self.bars = Bars(house)
        self.harmony = Harmony(house)
        self.ledger = Ledger(house)
        self.mixer = Mixer(house)
        self.office = CastingOffice(house, self.mixer)
        self.colours = Colours(house, self.mixer, self.office)
        self.orchestra = Orchestra(house, self.ledger, self.mixer, self.office, self.colours)
        humanise = Humanise(house, self.orchestra)
        self.foresight = Foresight(house, self.harmony)
        self.statements = Statements(
            house,
            self.harmony,
            self.ledger,
            self.orchestra,
            self.office,
            self.foresight,
            humanise,
        )
        self.lead = Lead(house, self.bars, self.statements, ended)
        self.lines = Lines(
            house, self.ledger, self.orchestra, self.office, self.statements, humanise
        )
        self.settings = Settings(
            house, self.bars, self.harmony, self.ledger, self.mixer, self.orchestra, self.lines
        )
        self.settings.followed = self.colours.follow
        self.places = Places(house, self.bars, self.harmony, self.ledger, self.lines)
        self.standing = Standing(self, ended)
        self.vamps = Vamps(self, ended)
        self.passages = Passages(self, ended)
        self.crossfades = Crossfades(
            house, self.office, self.ledger, self.lines, self.mixer, self.settings
        )
        self.stingers = Stingers(house, self.statements, self.office, self.mixer, ended)
        self.silences = Silences(house, self.bars, self.harmony, self.ledger, self.settings, ended)
        self.silences.stand = self.standing.silence
        self.entries = Entries(self, happened)

    def spread(self, what: str, tick: Ticks) -> None:
        """The rest of a chord that is written at `tick` is due: whose it is says the text."""
        kind, name, *others = what.split("\n")
        numbers = [int(number) for number in others]
        if kind == "statement":
            self.statements.spread(int(name), *numbers)
        elif kind == "figure":
            self.lines.spread(name, *numbers)
        else:
            serial, share = numbers
            self.lines.spread_held(name, serial, share, tick)
