"""Names of players, so that everybody has one of their own; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trainer.text import name_key

MAX_NAME = 40


class Person(NamedTuple):
    """A player as the table keeps them.

    Attributes:
        name: As shown; of its own.
        given: As somebody typed it, "": the same as `name`.
        changed: When it was typed anew, milliseconds; 0: never since the player was made.
    """

    id: str
    name: str
    name_key: str
    created: str
    given: str
    changed: int

    @property
    def wanted(self) -> str:
        """The name that was typed."""
        return self.given or self.name


def named(people: Iterable[Person]) -> list[Person]:
    """Give each player a name of its own, oldest first: the first keeps it, others get “(2)”.

    The result depends only on who there is, not on the order in which they came.
    """
    ordered = sorted(people, key=lambda person: (person.created, person.id))
    taken = {name_key(person.wanted) for person in ordered}
    first: set[str] = set()
    result = []
    for person in ordered:
        wanted = person.wanted
        key = name_key(wanted)
        if key in first:
            name = _next(wanted, taken)
            taken.add(name_key(name))
        else:
            first.add(key)
            name = wanted
        given = "" if name == wanted else wanted
        result.append(person._replace(name=name, name_key=name_key(name), given=given))
    return result


def _next(wanted: str, taken: set[str]) -> str:
    number = 2
    while True:
        sign = f" ({number})"
        name = wanted[: MAX_NAME - len(sign)] + sign
        if name_key(name) not in taken:
            return name
        number += 1
