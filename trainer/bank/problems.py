"""What is wrong with a bank file, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One finding about one place of one file.

    Attributes:
        file: Path as the user gave it.
        line: Counted from 1; 0 means the whole file or bank.
        column: Counted from 1; 0 means the whole line.
        severity: An ``error`` found while reading leaves its item out of the bank, a ``warning`` does not.
        code: Stable kebab-case name, documented in questions/README.md.
        message: One Vietnamese sentence: what is wrong and what to do.
    """

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity} {self.code} {self.message}"
