"""Where a palette's range holds back a dynamic that somebody wrote (S23), for `explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leitmotor.music.dynamics import level_of, mark_of
from leitmotor.music.notes import Note
from leitmotor.score.check.mentions import mentions_of
from leitmotor.score.check.settings import Setting, stage_of
from leitmotor.score.check.sounding import Sounding, Statement
from leitmotor.score.compiled import CompiledScore, Palette
from leitmotor.score.read import ReadScore

COLUMNS = ("what", "where", "palette", "written", "sounds")
Row = tuple[str, ...]

_MF = level_of("mf")


def held_back(read: ReadScore, score: CompiledScore) -> tuple[Row, ...]:
    """(what, where, the palette and its range, as written, as it sounds), each once."""
    sounding = Sounding(stage_of(score, mentions_of(read, score)))
    found = (*_motifs(sounding), *_figures(sounding))
    return tuple(dict.fromkeys(found))


def _motifs(sounding: Sounding) -> Iterator[Row]:
    for each in sounding.statements:
        variant = each.variant
        own = variant.dynamic if variant is not None else None
        written = own if own is not None else each.setting.state.dynamic
        if not each.casts:
            continue
        for palette in _casting(sounding.score, each):
            yield from _row(
                f"the motif {each.label}",
                each.setting,
                palette,
                written,
                each.form.notes,
                each.role,
            )


def _casting(score: CompiledScore, statement: Statement) -> Iterator[Palette]:
    """The palettes that may give a statement its players (S9)."""
    variant = statement.variant
    owners = [c.palette for c in score.characters.values() if c.motif == statement.motif.name]
    for own in dict.fromkeys(owners or [""]):
        above = [score.palettes[name] for name in (variant.palette if variant else "", own) if name]
        yield from _first_with(statement.role, above, statement.setting)


def _first_with(role: str, above: Iterable[Palette], setting: Setting) -> Iterator[Palette]:
    for below in setting.palettes:
        palette = next((p for p in (*above, *below) if role in p.roles), None)
        if palette is not None:
            yield palette


def _figures(sounding: Sounding) -> Iterator[Row]:
    for line in sounding.lines:
        figure = sounding.score.figures.get(line.figure)
        if figure is None or not line.casts:
            continue
        notes = [note for bar in figure.bars for note in bar.notes]
        for palette in _first_with(line.role, (), line.setting):
            what, written = f"the figure {figure.name}", line.setting.state.dynamic
            yield from _row(what, line.setting, palette, written, notes, line.role)


def _row(
    what: str,
    setting: Setting,
    palette: Palette,
    written: int | None,
    notes: Iterable[Note],
    role: str,
) -> Iterator[Row]:
    """A row where something was written and the palette's range cuts it off."""
    marks = [level for note in notes for level in (note.level, note.level_end) if level is not None]
    if palette.dynamic is None or (written is None and not marks):
        return
    base = _MF if written is None else written
    levels = [base + level - _MF for level in marks] or [float(base)]
    # Every role but the lead plays a step softer than is written.
    step = 0 if role == "lead" else 1
    softest, loudest = palette.dynamic
    sounds = [min(max(level - step, softest), loudest) for level in levels]
    if all(sound == level - step for sound, level in zip(sounds, levels, strict=True)):
        return
    room = f"{mark_of(softest)}..{mark_of(loudest)}"
    where = setting.title or "anywhere"
    yield what, where, f"{palette.name} ({room})", _span(levels), _span(sounds)


def _span(levels: list[float]) -> str:
    low, high = mark_of(min(levels)), mark_of(max(levels))
    return low if low == high else f"{low}..{high}"
