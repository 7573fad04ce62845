"""Preparing an evening: rules, teams, the set of questions, its file."""
