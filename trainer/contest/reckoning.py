"""How a score came about, step by step, in words; the arithmetic itself is in scoring.py. Pure."""

from __future__ import annotations

from typing import NamedTuple

from trainer.contest.explain import overtime_words
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.scoring import counted_shares, sheet_share
from trainer.contest.state import Attempt, State
from trainer.text import one_line


class Step(NamedTuple):
    """One step of a reckoning.

    Attributes:
        text: What was counted, Vietnamese.
        points: What it comes to, as shown; "" where the step has no number of its own.
        head: Whether it opens an item.
    """

    text: str
    points: str = ""
    head: bool = False


def reckoning(state: State, side: str) -> list[Step]:
    """Return the whole score of a side, item by item, the sum last; a part's rule stands once."""
    steps: list[Step] = []
    for position, planned in enumerate(state.plan):
        part = state.rules.parts[planned.part]
        if isinstance(part, QuestionPart) and (not position or state.plan[position - 1].part != planned.part):
            steps.append(Step(_rule(part)))
        steps += item_reckoning(state, side, position, rule=False)
    steps.append(Step("Tổng điểm", str(state.score(side)), head=True))
    earned = sum(one.points + one.penalty for (who, _), one in state.attempts.items() if who == side)
    if earned < state.score(side):
        steps.append(Step(f"Cộng lại được {_number(earned)}; tổng điểm không xuống dưới 0"))
    return steps


def item_reckoning(state: State, side: str, position: int, *, rule: bool = True) -> list[Step]:
    """Return how the points of one item came about; [] when it was not reached.

    `rule` says whether a question's first step tells what the rules give.
    """
    attempt = state.attempts.get((side, position))
    if attempt is None:
        return []
    planned = state.plan[position]
    part = state.rules.parts[planned.part]
    name = planned.item.get("title") or planned.item["prompt"]
    head = Step(
        f"Câu {position + 1}. {one_line(name, 76)}", _number(attempt.points + attempt.penalty), head=True
    )
    if isinstance(part, QuestionPart):
        return [head, *([Step(_rule(part))] if rule else []), *_question(part, attempt)]
    return [head, *_situation(state, side, position, part, attempt)]


def _number(value: float) -> str:
    text = f"{round(value, 2):g}".replace(".", ",")
    return f"−{text[1:]}" if text.startswith("-") else text


def _percent(share: float) -> str:
    return f"{_number(share * 100)} %"


def _rule(part: QuestionPart) -> str:
    rule = f"Luật: đúng {_number(part.right)} điểm, sai {_number(part.wrong)}, bỏ trống 0"
    return rule + ("; đúng một phần được phần ấy, bỏ số lẻ" if part.partial else "")


def _question(part: QuestionPart, attempt: Attempt) -> list[Step]:
    steps: list[Step] = []
    share, points = attempt.judged if attempt.overruled is not None else (attempt.share, attempt.points)
    if attempt.code == "empty":
        steps.append(Step("Bỏ trống", "0"))
    elif share <= 0:
        steps.append(Step(_with_reason("Sai", attempt), _number(points)))
    elif share >= 1:
        steps.append(Step(_with_reason("Đúng", attempt), _number(points)))
    else:
        text = f"Đúng {_percent(share)}: {_percent(share)} của {part.right}"
        steps.append(Step(_with_reason(text, attempt), _number(points)))
    if attempt.overruled is not None:
        steps.append(Step(f"Tính là đúng, vì “{attempt.overruled}”", _number(attempt.points)))
    return steps


def _with_reason(text: str, attempt: Attempt) -> str:
    return f"{text}. {attempt.reason}" if attempt.reason else text


def _situation(state: State, side: str, position: int, part: SituationPart, attempt: Attempt) -> list[Step]:
    item = state.plan[position].item
    sheets = list(state.sheets_of(side, position).values())
    steps: list[Step] = []
    for number, sheet in enumerate(sheets, 1):
        if len(sheets) > 1:
            steps.append(Step(f"Giám khảo {number}"))
        total = 0.0
        for index, criterion in enumerate(item["rubric"]):
            share = sheet.shares.get(index, 0.0)
            earned = share * criterion["points"]
            total += earned
            steps.append(
                Step(f"{criterion['title']}: {_percent(share)} của {criterion['points']}", _number(earned))
            )
        steps.append(Step("Cộng phiếu", _number(total)))
        for index in sorted(sheet.caps):
            cap = item["caps"][index]
            steps.append(Step(f"Chặn điểm, {cap['when']}: nhiều nhất {cap['at_most']}"))
        if sheet.caps:
            counted = sheet_share(item["rubric"], item["caps"], sheet) * 100
            steps.append(Step("Phiếu sau khi chặn", _number(counted)))
    if len(sheets) > 1:
        shares = [sheet_share(item["rubric"], item["caps"], sheet) for sheet in sheets]
        counted_of = counted_shares(shares, part)
        dropped = ", bỏ phiếu cao nhất và thấp nhất" if len(counted_of) < len(shares) else ""
        steps.append(Step(f"Trung bình {len(counted_of)} phiếu{dropped}", _number(attempt.share * 100)))
    steps.append(Step(f"{_percent(attempt.share)} của {part.points} điểm, làm tròn", _number(attempt.points)))
    if attempt.overtime_ms or attempt.penalty:
        seconds = attempt.overtime_ms // 1000
        steps.append(
            Step(
                f"Quá giờ {seconds} giây; mỗi phút {overtime_words(part)} {_number(part.overtime)} điểm",
                _number(attempt.penalty),
            )
        )
    return steps
