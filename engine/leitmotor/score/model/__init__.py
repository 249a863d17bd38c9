"""Typed models of score and rig: every key of the language (§3), its meaning and its default."""
