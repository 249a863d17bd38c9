"""How deep a YAML text nests, found in one pass and in linear time before any parser sees it.

A parser that is handed 100,000 open brackets may take quadratic time or end the process. This scan
follows YAML closely enough to tell brackets from brackets in quotes, comments and plain text. In a
text that is broken it may count fewer levels than the parser will; the tree counts them again.
"""

from __future__ import annotations

import re

DEEPEST = 32
"""How deep a file may nest, its top level counted as 1."""

TOO_DEEP = (
    f"nesting deeper than {DEEPEST}; close a bracket, or give what is inside a name of its own"
)

_INDENT = re.compile(r" *")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=\s|\Z)[ \t]*")
_INDICATOR = re.compile(r"[-?](?=\s|\Z)[ \t]*")
_PROPERTY = re.compile(r"[&!*][^\s,\[\]{}]*[ \t]*")
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"?|\'(?:[^\']++|\'\')*+\'?', re.DOTALL)
_KEY_END = re.compile(r"[ \t]*:(?=\s|\Z)[ \t]*")
_PLAIN = re.compile(r"(?:[^\s:#]++|:(?!\s|\Z)|(?<!\s)#|[ \t]++(?![#\s]))*+")
_ORDINARY_LINE = re.compile(
    r"""(?P<indent>[ ]*+)(?P<dash>-[ ]++)?
    (?:(?P<key>\w[\w .-]*+):
        (?:[ ]++(?:(?P<brackets>[\[{][^"'#\n]*+)|(?P<plain>\w[^:#\n]*+))?)?
    |(?(dash)(?P<entry>\w[^:#\n]*+)|(?!)))(?:\n|\Z)""",
    re.VERBOSE,
)
_FLOW_TOKEN = re.compile(
    r"""[\s,]++
    | (?P<open>[\[{]) | (?P<close>[\]}])
    | "(?:[^"\\]++|\\.)*+"?
    | '(?:[^']++|'')*+'?
    | (?<!\S)\#[^\n]*+
    | (?<=["'\]}]):
    | (?:[^\s,\[\]{}:"'#]|:(?![\s,\[\]{}]))
      (?:[^\s,\[\]{}:#]++|:(?![\s,\[\]{}])|(?<!\s)\#|\s++(?![\s,\[\]{}:#]))*+
    | .""",
    re.DOTALL | re.VERBOSE,
)


def too_deep(text: str) -> tuple[int, int] | None:
    """Line and column, from 1, of the first place deeper than `DEEPEST`; None where none is."""
    position = _Scan(text).run()
    if position is None:
        return None
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


class _Scan:
    """The place in the text and the open levels of block structure.

    A level is 2 · column, plus 1 for a list, because a list may stand in the column of its key.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.levels: list[int] = []
        self.skip_above = -2  # lines indented more than this belong to a text that began above

    def run(self) -> int | None:
        """The first position that is too deep."""
        position, size = 0, len(self.text)
        while position < size:
            ordinary = self._ordinary_line(position)
            if ordinary:
                position = ordinary
                continue
            line_end = self.text.find("\n", position)
            line_end = size if line_end < 0 else line_end
            start = _end(_INDENT, self.text, position)
            if start == line_end or self.text[start] == "#" or self._continues(start - position):
                position = line_end + 1
                continue
            self.skip_above = -2
            position = self._line(position, _end(_MARKER, self.text, position) or start)
            if position < 0:
                return ~position
        return None

    def _ordinary_line(self, begin: int) -> int:
        """The end of a line of the most usual form; 0 where it needs a closer look."""
        found = _ORDINARY_LINE.match(self.text, begin)
        if found is None or self._continues(found.end("indent") - begin):
            return 0
        openers = 0
        brackets: str | None = found["brackets"]
        if brackets:
            openers = brackets.count("[") + brackets.count("{")
            if openers != brackets.count("]") + brackets.count("}"):
                return 0
        if found["dash"]:
            self._enter(2 * (found.start("dash") - begin) + 1)
        if found["key"]:
            self._enter(2 * (found.start("key") - begin))
        if len(self.levels) + openers > DEEPEST:
            return 0
        self.skip_above = self.levels[-1] // 2 if found["plain"] or found["entry"] else -2
        return found.end()

    def _continues(self, indent: int) -> bool:
        return self.skip_above > -2 and indent > self.skip_above

    def _line(self, begin: int, at: int) -> int:
        """Reads from `at` to a line's end, or past it inside brackets and quotes.

        Returns where to go on, or the complement of a position that is too deep.
        """
        text = self.text
        while at < len(text) and text[at] not in "\n#":
            column = at - begin
            if indicator := _end(_INDICATOR, text, at):
                self._enter(2 * column + (text[at] == "-"))
                at = indicator
            elif text[at] in "&!*":
                at = _end(_PROPERTY, text, at)
                continue
            else:
                after = self._node(at)
                if after < 0:
                    return after
                key_end = _end(_KEY_END, text, after)
                if not key_end:
                    return self._line_after(after)
                self.skip_above = -2
                self._enter(2 * column)
                at = key_end
            if len(self.levels) > DEEPEST:
                return ~(begin + column)
        return self._line_after(at)

    def _enter(self, level: int) -> None:
        while self.levels and self.levels[-1] > level:
            self.levels.pop()
        if not self.levels or self.levels[-1] < level:
            self.levels.append(level)

    def _node(self, at: int) -> int:
        """The end of one scalar or bracketed value, or the complement of where it is too deep."""
        char = self.text[at]
        if char in "[{":
            return self._brackets(at)
        if char in "\"'":
            return _end(_QUOTED, self.text, at)
        self.skip_above = self.levels[-1] // 2 if self.levels else -1
        if char in "|>":
            line_end = self.text.find("\n", at)
            return len(self.text) if line_end < 0 else line_end
        return max(at + 1, _end(_PLAIN, self.text, at))

    def _brackets(self, at: int) -> int:
        flow = 0
        for token in _FLOW_TOKEN.finditer(self.text, at):
            if token["open"]:
                flow += 1
                if len(self.levels) + flow > DEEPEST:
                    return ~token.start()
            elif token["close"]:
                flow -= 1
                if flow == 0:
                    return token.end()
        return len(self.text)

    def _line_after(self, at: int) -> int:
        line_end = self.text.find("\n", at)
        return len(self.text) if line_end < 0 else line_end + 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else 0
