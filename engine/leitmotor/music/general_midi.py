"""The General MIDI sound set: names of the programs 0 … 127, and the channel of drums."""

from __future__ import annotations

DRUM_CHANNEL = 9
"""Counted from 0, as on the wire."""

_PIANOS = (
    "acoustic grand piano", "bright acoustic piano", "electric grand piano", "honky-tonk piano",
    "electric piano 1", "electric piano 2", "harpsichord", "clavinet",
)  # fmt: skip
_CHROMATIC_PERCUSSION = (
    "celesta", "glockenspiel", "music box", "vibraphone",
    "marimba", "xylophone", "tubular bells", "dulcimer",
)  # fmt: skip
_ORGANS = (
    "drawbar organ", "percussive organ", "rock organ", "church organ",
    "reed organ", "accordion", "harmonica", "tango accordion",
)  # fmt: skip
_GUITARS = (
    "acoustic guitar (nylon)", "acoustic guitar (steel)", "electric guitar (jazz)",
    "electric guitar (clean)", "electric guitar (muted)", "overdriven guitar",
    "distortion guitar", "guitar harmonics",
)  # fmt: skip
_BASSES = (
    "acoustic bass", "electric bass (finger)", "electric bass (pick)", "fretless bass",
    "slap bass 1", "slap bass 2", "synth bass 1", "synth bass 2",
)  # fmt: skip
_STRINGS = (
    "violin", "viola", "cello", "contrabass",
    "tremolo strings", "pizzicato strings", "orchestral harp", "timpani",
)  # fmt: skip
_ENSEMBLES = (
    "string ensemble 1", "string ensemble 2", "synth strings 1", "synth strings 2",
    "choir aahs", "voice oohs", "synth voice", "orchestra hit",
)  # fmt: skip
_BRASS = (
    "trumpet", "trombone", "tuba", "muted trumpet",
    "french horn", "brass section", "synth brass 1", "synth brass 2",
)  # fmt: skip
_REEDS = (
    "soprano sax", "alto sax", "tenor sax", "baritone sax",
    "oboe", "english horn", "bassoon", "clarinet",
)  # fmt: skip
_PIPES = (
    "piccolo", "flute", "recorder", "pan flute",
    "blown bottle", "shakuhachi", "whistle", "ocarina",
)  # fmt: skip
_SYNTH_LEADS = (
    "lead 1 (square)", "lead 2 (sawtooth)", "lead 3 (calliope)", "lead 4 (chiff)",
    "lead 5 (charang)", "lead 6 (voice)", "lead 7 (fifths)", "lead 8 (bass + lead)",
)  # fmt: skip
_SYNTH_PADS = (
    "pad 1 (new age)", "pad 2 (warm)", "pad 3 (polysynth)", "pad 4 (choir)",
    "pad 5 (bowed)", "pad 6 (metallic)", "pad 7 (halo)", "pad 8 (sweep)",
)  # fmt: skip
_SYNTH_EFFECTS = (
    "fx 1 (rain)", "fx 2 (soundtrack)", "fx 3 (crystal)", "fx 4 (atmosphere)",
    "fx 5 (brightness)", "fx 6 (goblins)", "fx 7 (echoes)", "fx 8 (sci-fi)",
)  # fmt: skip
_WORLD = (
    "sitar", "banjo", "shamisen", "koto", "kalimba", "bagpipe", "fiddle", "shanai",
)  # fmt: skip
_PERCUSSION = (
    "tinkle bell", "agogo", "steel drums", "woodblock",
    "taiko drum", "melodic tom", "synth drum", "reverse cymbal",
)  # fmt: skip
_SOUND_EFFECTS = (
    "guitar fret noise", "breath noise", "seashore", "bird tweet",
    "telephone ring", "helicopter", "applause", "gunshot",
)  # fmt: skip

PROGRAM_NAMES: tuple[str, ...] = (
    *_PIANOS, *_CHROMATIC_PERCUSSION, *_ORGANS, *_GUITARS, *_BASSES, *_STRINGS, *_ENSEMBLES,
    *_BRASS, *_REEDS, *_PIPES, *_SYNTH_LEADS, *_SYNTH_PADS, *_SYNTH_EFFECTS, *_WORLD,
    *_PERCUSSION, *_SOUND_EFFECTS,
)  # fmt: skip
"""Name of each program, in order; program 0 is the acoustic grand piano."""
