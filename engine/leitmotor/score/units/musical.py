"""Metres, tempi, keys, dynamics, pitches and intervals as authors write them."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType

from leitmotor.music.dynamics import MARKS
from leitmotor.music.interval import letters_for
from leitmotor.music.interval import parse_interval as interval_named
from leitmotor.music.key_name import FOREIGN_MODES, MODE_SYNONYMS, parse_key_name, read_note_name
from leitmotor.music.metre import Metre
from leitmotor.music.notes import Shift
from leitmotor.music.scale import MODES, Mode, natural_midi
from leitmotor.score.nearest import nearest, normal_key
from leitmotor.score.units.reading import NUMBER, amount_of, pair_of, refusal, words_of

SLOWEST, FASTEST = 20, 400
"""Tempi that may be written, in quarters a minute (S22)."""

_DENOMINATORS = (1, 2, 4, 8, 16, 32)
_MOST_BEATS = 64
_HIGHEST_MIDI = 127

_METRE = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,3})(?: ?\(([^()]*)\))?")
_TEMPO = re.compile(rf"({NUMBER})(?: ?bpm| per ([whqest])(\.{{0,2}}))?", re.IGNORECASE)
_QUARTERS = MappingProxyType(
    {
        "w": Fraction(4),
        "h": Fraction(2),
        "q": Fraction(1),
        "e": Fraction(1, 2),
        "s": Fraction(1, 4),
        "t": Fraction(1, 8),
    }
)
_DOTS = (Fraction(1), Fraction(3, 2), Fraction(7, 4))

_LONG_MARKS = MappingProxyType(
    {
        "pianississimo": "ppp",
        "pianissimo": "pp",
        "piano": "p",
        "mezzo piano": "mp",
        "mezzopiano": "mp",
        "mezzo forte": "mf",
        "mezzoforte": "mf",
        "forte": "f",
        "fortissimo": "ff",
        "fortississimo": "fff",
    }
)
_MARKS_MEANT = MappingProxyType(
    {"loud": "f", "very loud": "ff", "soft": "p", "quiet": "p", "very soft": "pp", "medium": "mf"}
)

_TEMPI_MEANT = MappingProxyType(
    {
        "very slow": 46,
        "largo": 50,
        "slow": 60,
        "langsam": 60,
        "adagio": 66,
        "andante": 80,
        "medium": 96,
        "moderate": 96,
        "moderato": 104,
        "allegretto": 112,
        "fast": 132,
        "quick": 132,
        "schnell": 132,
        "allegro": 132,
        "vivace": 160,
        "very fast": 168,
        "presto": 176,
    }
)
"""What is usual for a word, in quarters a minute: tempi are written as numbers."""

_JOINED_MARKS = re.compile(rf"({'|'.join(MARKS)}) ?(?:-|to|/|until|\.\.\.|…) ?({'|'.join(MARKS)})")

_OCTAVE = re.compile(r"-?[0-9]")
_INTERVAL = re.compile(r"([A-Za-z][0-9]{1,2})(?: (up|down))?")
_SEMITONES = re.compile(r"([+-]?[0-9]{1,2}) ?(?:semitones?|st)(?: (up|down))?")
_OCTAVES = re.compile(r"(?:([1-9]) )?octaves?(?: (up|down))?")


def parse_metre(value: object) -> Metre:
    """`7/8 (2+2+3)`: the groups, where given, add up to the upper number (S4)."""
    wanted = "a metre such as 4/4 or 7/8 (2+2+3)"
    found = _METRE.fullmatch(words_of(value, wanted, "write 4/4"))
    if found is None:
        raise refusal(wanted, value, "write two numbers with / between them")
    numerator, denominator = int(found[1]), int(found[2])
    if denominator not in _DENOMINATORS:
        known = ", ".join(map(str, _DENOMINATORS))
        raise refusal(wanted, value, f"the lower number is a note value: one of {known}")
    if not 1 <= numerator <= _MOST_BEATS:
        raise refusal(wanted, value, f"the upper number goes from 1 to {_MOST_BEATS}")
    return Metre(numerator, denominator, _groups(found[3], numerator, value))


def _groups(text: str | None, numerator: int, value: object) -> tuple[int, ...]:
    if text is None:
        return ()
    parts = [part.strip() for part in text.split("+")]
    if not all(
        part.isascii() and part.isdigit() and len(part) <= 2 and int(part) for part in parts
    ):
        raise refusal("groups such as (2+2+3)", value, "write whole numbers with + between them")
    groups = tuple(map(int, parts))
    if sum(groups) != numerator:
        said = f"they add up to {sum(groups)}; write groups that add up to {numerator}"
        raise refusal(f"groups of {numerator} in all", value, said)
    return groups


def parse_tempo(value: object) -> float:
    """`88`, `88 bpm` or `60 per q.`: quarters a minute, from `SLOWEST` to `FASTEST`."""
    wanted = "a tempo such as 88 or 60 per q."
    found = _TEMPO.fullmatch(words_of(value, wanted, "write quarters a minute: 88"))
    if found is None:
        raise refusal(wanted, value, _tempo_meant(str(value)))
    quarters = _QUARTERS[(found[2] or "q").lower()] * _DOTS[len(found[3] or "")]
    tempo = Fraction(found[1]) * quarters
    if not SLOWEST <= tempo <= FASTEST:
        limits = f"a tempo from {SLOWEST} to {FASTEST} quarters a minute"
        raise refusal(limits, value, "write a number in that range")
    return float(tempo)


def _tempo_meant(text: str) -> str:
    bpm = usual_tempo(text)
    if bpm:
        return f"tempi are numbers: write {bpm} for {text} (quarters a minute)"
    return "write quarters a minute (88), or 60 per q. for dotted quarters"


def usual_tempo(word: str) -> int:
    """Quarters a minute for a word such as `fast`; 0 where it is none for a tempo."""
    return _TEMPI_MEANT.get(normal_key(word).lower(), 0)


def parse_key(value: object) -> tuple[int, int, Mode | None]:
    """`d minor`, `Dm`, `Eb`: (letter from C = 0, alter, mode or None for the mode in force)."""
    return parse_key_name(
        words_of(value, "a key such as d minor", "write d minor, Eb or F# dorian")
    )


def parse_mode(value: object) -> Mode:
    """`minor`, `dorian`, `minor pentatonic`."""
    text = words_of(value, "a mode such as minor", "write minor or dorian").lower()
    forms = {normal_key(name): mode for name, mode in MODES.items()}
    mode = forms.get(normal_key(text)) or MODES.get(MODE_SYNONYMS.get(normal_key(text), ""))
    if mode is None:
        raise ValueError(f'there is no mode "{text}"; {_mode_meant(text)}')
    return mode


def _mode_meant(text: str) -> str:
    if text in FOREIGN_MODES:
        return f"write {FOREIGN_MODES[text]}"
    near = nearest(text, MODES)
    return f'did you mean "{near}"?' if near else f"known: {', '.join(MODES)}"


def parse_dynamic(value: object) -> int:
    """`mf`, `mezzo-forte`: the step, ppp 0 … fff 7."""
    wanted = f"a dynamic ({', '.join(MARKS)})"
    text = normal_key(words_of(value, wanted, "write mf")).lower()
    mark = _LONG_MARKS.get(text, text)
    if mark in MARKS:
        return MARKS.index(mark)
    meant = _MARKS_MEANT.get(text)
    raise refusal(wanted, value, f"write {meant}" if meant else "write one of these marks")


def parse_dynamic_range(value: object) -> tuple[int, int]:
    """`p..f`, or a single mark for both ends: (softest, loudest) as steps."""
    wanted = "dynamics such as p..f"
    text = words_of(value, wanted, "write p..f")
    joined = _JOINED_MARKS.fullmatch(text)
    if joined is not None:
        raise refusal(wanted, value, f"a range is written {joined[1]}..{joined[2]}")
    low_text, high_text = pair_of(text) or (text, text)
    low, high = parse_dynamic(low_text), parse_dynamic(high_text)
    if low > high:
        raise refusal("a range from soft to loud", value, f"write {high_text}..{low_text}")
    return low, high


def parse_note(value: object) -> int:
    """`c4`, `f#3`, `Bb2` or a MIDI number: the MIDI number (c4 = 60)."""
    wanted = "a pitch such as c4, or a MIDI number,"
    text = words_of(value, wanted, "write c4")
    if text.isascii() and text.isdigit() and len(text) <= 3:
        midi = int(text)
    else:
        name = read_note_name(text)
        if name is None or not _OCTAVE.fullmatch(name[2]):
            raise refusal(
                wanted, value, "write a letter, # or b, and an octave: f#3 (c4 is middle C)"
            )
        midi = natural_midi(7 * int(name[2]) + name[0]) + name[1]
    if not 0 <= midi <= _HIGHEST_MIDI:
        raise refusal("a pitch within MIDI 0..127", value, "write one from c-1 to g9")
    return midi


def parse_note_range(value: object) -> tuple[int, int]:
    """`c3..g5` or `55..103`: the lowest and the highest MIDI number."""
    wanted = "a range of pitches such as c3..g5 or 55..103"
    ends = pair_of(words_of(value, wanted, "write c3..g5"))
    if ends is None:
        raise refusal(wanted, value, "write the lowest and the highest with two dots between")
    low, high = parse_note(ends[0]), parse_note(ends[1])
    if low >= high:
        raise refusal("a range from low to high", value, f"write {ends[1]}..{ends[0]}")
    return low, high


def parse_interval(value: object) -> Shift:
    """`m3 up`, `P5 down`, `+3 semitones`, `octave down`: letters and semitones (theory T3)."""
    wanted = "an interval such as m3 up or +3 semitones"
    text = words_of(value, wanted, "write m3 up")
    if amount_of(text) is not None:
        raise refusal(
            wanted, value, f"a unit is missing: write {text} semitones, or a name such as m3"
        )
    if found := _OCTAVES.fullmatch(text):
        sign = -int(found[1] or 1) if found[2] == "down" else int(found[1] or 1)
        return Shift(7 * sign, 12 * sign)
    if found := _SEMITONES.fullmatch(text):
        semitones = -int(found[1]) if found[2] == "down" else int(found[1])
        return Shift(letters_for(semitones), semitones)
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise refusal(wanted, value, "write a quality and a number, then up or down: m3, P5, A4")
    interval = interval_named(found[1])
    sign = -1 if found[2] == "down" else 1
    return Shift(sign * interval.letters, sign * interval.semitones)
