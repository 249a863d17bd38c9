"""Something to listen to, made ready: a scene in which it is heard, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from leitmotor.music.length import bars
from leitmotor.music.metre import Metre
from leitmotor.music.time import WHOLE, Ticks
from leitmotor.perform.new_statements import Forms
from leitmotor.records import record
from leitmotor.run.at_home import Home, home_of
from leitmotor.run.repertoire import Kind, Subject
from leitmotor.score import verbs
from leitmotor.score.choice import Choice
from leitmotor.score.compiled import (
    Character,
    CompiledScore,
    Figure,
    FigureBar,
    Motif,
    Palette,
    State,
)
from leitmotor.score.compiled_passages import Passage
from leitmotor.score.verb_text import CHANGING

SILENT = Figure("\nsilent", "", (FigureBar((), WHOLE),))
"""What a role plays along while somebody states a motif in it."""

BARS_OF_A_ROLE = 2
BARS_TOGETHER = 4
"""How long a palette is shown where no motif says it."""

NEVER = bars(100_000)
"""How long the lead rests: what was heard is not to begin anew."""

COLOURING = (*CHANGING, verbs.Swell, verbs.Crescendo)
LEADING_AWAY = (verbs.ToState, verbs.Arc, verbs.Relationship, verbs.SetParameter, verbs.Dialogue)


class Until(Enum):
    """What tells that it is over."""

    STATED = "the motif has been stated"
    WRITTEN_OUT = "the passage is over"
    BARS = "so many bars have passed"


@record
class AuditionScene:
    """One thing, ready to be heard. `palette` casts it, and is empty where the score has none.

    `character` and `motif` are to be known under their own `name`; `roles` are those that must be
    cast for anything to be heard; `pickup` is what sounds before its first bar.
    """

    state: State
    metre: Metre
    palette: str
    roles: tuple[str, ...]
    until: Until
    bars: int = 0
    pickup: Ticks = 0
    character: Character | None = None
    motif: Motif | None = None
    passage: Passage | None = None
    stinger: str = ""
    place: str = ""  # in whose room, and how far away


def audition_scene(
    score: CompiledScore, subject: Subject, palette: str = "", times: int = 1
) -> AuditionScene:
    """How a subject is heard as it is at home; in a `palette` where one is named."""
    home = home_of(score, subject)
    return replace(_made(score, subject, home, palette, times), place=home.place)


def _made(
    score: CompiledScore, subject: Subject, home: Home, palette: str, times: int
) -> AuditionScene:
    if subject.kind is Kind.MOTIF:
        return _motif(score, subject, home, palette, times)
    if subject.kind is Kind.FIGURE:
        return _figure(score, score.figures[subject.name], home, palette, times)
    if subject.kind is Kind.PASSAGE:
        return _passage(score, score.passages[subject.name], home, palette)
    if subject.kind is Kind.STINGER:
        return _stinger(score, subject.name, home, palette)
    return _palette(score, subject, home)


# --------------------------------------------------------------------------------------------------
# One kind after the other


def _motif(
    score: CompiledScore, subject: Subject, home: Home, palette: str, times: int
) -> AuditionScene:
    written = score.motifs[subject.name]
    variant = written.states.get(subject.state)
    states = {variant.name: replace(variant, palette="")} if variant is not None else {}
    motif = replace(written, states=states, times=times, rest=None)
    form = Forms(replace(score, motifs={motif.name: motif})).of(motif.name, subject.state, 0)
    role = form.role or motif.role
    owner = score.characters.get(subject.character)
    cast_by = palette or _casting(
        score,
        (role,),
        variant.palette if variant is not None else "",
        owner.palette if owner is not None else "",
        *_at_home(home),
    )
    arc = (subject.state,) if subject.state else ()
    return _scene(
        score,
        home,
        cast_by,
        (role,),
        metre=motif.metre,
        until=Until.STATED,
        pickup=form.pickup,
        character=Character(subject.character or subject.name, motif.name, "", arc),
        motif=motif,
        figures=_silent(role),
    )


def _figure(
    score: CompiledScore, figure: Figure, home: Home, palette: str, times: int
) -> AuditionScene:
    cast_by = palette or _casting(score, (figure.role,), *_at_home(home))
    scene = _scene(
        score,
        home,
        cast_by,
        (figure.role,),
        metre=_metre_of(figure, home.state.metre or score.defaults.metre),
        until=Until.BARS,
        figures={figure.role: Choice((figure.name,))},
    )
    harmony = home.state.harmony or _first_progression(score)
    state = replace(scene.state, harmony=_one(harmony))
    count = max(BARS_OF_A_ROLE, len(figure.bars)) * times
    return replace(scene, state=state, bars=count)


def _passage(score: CompiledScore, written: Passage, home: Home, palette: str) -> AuditionScene:
    roles = tuple(part.role for part in written.parts if not part.instrument)
    cast_by = palette or _casting(score, roles, *_at_home(home))
    events = (
        replace(
            event,
            entries=tuple(
                entry
                for entry in event.entries
                if isinstance(entry.verb, COLOURING) and not isinstance(entry.verb, LEADING_AWAY)
            ),
        )
        for event in written.at
    )
    passage = replace(written, at=tuple(e for e in events if e.entries), again=False, then=())
    scene = _scene(
        score,
        home,
        cast_by,
        (),
        metre=written.metre or home.state.metre or score.defaults.metre,
        until=Until.WRITTEN_OUT,
        pickup=written.pickup,
        passage=passage,
    )
    return replace(scene, roles=roles)


def _stinger(score: CompiledScore, name: str, home: Home, palette: str) -> AuditionScene:
    """It lands a bar after its scene begins, so that its pickup has room."""
    stinger = score.stingers[name]
    motif = stinger.motif
    roles = tuple(who for who in stinger.with_ or ("lead",) if who not in score.instruments)
    cast_by = palette or _casting(score, roles, *_at_home(home))
    unit = score.defaults.metre.unit
    before = Metre(_rounded_up(motif.pickup, unit) + 1, score.defaults.metre.denominator)
    silent: dict[str, Choice[str]] = {}
    for role in roles:  # they are there, so that it may be theirs, and play nothing else
        silent |= _silent(role)
    scene = _scene(
        score,
        home,
        cast_by,
        roles,
        metre=before,
        until=Until.BARS,
        bars=1 + _rounded_up(motif.length, before.bar),
        figures=silent,
    )
    return replace(scene, stinger=name)


def _palette(score: CompiledScore, subject: Subject, home: Home) -> AuditionScene:
    palette = score.palettes[subject.name]
    tune = _tune(score, palette, home)
    roles = (subject.role,) if subject.role else tuple(palette.roles)
    figures: dict[str, Choice[str]] = {}
    sung = ""
    for role in roles:
        own = home.state.figures.get(role) or palette.figures.get(role)
        own = own or _figure_for(score, role)
        if role == "lead" or (own is None and role in ("counter", "colour") and subject.role):
            sung = role
        elif own is not None:
            figures[role] = _one(own) or own
    whole = not subject.role and sung and tune is not None
    metre = home.state.metre or (tune.metre if tune and sung else score.defaults.metre)
    scene = _scene(
        score,
        home,
        palette.name,
        roles,
        metre=metre,
        until=Until.STATED if whole else Until.BARS,
        bars=BARS_OF_A_ROLE if subject.role else BARS_TOGETHER,
        figures=figures,
    )
    state = replace(scene.state, harmony=_one(home.state.harmony or _first_progression(score)))
    if tune is None or not sung:
        return replace(scene, state=state)
    motif = replace(tune, role=sung, states={}, harmony=None, times=1, rest=None)
    state = replace(state, figures={**state.figures, **_silent(sung)})
    singer = Character(motif.name, motif.name, "", ())
    return replace(scene, state=state, motif=motif, character=singer, pickup=motif.pickup)


# --------------------------------------------------------------------------------------------------
# What they have in common


def _scene(
    score: CompiledScore,
    home: Home,
    palette: str,
    roles: tuple[str, ...],
    *,
    metre: Metre,
    until: Until,
    bars: int = 0,
    pickup: Ticks = 0,
    character: Character | None = None,
    motif: Motif | None = None,
    passage: Passage | None = None,
    figures: Mapping[str, Choice[str]] | None = None,
) -> AuditionScene:
    state = replace(
        home.state,
        tempo=home.state.tempo or score.defaults.tempo,
        metre=metre,
        palette=Choice((palette,)) if palette else None,
        harmony=_one(home.state.harmony),
        layers=roles,
        figures=figures or {},
        rest=NEVER,
        inputs={},
    )
    return AuditionScene(
        state, metre, palette, roles, until, bars, pickup, character, motif, passage
    )


def _silent(role: str) -> dict[str, Choice[str]]:
    return {role: Choice((SILENT.name,))} if role != "lead" else {}


def _at_home(home: Home) -> tuple[str, str]:
    choice = home.state.palette
    return choice.options[0] if choice is not None else "", home.palette


def _casting(score: CompiledScore, roles: tuple[str, ...], *palettes: str) -> str:
    """The first of these palettes, then of the score's, that casts all roles; else the first."""
    ranked = [*(name for name in palettes if name), *score.palettes]
    wanted = set(roles)
    suiting = (name for name in ranked if wanted <= score.palettes[name].roles.keys())
    return next(suiting, ranked[0] if ranked else "")


def _one(choice: Choice[str] | None) -> Choice[str] | None:
    """The first of what is taken in turn: an audition is to sound the same every time."""
    return Choice(choice.options[:1]) if choice is not None else None


def _first_progression(score: CompiledScore) -> Choice[str] | None:
    written = (name for name in score.progressions if "\n" not in name)
    return next((Choice((name,)) for name in written), None)


def _metre_of(figure: Figure, usual: Metre) -> Metre:
    """The metre that a figure's bars fill."""
    length = figure.bars[0].length
    if usual.bar % length == 0:
        return usual
    units = (unit for unit in (4, 8, 16, 32, 64) if length % (WHOLE // unit) == 0)
    unit = next(units, 0)
    return Metre(length * unit // WHOLE, unit) if unit else usual


def _rounded_up(length: Ticks, unit: Ticks) -> int:
    return -(-length // unit)


def _tune(score: CompiledScore, palette: Palette, home: Home) -> Motif | None:
    """What the lead plays to show a palette: its character's motif, else the first one."""
    owned = [c for c in score.characters.values() if c.motif]
    first = [c for c in owned if c.palette == palette.name]
    first += [c for c in owned if c.name in home.who]
    names = [*(c.motif for c in (*first, *owned)), *score.motifs]
    return next((score.motifs[n] for n in names if score.motifs[n].role == "lead"), None)


def _figure_for(score: CompiledScore, role: str) -> Choice[str] | None:
    """A figure for a role that would be silent without one."""
    if role.split(" ")[0] in ("bed", "bass", "pulse", "lead"):
        return None
    fitting = (figure.name for figure in score.figures.values() if figure.role == role)
    return next((Choice((name,)) for name in fitting), None)
