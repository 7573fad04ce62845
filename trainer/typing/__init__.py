"""Telex and VNI for a keyboard without an input method: pure, no terminal, no disk."""
