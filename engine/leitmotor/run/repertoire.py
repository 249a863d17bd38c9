"""What of a score can be heard by itself, and what a name asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from leitmotor.errors import CueError
from leitmotor.records import record
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.nearest import nearest

AS_WRITTEN = "as written"


class Kind(Enum):
    """What is heard."""

    MOTIF = "motif"
    FIGURE = "figure"
    PASSAGE = "passage"
    STINGER = "stinger"
    ROLE = "role"  # of a palette, alone
    TOGETHER = "together"  # all roles of a palette


@record
class Subject:
    """One thing to be heard; `label` is what it is called when it is announced.

    `name` is that of a motif, figure, passage or stinger, of a ROLE or TOGETHER the palette's. A
    motif may be a character's, in a `state`; a ROLE says which `role`.
    """

    kind: Kind
    name: str
    label: str
    character: str = ""
    state: str = ""
    role: str = ""


def everything(score: CompiledScore) -> tuple[Subject, ...]:
    """Every character in every state, then the motifs that nobody owns."""
    owned = {character.motif for character in score.characters.values()}
    found = [subject for name in score.characters for subject in _of_character(score, name)]
    for motif in score.motifs:
        if motif not in owned:
            found += _of_motif(score, motif)
    return tuple(found)


def asked(score: CompiledScore, names: Sequence[str]) -> tuple[Subject, ...]:
    """What `names` ask for, in their order; without any, `everything`.

    A name is that of a character, motif, palette, figure, passage or stinger; where several bear
    it, `figure cradle` says which. `mara as lost` is one state. `CueError` for what is none.
    """
    if not names:
        found = everything(score)
        if not found:
            raise CueError(f"{score.title} has no motif to listen to.{_all_there_is(score)}")
        return found
    return tuple(subject for name in names for subject in _named(score, name.strip()))


def _named(score: CompiledScore, name: str) -> Iterable[Subject]:
    found = list(_of_name(score, name))
    word, _, rest = name.partition(" ")
    if not found and word in _tables(score) and rest:
        if rest not in _tables(score)[word]:
            raise CueError(_unknown(f"{word} called", rest, _tables(score)[word], score))
        found = list(_of_kind(score, word, rest))
    owner, joined, state = name.rpartition(" as ")
    if not found and joined:
        found = _in_state(score, owner.strip(), state.strip())
    if not found:
        known = [each for names in _tables(score).values() for each in names]
        raise CueError(_unknown("thing called", name, known, score))
    return found


def _of_name(score: CompiledScore, name: str) -> Iterator[Subject]:
    """All that bears a name; of a character and a motif of one name the character."""
    for kind, known in _tables(score).items():
        if name in known and not (kind == "motif" and name in score.characters):
            yield from _of_kind(score, kind, name)


def _of_kind(score: CompiledScore, kind: str, name: str) -> Sequence[Subject]:
    if kind == "character":
        return _of_character(score, name)
    if kind == "motif":
        return _of_motif(score, name)
    if kind == "palette":
        return _of_palette(score, name)
    return (Subject(Kind(kind), name, f"{kind} {name}"),)


def _of_character(score: CompiledScore, name: str) -> Sequence[Subject]:
    character = score.characters[name]
    if not character.motif:
        return ()
    states = score.motifs[character.motif].states
    row = [state for state in character.arc if state in states]
    row += [state for state in states if state not in row]
    return _in_states(character.motif, name, row)


def _of_motif(score: CompiledScore, name: str) -> Sequence[Subject]:
    owners = (c.name for c in score.characters.values() if c.motif == name)
    return _in_states(name, next(owners, ""), list(score.motifs[name].states), name)


def _in_states(
    motif: str, character: str, states: Sequence[str], called: str = ""
) -> Sequence[Subject]:
    called = called or character
    plain = f"{called} {AS_WRITTEN}" if states else called
    first = Subject(Kind.MOTIF, motif, plain, character)
    rest = [Subject(Kind.MOTIF, motif, f"{called} as {s}", character, s) for s in states]
    return (first, *rest)


def _in_state(score: CompiledScore, owner: str, state: str) -> list[Subject]:
    """`mara as lost`; nothing where `owner` is neither a character nor a motif."""
    if owner not in score.characters and owner not in score.motifs:
        return []
    kind = "character" if owner in score.characters else "motif"
    states = {subject.state or "written": subject for subject in _of_kind(score, kind, owner)}
    if state not in states:
        raise CueError(
            f"{owner} has no state `{state}`{_near(state, states)} To listen to:"
            f" {', '.join(f'{owner} as {each}' for each in states)}"
        )
    return [states[state]]


def _of_palette(score: CompiledScore, name: str) -> Sequence[Subject]:
    roles = score.palettes[name].roles
    alone = [Subject(Kind.ROLE, name, f"{role} alone", role=role) for role in roles]
    if len(alone) < 2:
        return alone
    return (*alone, Subject(Kind.TOGETHER, name, "all together"))


def _tables(score: CompiledScore) -> Mapping[str, Iterable[str]]:
    return {
        "character": [c.name for c in score.characters.values() if c.motif],
        "motif": list(score.motifs),
        "palette": list(score.palettes),
        "figure": list(score.figures),
        "passage": list(score.passages),
        "stinger": list(score.stingers),
    }


def _unknown(kind: str, name: str, known: Iterable[str], score: CompiledScore) -> str:
    return f"there is no {kind} `{name}`{_near(name, known)}{_all_there_is(score)}"


def _near(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"; did you mean `{near}`?" if near is not None else "."


def _all_there_is(score: CompiledScore) -> str:
    rows = [(kind, tuple(names)) for kind, names in _tables(score).items()]
    told = [f"{kind}s {', '.join(names)}" for kind, names in rows if names]
    return f" To listen to: {'; '.join(told)}" if told else ""


def checked_palettes(score: CompiledScore, names: Sequence[str]) -> tuple[str, ...]:
    """The palettes asked for. `CueError` for one that the score does not have."""
    for name in names:
        if name not in score.palettes:
            has = ", ".join(score.palettes) or "none"
            near = _near(name, score.palettes)
            raise CueError(f"--palette: the score has no palette `{name}`{near} It has: {has}")
    return tuple(dict.fromkeys(names))
