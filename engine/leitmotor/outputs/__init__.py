"""The only code that talks to instruments: MIDI ports, MIDI files, traces, memory."""
