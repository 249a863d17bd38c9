"""States, scenes, cues, transitions, and what holds where nothing else is said."""

from __future__ import annotations

from collections.abc import Mapping

from leitmotor.music.length import NEXT_BAR, Length, bars
from leitmotor.music.metre import COMMON_TIME
from leitmotor.music.scale import MAJOR, Key, Mode
from leitmotor.score.compile.cast import figures_of, levels_of
from leitmotor.score.compile.material import gap, named
from leitmotor.score.compiled import Choice, CueRule, Defaults, Scene, State, Transition
from leitmotor.score.model import story as model
from leitmotor.score.model.root import Score
from leitmotor.score.text_checks import CueText
from leitmotor.score.verbs import Entry, Rotation

START_ON_CUE = {"at once": False, "on cue": True}


def key_of(written: tuple[int, int, Mode | None], mode: Mode = MAJOR) -> Key:
    """A key as written; without a mode it is major."""
    letter, alter, own = written
    return Key(letter, alter, own or mode)


def compile_defaults(time: model.Time) -> Defaults:
    """What `time:` gives."""
    return Defaults(
        tempo=time.tempo or 100.0,
        metre=time.metre or COMMON_TIME,
        key=key_of(time.key or (0, 0, MAJOR)),
        phrase=time.phrase or bars(4),
        breathe=time.breathe or bars(1),
        rest=gap(time.rest) or bars(4),
        start_on_cue=START_ON_CUE.get(time.start),
        frame_rate=time.frame_rate,
        timecode_starts=time.first_frame,
        swing=time.swing,
        humanise=time.humanise,
        count_in=time.count_in,
    )


def compile_state(name: str, entry: model.State, defaults: Defaults) -> State:
    """A story state."""
    return State(
        name,
        tempo=entry.tempo,
        metre=entry.metre,
        key=key_of(entry.key, defaults.key.mode) if entry.key is not None else None,
        palette=named(entry.palette, f"state {name} palette"),
        harmony=named(entry.harmony, f"state {name} harmony"),
        layers=entry.layers,
        figures=figures_of(entry.figures, f"state {name}"),
        levels=levels_of(entry.levels),
        dynamic=entry.dynamic,
        phrase=entry.phrase,
        breathe=entry.breathe,
        rest=gap(entry.rest),
        density=entry.density,
    )


def compile_scenes(score: Score) -> tuple[Scene, ...]:
    """The scenes in file order; without any, one scene `all` (S13)."""
    scenes = tuple(
        Scene(
            name=entry.id,
            place=entry.place,
            who=entry.who,
            state=entry.state,
            at=entry.at,
            length=entry.length,
            phrase=entry.phrase,
            breathe=entry.breathe,
            rest=gap(entry.rest),
            marks={mark: place.bar for mark, place in entry.marks.items()},
            passages=tuple(
                Choice(each.options, f"scene {entry.id} passage {number}", each.shuffled)
                for number, each in enumerate(entry.passage)
            ),
        )
        for entry in score.scenes
    )
    return scenes or (Scene("all", "", (), ""),)


def compile_cues(score: Score, texts: Mapping[str, CueText]) -> tuple[CueRule, ...]:
    """The cues in file order. The GO order is those listed; else those with a number; else all."""
    numbered = any(entry.number for entry in score.cues.values())
    rules = []
    for name, entry in score.cues.items():
        text = texts.get(name, CueText((), (), ()))
        listed = bool(entry.number) if numbered else bool(text.do)
        rules.append(
            CueRule(
                name=name,
                when=text.when,
                do=text.do,
                sets=entry.set_,
                while_=text.while_,
                once=entry.once,
                cooldown=entry.cooldown,
                number=entry.number,
                note=entry.note,
                listed=listed if entry.list_ is None else entry.list_,
                scale=entry.scale,
            )
        )
    return tuple(rules)


def compile_transitions(score: Score) -> dict[tuple[str, str], Transition]:
    """The table, every key filled in from `default` and then from S29."""
    default = score.transitions.get("default", model.Transition())
    table = {("", ""): _transition("default", default, default)}
    for name, entry in score.transitions.items():
        if name != "default":
            before, _, after = (part.strip() for part in name.partition("->"))
            table[before, after] = _transition(name, entry, default)
    return table


def _transition(name: str, entry: model.Transition, default: model.Transition) -> Transition:
    ramp = entry.tempo or default.tempo
    wait: Length | None = entry.wait_at_most or default.wait_at_most
    return Transition(
        name=name,
        at=entry.at or default.at or NEXT_BAR,
        wait_at_most=wait,
        fade=entry.fade or default.fade,
        held=entry.held or default.held or "release",
        ramp=ramp.length if ramp is not None else None,
        enter=_enter(entry.enter or default.enter),
        bridge=entry.bridge or default.bridge,
    )


def _enter(written: str) -> str:
    return "" if written == "from the top" else written


def entries_of(rule: CueRule) -> tuple[Entry, ...]:
    """Every entry that a cue may carry out."""
    if isinstance(rule.do, Rotation):
        return tuple(entry for option in rule.do.options for entry in option)
    return rule.do
