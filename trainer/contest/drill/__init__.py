"""What the engine knows only of several sides before a facilitator."""
