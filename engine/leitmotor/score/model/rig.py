"""The rig: what the score's instruments are in this room (§9)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from leitmotor.score.model import types as t
from leitmotor.score.model.base import Keys


class Output(Keys):
    """Somewhere sound or MIDI goes."""

    audio: t.Text = Field("", description="A sound device by a part of its name, or default.")
    rate: t.Whole = Field(48000, ge=8000, le=192000, description="Samples a second.")
    block: t.Whole = Field(256, ge=16, le=8192, description="Samples a block.")
    loudness: t.LoudnessText = Field(None, description="The loudness aimed at: -23 LUFS.")
    host: t.Text = Field(
        "", description="The sound system of the device by a part of its name: ALSA, JACK, WASAPI."
    )
    latency: t.OwnSeconds = Field(
        None, description="How long the device may take to sound: 20 ms; default its own."
    )
    midi: t.Text = Field("", description="A MIDI port by a part of its name.")
    clock: Literal["send", "off"] = Field("off", description="Whether MIDI clock is sent.")
    delay: t.SecondsText = Field(0.0, description="Everything goes out so much later: 8 ms.")


class RigInstrument(Keys):
    """Where an instrument of the score is played."""

    out: t.Text = Field("", description="The output.")
    channel: t.Whole | None = Field(None, ge=1, le=16, description="The MIDI channel, 1 to 16.")
    program: t.ProgramText = Field(None, description="The program, 1 to 128 or by name.")
    bank: t.Whole | None = Field(None, ge=0, le=16383, description="The bank.")
    soundfont: t.Text = Field(
        "", description="A SoundFont file in or under the rig's folder: sounds/gm.sf2."
    )
    preset: t.PresetText = Field(None, description="Bank and preset of the SoundFont: 0/48.")


class OscInput(Keys):
    """Listening for OSC."""

    listen: t.ListenText = Field(("127.0.0.1", 9000), description="Address and port.")


class MidiInput(Keys):
    """Listening for MIDI."""

    port: t.Text = Field(description="A MIDI port by a part of its name.")


class Inputs(Keys):
    """What is listened to."""

    osc: OscInput | None = Field(None, description="OSC over UDP.")
    midi: MidiInput | None = Field(None, description="A MIDI input.")


class Rig(Keys):
    """A room: its outputs, instruments and inputs."""

    rig: Literal[1] = Field(1, description="The version of the rig language.")
    outputs: dict[str, Output] = Field({}, description="Outputs by name.")
    instruments: dict[str, RigInstrument] = Field(
        {}, description='Instruments by the score\'s names; "default" for all others.'
    )
    inputs: Inputs = Field(Inputs.model_construct(), description="What is listened to.")
