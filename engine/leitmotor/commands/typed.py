"""What an operator types while it plays, in the words of cue scripts (language §10)."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import CueError, ScoreError
from leitmotor.messages import Cue, Fire, Observation
from leitmotor.records import record
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Press, leaves
from leitmotor.score.names import Names, longest_name
from leitmotor.score.script import parse_script
from leitmotor.score.verb_patterns import VERBS

_ANYBODY = ("roles", "characters", "instruments")
_AFTER_VERB: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("go", ("scenes",)),
    ("state", ("states",)),
    ("motif", ("motifs",)),
    ("enter", ("characters",)),
    ("leave", ("characters",)),
    ("arc", ("characters",)),
    ("harmony", ("progressions",)),
    ("palette", ("palettes",)),
    ("play", ("roles",)),
    ("figure", ("roles",)),
    ("layers", ("roles",)),
    ("mute", _ANYBODY),
    ("unmute", _ANYBODY),
    ("solo", _ANYBODY),
    ("level", _ANYBODY),
    ("undo", ("cues",)),
    ("cancel", ("cues",)),
    ("passage", ("passages",)),
    ("stinger", ("stingers",)),
    ("silence", ("silences",)),
    ("hit", ("hits",)),
    ("set", ("parameters",)),
)
_SETTLING = 200
"""So many completions are offered at most."""


@record
class Prompt:
    """Reads and completes the lines of one score."""

    score: CompiledScore

    def cue(self, text: str) -> Cue:
        """A cue by name or number, `GO`, `press KEY`, an assignment or a verb.

        CueError says what is wrong with it, and what is near.
        """
        words = text.strip().removeprefix(":").split()
        if not words:
            raise CueError("type a cue, its number, GO or a verb")
        line = " ".join(words)
        _, of_a_cue = longest_name(tuple(words), (self.score.names.cues,))
        if words[0] == "press" and len(words) > 1 and not of_a_cue:
            return self._press(" ".join(words[1:]))
        if any(rule.number == line for rule in self.score.cues):
            return Fire(line)
        if len(words) == 1 and words[0].upper() == "GO" and "go" not in self.score.names.cues:
            line = "GO"
        defaults = self.score.defaults
        try:
            (read,) = parse_script(
                f"0 {line}", "", self.score.names, defaults.frame_rate, defaults.timecode_starts
            )
        except ScoreError as error:
            raise CueError(error.problems[0].text) from None
        return read.cue

    def _press(self, key: str) -> Observation:
        known = {used for used, _ in keys_in_use(self.score)}
        near = sorted(used for used in known if used.casefold() == key.casefold())
        if near and key not in known:
            raise CueError(f'no cue waits for the key "{key}"; did you mean "{near[0]}"?')
        return Observation("press", key)

    def completions(self, text: str) -> tuple[str, ...]:
        """The whole lines that a text could become, word by word where a verb goes on."""
        names = self.score.names
        start = text.lstrip()
        found = {line for line in _openings(names) if line.startswith(start)}
        found |= {line for line in _continuations(start, names) if line.startswith(start)}
        return tuple(sorted(found))[:_SETTLING]


def keys_in_use(score: CompiledScore) -> tuple[tuple[str, str], ...]:
    """Each key that a cue waits for, and the cue, in file order."""
    return tuple(
        (when.key, rule.name)
        for rule in score.cues
        for when in leaves(rule.when)
        if isinstance(when, Press)
    )


def _openings(names: Names) -> Iterator[str]:
    yield from names.cues
    yield from VERBS
    yield "GO"


def _continuations(start: str, names: Names) -> Iterator[str]:
    """The verb with each name that may follow it, and what may follow that name."""
    verb, space, rest = start.partition(" ")
    if not space:
        return
    for first, kinds in _AFTER_VERB:
        if first != verb:
            continue
        for known in names.of(*kinds):
            for name in known:
                if name.startswith(rest):
                    yield f"{verb} {name}"
                elif rest.startswith(f"{name} "):
                    yield from (f"{verb} {name} {more}" for more in _after_name(verb, name, names))
    if verb == "level":
        yield "level all"
    if verb == "go":
        yield from ("go next", "go back")


def _after_name(verb: str, name: str, names: Names) -> Iterator[str]:
    if verb == "arc":
        yield "next"
        yield from (f"= {state}" for state in names.arcs.get(name, ()))
    elif verb == "motif":
        yield from (f"as {state}" for state in names.motif_states.get(name, ()))
        yield from (f"in {role}" for role in names.roles)
    elif verb == "figure":
        yield from names.figures
    elif verb == "play":
        yield from (f"on {instrument}" for instrument in names.instruments)
    elif verb == "go":
        yield "from the top"
