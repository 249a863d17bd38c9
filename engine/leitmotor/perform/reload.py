"""Another score takes over in the middle of a performance (S34)."""

from __future__ import annotations

from leitmotor.messages import Program
from leitmotor.music.tempo import constant
from leitmotor.perform.director import Director
from leitmotor.perform.overlay_state import Overlaid
from leitmotor.perform.parameters import keep_parameters
from leitmotor.perform.state import Lead, Override, State
from leitmotor.score.compiled import CompiledScore


class Reload:
    """Keeps what outlives a score (arcs, presence, ledger), and drops what names the old one."""

    def __init__(self, score: CompiledScore, state: State) -> None:
        self.score = score
        self.state = state

    def prepare(self) -> None:
        """Make the state fit to be read with the new score."""
        state, score = self.state, self.score
        state.statements.clear()
        state.lines.clear()
        state.tempo.factors.clear()  # those of the statements
        state.sequences.clear()
        state.overlaid = Overlaid()
        state.casts.clear()
        state.picked.clear()
        state.lead = Lead(serial=state.lead.serial + 1)
        state.overrides = [o for o in state.overrides if o.keep and self._known(o)]
        keep_parameters(score, state)
        state.arcs = {
            name: arc
            for name, arc in state.arcs.items()
            if name in score.characters and arc in score.characters[name].arc
        }
        state.deeds = [deed for deed in state.deeds if deed.who in score.characters]
        names = {scene.name for scene in score.scenes}
        state.scene = state.scene if state.scene in names else score.scenes[0].name
        state.story = state.story if state.story in score.states else ""
        state.present = [name for name in state.present if name in score.characters]
        cues = {rule.name for rule in score.cues}
        state.cues = {name: record for name, record in state.cues.items() if name in cues}
        for sounding in state.ledger.values():
            sounding.owner = "left"
        if not state.tempo.segments:
            state.tempo.segments.append(constant(0, 0.0, score.defaults.tempo))

    def _known(self, override: Override) -> bool:
        """A setting that names something only stays where the new score has it."""
        score = self.score
        thing = override.thing.split(" ")[0]
        tables: dict[str, set[str]] = {
            "harmony": set(score.progressions),
            "palette": set(score.palettes),
            "figure": set(score.figures),
            "players": set(score.instruments),
        }
        if thing not in tables:
            return True
        value = override.value
        names = value if isinstance(value, tuple) else (str(value),)
        return all(name in tables[thing] for name in names)

    def enter(self, director: Director) -> None:
        """Begin where we were, in the new score."""
        house, ensemble = director.house, director.ensemble
        for voice in self.score.voices.values():
            if ensemble.mixer.adopt(voice):
                house.changes.append(Program(self.state.tick, house.seconds, self.state.bar, voice))
        scene = next(s for s in self.score.scenes if s.name == self.state.scene)
        cause = house.cause("reload")
        was_playing = self.state.playing
        if was_playing:
            ensemble.entries.enter(scene.name, self.state.story or scene.state, None, cause)
        else:
            ensemble.ledger.end_all()
