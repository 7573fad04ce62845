"""What was played: SQLite in the data folder."""
