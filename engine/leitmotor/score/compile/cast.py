"""Instruments, palettes, characters, places; and the channel of every voice (S15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leitmotor.messages import Voice
from leitmotor.music.general_midi import DRUM_CHANNEL, PROGRAM_NAMES
from leitmotor.music.instruments import KnownInstrument, find, names
from leitmotor.score import units
from leitmotor.score.compile.found import Found
from leitmotor.score.compile.material import named
from leitmotor.score.compiled import Character, Choice, Instrument, Palette, Place, Reverb
from leitmotor.score.compiled_overlays import STINGER_ROLE
from leitmotor.score.model import cast as model
from leitmotor.score.model.rig import Rig, RigInstrument
from leitmotor.score.model.root import Score
from leitmotor.score.nearest import did_you_mean

CHANNELS = tuple(channel for channel in range(16) if channel != DRUM_CHANNEL)
KIT_RANGE = (0, 127)
KIT_SOUND = "drums"
OUT_DB = -60.0
"""A level of `out`: the mixer is silent there."""

GENERAL_MIDI_KIT = {
    "kick": 36,
    "snare": 38,
    "side stick": 37,
    "clap": 39,
    "closed hat": 42,
    "open hat": 46,
    "low tom": 45,
    "mid tom": 47,
    "high tom": 50,
    "crash": 49,
    "ride": 51,
    "tambourine": 54,
    "cowbell": 56,
    "shaker": 70,
}
"""Pieces of a kit that no score spells out."""


def used_instruments(score: Score) -> list[str]:
    """Every instrument that the score names, declared ones first, in the order of the file."""
    found: dict[str, None] = dict.fromkeys(score.instruments)
    for palette in score.palettes.values():
        for choice in palette.roles.values():
            for players in choice.options:
                found.update(dict.fromkeys(players))
    return list(found)


def needs_piano(score: Score) -> bool:
    """Whether somewhere no palette is in force, so that a piano plays everything (S13)."""
    if not score.palettes or not score.scenes:
        return True
    if any(state.palette is None for state in score.states.values()):
        return True
    return any(not scene.state for scene in score.scenes)


def compile_instruments(
    score: Score, more: Iterator[str], rig: Rig | None, found: Found
) -> dict[str, Instrument]:
    """Every instrument that can play, techniques with programs of their own included."""
    compiled: dict[str, Instrument] = {}
    piano = ("piano",) if needs_piano(score) else ()
    for name in dict.fromkeys((*used_instruments(score), *more, *piano)):
        entry = score.instruments.get(name)
        known = find(entry.is_ if entry is not None and entry.is_ else name)
        if known is None and (entry is None or not (entry.kit or entry.range)):
            path = ("instruments", name) if entry is not None else ("palettes",)
            hint = did_you_mean(name, names())
            found.error(
                path,
                f'"{name}" is no instrument of the table{hint}; say what it is (is: violin), or'
                " give it a range: c3..c6",
            )
            continue
        for instrument in _with_techniques(name, entry, known, _rig_of(rig, name)):
            compiled[instrument.name] = instrument
    return compiled


def _rig_of(rig: Rig | None, name: str) -> RigInstrument | None:
    return rig.instruments.get(name) if rig is not None else None


def _with_techniques(
    name: str,
    entry: model.Instrument | None,
    known: KnownInstrument | None,
    rig: RigInstrument | None,
) -> Iterator[Instrument]:
    plain = _instrument(name, entry, known, rig)
    yield plain
    for technique, program in plain.techniques:
        yield Instrument(
            name=f"{name} {technique}",
            low=plain.low,
            high=plain.high,
            comfortable_low=plain.comfortable_low,
            comfortable_high=plain.comfortable_high,
            program=program,
            bank=0,
            poly=plain.poly,
            sustaining=technique != "pizz",
            sound=f"{plain.sound} {technique}",
            tone=plain.tone,
        )


def _instrument(
    name: str,
    entry: model.Instrument | None,
    known: KnownInstrument | None,
    rig: RigInstrument | None,
) -> Instrument:
    kit = dict(entry.kit) if entry is not None else {}
    if known is not None and known.kit and not kit:
        kit = dict(GENERAL_MIDI_KIT)
    low, high = (known.low, known.high) if known is not None else KIT_RANGE
    comfortable = (known.comfortable_low, known.comfortable_high) if known else (low, high)
    if entry is not None and entry.range is not None:
        low, high = entry.range
        comfortable = (max(comfortable[0], low), min(comfortable[1], high))
        if comfortable[0] > comfortable[1]:
            comfortable = (low, high)
    program = known.program if known is not None else 0
    bank = 0
    if entry is not None:
        program = entry.program if entry.program is not None else program
        bank = entry.bank
    own_program = entry is not None and entry.program is not None
    if rig is not None:
        own_program = own_program or rig.program is not None or rig.bank is not None
        own_program = own_program or rig.preset is not None
        program = rig.program if rig.program is not None else program
        bank = rig.bank if rig.bank is not None else bank
    poly = entry.poly if entry is not None and entry.poly else None
    return Instrument(
        name=name,
        low=low,
        high=high,
        comfortable_low=comfortable[0],
        comfortable_high=comfortable[1],
        program=program,
        bank=bank,
        poly=poly or (known.poly if known is not None else 8),
        sustaining=known.sustaining if known is not None and not kit else False,
        kit=tuple(kit.items()),
        # A patch of the author's own has no pizzicato patch beside it that we could know of.
        techniques=known.techniques if known is not None and not own_program else (),
        sound=_sound(known, program, bool(kit)),
        tone=entry.tone if entry is not None else 0.0,
    )


def _sound(known: KnownInstrument | None, program: int, is_kit: bool) -> str:
    """What an instrument sounds like: a known one with its own program is known by its name."""
    if is_kit:
        return KIT_SOUND
    if known is not None and known.program == program:
        return known.name
    return PROGRAM_NAMES[program]


def compile_palette(name: str, entry: model.Palette) -> Palette:
    """A palette; turns are counted under its name and the role's."""
    return Palette(
        name,
        roles={
            role: Choice(choice.options, f"palette {name} {role}", choice.shuffled)
            for role, choice in entry.roles.items()
        },
        dynamic=entry.dynamic,
        touch=entry.touch,
        register=entry.register_,
        figures=figures_of(entry.figures, f"palette {name}"),
        levels=levels_of(entry.levels),
        chords=entry.chords if entry.chords != "triads" else "",
        tone=entry.tone,
        reverb=_reverb(entry.reverb),
        distance=entry.distance,
    )


def _reverb(written: units.Reverb | None) -> Reverb | None:
    return (written.room, written.seconds) if written is not None else None


def figures_of(choices: Mapping[str, Choice[str]], owner: str) -> dict[str, Choice[str]]:
    """Figures by role, their turns counted under the owner's name."""
    return {
        role: figure
        for role, choice in choices.items()
        if (figure := named(choice, f"{owner} figure {role}")) is not None
    }


def levels_of(levels: Mapping[str, float | None]) -> dict[str, float]:
    """Mixer levels in dB."""
    return {name: OUT_DB if db is None else db for name, db in levels.items()}


def compile_character(name: str, entry: model.Character) -> Character:
    """Someone in the story."""
    return Character(name, entry.motif, entry.palette, entry.arc)


def compile_place(name: str, entry: model.Place) -> Place:
    """Somewhere in the story."""
    return Place(name, entry.motif, entry.palette, _reverb(entry.reverb), entry.distance)


# --------------------------------------------------------------------------------------------------
# Channels


def voice_places(
    palettes: Mapping[str, Palette],
    instruments: Mapping[str, Instrument],
    roles: Iterator[str],
    techniques: frozenset[str],
) -> list[tuple[str, str]]:
    """Every (instrument, role) that can sound, in the order of the score."""
    places: dict[tuple[str, str], None] = {}
    for palette in palettes.values():
        for role, choice in palette.roles.items():
            for players in choice.options:
                for name in players:
                    places[name, role] = None
                    for technique, _ in instruments[name].techniques if name in instruments else ():
                        if technique in techniques:
                            places[f"{name} {technique}", role] = None
    if not palettes:
        places.update({("piano", role): None for role in roles})
    return list(places)


def allot_channels(
    places: list[tuple[str, str]],
    instruments: Mapping[str, Instrument],
    rig: Rig | None,
    found: Found,
) -> dict[tuple[str, str], Voice]:
    """A channel for each instrument in each role while they last, then one for each instrument.

    Allotted here, never by arrival, so that every performance of the score has the same channels.
    """
    by_out: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        by_out.setdefault(_out(rig, place[0]), []).append(place)
    for name in instruments:
        by_out.setdefault(_out(rig, name), [])
    voices: dict[tuple[str, str], Voice] = {}
    for out, wanted in by_out.items():
        names = [name for name in instruments if _out(rig, name) == out]
        voices |= _allot(out, wanted, names, instruments, rig, found)
    return voices


def _allot(
    out: str,
    wanted: list[tuple[str, str]],
    names: list[str],
    instruments: Mapping[str, Instrument],
    rig: Rig | None,
    found: Found,
) -> dict[tuple[str, str], Voice]:
    fixed = {name: channel for name in names if (channel := _fixed(rig, name)) is not None}
    for name in names:
        if instruments[name].kit:
            fixed.setdefault(name, DRUM_CHANNEL)
    free = [channel for channel in CHANNELS if channel not in fixed.values()]
    own, room = _own_places(wanted, names, fixed, len(free))
    shared = list(dict.fromkeys(name for name, _ in own))
    if len(own) <= room:
        keys: list[tuple[str, str]] = own
    elif len(shared) <= room:
        keys = [(name, "") for name in shared]
    else:
        found.error(
            ("palettes",),
            f"{len(shared)} instruments need a channel each and an output has {room}: "
            f"give some of them another out in the rig, beginning with {shared[room]}",
        )
        return {}
    voices = {key: _voice(instruments[key[0]], key[1], out, free[n]) for n, key in enumerate(keys)}
    last = free[len(keys)] if len(keys) < len(free) else free[-1]
    taken = {name: voice.channel for (name, _), voice in reversed(voices.items())}
    for name in names:
        channel = fixed.get(name, taken.get(name, last))
        voices[name, ""] = _voice(instruments[name], "", out, channel)
    for name, role in wanted:
        if (name, role) not in voices:  # the roles of an instrument share its channel
            voices[name, role] = voices[name, ""]._replace(role=role)
    return voices


def _own_places(
    wanted: list[tuple[str, str]], names: list[str], fixed: Mapping[str, int], free: int
) -> tuple[list[tuple[str, str]], int]:
    """Who is to have a channel of their own, and how many there are for them.

    Stingers share those of the roles where there are too few for all.
    """
    own = [(name, role) for name, role in wanted if name not in fixed]
    for places in (own, [place for place in own if place[1] != STINGER_ROLE]):
        playing = {name for name, _ in places}
        # One channel is kept for everything that only a cue or a motif brings in.
        room = free - any(name not in fixed and name not in playing for name in names)
        if len(places) <= room:
            break
    return places, room


def _voice(instrument: Instrument, role: str, out: str, channel: int) -> Voice:
    return Voice(instrument.name, role, out, channel, instrument.program, instrument.bank)


def _out(rig: Rig | None, name: str) -> str:
    if rig is None:
        return ""
    base = name.removesuffix(" pizz").removesuffix(" trem")
    entry = rig.instruments.get(base) or rig.instruments.get("default")
    return entry.out if entry is not None else ""


def _fixed(rig: Rig | None, name: str) -> int | None:
    entry = _rig_of(rig, name)
    return entry.channel - 1 if entry is not None and entry.channel is not None else None
