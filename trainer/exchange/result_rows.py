"""What a result sheet says, gathered from a contest's record before anything is drawn. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from trainer.contest.drill.ending import left_over
from trainer.contest.drill.events import TieOpened
from trainer.contest.drill.ranking import part_winners, ranking, tied_groups
from trainer.contest.drill.schedule import is_tie_part
from trainer.contest.drill.showing import shown_state
from trainer.contest.events import ContestFinished, Event, Side
from trainer.contest.explain import FOR_MANY, TIE_WORDS, explain, part_title
from trainer.contest.folding import fold
from trainer.contest.rules import SituationPart
from trainer.contest.state import State
from trainer.exchange.result_items import ItemRow, item_row, labels_of
from trainer.exchange.result_log import Note, flat, moment, notes, standing


class Team(NamedTuple):
    """A side as it enrolled; `left` is why it left, None: it stayed."""

    id: str
    name: str
    members: tuple[str, ...]
    colour: str
    symbol: str
    left: str | None


class PlaceRow(NamedTuple):
    """One line of the table of places.

    Attributes:
        parts: Points of each of the sheet's parts, overtime taken off.
        played: Whether the side was asked anything in each of them.
        by_hand: Points that the facilitator gave and took.
        lifted: What is added because a score never falls below 0.
        score: All of these together.
        broken_by: How a tie with the side before was broken, "": by the score.
    """

    rank: int
    team: str
    parts: tuple[int, ...]
    played: tuple[bool, ...]
    by_hand: int
    lifted: int
    score: int
    prize: str
    broken_by: str


class PartRows(NamedTuple):
    """A part as it was played; `scores` is False for questions that only break ties."""

    title: str
    scores: bool
    items: tuple[ItemRow, ...]


class Results(NamedTuple):
    """All that a result sheet says.

    Attributes:
        rules_title: The rules' own title, "": `title` is it.
        started: Local day and time, "" when the record does not say.
        finished: The same, "" while the contest runs.
        status: ``running``, ``finished`` or ``abandoned``.
        ended_early: Why not all was played, and what was not, "" when all was.
        group: Several sides before a facilitator.
        rules: The rules in words; "" parts the paragraphs.
        part_prizes: (prize, who won it, with how many points).
        judges: How many judges the situations have, by the rules or by sheets, 0: there are none.
        ties: How ties were broken, in sentences.
    """

    contest: str
    title: str
    rules_title: str
    started: str
    finished: str
    status: str
    ended_early: str
    group: bool
    rules: tuple[str, ...]
    teams: tuple[Team, ...]
    places: tuple[PlaceRow, ...]
    part_prizes: tuple[tuple[str, str], ...]
    judges: int
    parts: tuple[PartRows, ...]
    changes: tuple[tuple[str, int, str], ...]
    ties: tuple[str, ...]
    notes: tuple[Note, ...]


def gather(events: Sequence[Event]) -> Results:
    """Return what a contest's record says.

    Args:
        events: All of them, in order, the first a ContestOpened.
    """
    state = fold(events)
    if state.drill is not None:
        state = shown_state(state)  # while it runs, nothing of a question before its key was shown
    kept = standing(events)
    names = _names(state)
    labels = labels_of(state, kept)
    finished = next((event.at for event in reversed(kept) if isinstance(event, ContestFinished)), None)
    drill = state.drill
    left = drill.left if drill else {}
    scoring = _scoring(state)
    parts = tuple(
        PartRows(
            f"Phần {scoring.index(index) + 1}. {part_title(part)}"
            if not is_tie_part(part)
            else "Câu hỏi phụ",
            not is_tie_part(part),
            tuple(item_row(state, at, labels[at], names) for at in labels if state.plan[at].part == index),
        )
        for index, part in enumerate(state.rules.parts)
    )
    return Results(
        state.contest,
        flat(state.rules.title),
        flat(state.rules.own_title),
        moment(events, 0, day_first=True),
        "" if finished is None else moment(events, finished, day_first=True),
        state.status,
        _ended_early(state, names),
        state.group,
        tuple(_rules(state)),
        tuple(_team(side, names[side.id], left) for side in state.sides),
        tuple(_places(state, names)),
        tuple(_part_prizes(state, names)),
        _judges(state),
        parts,
        tuple((names[each.side], each.points, flat(each.reason)) for each in drill.changes) if drill else (),
        tuple(_ties(state, kept, names, labels)),
        tuple(notes(events, names, labels)),
    )


def _ended_early(state: State, names: Mapping[str, str]) -> str:
    if state.drill is None or not state.drill.ended_early:
        return ""
    rest = "; ".join(left_over(state, state.drill.unplayed, names.__getitem__))
    return flat(f"{state.drill.ended_early}. {rest}") if rest else flat(state.drill.ended_early)


def _judges(state: State) -> int:
    """Return how many judges sign: those whom the rules name, also those whose sheets were not finished."""
    seen = max((len(state.sheets_of(side, at)) for _, side, at in state.sheets), default=0)
    if not state.group:
        return seen
    parts = [part for part in state.rules.parts if isinstance(part, SituationPart)]
    return max(seen, *(state.rules.judges or part.judges for part in parts), 0)


def _rules(state: State) -> list[str]:
    lines = [flat(line) for line in explain(state.rules)[1:]]
    # How several sides play says nothing of a player alone.
    return lines[: lines.index(FOR_MANY)] if FOR_MANY in lines and not state.group else lines


def _names(state: State) -> dict[str, str]:
    """Return side -> name; of two with one name the second is told apart."""
    names: dict[str, str] = {}
    for side in state.sides:
        name, number = flat(side.name), 2
        while name in names.values():
            name, number = f"{flat(side.name)} ({number})", number + 1
        names[side.id] = name
    return names


def _team(side: Side, name: str, left: Mapping[str, str]) -> Team:
    why = flat(left[side.id]) if side.id in left else None
    members = tuple(flat(member) for member in side.members)
    return Team(side.id, name, members, flat(side.colour), flat(side.symbol), why)


# --- places -------------------------------------------------------------------------------------


def _scoring(state: State) -> list[int]:
    return [index for index, part in enumerate(state.rules.parts) if not is_tie_part(part)]


def _places(state: State, names: Mapping[str, str]) -> list[PlaceRow]:
    rows: list[PlaceRow] = []
    if state.drill is not None:
        order = [
            (place.rank, place.side, place.prize, TIE_WORDS.get(place.broken_by, ""))
            for place in ranking(state)
        ]
    else:
        scores = sorted((state.score(side.id) for side in state.sides), reverse=True)
        sides = sorted(state.sides, key=lambda side: -state.score(side.id))
        order = [(scores.index(state.score(side.id)) + 1, side.id, "", "") for side in sides]
    for rank, side, prize, broken_by in order:
        sums = [0] * len(state.rules.parts)
        for (who, position), attempt in state.attempts.items():
            if who == side:
                sums[state.plan[position].part] += attempt.points + attempt.penalty
        changes = state.drill.changes if state.drill else ()
        by_hand = sum(change.points for change in changes if change.side == side)
        score = state.score(side)
        lifted = score - sum(sums) - by_hand
        parts = tuple(sums[index] for index in _scoring(state))
        asked = {state.plan[position].part for who, position in state.attempts if who == side}
        played = tuple(index in asked for index in _scoring(state))
        gone = "đã rời" if state.drill is not None and side in state.drill.left else ""
        rows.append(
            PlaceRow(rank, names[side], parts, played, by_hand, lifted, score, flat(prize) or gone, broken_by)
        )
    return rows


def _part_prizes(state: State, names: Mapping[str, str]) -> list[tuple[str, str]]:
    if state.drill is None:
        return []
    return [
        (
            flat(won.prize),
            f"{', '.join(names[side] for side in won.sides)} ({won.points} điểm)"
            if won.sides
            else "không đội nào có điểm",
        )
        for won in part_winners(state)
    ]


def _ties(
    state: State, kept: Sequence[Event], names: Mapping[str, str], labels: Mapping[int, str]
) -> list[str]:
    if state.drill is None:
        return []
    said = []
    places = ranking(state)
    for before, place in pairwise(places):
        if place.broken_by:
            said.append(
                f"{names[before.side]} xếp trên {names[place.side]} (cùng {place.score} điểm): "
                f"{TIE_WORDS.get(place.broken_by, place.broken_by)}."
            )
    for event in kept:
        if isinstance(event, TieOpened):
            group = ", ".join(names[side] for side in event.sides)
            won = [
                names[side]
                for side in event.sides
                if (attempt := state.attempts.get((side, event.position))) is not None and attempt.is_right
            ]
            ended = f"{', '.join(won)} trả lời đúng" if won else "không đội nào trả lời đúng"
            said.append(f"{labels.get(event.position, 'Câu phụ')} dành cho {group}: {ended}.")
    for level in tied_groups(state):
        said.append(f"{', '.join(names[side] for side in level)} bằng nhau, xếp cùng hạng.")
    return said
