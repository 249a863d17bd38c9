"""Writes the table of instruments in docs/guide/sound.md out of the recipes of the built-in sound.

By hand: `python docs/generate_instruments.py`. MkDocs runs this before every build (`hooks:` in
mkdocs.yml); a test says when the committed page is out of date. Only the few words in TOLD_BY are
written here: all else is what the recipes are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from leitmotor.music.instruments import find
from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes import every_family
from leitmotor.sound.recipes.ringing import RINGS_ON, Body, String
from leitmotor.sound.recipes.voicing import Voicing

PAGE = Path(__file__).parent / "guide" / "sound.md"
BEGIN, END = "<!-- instruments -->\n", "<!-- end of instruments -->"
RATE = 48000
HEADS = ("instrument", "family", "range", "attack", "release", "vibrato", "made of", "told by")

HEARD_DB = -16.0
"""Modes that are no weaker than this when struck hard are named."""
MOST_MODES = 5
AUDIBLE_AIR_DB = -42.0
"""Breath and bow louder than this are named."""

TOLD_BY: Mapping[str, str] = MappingProxyType(
    {
        "violin": "the shimmer of vibrato over a rough body",
        "viola": "darker and more nasal than a violin on the same note",
        "cello": "a wide, dark body; sings in the tenor",
        "double bass": "slow to speak; more body than string",
        "string ensemble": "players who never quite agree: a broad, moving sound",
        "violin trem": "trembling strokes, no vibrato",
        "viola trem": "trembling strokes, no vibrato",
        "cello trem": "trembling strokes, no vibrato",
        "double bass trem": "a low shudder",
        "string ensemble trem": "a whole section trembling, stroke against stroke",
        "piccolo": "whistling, above everybody",
        "flute": "nearly a sine with air around it; pulses rather than swings",
        "alto flute": "more air than tone",
        "oboe": "a narrow, pressing reed whose peaks stay where they are",
        "English horn": "an oboe with a round, sad bell",
        "bassoon": "one strong peak below 500 Hz; dry staccato",
        "contrabassoon": "separate pulses that one can nearly count",
        "clarinet in Bb": "hollow: even partials are missing; holds still",
        "clarinet in A": "hollow, a shade darker than in Bb",
        "bass clarinet": "hollow and black",
        "soprano sax": "reedy and full, with a scoop into the note",
        "alto sax": "reedy and full, with a scoop into the note",
        "tenor sax": "breath in the tone, with a scoop into the note",
        "baritone sax": "rough and broad, with a scoop into the note",
        "horn in F": "round; grows bright only after it has grown loud",
        "trumpet in C": "the brightest brass; quick",
        "trumpet in Bb": "a shade rounder than in C",
        "muted trumpet": "thin and buzzing, hardly any fundamental",
        "tenor trombone": "broad and straight, opens when blown hard",
        "bass trombone": "a trombone with weight",
        "tuba": "soft-edged and wide",
        "brass section": "several brass at once, no vibrato",
        "piano": "a hammer's knock, then two decays: a fast one and what it leaves behind",
        "electric piano": "a soft bell that barks when struck hard",
        "harpsichord": "a click and a long row of partials; never really soft",
        "celesta": "a small bell with a felt beginning",
        "organ": "at full strength at once and never moving; louder is more pipes",
        "choir": "an open ah, mouths that differ",
        "choir soprano": "a high ah",
        "choir alto": "a middle ah",
        "choir tenor": "an ah with a ring near 3 kHz",
        "choir bass": "a dark ah",
        "voice oohs": "closed lips: almost only the fundamental",
        "pad": "comes and goes slowly, slightly out of tune with itself",
        "warm pad": "slower and darker: what lies under a scene",
        "bright pad": "air and light above a scene",
        "synth strings": "strings that nobody bows: quick, smooth, wide",
        "synth": "immediate and electric; a lead",
        "harp": "plucked near the middle: round, and it rings on",
        "guitar": "a box that knocks along",
        "electric bass": "long and even, little string noise",
        "violin pizz": "short and dry, a small box",
        "viola pizz": "short and dry, a middle-sized box",
        "cello pizz": "a round drop that rings a little",
        "double bass pizz": "a deep thud with a pitch",
        "pizzicato strings": "a section's pluck: five fingers, never quite together",
        "string ensemble pizz": "a section's pluck: five fingers, never quite together",
        "glockenspiel": "hard, bright, and long",
        "xylophone": "wood: a twelfth above the note, and gone at once",
        "marimba": "a soft mallet and a resonator: two octaves above, short",
        "vibraphone": "metal under felt; rings until it is damped",
        "music box": "a plucked comb, small and brittle",
        "tubular bells": "no partial at the pitch one hears",
        "timpani": "a drum with a pitch, a fifth above it",
        "taiko": "a blow that sags",
        "orchestra hit": "everybody at once, in octaves",
        "drums": "a kit: every piece on its General MIDI key",
    }
)
"""By what a listener knows it, in a few words."""


def on_pre_build(config: object) -> None:  # noqa: ARG001 - MkDocs calls it by this name
    """MkDocs' hook. Writes only what has changed, or `mkdocs serve` would build for ever."""
    text = page()
    if PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")


def page() -> str:
    """The whole page: what is written by hand, with the table as the recipes have it."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE} has no place for the table: {BEGIN.strip()} … {END}")
    return f"{before}{begin}\n{table()}\n{end}{after}"


def table() -> str:
    """A row for every instrument, family by family."""
    rows = [HEADS, ("---",) * len(HEADS), *map(_row, every_family())]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(recipe: Recipe) -> tuple[str, ...]:
    made = _made_from(recipe)
    release = recipe.bake(_middle(recipe), RATE).release_seconds
    return (
        recipe.name,
        _family(recipe.name),
        "each key a piece" if recipe.name == "drums" else _range(recipe),
        _time(recipe.attack_seconds),
        "rings on" if release >= RINGS_ON else _time(release),
        _vibrato(made) if isinstance(made, Voicing) else "–",
        "; ".join(_parts(recipe, made)),
        TOLD_BY[recipe.name],
    )


def _made_from(recipe: Recipe) -> object:
    """The record of numbers that a recipe bakes from; None where it is made by hand."""
    return recipe.bake.args[0] if isinstance(recipe.bake, partial) else None


def _family(name: str) -> str:
    known = find(name.removesuffix(" pizz").removesuffix(" trem"))
    if known is None:
        raise ValueError(f"{name} is not in the table of instruments")
    return "plucked" if name.endswith("pizz") else known.family


def _range(recipe: Recipe) -> str:
    return f"{_pitch(recipe.low)}–{_pitch(recipe.high)}"


def _middle(made: Recipe | String | Body) -> int:
    return (made.low + made.high) // 2


def _time(seconds: float) -> str:
    if seconds >= 1.0:
        return f"{seconds:.1f} s"
    ms = 1000.0 * seconds
    if ms < 10.0:
        return f"{ms:.1f} ms"
    return f"{ms:.0f} ms" if ms < 100.0 else f"{10.0 * round(ms / 10.0):.0f} ms"


# --------------------------------------------------------------------------------------------------
# What the numbers say


def _vibrato(voicing: Voicing) -> str:
    if voicing.section is not None:
        cents = voicing.section.cents
        return f"each ±{cents:g} cents" if cents else "–"
    vibrato = voicing.vibrato
    if not vibrato.cents:
        return "–"
    swing = f", {vibrato.swing_db:g} dB" if vibrato.swing_db else ""
    return f"±{vibrato.cents:g} cents{swing}, {vibrato.rate_hz:g} Hz"


def _parts(recipe: Recipe, made: object) -> Iterator[str]:
    match made:
        case Voicing():
            yield from _of_voicing(made)
        case String():
            yield from _of_string(made)
        case Body():
            yield from _of_body(made)
        case _:
            yield _BY_HAND[recipe.name]


_BY_HAND: Mapping[str, str] = MappingProxyType(
    {
        "taiko": "five modes of a skin that begin higher than they end, and noise",
        "orchestra hit": "six players of 16 or 32 partials over three octaves, and noise",
        "drums": "modes, plates of many partials, and noise, for each piece",
    }
)


def _of_voicing(voicing: Voicing) -> Iterator[str]:
    soft, bright = voicing.soft, voicing.bright
    if voicing.section is not None:
        who = "oscillators" if _family(voicing.name) == "synth" else "players"
        who = "pipes of a rank" if voicing.name == "organ" else who
        yield f"{voicing.section.players} {who} within {voicing.section.detune_cents:g} cents"
    yield f"partials up to {_hertz(soft.corner_hz)} when soft, {_hertz(bright.corner_hz)} when loud"
    if soft.even_db:
        until = f" below {_hertz(soft.even_until_hz)}" if soft.even_until_hz < RATE else ""
        yield f"even ones {-bright.even_db:g} to {-soft.even_db:g} dB weaker{until}"
    if len(voicing.bodies) > 1:
        yield f"{len(voicing.bodies)} bodies from low to high"
    elif voicing.bodies[0][1].resonances:
        peaks = [f"{each.hz:g}" for each in voicing.bodies[0][1].resonances]
        yield f"a body with {'a peak' if len(peaks) == 1 else 'peaks'} at {_listed(peaks)} Hz"
    breath = voicing.breath
    if breath is not None and max(breath.soft_db, breath.bright_db) > AUDIBLE_AIR_DB:
        yield f"noise at {max(breath.soft_db, breath.bright_db):g} dB"
    if voicing.tremolo is not None:
        yield f"{voicing.tremolo.rate_hz:g} strokes a second"


def _of_string(string: String) -> Iterator[str]:
    if len(string.courses) > 2:
        yield f"{len(string.courses)} players"
    yield f"a string touched at {string.position.at(_middle(string)):.2f} of its length"
    stages = "" if string.after_db is None else ", in two stages"
    yield f"{_rings(string)}{stages}"
    yield f"a body above {string.body_hz:.0f} Hz"


def _of_body(body: Body) -> Iterator[str]:
    heard = [mode for mode in body.modes if max(mode.soft_db, mode.bright_db) >= HEARD_DB]
    yield f"modes {' : '.join(f'{mode.ratio:g}' for mode in heard[:MOST_MODES])}"
    yield _rings(body)


def _rings(made: String | Body) -> str:
    return f"rings {made.t60.at(_middle(made)):.2g} s"


def _hertz(hertz: float) -> str:
    return f"{hertz:g} Hz" if hertz < 1000.0 else f"{hertz / 1000.0:g} kHz"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _pitch(number: int) -> str:
    names = ("c", "c#", "d", "eb", "e", "f", "f#", "g", "ab", "a", "bb", "b")
    return f"{names[number % 12]}{number // 12 - 1}"


if __name__ == "__main__":
    on_pre_build(None)
