"""What was played: rounds, their pages, one round or contest in full."""
