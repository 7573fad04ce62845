"""An evening before it begins: teams, time, the set of questions, its file, a dry run."""
