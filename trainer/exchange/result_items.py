"""The questions and situations of a result sheet, each with what every team did. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from trainer.bank.model import Source
from trainer.contest.drill.pricing import is_steal
from trainer.contest.drill.schedule import by_turns, is_tie_part
from trainer.contest.events import Event, ItemOpened
from trainer.contest.responses import given, right_answer
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.scoring import counted_shares, sheet_share
from trainer.contest.state import Attempt, Sheet, State
from trainer.exchange.result_log import NO_REASON, flat, judge_name
from trainer.text import told_apart

NOT_SHOWN_YET = "chưa công bố"
_BLANK = re.compile(r"__(.+?)__")
_SWAP = re.compile(r"__(.+?) -> (.+?)__")


class AnswerRow(NamedTuple):
    """What a team did with a question; `ms` 0: its time was not taken."""

    team: str
    given: str
    verdict: str
    points: int
    ms: int
    note: str


class SheetRow(NamedTuple):
    """One judge's sheet: points of each criterion, hard stops, the sum before and after them."""

    judge: str
    points: tuple[float, ...]
    caps: tuple[str, ...]
    total: float
    counted: float


class SpeechRow(NamedTuple):
    """What a team's answer to a situation came to.

    Attributes:
        mean: Of the sheets that count, of 100.
        sheets_counted: How many these are.
        most: Points of a full sheet.
        points: Before `penalty` (0 or negative).
    """

    team: str
    sheets: tuple[SheetRow, ...]
    mean: float
    sheets_counted: int
    most: int
    points: int
    penalty: int
    overtime_ms: int
    ms: int


class ItemRow(NamedTuple):
    """A question or situation that was shown.

    Attributes:
        label: Its number in its part, with a word for spare, audience and tie questions.
        fate: What became of it when it counts for nothing, "".
        criteria: (title, most points), of situations only.
    """

    label: str
    id: str
    text: str
    key: str
    sources: tuple[str, ...]
    fate: str
    answers: tuple[AnswerRow, ...]
    criteria: tuple[tuple[str, int], ...]
    speeches: tuple[SpeechRow, ...]


def labels_of(state: State, kept: Sequence[Event]) -> dict[int, str]:
    """Return position -> its number as announced, in the order in which items were shown."""
    replaced = state.drill.replaced if state.drill else {}
    instead = {by: at for at, by in replaced.items()}
    shown: dict[int, str] = {}
    counts: dict[tuple[int, str], int] = {}
    names = dict(
        zip(
            (side.id for side in state.sides),
            told_apart([side.name for side in state.sides], 24),
            strict=True,
        )
    )
    for position in dict.fromkeys(event.position for event in kept if isinstance(event, ItemOpened)):
        planned = state.plan[position]
        part = state.rules.parts[planned.part]
        if position in instead and instead[position] in shown:
            shown[position] = f"{shown[instead[position]]}, thay"
            continue
        owner = state.drill.owners.get(position, "") if state.drill else ""
        if owner and by_turns(part):  # as the screens number it: the side's own first, second
            named = names.get(owner, "")
            word = "Câu" if isinstance(part, QuestionPart) else "Tình huống"
            mine = counts[planned.part, owner] = counts.get((planned.part, owner), 0) + 1
            shown[position] = f"{word} {mine} của {named}" if part.count > 1 else f"{word} của {named}"
            continue
        word = "Câu" if isinstance(part, QuestionPart) else "Tình huống"
        if planned.role == "audience":
            word = "Khán giả"
        elif is_tie_part(part):
            word = "Câu phụ"
        number = counts[planned.part, word] = counts.get((planned.part, word), 0) + 1
        shown[position] = f"{word} {number}"
    return shown


def item_row(state: State, position: int, label: str, names: Mapping[str, str]) -> ItemRow:
    """Return an item and what every side did with it."""
    planned = state.plan[position]
    item, part = planned.item, state.rules.parts[planned.part]
    own = [(side.id, state.attempts.get((side.id, position))) for side in state.sides]
    there = [(side, attempt) for side, attempt in own if attempt is not None]
    asks = isinstance(part, QuestionPart)
    return ItemRow(
        label,
        flat(item["id"]),
        _asked(item) if asks else flat(f"{item['title']}. {item['prompt']}"),
        (_key(state, position) if _may_tell(state, position) else NOT_SHOWN_YET) if asks else "",
        tuple(flat(Source(**source)) for source in item["sources"]),
        _fate(state, position),
        tuple(_answer(state, names[side], side, position, found) for side, found in there) if asks else (),
        () if asks else tuple((flat(line["title"]), line["points"]) for line in item["rubric"]),
        tuple(_speech(state, names[side], side, position, part, found) for side, found in there)
        if isinstance(part, SituationPart)
        else (),
    )


def _may_tell(state: State, position: int) -> bool:
    """Tell whether a question's key was shown, or the contest is over: a sheet may be printed in between."""
    drill = state.drill
    over = drill is None or not state.running or state.phase == "ranking"
    return over or (drill is not None and position in drill.revealed)


def _key(state: State, position: int) -> str:
    """Return what is right, with what was accepted besides."""
    planned = state.plan[position]
    accepted = state.drill.accepted.get(position, ()) if state.drill is not None else ()
    more = "; ".join(given(planned.item, planned.order, response) for response in accepted)
    key = right_answer(planned.item, planned.order)
    return flat(f"{key}; được công nhận thêm: {more}" if more else key)


def _asked(item: Mapping[str, Any]) -> str:
    """Return what a question asks, with the text that is to be filled in or mended."""
    if item["kind"] not in ("cloze", "misquote"):
        return flat(item["prompt"])
    shown = _SWAP.sub(r"\1", item["text"]) if item["kind"] == "misquote" else _BLANK.sub("……", item["text"])
    return flat(f"{item['prompt']} “{shown}”")


def _fate(state: State, position: int) -> str:
    drill = state.drill
    if drill is None or position not in drill.skipped:
        return "câu dành cho khán giả" if state.plan[position].role == "audience" else ""
    return "đã thay bằng câu dự phòng" if position in drill.replaced else "đã bỏ, không tính điểm"


def _verdict(share: float, code: str) -> str:
    if code == "empty" and share <= 0:
        return "Bỏ trống"
    if share >= 1:
        return "Đúng"
    return "Đúng một phần" if share > 0 else "Sai"


def _was_stolen(state: State, side: str, position: int) -> bool:
    return not is_steal(state, side, position) and any(
        at == position and who != side and attempt.share >= 1 and is_steal(state, who, position)
        for (who, at), attempt in state.attempts.items()
    )


def _answer(state: State, team: str, side: str, position: int, attempt: Attempt) -> AnswerRow:
    planned = state.plan[position]
    said = []
    if state.drill is not None and is_steal(state, side, position):
        said.append("giành quyền trả lời")
    if state.drill is not None and state.drill.stars.get(position) == side:
        said.append("ngôi sao hy vọng")
    if state.drill is not None and attempt.share < 1 and _was_stolen(state, side, position):
        said.append("đội khác giành quyền và trả lời đúng")
    if attempt.by_deadline and attempt.code != "empty":
        said.append("lấy lúc hết giờ")
    if attempt.reason and attempt.code not in ("right", "empty"):
        said.append(flat(attempt.reason))
    if attempt.overruled is not None:
        said.append(f"chấm lại, trước đó {attempt.judged[1]} điểm: {flat(attempt.overruled) or NO_REASON}")
    response = (
        ""
        if attempt.response in ((), None, "")
        else flat(given(planned.item, planned.order, attempt.response))
    )
    return AnswerRow(
        team,
        response,
        _verdict(attempt.share, attempt.code),
        attempt.points + attempt.penalty,
        attempt.elapsed_ms,
        "; ".join(said),
    )


def _speech(
    state: State, team: str, side: str, position: int, part: SituationPart, attempt: Attempt
) -> SpeechRow:
    item = state.plan[position].item
    sheets = state.sheets_of(side, position)
    shares = [sheet_share(item["rubric"], item["caps"], sheet) for sheet in sheets.values()]
    return SpeechRow(
        team,
        tuple(
            _sheet(item, judge_name(judge) if state.group or len(sheets) > 1 else "Tự chấm", sheets[judge])
            for judge in sorted(sheets)
        ),
        attempt.share * 100,
        len(counted_shares(shares, part)),
        part.points,
        attempt.points,
        attempt.penalty,
        attempt.overtime_ms,
        attempt.elapsed_ms,
    )


def _sheet(item: Mapping[str, Any], judge: str, sheet: Sheet) -> SheetRow:
    points = tuple(sheet.shares.get(at, 0.0) * line["points"] for at, line in enumerate(item["rubric"]))
    caps = tuple(
        f"{flat(item['caps'][at]['when'])}: nhiều nhất {item['caps'][at]['at_most']} điểm"
        for at in sorted(sheet.caps)
    )
    return SheetRow(judge, points, caps, sum(points), sheet_share(item["rubric"], item["caps"], sheet) * 100)
