"""The note shorthand: `1q 2e 3e 5h | 4e 3 2q 1h` into notes (theory T1, language §2)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from leitmotor.music.metre import Metre
from leitmotor.music.time import Ticks
from leitmotor.score.bar_check import BarCheck
from leitmotor.score.note_groups import Group, match_groups, read_head
from leitmotor.score.note_tokens import Token, cut
from leitmotor.score.note_warnings import has_degrees, leaps_everywhere
from leitmotor.score.note_writer import GRACE_VALUE, NoteWriter
from leitmotor.score.written import Findings, TextProblem, Written

__all__ = ["TextProblem", "Written", "parse_notes"]

MOST_PLAYED = 20_000
"""How many tokens a text may come to once its `x3( … )` are played out."""


def parse_notes(
    lines: Sequence[str] | str, *, metre: Metre, pickup: Ticks = 0, minor: bool = False
) -> Written:
    """Reads notes; never raises for their text: every problem is in the result, with its place.

    `lines` is one text or a list of lines; where there are several, a line end is a bar line.
    `pickup` is the length of the upbeat, which gets negative positions. `minor` says that the key
    has a minor third, for warnings only.
    """
    texts = lines.split("\n") if isinstance(lines, str) else lines
    return _read(tuple(texts), metre, pickup, minor)


@lru_cache(maxsize=4096)
def _read(lines: tuple[str, ...], metre: Metre, pickup: Ticks, minor: bool) -> Written:
    """A score is read again at every save, and most of its texts have not changed then."""
    findings = Findings()
    return _Reader(cut(lines), metre, pickup, NoteWriter(findings, pickup, minor), findings).read()


class _Reader:
    """Goes through the tokens, groups and bar lines of one text."""

    __slots__ = ("_bars", "_closes", "_findings", "_left", "_tokens", "_writer")

    def __init__(
        self,
        tokens: list[Token],
        metre: Metre,
        pickup: Ticks,
        writer: NoteWriter,
        findings: Findings,
    ) -> None:
        self._tokens = tokens
        self._writer = writer
        self._findings = findings
        self._bars = BarCheck(metre, pickup)
        self._closes = match_groups(tokens, findings)
        self._left = MOST_PLAYED

    def read(self) -> Written:
        """Reads everything."""
        tokens, writer = self._tokens, self._writer
        count = len(tokens)
        if tokens and tokens[-1][0] == "bar":
            count -= 1
            self._bars.final_line()
        self._walk(0, count)
        writer.end()
        self._finish()
        problems = self._findings.problems
        return Written(
            tuple(writer.notes),
            max(writer.now, 0),
            tuple(self._bars.lines),
            problems,
            self._findings.warnings,
            tuple(writer.lines),
        )

    def _walk(self, start: int, stop: int) -> None:
        tokens, writer, findings = self._tokens, self._writer, self._findings
        at = start
        while at < stop and not findings.full:
            kind, writer.line, writer.column, text = tokens[at]
            if kind == "event":
                if not writer.event(text):
                    self._bars.distrust()
            elif kind in ("head", "open"):
                at = self._group(at)
            elif kind == "state":
                writer.state(text)
            elif kind == "bar":
                self._problem(at, self._bars.bar_line(writer.now))
            elif kind == "line":
                self._problem(at, self._bars.line_end(writer.now))
            at += 1

    def _problem(self, at: int, fault: str) -> None:
        """Reports a fault, if it is one, at the place of token `at`."""
        if fault:
            _, line, column, _ = self._tokens[at]
            self._findings.problem(line, column, fault)

    def _group(self, at: int) -> int:
        """Reads the group whose head is token `at`; returns the number of its last token."""
        kind, _, _, text = self._tokens[at]
        close = self._closes.get(at)
        group = read_head(text) if kind == "head" else Group("", fault=_NO_HEAD)
        self._problem(at, group.fault)
        if close is None or not group.known:
            self._bars.distrust()
        if close is None:
            return at
        if close == at + 1:
            self._problem(at, f"{text}) is empty")
        elif group.kind == "repeat":
            self._repeat(at, group.n, close)
        else:
            self._inside(group, at + 1, close)
        return close

    def _inside(self, group: Group, start: int, stop: int) -> None:
        writer = self._writer
        kept = writer.times, writer.over, writer.octaves_up, writer.slurs, writer.in_grace
        value = writer.value
        if group.kind == "tuplet":
            writer.times, writer.over = writer.times * group.m, writer.over * group.n
        writer.octaves_up += {"8va": 1, "8vb": -1}.get(group.kind, 0)
        writer.slurs += group.kind == "slur"
        if group.kind == "grace" and not writer.in_grace:
            writer.in_grace, writer.value = True, GRACE_VALUE
        self._walk(start, stop)
        # Grace notes take no time, so the value before them goes on after them.
        if writer.in_grace and not kept[-1]:
            writer.value = value
        writer.times, writer.over, writer.octaves_up, writer.slurs, writer.in_grace = kept

    def _repeat(self, head: int, times: int, stop: int) -> None:
        """Every round begins with the value and the octave of the first, so that it is the same."""
        writer = self._writer
        value, octave = writer.value, writer.octave
        for _ in range(times):
            if self._left < 0:
                self._problem(head, f"this repeats to more than {MOST_PLAYED} notes")
                self._bars.distrust()
                return
            self._left -= stop - head
            writer.value, writer.octave = value, octave
            self._walk(head + 1, stop)

    def _finish(self) -> None:
        """What can be said only at the end of the text."""
        writer, findings, last = self._writer, self._findings, len(self._tokens) - 1
        if not writer.heard:
            if not findings.problems:
                findings.problem(0, 1, "there are no notes here: write some, such as 1q 2e 3e 5h")
            return
        self._problem(last, self._bars.end(writer.now))
        if writer.now < 0:
            self._problem(last, "the text is shorter than its `pickup`")
        if leaps_everywhere(writer.notes):
            findings.warn(*writer.first_at, _LEAPS)
        if len(writer.lone_b) == writer.letters and has_degrees(writer.notes):
            for line, column, text in writer.lone_b:
                findings.warn(line, column, _lone_b(text))


_NO_HEAD = (
    "( without a head: a group is t3( … ), x3( … ), grace( … ), slur( … ), 8va( … ), 8vb( … )"
)
_LEAPS = (
    "a leap of a fourth or more after every note: are octave marks missing? "
    "5- is the 5 below, 8 the 1 above"
)


def _lone_b(text: str) -> str:
    return (
        f"{text} is the pitch B in octave {text[1]}; "
        f"the lowered degree {text[1]} is {text[1]}b{text[2:]}"
    )
