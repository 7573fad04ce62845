"""What the engine decides about situations: thinking, speaking, marking, the people's replies."""

from __future__ import annotations

from typing import Any

from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest.drill.taking_part import participants
from trainer.contest.refusal import RefusedError, need_side
from trainer.contest.rules import SituationPart
from trainer.contest.scoring import overtime_penalty, sheet_share, situation_points
from trainer.contest.state import Sheet, State
from trainer.contest.turns import option_share, turn_now

MAX_JUDGES = 9


def start_thinking(state: State, at: int) -> list[e.Event]:
    """Begin the thinking time, or speaking where there is none."""
    part, item = _situation(state)
    seconds = part.think_s or item["think_s"]
    if not seconds:
        return start_speaking(state, at)
    return [e.PhaseStarted(at, state.position, "think", at + seconds * 1000)]


def start_speaking(state: State, at: int) -> list[e.Event]:
    """Begin the speaking time."""
    part, item = _situation(state)
    seconds = part.speak_s or item["speak_s"]
    return [e.PhaseStarted(at, state.position, "speak", at + seconds * 1000)]


def stop_speaking(state: State, at: int) -> list[e.Event]:
    """Record what was said and how much too long, and go on to marking."""
    assert state.deadline is not None  # noqa: S101 - speaking always has a limit
    events: list[e.Event] = []
    for side in participants(state, state.position):
        draft = state.drafts.get((side, state.position, "answer"))
        text = draft if isinstance(draft, str) else ""
        over = max(0, at - state.deadline)
        events.append(e.Spoken(at, side, state.position, at - state.opened_at, over, text))
    part, _ = _situation(state)
    if state.group and part.ask_s:
        return [*events, e.PhaseStarted(at, state.position, "ask", at + part.ask_s * 1000)]
    return [*events, e.PhaseStarted(at, state.position, "mark", None)]


def _situation(state: State) -> tuple[SituationPart, dict[str, Any]]:
    part, planned = state.current_part, state.current
    if not isinstance(part, SituationPart) or planned is None:
        raise RefusedError("not-now")
    return part, planned.item


def _marking(state: State, side: str) -> dict[str, Any]:
    """Return the situation whose sheet is open."""
    _, item = _situation(state)
    need_side(state, side)
    if state.group and side not in participants(state, state.position):
        raise RefusedError("not-yours")
    if state.phase not in ("mark", "revise"):
        raise RefusedError("not-now")
    return item


def mark(state: State, command: c.Mark, at: int) -> list[e.Event]:
    """Give a criterion its share."""
    item = _marking(state, command.side)
    _may_judge(state, command.judge, command.side)
    if not 0 <= command.criterion < len(item["rubric"]) or not 0 <= command.share <= 1:
        raise RefusedError("no-such-item")
    return [e.Marked(at, command.judge, command.side, state.position, command.criterion, command.share)]


def mark_cap(state: State, command: c.MarkCap, at: int) -> list[e.Event]:
    """Say whether a hard stop happened."""
    item = _marking(state, command.side)
    _may_judge(state, command.judge, command.side)
    if not 0 <= command.cap < len(item["caps"]):
        raise RefusedError("no-such-item")
    return [e.CapMarked(at, command.judge, command.side, state.position, command.cap, command.happened)]


def _may_judge(state: State, judge: str, side: str) -> None:
    """Refuse a further judge when all seats are taken."""
    known = state.sheets_of(side, state.position)
    if judge not in known and len(known) >= state.judge_count(state.position):
        raise RefusedError("no-such-item")


def set_judges(state: State, command: c.SetJudges, at: int) -> list[e.Event]:
    """Say how many judges mark."""
    _situation(state)
    there = participants(state, state.position)
    most = max((len(state.sheets_of(side, state.position)) for side in there), default=0)
    if state.phase != "mark" or not max(1, most) <= command.judges <= MAX_JUDGES:
        raise RefusedError("not-now")
    return [e.JudgesSet(at, state.position, command.judges)]


def close_sheets(state: State, _command: c.CloseSheets, at: int) -> list[e.Event]:
    """End marking without the judges who have not finished."""
    _, item = _situation(state)
    if state.phase != "mark":
        raise RefusedError("not-now")
    finished = [
        {judge for judge, sheet in state.sheets_of(side, state.position).items() if _is_full(sheet, item)}
        for side in participants(state, state.position)
    ]
    judges = set.intersection(*finished) if finished else set[str]()
    if not judges:
        raise RefusedError("unmarked")
    return [e.SheetsClosed(at, state.position, tuple(sorted(judges)))]


def _is_full(sheet: Sheet, item: dict[str, Any]) -> bool:
    return len(sheet.shares) >= len(item["rubric"])


def need_marks(state: State) -> None:
    """Refuse to go on while a judge has not finished."""
    _, item = _situation(state)
    for side in participants(state, state.position):
        sheets = state.sheets_of(side, state.position)
        full = sum(_is_full(sheet, item) for sheet in sheets.values())
        if full < len(sheets) or full < state.judge_count(state.position):
            raise RefusedError("unmarked")


def turn_waits(state: State) -> bool:
    """Tell whether the people still have something to say."""
    part, item = _situation(state)
    return part.turns and any(
        turn_now(item, state.turns.get((side.id, state.position), ())) is not None for side in state.sides
    )


def take_turn(state: State, command: c.TakeTurn, at: int) -> list[e.Event]:
    """Reply to the turn on show."""
    _, item = _situation(state)
    need_side(state, command.side)
    if state.phase != "turns" or state.paused_at is not None:
        raise RefusedError("not-now")
    turn = turn_now(item, state.turns.get((command.side, state.position), ()))
    if turn is None:
        raise RefusedError("not-now")
    if turn["options"]:
        if not 0 <= command.option < len(turn["options"]):
            raise RefusedError("no-such-option")
        share, option = option_share(turn, command.option), command.option
    else:
        share, option = min(1.0, max(0.0, command.share)), -1
    return [e.TurnTaken(at, command.side, state.position, turn["id"], option, command.text, share)]


def score_situation(state: State, at: int) -> list[e.Event]:
    """Turn the sheets into points; refused while one is not complete."""
    if state.phase == "turns" and turn_waits(state):
        raise RefusedError("unmarked")
    part, item = _situation(state)
    events: list[e.Event] = []
    for side in participants(state, state.position):
        sheets = state.sheets_of(side, state.position)
        if not sheets or not all(_is_full(sheet, item) for sheet in sheets.values()):
            raise RefusedError("unmarked")
        shares = [sheet_share(item["rubric"], item["caps"], sheet) for sheet in sheets.values()]
        share, points = situation_points(shares, part)
        _, over, _ = state.spoken.get((side, state.position), (0, 0, ""))
        penalty = overtime_penalty(over, part)
        events.append(e.Scored(at, side, state.position, share, points, penalty))
    return [*events, e.PhaseStarted(at, state.position, "review", None)]
