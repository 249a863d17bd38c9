"""The only code that listens: what stands on a wire or in a script becomes a neutral observation.

A source never knows the score, and never decides what a cue means.
"""
