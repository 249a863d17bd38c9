"""Which key of the General MIDI percussion set strikes which piece of the kit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from leitmotor.sound.recipes.drum_metals import CYMBALS, METAL
from leitmotor.sound.recipes.drum_piece import Piece
from leitmotor.sound.recipes.drum_skins import KICKS, SNARES, TOMS
from leitmotor.sound.recipes.drum_woods import SHAKEN, WOOD

PIECES: Mapping[str, Piece] = MappingProxyType(
    KICKS | SNARES | TOMS | CYMBALS | METAL | WOOD | SHAKEN
)
"""Each piece by its name."""

KEYS: Mapping[int, tuple[str, float]] = MappingProxyType(
    {
        27: ("high click", 0.0),
        28: ("slap", 0.0),
        29: ("scratch", 0.0),
        30: ("scratch", -4.0),
        31: ("sticks", 0.0),
        32: ("click", 0.0),
        33: ("click", -5.0),
        34: ("metronome bell", 0.0),
        35: ("deep kick", 0.0),
        36: ("kick", 0.0),
        37: ("side stick", 0.0),
        38: ("snare", 0.0),
        39: ("clap", 0.0),
        40: ("electric snare", 0.0),
        41: ("tom", -6.0),
        42: ("closed hat", 0.0),
        43: ("tom", -3.5),
        44: ("pedal hat", 0.0),
        45: ("tom", 0.0),
        46: ("open hat", 0.0),
        47: ("tom", 3.0),
        48: ("tom", 6.0),
        49: ("crash", 0.0),
        50: ("tom", 9.5),
        51: ("ride", 0.0),
        52: ("china", 0.0),
        53: ("ride bell", 0.0),
        54: ("tambourine", 0.0),
        55: ("splash", 0.0),
        56: ("cowbell", 0.0),
        57: ("crash", -2.5),
        58: ("vibraslap", 0.0),
        59: ("ride", 2.0),
        60: ("bongo", 0.0),
        61: ("bongo", -5.0),
        62: ("muted conga", 0.0),
        63: ("conga", 3.0),
        64: ("conga", -2.0),
        65: ("timbale", 4.0),
        66: ("timbale", -1.0),
        67: ("agogo", 0.0),
        68: ("agogo", -5.0),
        69: ("cabasa", 0.0),
        70: ("maracas", 0.0),
        71: ("short whistle", 0.0),
        72: ("long whistle", -2.0),
        73: ("short guiro", 0.0),
        74: ("long guiro", 0.0),
        75: ("claves", 0.0),
        76: ("woodblock", 4.0),
        77: ("woodblock", -1.0),
        78: ("muted cuica", 0.0),
        79: ("open cuica", 0.0),
        80: ("muted triangle", 0.0),
        81: ("triangle", 0.0),
        82: ("shaker", 0.0),
        83: ("jingle bell", 0.0),
        84: ("bell tree", 0.0),
        85: ("castanets", 0.0),
        86: ("muted surdo", 0.0),
        87: ("surdo", 0.0),
    }
)
"""General MIDI percussion key: its piece, and by how many semitones its tones are tuned away."""
