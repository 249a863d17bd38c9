"""A real-time adaptive score engine: motifs, states and cues, played live and rendered alike.

The package lives in `engine/`, which is a folder and not a package: always `import leitmotor`.
Importing it loads nothing else. Each module is imported by the one that needs it, and what opens a
device, a wire or a YAML file only when it is used.
"""

__version__ = "0.1.0"
