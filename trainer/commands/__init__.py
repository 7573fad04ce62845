"""The commands of ``danvan``, one module a field; each function returns the exit status."""
