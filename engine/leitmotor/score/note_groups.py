"""Groups of the note shorthand: `t3( … )`, `x3( … )`, `grace( … )`, `slur( … )`, `8va( … )`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from leitmotor.score.note_tokens import Token
from leitmotor.score.written import Findings

DEEPEST = 12
"""How deep groups may be nested."""

USUAL_TUPLETS = {3: 2, 5: 4, 6: 4, 7: 4, 9: 8, 10: 8, 11: 8}
"""n in the time of m where the author need not say m (theory T1.2)."""

_BLANK = "no blank before the parenthesis"
_SUGGESTED_TUPLETS = {2: 3, 4: 3, 8: 6}


class Group(NamedTuple):
    """A group by its kind: tuplet (n in the time of m), repeat (n times), grace, slur, 8va, 8vb."""

    kind: str
    n: int = 1
    m: int = 1
    fault: str = ""

    @property
    def known(self) -> bool:
        """Whether it is clear how long the group's notes are."""
        return not self.fault or self.fault.startswith(_BLANK)


@lru_cache(maxsize=256)
def read_head(text: str) -> Group:
    """The group that a head such as `t4:3(` opens."""
    head = text[:-1].rstrip()
    if head != text[:-1]:
        return read_head(f"{head}(")._replace(fault=f"{_BLANK}: write {head}( … )")
    if head in ("grace", "slur", "8va", "8vb"):
        return Group(head)
    kind = "repeat" if head[0] == "x" else "tuplet"
    count, _, time = head[1:].partition(":")
    if len(count) > 3 or len(time) > 3:
        return Group(kind, fault="the numbers of a group have at most three digits")
    n = int(count)
    if kind == "repeat":
        return Group(kind, n) if n else Group(kind, fault="x0 plays nothing: x1 is once, x2 twice")
    m = int(time) if time else USUAL_TUPLETS.get(n, 0)
    if n and m:
        return Group(kind, n, m)
    return Group(kind, fault=_tuplet_fault(n, bool(time)))


def _tuplet_fault(n: int, says_time: bool) -> str:
    if n == 0 or says_time:
        return "a tuplet counts from 1: t3(1e 2 3) is three in the time of two"
    m = _SUGGESTED_TUPLETS.get(n) or 1 << max(n.bit_length() - 1, 0)
    return f"say t{n}:{m}: {n} in the time of how many is not clear from t{n}"


def match_groups(tokens: Sequence[Token], findings: Findings) -> dict[int, int]:
    """Where each group's `)` stands, by the numbers of the tokens; the odd ones are reported."""
    closes: dict[int, int] = {}
    opened: list[int] = []
    for number, (kind, line, column, _) in enumerate(tokens):
        if kind in ("head", "open"):
            opened.append(number)
        elif kind == "close":
            if not opened:
                findings.problem(line, column, ") without its (: take it away")
                continue
            head = opened.pop()
            if len(opened) < DEEPEST:
                closes[head] = number
            else:
                _report(tokens[head], f"groups nested deeper than {DEEPEST}", findings)
    for number in opened:
        if findings.full:
            break
        if tokens[number][0] == "open":
            continue  # it has no head either, and is told so where it is read
        _report(tokens[number], f"the ) that closes {tokens[number][-1]} is missing", findings)
    return closes


def _report(token: Token, text: str, findings: Findings) -> None:
    _, line, column, _ = token
    findings.problem(line, column, text)
