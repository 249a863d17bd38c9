"""What an operator's keys and lines mean while it plays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from leitmotor.commands.typed import Prompt, keys_in_use
from leitmotor.console.line_editor import Entered, Help, LineEditor, Next, Pressed
from leitmotor.errors import CueError
from leitmotor.messages import GO, Cue, Observation
from leitmotor.score.compiled import CompiledScore

_STOP = "ctrl-c"
_MOST_CANDIDATES = 12


class Operator:
    """Turns keys and lines into cues, and keeps what the display shows of them.

    Thread: `key` and `line` from one; the attributes may be read from any. `fire` is called at
    once, from the same thread; `stop` where Ctrl-C arrives as a key.
    """

    def __init__(
        self, prompt: Prompt, fire: Callable[[Cue], object], stop: Callable[[], None]
    ) -> None:
        self._prompt = prompt
        self._fire = fire
        self._stop = stop
        self._editor = LineEditor(prompt.completions)
        self._refused: SimpleQueue[str] = SimpleQueue()
        self.notice = ""
        """What was wrong with the last line, or what Tab found."""
        self.wants_help = False

    @property
    def entry(self) -> str | None:
        """The line being typed; None while there is none."""
        return self._editor.line

    def key(self, key: str) -> None:
        """A key was pressed."""
        if key == _STOP:
            self._stop()
            return
        self.notice = ""
        match self._editor.feed(key):
            case Pressed(pressed):
                self._fire(Observation("press", pressed))
            case Next():
                self._fire(GO)
            case Help():
                self.wants_help = not self.wants_help
            case Entered(text):
                self.line(text)
            case None if self._editor.candidates:
                self.notice = _offered(self._editor.candidates)

    def line(self, text: str) -> None:
        """A line was entered: a cue, GO, `press KEY` or a verb. What it is not becomes a notice."""
        try:
            cue = self._prompt.cue(text)
        except CueError as error:
            self.notice = f"not fired: {text}: {error}"
            self._refused.put(self.notice)
        else:
            self.notice = ""
            self._fire(cue)

    def refusals(self) -> tuple[str, ...]:
        """What was wrong with each line since the last time this was asked."""
        found = []
        with suppress(Empty):
            while True:
                found.append(self._refused.get_nowait())
        return tuple(found)

    def cue_text(self, name: str) -> str:
        """A cue for the one who fires it: number, name, and the note written for the operator."""
        rule = next((rule for rule in self._prompt.score.cues if rule.name == name), None)
        if rule is None:
            return name
        number = f"{rule.number} " if rule.number else ""
        return f"{number}{name}" + (f" ({rule.note})" if rule.note else "")

    def help_texts(self, next_cue: str) -> tuple[str, ...]:
        """The score's own keys and the next cue, then the keys of the terminal."""
        keys = [f"{key} {cue}" for key, cue in keys_in_use(self._prompt.score)]
        own = f"keys: {', '.join(keys)}" if keys else "this score gives no key to a cue"
        following = f"Enter GO ({next_cue})" if next_cue else "Enter GO (no further cue)"
        return (own, f"{following}, : a cue or verb, Tab completes, ? closes this, Ctrl-C stops")


def first_cue_text(score: CompiledScore) -> str:
    """The sentence that is shown while the clock stands until somebody fires a cue (S33)."""
    if not score.cues:
        return "waiting for the first cue: this score has none; type : and a verb such as go SCENE"
    first = score.cues[0].name
    ways = [f"key {key}" for key, cue in keys_in_use(score) if cue == first] or [f":{first}"]
    listed = next((rule.name for rule in score.cues if rule.listed), "")
    if listed == first:
        ways.insert(0, "Enter")
    other = f", or Enter for {listed}" if listed not in ("", first) else ""
    return f"waiting for the first cue: {first} ({', '.join(ways)}){other}"


def _offered(candidates: tuple[str, ...]) -> str:
    shown = ", ".join(candidates[:_MOST_CANDIDATES])
    more = len(candidates) - _MOST_CANDIDATES
    return f"{shown} and {more} more" if more > 0 else shown
