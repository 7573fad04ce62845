"""Trainer for the contest “Dân vận khéo”: question bank, timed rounds, situations, history."""

__version__ = "0.1.0"
