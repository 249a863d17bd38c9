"""What of the rig the performer's process has to know."""

from __future__ import annotations

from leitmotor.score.compiled_rig import AudioOut
from leitmotor.score.model.rig import Rig


def compile_audio_outs(rig: Rig | None) -> tuple[AudioOut, ...]:
    """The outputs that are sound devices, in the order of the rig."""
    return tuple(
        AudioOut(
            name,
            output.audio,
            # What is not written is the device's own choice.
            rate=output.rate if "rate" in output.model_fields_set else 0,
            block=output.block if "block" in output.model_fields_set else 0,
            loudness=output.loudness,
            host=output.host,
            latency=output.latency,
        )
        for name, output in (rig.outputs if rig is not None else {}).items()
        if output.audio
    )
