"""The screens: they show the engine's state and hand it commands."""

import os

# Read once when textual is imported; see tui/compat.py.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
