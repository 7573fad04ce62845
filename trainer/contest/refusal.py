"""How the engine refuses a command."""

from __future__ import annotations

from trainer.contest.state import State


class RefusedError(Exception):
    """A command that the state does not allow.

    Attributes:
        code: ``late``, ``answered``, ``paused``, ``not-running``, ``not-now``,
            ``no-such-option``, ``no-such-item``, ``unmarked``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def need_side(state: State, side: str) -> None:
    """Refuse a command of somebody who takes no part."""
    if all(known.id != side for known in state.sides):
        raise RefusedError("no-such-item")
