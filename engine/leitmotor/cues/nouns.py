"""The words that drive any score from outside: cue, scene, state, character, parameter, tempo.

One table for OSC, HTTP and WebSocket, so that a name means the same wherever it comes from. In an
address blanks of a name are `_`; both spellings are understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isfinite

from leitmotor.addresses import segment_of
from leitmotor.errors import CueError
from leitmotor.messages import GO, Cue, Do, Fire, Set
from leitmotor.records import record

Suggest = Callable[[str, Iterable[str]], str]
"""The end of a sentence on an unknown name: `; did you mean "quay"?`, or nothing."""

Fields = tuple[tuple[str, str], ...]


@record
class Nouns:
    """The names of one score.

    Methods give the cue that a request means; `CueError` says what is wrong with it, and what is
    near.
    """

    cues: tuple[str, ...]
    numbers: tuple[str, ...]  # of cues
    scenes: tuple[str, ...]
    states: tuple[str, ...]
    parameters: tuple[str, ...]
    arcs: Mapping[str, tuple[str, ...]]  # the states of each character
    suggest: Suggest

    def cue(self, name: str, fields: Fields = ()) -> Cue:
        """A cue by its name, or else its number."""
        known = self.cues if name not in self.numbers else (*self.cues, name)
        return Fire(self._known("cue", name, known), fields)

    def scene(self, name: str) -> Cue:
        """To a scene."""
        return Do(f"go {self._known('scene', name, self.scenes)}")

    def state(self, name: str) -> Cue:
        """To a state of the story."""
        return Do(f"state {self._known('state', name, self.states)}")

    def arc(self, character: str, state: str) -> Cue:
        """A character to a state of its arc, or to the `next` one."""
        who = self._known("character", character, tuple(self.arcs))
        states = self.arcs[who]
        if state == "next" and state not in states:
            return Do(f"arc {who} next")
        return Do(f"arc {who} = {self._known(f'state of {who}', state, states)}")

    def parameter(self, name: str, value: float) -> Cue:
        """A value for a parameter."""
        known = self._known("parameter", name, self.parameters)
        if not isfinite(value):
            raise CueError(f"{value} is no value of a parameter")
        return Set(known, value)

    def tempo(self, bpm: float) -> Cue:
        """Another tempo, from now on."""
        if not 1.0 <= bpm <= 1000.0:
            raise CueError(f"a tempo is a number of beats a minute, such as 90, not {bpm:g}")
        # A float of 32 bits has seven digits: 90.1 comes as 90.0999985.
        return Do(f"tempo {bpm:.4f}".rstrip("0").rstrip("."))

    def go(self) -> Cue:
        """The next cue of the list."""
        return GO

    def panic(self) -> Cue:
        """Silence on every channel."""
        return Do("panic")

    def stop(self) -> Cue:
        """The end of the music."""
        return Do("stop")

    def _known(self, what: str, written: str, names: tuple[str, ...]) -> str:
        """The name that is meant: as it is written, or else as an address writes it."""
        if written in names:
            return written
        segment = segment_of(written)
        meant = [name for name in names if segment_of(name) == segment]
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise CueError(f'"{written}" may be {" or ".join(meant)}: no address tells them apart')
        if not names:
            raise CueError(f'there is no {what} "{written}"; the score has no {what} at all')
        hint = self.suggest(written, names)
        raise CueError(f'there is no {what} "{written}"{hint}')
