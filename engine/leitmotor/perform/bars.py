"""Bar lines, and the places at which a change may happen (S1, S4–S7, theory T7)."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.messages import Bar
from leitmotor.music.length import NEXT_BAR, NEXT_BEAT, NOW, Boundary, Grid, Length
from leitmotor.music.metre import Metre
from leitmotor.music.time import Ticks
from leitmotor.perform.house import House
from leitmotor.perform.state import Kind


def bar_of(number: int, start: Ticks, metre: Metre) -> Bar:
    """A whole bar of a metre."""
    return Bar(number, start, metre.bar, metre.beat, str(metre))


class Bars:
    """Keeps the bar count and finds boundaries. All places are at or after the asked one (S1)."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.moved: Callable[[], None] = lambda: None
        """Told when a bar has another length than was expected: places ahead are others now."""

    # -- counting ----------------------------------------------------------------------------------

    def line(self, serial: int) -> bool:
        """A bar line was reached: begin the next bar. False where the plan was overtaken."""
        state = self.house.state
        if serial != state.bar_serial:
            return False
        self._begin(state.bar.number + 1)
        return True

    def begin_here(self) -> None:
        """A new bar begins here, cutting the one before; that is its first beat already, or not."""
        state = self.house.state
        self._begin(state.bar.number + (1 if state.tick > state.bar.start else 0))

    def begin_entry(self) -> None:
        """An entry begins a new bar here, cutting the one it leaves (S5)."""
        self.begin_here()
        state = self.house.state
        number = state.bar.number
        state.entry_tick, state.entry_bar, state.phrase_from = state.tick, number, number

    def change_metre(self) -> None:
        """The bar that begins here takes the metre in force."""
        self._begin(self.house.state.bar.number)

    def _begin(self, number: int) -> None:
        house = self.house
        state = house.state
        before = state.bar
        state.bar = bar_of(number, state.tick, house.context.metre)
        state.bar_serial += 1
        house.push(state.tick + state.bar.length, Kind.BAR, "bar", state.bar_serial)
        house.bar_line()
        if before.metre != state.bar.metre:
            self.moved()

    # -- boundaries --------------------------------------------------------------------------------

    def ceiling(self, tick: Ticks) -> Ticks:
        """The first bar line at or after a tick."""
        bar = self.house.state.bar
        end = bar.start + bar.length
        if tick <= bar.start:
            return bar.start
        if tick <= end:
            return end
        whole = self.house.context.metre.bar
        return end + -(-(tick - end) // whole) * whole

    def find(self, boundary: Boundary, tick: Ticks) -> Ticks | None:
        """The first place of this kind at or after `tick`; None for a marker out of sight."""
        state = self.house.state
        if not state.playing or boundary.grid is Grid.NOW:
            return tick
        if boundary.grid is Grid.BEAT:
            return self._beat(tick)
        if boundary.grid is Grid.BAR:
            return self.ceiling(tick)
        if boundary.grid is Grid.BARS:
            return self._every(boundary.count, tick, state.entry_bar)
        if boundary.grid is Grid.PHRASE:
            return self._phrase(tick)
        if boundary.grid is Grid.END:
            return self._end(tick)
        return self._marker(boundary.marker, tick)

    def find_within(
        self,
        boundary: Boundary,
        tick: Ticks,
        wait_at_most: Length | None,
        latest: Ticks | None = None,
    ) -> tuple[Ticks | None, str]:
        """As `find`, falling back phrase -> bar -> beat -> now beyond the longest wait (S7).

        The wait ends at `latest` where that is given, else it is counted from `tick`.
        """
        place = self.find(boundary, tick)
        rule = str(boundary)
        if wait_at_most is None:
            return place, rule
        if latest is None:
            latest = tick + self.house.ticks_for(wait_at_most, tick)
        latest = max(latest, tick)
        for nearer in (NEXT_BAR, NEXT_BEAT, NOW):
            if place is not None and place <= latest:
                break
            place = self.find(nearer, tick)
            rule = f"{nearer}, as {boundary} is more than {wait_at_most} away"
        return place, rule

    def _beat(self, tick: Ticks) -> Ticks:
        bar = self.house.state.bar
        end = bar.start + bar.length
        if tick > end:
            beat = self.house.context.metre.beat
            start = self.ceiling(tick - self.house.context.metre.bar + 1)
            return min(start + -(-(tick - start) // beat) * beat, self.ceiling(tick))
        return min(bar.start + -(-(tick - bar.start) // bar.beat) * bar.beat, end)

    def _every(self, count: int, tick: Ticks, first: int) -> Ticks:
        bar = self.house.state.bar
        place = self.ceiling(tick)
        whole = self.house.context.metre.bar
        if place == bar.start:
            number = bar.number
        else:
            number = bar.number + 1 + (place - bar.start - bar.length) // whole
        return place + (first - number) % count * whole

    def _phrase(self, tick: Ticks) -> Ticks:
        state = self.house.state
        grid = self._every(self.house.context.phrase_bars, tick, state.phrase_from)
        statement = state.statements.get(state.lead.statement)
        run = statement or state.passage
        if run is not None:
            ends = self.ceiling(run.end)
            if tick <= ends < grid:
                return ends
        return grid

    def _end(self, tick: Ticks) -> Ticks:
        house = self.house
        state = house.state
        statement = state.statements.get(state.lead.statement)
        if statement is not None and statement.end >= tick:
            return statement.end
        if state.passage is not None:
            return max(state.passage.end, tick)
        progression = house.score.progressions.get(state.harmony.progression)
        length = len(progression.bars) if progression else 1
        first = state.bar.number - state.harmony.bar
        return self._every(length, tick, first)

    def _marker(self, marker: str, tick: Ticks) -> Ticks | None:
        house = self.house
        state = house.state
        places: list[Ticks] = []
        statement = state.statements.get(state.lead.statement)
        if statement is not None:
            mark = house.motifs[statement.motif].marks.get(marker)
            if mark is not None:
                places.append(statement.start + mark)
        run = state.passage
        written = house.score.passages.get(run.name) if run is not None else None
        if run is not None and written is not None and marker in written.marks:
            places.append(run.start + written.marks[marker])
        bar = house.context.scene.marks.get(marker)
        if bar is not None:
            number = state.scene_bar + bar - 1
            start = state.bar.start + (number - state.bar.number) * house.context.metre.bar
            places.append(state.scene_tick if number == state.scene_bar else start)
        ahead = [place for place in places if place >= tick]
        return min(ahead) if ahead else None
