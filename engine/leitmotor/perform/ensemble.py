"""All parts of the performer, put together once."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.perform.bars import Bars
from leitmotor.perform.casting import CastingOffice
from leitmotor.perform.crossfades import Crossfades
from leitmotor.perform.entries import Entries
from leitmotor.perform.foresight import Foresight
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
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
        self.orchestra = Orchestra(house, self.ledger, self.mixer, self.office)
        self.foresight = Foresight(house, self.harmony)
        self.statements = Statements(
            house, self.harmony, self.ledger, self.orchestra, self.office, self.foresight
        )
        self.lead = Lead(house, self.bars, self.statements, ended)
        self.lines = Lines(house, self.ledger, self.orchestra, self.office, self.statements)
        self.settings = Settings(
            house, self.bars, self.harmony, self.ledger, self.mixer, self.orchestra, self.lines
        )
        self.places = Places(house, self.bars, self.harmony, self.ledger, self.lines)
        self.standing = Standing(self, ended)
        self.vamps = Vamps(self, ended)
        self.passages = Passages(self, ended)
        self.crossfades = Crossfades(
            house, self.office, self.ledger, self.lines, self.mixer, self.settings
        )
        self.stingers = Stingers(house, self.statements, self.office, self.mixer, ended)
        self.silences = Silences(house, self.bars, self.harmony, self.ledger, self.settings, ended)
        self.entries = Entries(self, happened)
