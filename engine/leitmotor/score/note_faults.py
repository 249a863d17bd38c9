"""What beginners type instead of notes, and what to tell them: the place and what to type."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from re import Match

from leitmotor.score.nearest import nearest
from leitmotor.score.note_tokens import (
    ACCIDENTAL,
    HEADS,
    VALUE,
    VALUES,
    read_event,
    read_pitch,
    value_ticks,
)
from leitmotor.score.note_words import find_word, unknown_word

HEAD_NAMES = ("t3", "x3", "grace", "slur", "8va", "8vb")
_HEAD_SYNONYMS = {
    "triplet": "t3",
    "tuplet": "t3",
    "repeat": "x3",
    "rep": "x3",
    "ornament": "grace",
    "legato": "slur",
    "phrase": "slur",
    "octave": "8va",
}
_UNUSUAL_SIGNS = {
    "♯": "#",
    "♭": "b",
    "♮": "n",
    "‘": "+",
    "’": "+",
    "–": "-",
    "−": "-",
}
_DEGREES = frozenset(map(str, range(1, 16)))
_REST_WORDS = ("z", "x", "p", "R", ".", "-", "_", "0")

Fault = tuple[int, str]
"""The place in the token, from 0, and the message."""


@lru_cache(maxsize=1024)
def explain_event(text: str, before: str = "") -> Fault:
    """Why `text` is no note, chord or rest; `before` is the token that stands before it."""
    if before and re.fullmatch(VALUE, text) and read_event(before + text):
        return 0, f"values are glued: write {before}{text}, not {before} {text}"
    if text[0] == "<":
        return _explain_chord(text)
    for pattern, tell in _MISTAKES:
        match = re.fullmatch(pattern, text, re.DOTALL)
        fault = tell(match) if match else None
        if fault is not None:
            return fault
    return _by_signs(text) or (0, _cannot_read(text))


def _cannot_read(text: str) -> str:
    return (
        f"'{_short(text)}' is not a note: write a degree (5q, 3be, 7-h), a letter (f#4q), "
        "a chord tone (k3e), a chord (<1 3 5>h) or a rest (rq); "
        f"values are {' '.join(VALUES)}, with dots and +"
    )


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def _valid(text: str) -> bool:
    return read_event(text) is not None


def _commas(match: Match[str]) -> Fault | None:
    text, place = match.group(), match.start("comma")
    octave = text.replace(",", "-")
    if match.groupdict().get("value") and _valid(octave):
        return place, f"an octave down is -, before the value: write {octave}"
    plain = text.rstrip(",;")
    if _valid(plain):
        return place, f"no commas between notes, blanks are enough: write {_short(plain)}"
    return place, "no commas in notes: blanks separate them, and - is an octave down (5-q)"


def _apostrophe(match: Match[str]) -> Fault | None:
    octaves = match["apostrophe"] or match["late"] or ""
    if not octaves:
        return None
    return match.start("apostrophe" if match["apostrophe"] else "late"), _octave_message(
        match["pitch"], "+" * len(octaves), match["value"] or ""
    )


def _late_octave(match: Match[str]) -> Fault | None:
    return match.start("octave"), _octave_message(match["pitch"], match["octave"], match["value"])


def _octave_message(pitch: str, octave: str, value: str) -> str:
    where = "up" if octave[0] == "+" else "down"
    if pitch[0] in "abcdefg":
        letter = pitch.rstrip("0123456789")
        number = int(pitch[len(letter) :] or 4) + (1 if where == "up" else -1) * len(octave)
        return (
            f"an octave {where}: a letter takes its octave's number, write {letter}{number}{value}"
        )
    return f"an octave {where} is {octave[0]}, before the value: write {pitch}{octave}{value}"


def _capital(match: Match[str]) -> Fault | None:
    text = match.group()
    place = next(i for i, sign in enumerate(text) if sign.isupper())
    if not _valid(text.lower()):
        return None
    what = "pitches" if place == 0 else "values"
    if text[place] in "R":
        what = "rests"
    return place, f"{what} are small letters: write {text.lower()}"


def _decimal(match: Match[str]) -> Fault | None:
    degree, value = match["degree"], match["value"] or "q"
    return match.start("dot"), (
        f"the dot stands after the value: a dotted note is {degree}{value}. "
        "(notes have no decimals)"
    )


def _not_a_degree(match: Match[str]) -> Fault | None:
    number = match["digits"]
    if number in _DEGREES:
        return None
    if not number.strip("0"):
        return 0, "degrees count from 1: a rest is rq, the degree below 1 is 7-"
    if len(number) > 3 or number[0] == "0":
        return 0, f"'{_short(number)}' is no degree: degrees go from 1 to 15"
    octaves, step = divmod(int(number) - 1, 7)
    marks = "+" * octaves if octaves <= 5 else ""
    hint = f"; {number} is {step + 1}{marks}, with + for each octave up" if marks else ""
    return 0, f"degrees go from 1 to 15{hint}"


def _value_first(match: Match[str]) -> Fault | None:
    value, pitch, rest = match["first"], match["pitch"], match["rest"]
    if value == "h" and rest:
        return 0, (
            f"h is a value, not a pitch: pitches are a to g (German h is b: write b{pitch}{rest}), "
            f"and a value stands after its note: {pitch}h"
        )
    return 0, f"the value stands after the note: write {pitch}{value}"


def _sign_first(match: Match[str]) -> Fault | None:
    fixed = match["pitch"] + match["sign"] + match["rest"]
    if not _valid(fixed):
        return None
    kind = "octave mark" if match["sign"][0] in "+-" else "accidental"
    return 0, f"the {kind} stands after the note: write {fixed}"


def _octave_then_accidental(match: Match[str]) -> Fault | None:
    fixed = match["pitch"] + match["accidental"] + match["octave"] + match["rest"]
    return match.start("accidental"), f"the accidental stands before the octave: write {fixed}"


def _letter_octave(match: Match[str]) -> Fault | None:
    octave = int(match["number"] or 4) + len(match["up"] or "") - len(match["down"] or "")
    fixed = f"{match['pitch']}{octave}{match['rest']}"
    example = f"write {fixed}" if _valid(fixed) else "c5q is the c above middle c"
    return match.end("pitch"), f"a letter's octave is a number: {example}"


def _chord_tone(_match: Match[str]) -> Fault | None:
    return 0, "chord tones are k1 k3 k5 k7 k9 (root, third, fifth, seventh, ninth)"


def _mark_before_value(match: Match[str]) -> Fault | None:
    fixed = match["pitch"] + match["value"] + match["marks"] + match["rest"]
    if not _valid(fixed):
        return None
    return match.start("marks"), f"marks stand after the value: write {fixed}"


def _tie_before_marks(match: Match[str]) -> Fault | None:
    fixed = match["note"] + match["marks"] + "~"
    return (match.start("tie"), f"~ stands last: write {fixed}") if _valid(fixed) else None


def _rest_with_marks(match: Match[str]) -> Fault | None:
    return match.start("marks"), f"a rest takes no marks and no tie: write {match['rest']}"


def _german_pitch(match: Match[str]) -> Fault | None:
    letter = "b" if match["letter"] == "h" else match["letter"]
    fixed = letter + ("#" if match["ending"] == "is" else "b") + match["rest"]
    return (0, f"# and b stand for is and es: write {fixed}") if _valid(fixed) else None


def _bare_value(match: Match[str]) -> Fault | None:
    return 0, f"values are glued to their note: 1{match.group()}, or r{match.group()} for a rest"


def _broken_value(match: Match[str]) -> Fault | None:
    if value_ticks(match["value"]):
        return None
    return match.start("value"), (
        f"{match['value']} does not fall on the grid of ticks: at most two dots at s, one at t"
    )


def _head_alone(match: Match[str]) -> Fault | None:
    return 0, f"{match.group()} opens a group: write {match.group()}( … )"


def _bad_group_or_word(match: Match[str]) -> Fault | None:
    head, inside = match["head"], match["inside"]
    if read_event(head) is not None:
        return (match.start("inside"), unknown_word(inside)) if not find_word(inside) else None
    low = head.casefold()
    near = _HEAD_SYNONYMS.get(low) or nearest(low, HEAD_NAMES)
    wanted = f"did you mean {near}( … )? " if near else ""
    return 0, f"'{_short(head)}(' is not a group: {wanted}groups are {'( '.join(HEAD_NAMES)}("


def _bare_word(match: Match[str]) -> Fault | None:
    word = match.group()
    return (0, f"words stand in parentheses: write ({word})") if find_word(word) else None


def _rest_word(match: Match[str]) -> Fault | None:
    return 0, f"a rest is r with its value: write r{match['value'] or 'q'}"


_NOTE = rf"(?:[0-9]{{1,2}}|k[13579]|[a-g])(?:{ACCIDENTAL})?[0-9]?"
_MISTAKES: tuple[tuple[str, Callable[[Match[str]], Fault | None]], ...] = (
    (rf"{_NOTE}(?P<comma>,+)(?P<value>{VALUE})?.*", _commas),
    (r"[^,;]*(?P<comma>[,;]).*", _commas),
    (
        rf"(?P<pitch>{_NOTE})(?P<apostrophe>['’]+)?(?P<value>{VALUE})?(?P<late>['’]+)?",
        _apostrophe,
    ),
    (rf"(?P<pitch>{_NOTE})(?P<value>{VALUE})(?P<octave>\++|-+)", _late_octave),
    (r".*[A-Z].*", _capital),
    (rf"(?P<degree>[0-9]{{1,2}})(?P<dot>\.)[0-9]*(?P<value>{VALUE})?.*", _decimal),
    (r"(?P<digits>[0-9]+)(?![0-9.]).*", _not_a_degree),
    (r"(?P<first>[whqst]\.*)(?P<pitch>[0-9]{1,2})(?P<rest>.*)", _value_first),
    (
        rf"(?P<sign>[#bn]{{1,2}}|[+]+|-+)(?P<pitch>{_NOTE})(?P<rest>.*)",
        _sign_first,
    ),
    (
        r"(?P<pitch>[0-9]{1,2})(?P<octave>\++|-+)"
        rf"(?P<accidental>{ACCIDENTAL})(?P<rest>.*)",
        _octave_then_accidental,
    ),
    (
        rf"(?P<pitch>[a-g](?:{ACCIDENTAL})?)(?P<number>[0-9])?"
        r"(?:(?P<up>\++)|(?P<down>-+))(?P<rest>.*)",
        _letter_octave,
    ),
    (r"k(?![13579](?![0-9])).*", _chord_tone),
    (
        rf"(?P<pitch>{_NOTE}(?:\++|-+)?)(?P<marks>[>^*_@]+)(?P<value>{VALUE})(?P<rest>.*)",
        _mark_before_value,
    ),
    (r"(?P<note>[^~]+)(?P<tie>~)(?P<marks>[^~]+)", _tie_before_marks),
    (rf"(?P<rest>r(?:{VALUE})?)(?P<marks>(?:[>^*_@~]|\([^()]*\))+)", _rest_with_marks),
    (r"(?P<letter>[a-h])(?P<ending>is|es|(?<=[ae])s)(?P<rest>.*)", _german_pitch),
    (rf"{VALUE}", _bare_value),
    (rf"(?:{_NOTE}|r)(?:\++|-+)?(?P<value>{VALUE}).*", _broken_value),
    (HEADS, _head_alone),
    (r"(?P<head>[^()]+)\((?P<inside>[^()]*)\).*", _bad_group_or_word),
    (r"[a-z_.]+", _bare_word),
    (
        rf"(?:{'|'.join(map(re.escape, _REST_WORDS))})(?P<value>{VALUE})?",
        _rest_word,
    ),
)
"""Patterns of whole events, and what to tell. Compiled when the first mistake is met."""


def _explain_chord(text: str) -> Fault:
    end = text.find(">")
    if end < 0:
        return 0, "the chord is not closed: > is missing, as in <1 3 5>q"
    words = [(match.start(), match.group()) for match in re.finditer(r"\S+", text[1:end])]
    if not words:
        return 0, "the chord is empty: write its notes, as in <1 3 5>q"
    seen: set[str] = set()
    for start, word in words:
        if word in seen:
            return start + 1, f"{_short(word)} stands twice in the chord: write it once"
        seen.add(word)
        fault = _explain_chord_note(word)
        if fault:
            return start + 1, fault
    place, why = explain_event("1" + text[end + 1 :])
    if why.startswith("'"):
        why = "after a chord stand its value and its marks: <1 3 5>q>"
    return end + place, why.replace("write 1", "write <…>")


def _explain_chord_note(word: str) -> str:
    if read_pitch(word) is not None:
        return ""
    event = read_event(word)
    if event is None:
        return explain_event(word)[1]
    if not event.names:
        return "a chord has no rests in it: a rest stands alone (rq)"
    return "values and marks stand after the chord: <1 3 5>q"


def _by_signs(text: str) -> Fault | None:
    for place, sign in enumerate(text):
        if sign in _UNUSUAL_SIGNS:
            return place, f"{sign} is not used in notes: write {_UNUSUAL_SIGNS[sign]}"
        if sign in "[]{}":
            return place, "groups stand in parentheses, t3(1e 2 3), and chords in < >: <1 3 5>q"
        if sign == "/":
            return place, f"values are letters ({' '.join(VALUES)}): a quarter is 1q, an eighth 1e"
    return None
