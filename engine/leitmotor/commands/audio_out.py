"""The built-in sound of a live performance, by the options and the rig."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.errors import CueError
from leitmotor.outputs.audio_names import AUDIO, is_audio
from leitmotor.run.audio_plan import USUAL_LUFS, AudioPlan
from leitmotor.run.patches import patches_of
from leitmotor.run.ports import Destinations
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import LoadedScore


def rig_outs_of(loaded: LoadedScore) -> tuple[tuple[str, str], ...]:
    """What the rig plays on, as `--out` would name it, each with its output's name."""
    if loaded.rig is None:
        return ()
    outputs = loaded.rig.outputs.items()
    ports = tuple((f"midi:{out.midi}", name) for name, out in outputs if out.midi)
    devices = tuple((f"{AUDIO}:{out.device}", out.name) for out in loaded.score.audio_outs)
    return (*ports, *devices)


def audio_out_of(
    where: Destinations, rig_outs: Sequence[tuple[str, str]], score: CompiledScore
) -> AudioPlan | None:
    """The sound that goes to `where`, None for none; `rig_outs` are those outputs that are used.

    `CueError` where the rig has several.
    """
    if where.audio is None:
        return None
    patches = patches_of(score)
    names = [name for text, name in rig_outs if is_audio(text)]
    if not names:
        return AudioPlan(where.audio, is_wished=where.is_wished, patches=patches)
    if len(names) > 1:
        raise CueError(
            f"the rig has {len(names)} outputs with `audio`: {', '.join(names)}; the sound goes"
            " through one device, so leave one of them"
        )
    out = next(out for out in score.audio_outs if out.name == names[0])
    return AudioPlan(
        out.device,
        host=out.host,
        rate=out.rate,
        block=out.block,
        latency=out.latency,
        loudness=USUAL_LUFS if out.loudness is None else out.loudness,
        out=out.name,
        patches=patches,
    )
