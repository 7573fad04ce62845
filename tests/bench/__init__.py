"""Speed, measured by ``python -m tests.bench``; no part of the tests."""
