"""The compiled score in tables, with every default that it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from leitmotor.messages import Voice
from leitmotor.music.chord import realise
from leitmotor.music.dynamics import mark_of
from leitmotor.music.general_midi import PROGRAM_NAMES
from leitmotor.music.length import bars
from leitmotor.music.time import QUARTER
from leitmotor.score.compiled import (
    Choice,
    CompiledScore,
    CueRule,
    Figure,
    Motif,
    Palette,
    Progression,
    Scene,
    State,
    Transition,
)
from leitmotor.score.explain_dynamics import COLUMNS, held_back
from leitmotor.score.explain_parameters import explain_parameters
from leitmotor.score.explain_ranks import RANKS, casting_rows, setting_rows
from leitmotor.score.explain_table import Table
from leitmotor.score.explain_words import (
    NOBODY,
    chosen,
    condition_text,
    decibels,
    fired_by,
    given,
    pairs,
    players,
    seconds_text,
    span_of,
)
from leitmotor.score.model.story import Time
from leitmotor.score.verbs import Rotation

if TYPE_CHECKING:
    from leitmotor.score.load import LoadedScore

__all__ = ["Table", "explain"]

MEZZO_FORTE = "mf"

CASTING_COLUMNS = ("scene", "role", "for", "players", "palette", "from")
SETTING_COLUMNS = ("scene", "for", "setting", "value", "from")


def explain(loaded: LoadedScore) -> tuple[Table, ...]:
    """Everything that the score comes to, kind by kind; kinds that are empty are left out."""
    score, time = loaded.score, loaded.read.score.time
    tables = (
        _piece(loaded, score, time),
        _scenes(score),
        _states(score),
        _motifs(score),
        _figures(score.figures.values()),
        _palettes(score.palettes.values()),
        Table("Dynamics that a palette holds back", COLUMNS, held_back(loaded.read, score)),
        _voices(score),
        _progressions(score),
        _cues(score.cues),
        _transitions(score.transitions),
        *explain_parameters(score),
        Table(f"Who plays: {RANKS}", CASTING_COLUMNS, tuple(casting_rows(score))),
        Table("Settings and their sources", SETTING_COLUMNS, tuple(setting_rows(score, time))),
    )
    return tuple(table for table in tables if table.rows)


# --------------------------------------------------------------------------------------------------
# The piece


def _piece(loaded: LoadedScore, score: CompiledScore, time: Time) -> Table:
    defaults = score.defaults
    start = time.start or "at once; on cue with a cue script or a rig with inputs"
    rows = (
        ("title", score.title, given(bool(loaded.read.score.meta.title))),
        _row(time, "tempo", f"{defaults.tempo:g} bpm"),
        _row(time, "metre", str(defaults.metre)),
        _row(time, "key", str(defaults.key)),
        _row(time, "phrase", str(defaults.phrase)),
        _row(time, "breathe", str(defaults.breathe)),
        _row(time, "rest", str(defaults.rest)),
        _row(time, "swing", f"{100 * defaults.swing:g}%"),
        _row(time, "humanise", defaults.humanise),
        _row(time, "count in", str(defaults.count_in or bars(1))),
        _row(time, "start", start),
        _row(time, "frame rate", f"{float(defaults.frame_rate):g}"),
        _row(time, "timecode starts", time.timecode_starts),
        _row(time, "seed", str(score.seed)),
    )
    return Table("Piece", ("what", "value", "from"), rows)


def _row(time: Time, key: str, value: str) -> tuple[str, str, str]:
    return key, value, given(key.replace(" ", "_") in time.model_fields_set)


# --------------------------------------------------------------------------------------------------
# The story


def _scenes(score: CompiledScore) -> Table:
    rows = []
    for number, scene in enumerate(score.scenes):
        following = score.scenes[number + 1].name if number + 1 < len(score.scenes) else ""
        rows.append(
            (
                scene.name,
                scene.place or "-",
                ", ".join(scene.who) or _nobody(score, scene),
                scene.state or "-",
                seconds_text(scene.at) if scene.at is not None else "-",
                str(scene.length) if scene.length is not None else "-",
                _next(scene, following),
            )
        )
    return Table("Scenes", ("scene", "place", "who", "state", "at", "length", "next"), tuple(rows))


def _nobody(score: CompiledScore, scene: Scene) -> str:
    if score.lead_motifs:
        return "every lead motif in turn"
    place = score.places.get(scene.place)
    return f"the place's motif {place.motif}" if place is not None and place.motif else NOBODY


def _next(scene: Scene, following: str) -> str:
    if not following:
        return "-"
    return f"{following}, by itself" if scene.length is not None else f"{following}, by go next"


def _states(score: CompiledScore) -> Table:
    columns = ("state", "tempo", "metre", "key", "palette", "harmony", "layers", "figures",
               "dynamic", "levels", "phrase", "breathe", "rest", "density")  # fmt: skip
    states = score.states.values() or (State(""),)
    return Table("States", columns, tuple(_state(state, score) for state in states))


def _state(state: State, score: CompiledScore) -> tuple[str, ...]:
    defaults = score.defaults
    return (
        state.name or "(no state)",
        f"{state.tempo or defaults.tempo:g} bpm",
        str(state.metre or defaults.metre),
        _key_in_force(state, score),
        chosen(state.palette) or ("the place's" if score.palettes else "piano for all"),
        chosen(state.harmony) or "the tonic triad",
        _layers(state, score),
        pairs({role: chosen(choice) for role, choice in _figures_of(state, score).items()}),
        mark_of(state.dynamic) if state.dynamic is not None else MEZZO_FORTE,
        pairs({name: decibels(db) for name, db in state.levels.items()}),
        str(state.phrase or defaults.phrase),
        str(state.breathe or defaults.breathe),
        str(state.rest or defaults.rest),
        f"{1 if state.density is None else state.density:g}",
    )


def _key_in_force(state: State, score: CompiledScore) -> str:
    key = state.key or score.defaults.key
    for name in state.harmony.options[:1] if state.harmony is not None else ():
        return str(score.progressions[name].key or key)
    return str(key)


def _own_palettes(state: State, score: CompiledScore) -> list[Palette]:
    names = state.palette.options if state.palette is not None else ()
    return [score.palettes[name] for name in names]


def _layers(state: State, score: CompiledScore) -> str:
    if state.layers is not None:
        return " ".join(state.layers) or NOBODY
    roles = dict.fromkeys(role for palette in _own_palettes(state, score) for role in palette.roles)
    if roles:
        return " ".join(roles)
    return "every role of the place's palette" if score.palettes else "lead"


def _figures_of(state: State, score: CompiledScore) -> Mapping[str, Choice[str]]:
    found: dict[str, Choice[str]] = {}
    for palette in reversed(_own_palettes(state, score)):
        found |= palette.figures
    return {**found, **state.figures}


# --------------------------------------------------------------------------------------------------
# The material


def _motifs(score: CompiledScore) -> Table:
    rows = []
    for motif in score.motifs.values():
        rows.append(_motif(motif, score))
    columns = ("motif", "role", "fit", "notes", "length", "pickup", "range", "times",
               "states", "each time")  # fmt: skip
    return Table("Motifs", columns, tuple(rows))


def _motif(motif: Motif, score: CompiledScore) -> tuple[str, ...]:
    times = {0: "over and over", 1: "once"}.get(motif.times, f"{motif.times} times")
    return (
        motif.name,
        motif.role,
        motif.fit,
        str(len(motif.notes)),
        bars_text(motif.length / motif.metre.bar, str(motif.metre)),
        quarters_text(motif.pickup / QUARTER) if motif.pickup else "-",
        span_of(motif, score.defaults.key),
        times,
        "; ".join(
            f"{name}: {', '.join(map(str, state.vary)) or 'as written'}"
            for name, state in motif.states.items()
        )
        or "-",
        ", ".join(" ".join(map(str, entry)) or "as written" for entry in motif.each_time) or "-",
    )


def bars_text(count: float, metre: str) -> str:
    """ "2 bars of 4/4"."""
    return f"{count:g} {'bar' if count == 1 else 'bars'} of {metre}"


def quarters_text(count: float) -> str:
    """ "1 quarter"."""
    return f"{count:g} {'quarter' if count == 1 else 'quarters'}"


def _figures(figures: Iterable[Figure]) -> Table:
    rows = tuple(
        (
            figure.name,
            figure.role,
            str(sum(len(bar.notes) for bar in figure.bars)),
            str(len(figure.bars)),
            f"{sum(bar.length for bar in figure.bars) / QUARTER:g}",
        )
        for figure in figures
    )
    return Table("Figures", ("figure", "role", "notes", "bars", "quarters"), rows)


def _progressions(score: CompiledScore) -> Table:
    rows = tuple(
        (each.name, str(each.key or score.defaults.key), _chords(each, score))
        for each in score.progressions.values()
    )
    return Table("Progressions", ("progression", "key", "chords"), rows)


def _chords(progression: Progression, score: CompiledScore) -> str:
    key = progression.key or score.defaults.key
    return " | ".join(
        " ".join(realise(numeral, key, progression.home).name for numeral in bar)
        for bar in progression.bars
    )


# --------------------------------------------------------------------------------------------------
# Who plays


def _palettes(palettes: Iterable[Palette]) -> Table:
    columns = ("palette", "players", "dynamic", "touch", "register", "figures", "levels")
    return Table("Palettes", columns, tuple(map(_palette, palettes)))


def _palette(palette: Palette) -> tuple[str, ...]:
    return (
        palette.name,
        pairs({role: players(choice) for role, choice in palette.roles.items()}),
        "..".join(map(mark_of, palette.dynamic)) if palette.dynamic is not None else "ppp..fff",
        palette.touch or "normal",
        f"{palette.register:+d}" if palette.register else "as written",
        pairs({role: chosen(choice) for role, choice in palette.figures.items()}),
        pairs({name: decibels(db) for name, db in palette.levels.items()}),
    )


def _voices(score: CompiledScore) -> Table:
    rows = tuple(
        (
            voice.instrument,
            voice.role or "every other role",
            voice.out or "the default",
            str(voice.channel + 1),
            "kit"
            if score.instruments[voice.instrument].kit
            else f"{voice.program + 1} {PROGRAM_NAMES[voice.program]}",
        )
        for voice in _told_voices(score)
    )
    return Table("Voices", ("instrument", "role", "out", "channel", "program"), rows)


def _told_voices(score: CompiledScore) -> Iterator[Voice]:
    """Every voice but an instrument's voice for all roles on a channel that its roles have too."""
    of_roles = {(v.instrument, v.out, v.channel) for v in score.voices.values() if v.role}
    for voice in score.voices.values():
        if voice.role or (voice.instrument, voice.out, voice.channel) not in of_roles:
            yield voice


# --------------------------------------------------------------------------------------------------
# What happens


def _cues(cues: Iterable[CueRule]) -> Table:
    rows = tuple(
        (cue.number or "-", cue.name, fired_by(cue), _does(cue), _only(cue), cue.note or "-")
        for cue in cues
    )
    return Table("Cues", ("number", "cue", "fired by", "does", "only", "note"), rows)


def _does(cue: CueRule) -> str:
    sets = [f"set {cue.sets}"] if cue.sets else []
    if isinstance(cue.do, Rotation):
        options = (", ".join(entry.text for entry in option) for option in cue.do.options)
        word = "shuffled" if cue.do.shuffled else "in turn"
        return ", ".join([f"{word}: {' / '.join(options)}", *sets])
    return ", ".join([*(entry.text for entry in cue.do), *sets]) or "-"


def _only(cue: CueRule) -> str:
    parts = [f"while {' or '.join(map(condition_text, cue.while_))}"] if cue.while_ else []
    parts += ["once"] if cue.once else []
    parts += [f"every {seconds_text(cue.cooldown)} at most"] if cue.cooldown else []
    return ", ".join(parts) or "-"


def _transitions(transitions: Mapping[tuple[str, str], Transition]) -> Table:
    rows = tuple(
        (
            each.name,
            str(each.at),
            str(each.wait_at_most) if each.wait_at_most is not None else "as long as it takes",
            each.enter or "from the top",
            each.bridge or "none",
            str(each.fade) if each.fade is not None else "none",
            each.held,
            "direct",
            f"ramp {each.ramp}" if each.ramp is not None else "step",
        )
        for each in transitions.values()
    )
    columns = (
        "transition",
        "at",
        "wait at most",
        "enter",
        "bridge",
        "fade",
        "held",
        "key",
        "tempo",
    )
    return Table("Transitions", columns, rows)
