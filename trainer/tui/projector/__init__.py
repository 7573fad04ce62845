"""The second program: what the room sees, following the drill."""
