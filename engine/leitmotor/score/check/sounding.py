"""What sounds in each setting: statements of motifs, lines that play along, and who plays them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leitmotor.music.transform import Form
from leitmotor.score import verbs
from leitmotor.score.check.settings import Setting, Stage, asked_palettes, options
from leitmotor.score.compiled import Instrument, Motif, MotifState, Palette, Place, Players
from leitmotor.score.compiled_overlays import Stinger, players_of
from leitmotor.score.forms import form_of

PIANO: Players = ("piano",)
REGISTERED_ROLES = frozenset({"lead", "counter", "colour", "bed"})
"""Roles that a palette's `register` moves (S14)."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Players who take a role together, and how far their palette moves it, in octaves."""

    players: Players
    octaves: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A motif as it can be stated in a setting."""

    motif: Motif
    state: str
    form: Form
    role: str
    setting: Setting
    casts: tuple[Cast, ...]  # empty where nobody is heard
    leads: bool
    passage: str = ""  # of which it is a part

    @property
    def title(self) -> str:
        """As messages call it."""
        if self.passage:
            return f"the part {self.role} of the passage {self.passage}"
        return f"the motif {self.label}"

    @property
    def variant(self) -> MotifState | None:
        """The state in which the motif is played."""
        return self.motif.states.get(self.state)

    @property
    def label(self) -> str:
        """ "mara as lost"."""
        return f"{self.motif.name} as {self.state}" if self.state else self.motif.name


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A role that plays along in a setting: a figure by name, or held chords (no name)."""

    role: str
    figure: str
    setting: Setting
    casts: tuple[Cast, ...]


class Sounding:
    """Everything that can be heard in a score, and the palettes that it is heard in."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.score = stage.score
        self.heard_palettes: set[str] = set()
        self._casts: dict[tuple[int, str, tuple[str, ...]], tuple[Cast, ...]] = {}
        self._owners = {
            motif: [c.name for c in self.score.characters.values() if c.motif == motif]
            for motif in self.score.motifs
        }
        self._arcs = {name: self._arc_states(name) for name in self.score.characters}
        self._by_cue = tuple(
            self.score.palettes[name] for name in asked_palettes(self.score, stage.mentions)
        )
        self._players_by_cue = {
            (verb.role, verb.instrument)
            for verb in stage.mentions.of(verbs.PlayOn)
            if verb.instrument in self.score.instruments
        }
        self.statements = tuple(self._different())
        self.lines = tuple(self._lines())

    # -- who plays ---------------------------------------------------------------------------------

    def casts(self, setting: Setting, role: str, own: tuple[str, ...] = ()) -> tuple[Cast, ...]:
        """Everyone who may come to play a role; `own` palettes rank before the setting's (S9)."""
        key = (id(setting), role, own)
        found = self._casts.get(key)
        if found is None:
            found = tuple(dict.fromkeys(self._weighed(setting, role, own)))
            self._casts[key] = found
        return found

    def _weighed(self, setting: Setting, role: str, own: tuple[str, ...]) -> Iterator[Cast]:
        before = tuple(self.score.palettes[name] for name in own if name)
        found: dict[str, Palette] = {}
        for below in setting.palettes:
            palette = next((p for p in (*before, *below) if role in p.roles), None)
            if palette is not None:
                found[palette.name] = palette
            elif not before and not below:
                yield Cast(PIANO)
        for palette in found.values():
            yield from self._of_palette(palette, role)
        for palette in self._by_cue:
            if role in palette.roles:
                yield from self._of_palette(palette, role)
        for played, instrument in sorted(self._players_by_cue):
            if played == role:
                yield Cast((instrument,))

    def _of_palette(self, palette: Palette, role: str) -> Iterator[Cast]:
        self.heard_palettes.add(palette.name)
        octaves = palette.register // 12 if base_role(role) in REGISTERED_ROLES else 0
        for players in palette.roles[role].options:
            yield Cast(players, octaves)

    def instruments(self, cast: Cast, technique: str = "") -> tuple[Instrument, ...]:
        """The instruments of a cast, as one technique makes them."""
        known = self.score.instruments
        return tuple(known.get(f"{name} {technique}", known[name]) for name in cast.players)

    def of_stinger(self, stinger: Stinger) -> Cast:
        """Everyone who may come to play a stinger, in the order in which they are named."""

        def of_role(role: str) -> Iterator[str]:
            for cast in self.casts(self.stage.everywhere, role):
                yield from cast.players

        return Cast(players_of(stinger, self.score.instruments, of_role))

    # -- statements --------------------------------------------------------------------------------

    def _different(self) -> Iterator[Statement]:
        seen = set()
        for each in self._statements():
            name = (each.motif.name, each.state, each.role, each.setting, each.casts, each.leads)
            if name not in seen:
                seen.add(name)
                yield each

    def _statements(self) -> Iterator[Statement]:
        entering = self.stage.mentions.asked(verbs.Enter, "character", self.score.characters)
        for setting in self.stage.settings:
            for name in self.score.lead_motifs:
                yield self._made(setting, self.score.motifs[name], "", "")
            who = {name: None for scene in setting.scenes for name in scene.who}
            for character in dict.fromkeys((*who, *entering)):
                yield from self._of_character(setting, character)
            for place in setting.places:
                yield from self._of_place(setting, place)
            for name in passages_in(setting):
                yield from self._of_passage(setting, name)
        for verb in self.stage.mentions.of(verbs.PlayMotif):
            yield from self._of_verb(self.stage.everywhere, verb)
        for name in self._passages_by_verbs():
            yield from self._of_passage(self.stage.everywhere, name)

    def _passages_by_verbs(self) -> dict[str, None]:
        """Passages that verbs and transitions bring about, wherever that may be."""
        mentions, score = self.stage.mentions, self.score
        named = mentions.asked(verbs.PlayPassage, "passage", score.passages)
        named += mentions.asked(verbs.Finish, "passage", score.passages)
        named += tuple(way.bridge for way in score.transitions.values())
        return {name: None for name in named if name in score.passages}

    def _of_passage(self, setting: Setting, name: str) -> Iterator[Statement]:
        """The written parts of a passage, in its own key, tempo and harmony."""
        passage = self.score.passages[name]
        key = passage.key or setting.home
        chords = options(passage.progression)
        own = replace(
            setting,
            home=key,
            keys=(key,) if passage.key else setting.keys,
            tempo=passage.tempo or setting.tempo,
            progressions=tuple(self.score.progressions[c] for c in chords) or setting.progressions,
            metres=frozenset({passage.metre or setting.metre}),
        )
        for part in passage.parts:
            if part.motif:
                motif = self.score.parts[part.motif]
                casts = self.casts(setting, part.role)
                if part.instrument:
                    casts = (Cast((part.instrument,)),)
                yield Statement(motif, "", form_of(motif, ""), part.role, own, casts, False, name)

    def _of_character(self, setting: Setting, name: str) -> Iterator[Statement]:
        motif = self.score.motifs.get(self.score.characters[name].motif)
        for state in self._arcs[name] if motif is not None else ():
            assert motif is not None
            yield self._made(setting, motif, state if state in motif.states else "", name)

    def _arc_states(self, name: str) -> tuple[str, ...]:
        """Every state of its arc that a character can come to."""
        arc = self.score.characters[name].arc
        states = list(arc[:1]) or [""]
        for verb in self.stage.mentions.of(verbs.Arc):
            if verb.character == name or "$" in verb.character:
                if "$" in verb.state:
                    states += sorted(self.stage.mentions.known.arcs.get(name, ()))
                states += [verb.state] if verb.state else arc
        return tuple(dict.fromkeys(states))

    def _of_place(self, setting: Setting, place: Place) -> Iterator[Statement]:
        motif = self.score.motifs.get(place.motif)
        if motif is None:
            return
        if motif.role == "lead":
            # As lead it leads only where nobody is there (S13).
            there = (scene for scene in setting.scenes if scene.place == place.name)
            nobody = any(not scene.who for scene in there)
            sounds = nobody and not self.score.lead_motifs
        else:
            sounds = motif.role not in setting.figures_by_name
        if sounds:
            yield self._made(setting, motif, "", "")

    def _of_verb(self, setting: Setting, verb: verbs.PlayMotif) -> Iterator[Statement]:
        names = self.score.motifs if "$" in verb.motif else (verb.motif,)
        for name in names:
            motif = self.score.motifs.get(name)
            for owner in (self._owners[name] or [""]) if motif is not None else ():
                assert motif is not None
                said = (verb.state,) if verb.state else self._arcs.get(owner, ("",))
                for state in said:
                    known = state if state in motif.states else ""
                    yield self._made(setting, motif, known, owner, verb)

    def _made(
        self,
        setting: Setting,
        motif: Motif,
        state: str,
        character: str,
        verb: verbs.PlayMotif | None = None,
    ) -> Statement:
        form = form_of(motif, state)
        role = (verb.role if verb else "") or form.role or motif.role
        leads = verb is None or verb.role in ("", "lead")
        own = [motif.states[state].palette] if state else []
        if character:
            own.append(self.score.characters[character].palette)
        casts: tuple[Cast, ...] = ()
        if role in setting.layers or not leads:
            with_whom = (verb.instrument if verb else "") or form.instrument
            if with_whom in self.score.instruments:
                casts = (Cast((with_whom,)),)
            else:
                casts = self.casts(setting, role, tuple(name for name in own if name))
        return Statement(motif, state, form, role, setting, casts, leads)

    # -- lines -------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[Line]:
        for setting in self.stage.settings:
            for role in sorted(setting.layers - {"lead"}):
                casts = self.casts(setting, role)
                if role not in setting.figures_by_name and self._is_taken(setting, role):
                    continue
                for figure in sorted(setting.figures.get(role, ())):
                    yield Line(role, figure, setting, casts)
                if not setting.figures.get(role) and base_role(role) in ("bed", "bass", "pulse"):
                    yield Line(role, "", setting, casts)

    def _is_taken(self, setting: Setting, role: str) -> bool:
        """Whether the motif of every place plays this role."""
        motifs = (self.score.motifs.get(place.motif) for place in setting.places)
        return all(motif is not None and motif.role == role for motif in motifs)


def passages_in(setting: Setting) -> dict[str, None]:
    """The passages that the scenes of a setting play."""
    rows = (choice for scene in setting.scenes for choice in scene.passages)
    return {name: None for choice in rows for name in choice.options}


def base_role(role: str) -> str:
    """`pulse 2` is a second line of the role pulse."""
    return role.rsplit(" ", 1)[0] if role[-1:].isdigit() else role
