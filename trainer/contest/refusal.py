"""How the engine refuses a command."""

from __future__ import annotations

from trainer.contest.state import State


class RefusedError(Exception):
    """A command that the state does not allow.

    Attributes:
        code: ``late``, ``answered``, ``paused``, ``not-running``, ``not-now``,
            ``no-such-option``, ``no-such-item``, ``unmarked``. Among several sides also ``too-soon``
            (a second press of the same key), ``buzzers-open``, ``draw-first``, ``not-yours``,
            ``locked`` (pressed before the opening), ``tied`` (presses that cannot be told apart),
            ``not-tied``, ``used-up``, ``no-reserve``, ``no-reason``, ``nothing-left`` (to undo),
            ``not-for-one``, ``not-for-many``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def need_side(state: State, side: str) -> None:
    """Refuse a command of somebody who takes no part."""
    if all(known.id != side for known in state.sides):
        raise RefusedError("no-such-item")
