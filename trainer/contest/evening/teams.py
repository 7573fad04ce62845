"""The teams of an evening: read from a pasted list, given colours, symbols and buzzer keys; pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trainer.errors import UsageError
from trainer.text import clean, name_key, one_line

FEWEST, MOST = 2, 10
MAX_NAME = 40
"""Characters of a team's name, as of any player's; the history refuses longer ones."""
MAX_MEMBERS = 30
SYMBOLS = "●■▲◆★✚▼♥♣♦"
COLOURS = ("red", "blue", "green", "gold", "violet", "cyan", "orange", "pink", "lime", "white")
COLOUR_NAMES = dict(
    zip(
        COLOURS,
        ("đỏ", "xanh dương", "xanh lá", "vàng", "tím", "xanh ngọc", "cam", "hồng", "nõn chuối", "trắng"),
        strict=True,
    )
)
KEYS = "1234567890"
MORE_KEYS = "ilqxyz[];,./"
"""Keys that do nothing else in a contest, so that a buzzer pressed late never judges another team."""
_SPLIT_IN_LINE = re.compile(r"[,;]")
_NUMBERED = re.compile(r"\s*(?:[-–•*+]|\d{1,2}[.)])\s+")
_IN_NAMES = re.compile(r"[,;:]")


class Team(NamedTuple):
    """A team as the facilitator prepares it.

    Attributes:
        colour: One of :data:`COLOURS`.
        symbol: One of :data:`SYMBOLS`.
        members: Their names.
        key: The key of its buzzer.
    """

    name: str
    colour: str = ""
    symbol: str = ""
    members: tuple[str, ...] = ()
    key: str = ""


def tidy(text: str, limit: int = 200) -> str:
    """Return a name on one line, clean; the same again when it is tidied twice."""
    return one_line(clean(one_line(text, limit)), limit)


def read_list(text: str) -> list[Team]:
    """Read teams from a list, without checking them.

    One team a line (or between semicolons); “Tổ 1: An, Bình, Chi” gives its members. Without a
    colon commas part teams as well. Bullets and numbers before a name are left out.
    """
    found: list[Team] = []
    for line in re.split(r"[\n\r;]", text):
        name, colon, rest = _NUMBERED.sub("", line, count=1).partition(":")
        if colon:
            members = tuple(member for each in _SPLIT_IN_LINE.split(rest) if (member := tidy(each)))
            found.append(Team(tidy(name.replace(",", " ")), members=members))
        else:
            found += [Team(tidy(each)) for each in _SPLIT_IN_LINE.split(name)]
    return [team for team in found if team.name]


def as_line(team: Team) -> str:
    """Return a team as :func:`read_list` reads it."""
    return f"{team.name}: {', '.join(team.members)}" if team.members else team.name


def as_text(teams: Sequence[Team]) -> str:
    """Return the names on one line, as the setup shows them."""
    return ", ".join(team.name for team in teams)


def remembering(teams: Iterable[Team], known: Iterable[Team]) -> tuple[Team, ...]:
    """Return the teams with what is known of teams of the same name; the rest is given by default.

    Keys that only count the places are not remembered: the first team is 1 again.
    """
    known = list(known)
    by_name = {name_key(team.name): team for team in _unnumbered(known)}

    def known_as(team: Team) -> Team:
        old = by_name.get(name_key(team.name))
        return team if old is None else old._replace(name=team.name, members=team.members or old.members)

    return with_defaults([known_as(team) for team in teams])


def with_defaults(teams: Sequence[Team]) -> tuple[Team, ...]:
    """Give colour, symbol and key to the teams that have none, the first that are free.

    The key and the sign that go with a team's place come first: the third team is 3 and ▲.
    """
    teams = list(teams)
    for field, choices in (("colour", COLOURS), ("symbol", tuple(SYMBOLS)), ("key", tuple(KEYS))):
        taken: set[str] = set()
        for at, team in enumerate(teams):  # of two that are alike the later one gets another
            value = getattr(team, field)
            if value in taken:
                teams[at] = _having(team, field, "")
            taken.add(value)
        for at, team in enumerate(teams):
            if not getattr(team, field):
                own = choices[at % len(choices)]
                free = [own, *choices] if own not in taken else list(choices)
                value = next((each for each in free if each not in taken), "")
                teams[at] = _having(team, field, value)
                taken.add(value)
    return tuple(teams)


def _having(team: Team, field: str, value: str) -> Team:
    if field == "colour":
        return team._replace(colour=value)
    return team._replace(symbol=value) if field == "symbol" else team._replace(key=value)


def by_lot(teams: Sequence[Team], seed: int) -> tuple[Team, ...]:
    """Return the teams in an order drawn by lot; keys that count the places are dealt anew."""
    order = list(teams)
    random.Random(f"{seed}:teams").shuffle(order)  # noqa: S311 - a lot that can be drawn again in public
    if _unnumbered(teams) != list(teams):
        order = [team._replace(key=KEYS[at]) for at, team in enumerate(order)]
    return tuple(order)


def _unnumbered(teams: Sequence[Team]) -> list[Team]:
    """Return the teams without their keys when these only count the places."""
    if [team.key for team in teams] != list(KEYS[: len(teams)]):
        return list(teams)
    return [team._replace(key="") for team in teams]


def key_name(key: str) -> str:
    """Return a buzzer key as it stands on a keyboard."""
    return key.upper()


def wrong_key(key: str) -> str:
    """Return why a key cannot be a buzzer, "" when it can."""
    if len(key) == 1 and key in KEYS + MORE_KEYS:
        return ""
    allowed = " ".join(MORE_KEYS.upper())
    return f"Phím chuông là một chữ số hoặc một trong các phím {allowed}; các phím khác đã có việc riêng."


def wrong_team(team: Team) -> str:
    """Return what is wrong with a team by itself, "" when nothing is."""
    if not team.name:
        return "Có một đội chưa có tên. Bạn hãy ghi tên đội."
    if len(team.name) > MAX_NAME:
        return f"Tên đội “{one_line(team.name, 20)}” dài quá {MAX_NAME} ký tự. Bạn hãy viết ngắn lại."
    if _IN_NAMES.search(team.name):
        return f"Tên đội “{team.name}” có dấu phẩy, chấm phẩy hoặc hai chấm. Bạn hãy bỏ dấu ấy."
    for member in team.members:
        if len(member) > MAX_NAME or _IN_NAMES.search(member):
            return (
                f"Tên người “{one_line(member, 20)}” của đội “{team.name}” dài quá {MAX_NAME} ký tự "
                "hoặc có dấu phẩy, chấm phẩy, hai chấm. Bạn hãy sửa lại."
            )
    if len(team.members) > MAX_MEMBERS:
        return f"Đội “{team.name}” có quá {MAX_MEMBERS} người. Bạn hãy bớt lại."
    return wrong_key(team.key) if team.key else ""


def wrong_pair(teams: Sequence[Team]) -> tuple[int, str]:
    """Return the first team that is at odds with one before it and why; (-1, "") when none is."""
    names: dict[str, str] = {}
    keys: dict[str, str] = {}
    for at, team in enumerate(teams):
        if name_key(team.name) in names:
            return at, f"Có hai đội cùng tên “{team.name}”. Bạn hãy đặt tên khác nhau."
        if team.key and team.key in keys:
            return at, (
                f"Hai đội “{keys[team.key]}” và “{team.name}” cùng một phím chuông {key_name(team.key)}. "
                "Bạn hãy đổi phím của một đội."
            )
        names[name_key(team.name)] = keys[team.key] = team.name
    return -1, ""


def wrong_count(count: int) -> str:
    """Return why so many teams cannot play, "" when they can."""
    if count < FEWEST:
        return f"Hội thi cần ít nhất {FEWEST} đội. Bạn hãy ghi tên các đội, cách nhau bằng dấu phẩy."
    if count > MOST:
        return f"Nhiều nhất {MOST} đội một lượt (mỗi đội một phím số), bạn đã ghi {count} đội."
    return ""


def check_teams(teams: Sequence[Team]) -> None:
    """Refuse teams that cannot play.

    Raises:
        UsageError: The first thing that is wrong with them.
    """
    wrong = wrong_count(len(teams)) or next((why for team in teams if (why := wrong_team(team))), "")
    wrong = wrong or wrong_pair(teams)[1]
    if wrong:
        raise UsageError(wrong)
