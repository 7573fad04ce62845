"""Errors that reach a user, each with one Vietnamese sentence and an exit status."""

from __future__ import annotations


class TrainerError(Exception):
    """Root of all errors whose text may be shown to a user as it stands.

    ``str(error)`` is a Vietnamese sentence that says what, where and what to do.
    """

    exit_status = 1


class BankError(TrainerError):
    """The question bank cannot be used at all (not found, unreadable, empty)."""


class RulesError(TrainerError):
    """A rule file is missing or broken."""


class SetFileError(TrainerError):
    """The file of a prepared evening cannot be read, written or played."""


class UsageError(TrainerError):
    """A wrong flag, name or terminal."""

    exit_status = 2


class HistoryError(TrainerError):
    """The data folder or the history file cannot be used."""

    exit_status = 3


class StorageBusyError(HistoryError):
    """The history could not be written now; trying again may succeed."""
