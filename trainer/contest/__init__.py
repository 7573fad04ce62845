"""The engine: commands -> events -> state; rules, selection, scoring."""
