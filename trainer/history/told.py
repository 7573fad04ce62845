"""What people told the history, beside the events: joined and deleted players, corrected keys, ratings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from trainer.contest.events import Planned, Side

GONE = "Người chơi đã xóa"
"""Stands in place of a deleted player's name where others took part."""


class Correction(NamedTuple):
    """A corrected key.

    Attributes:
        changes: Fields of the item's canonical dictionary in their corrected form.
        moment: Contests opened before it are re-marked, those opened later are not.
    """

    id: str
    item: str
    changes: Mapping[str, Any]
    moment: int


class Told(NamedTuple):
    """Small tables, read once before an answer is recorded or a history replayed."""

    aliases: Mapping[str, str]
    removed: frozenset[str]
    corrections: Mapping[str, tuple[Correction, ...]]

    def player(self, side: str) -> str:
        """Return the player that a side's id stands for now."""
        return self.aliases.get(side, side)

    def sides(self, sides: tuple[Side, ...]) -> dict[str, str]:
        """Return raw side id -> player; two sides of one contest are never joined."""
        found = {side.id: self.player(side.id) for side in sides}
        targets = list(found.values())
        return {raw: raw if targets.count(to) > 1 else to for raw, to in found.items()}


def read_told(connection: sqlite3.Connection) -> Told:
    """Read what people told."""
    aliases: dict[str, str] = dict(connection.execute("SELECT old, new FROM aliases").fetchall())
    removed = {row[0] for row in connection.execute("SELECT player FROM removed")}
    corrections: dict[str, list[Correction]] = {}
    for id_, item, changes, moment in connection.execute(
        "SELECT id, item, changes, moment FROM corrections ORDER BY moment, id"
    ):
        corrections.setdefault(item, []).append(Correction(id_, item, json.loads(changes), moment))
    return Told(
        resolved(aliases),
        frozenset(removed),
        {item: tuple(found) for item, found in corrections.items()},
    )


def resolved(aliases: Mapping[str, str]) -> dict[str, str]:
    """Return each joined id's last name; in a ring the least id stands for all."""
    result: dict[str, str] = {}
    for start in aliases:
        path, at = [start], start
        while at in aliases and aliases[at] not in path:
            at = aliases[at]
            path.append(at)
        if at in aliases:  # a ring, closed by two laptops that joined the other way round
            at = min(path[path.index(aliases[at]) :])
        if at != start:
            result[start] = at
    return result


_LISTS = ("options", "items", "matches")


class CannotCorrectError(ValueError):
    """The item as it was asked then has other options than the corrected one."""


def corrected(planned: Planned, changes: Mapping[str, Any]) -> Planned:
    """Return a planned item with its key corrected; what was presented where stays as it was.

    Raises:
        CannotCorrectError: An option that was presented is not among the corrected ones.
    """
    item = {**planned.item, **changes}
    order = planned.order
    for name in _LISTS:
        shown = planned.item.get(name)
        if order and name in changes and shown and len(order) == len(shown) and _presents(planned, name):
            places: dict[str, int] = {text: at for at, text in enumerate(item[name])}
            try:
                order = tuple(places[shown[index]] for index in order)
            except KeyError:
                raise CannotCorrectError(planned.item["id"]) from None
    return planned._replace(item=item, order=order)


def _presents(planned: Planned, name: str) -> bool:
    """Tell whether a list is the one that was shown in another order."""
    shown = next((key for key in ("options", "matches", "items") if planned.item.get(key)), None)
    return shown == name
