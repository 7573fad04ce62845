"""How somebody's handling of situations goes over time: by criterion, by group, blind against later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from trainer.bank.model import Situation
from trainer.contest.scoring import sheet_share
from trainer.contest.state import Sheet, State
from trainer.text import fold

FAMILIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("nhan-dien", "nhận diện vấn đề và các bên", ("nhan dien", "nguyen nhan", "cac ben", "hieu", "nam")),
    ("can-cu", "căn cứ và thẩm quyền", ("can cu", "tham quyen", "phap luat", "dung luat")),
    ("phuong-an", "phương án và trình tự", ("phuong an", "trinh tu", "viec lam", "buoc")),
    ("van-dong", "nghệ thuật vận động", ("van dong", "thuyet phuc", "loi le", "co tinh")),
    ("phoi-hop", "phối hợp, hẹn ngày, phòng tái diễn", ("phoi hop", "theo doi", "tai dien", "noi luc luong")),
    ("trinh-bay", "trình bày và đúng giờ", ("trinh bay", "dung gio")),
)
"""Key, name for people, and words of titles: what criteria of different situations have in common."""
OTHER = ("khac", "tiêu chí riêng của tình huống")


class CriterionMark(NamedTuple):
    """One criterion's marks, 0 to 1: blind (`first`) and after the model answer was seen."""

    title: str
    points: int
    first: float
    share: float


class SituationRecord(NamedTuple):
    """One situation that was handled.

    Attributes:
        item: The situation's id.
        share: Of the full sheet, hard stops applied; `first` the same before the model answer.
        text: What was typed, "" when spoken.
    """

    contest: str
    position: int
    item: str
    title: str
    group: str
    share: float
    first: float
    overtime_ms: int
    text: str
    criteria: tuple[CriterionMark, ...]


class Tally(NamedTuple):
    """A mean over some situations."""

    name: str
    share: float
    times: int


def records_of(state: State, side: str) -> list[SituationRecord]:
    """Return the situations of one contest that were scored, marked by the side itself."""
    found = []
    for position, planned in enumerate(state.plan):
        item = planned.item
        if item["section"] != "situation" or (side, position) not in state.attempts:
            continue
        sheets = state.sheets_of(side, position)
        sheet = sheets.get(side) or next(iter(sheets.values()), None)
        if sheet is None:
            continue
        judge = next(name for name, other in sheets.items() if other is sheet)
        first = state.first_sheets.get((judge, side, position), sheet)
        _, over, text = state.spoken.get((side, position), (0, 0, ""))
        found.append(
            SituationRecord(
                state.contest,
                position,
                item["id"],
                item["title"],
                item["group"],
                _share(item, sheet),
                _share(item, first),
                over,
                text,
                tuple(
                    CriterionMark(
                        line["title"],
                        line["points"],
                        first.shares.get(index, 0.0),
                        sheet.shares.get(index, 0.0),
                    )
                    for index, line in enumerate(item["rubric"])
                ),
            )
        )
    return found


def _share(item: Mapping[str, Any], sheet: Sheet) -> float:
    return sheet_share(item["rubric"], item["caps"], sheet)


def family_of(title: str) -> tuple[str, str]:
    """Return the key and name of the family that a criterion belongs to."""
    plain = fold(title)
    for key, name, words in FAMILIES:
        if any(word in plain for word in words):
            return key, name
    return OTHER


def by_criterion(records: Iterable[SituationRecord]) -> list[Tally]:
    """Return the mean share of each family of criteria, weakest first."""
    shares: dict[str, list[float]] = {}
    for record in records:
        for mark in record.criteria:
            shares.setdefault(family_of(mark.title)[1], []).append(mark.share)
    return sorted((_tally(name, found) for name, found in shares.items()), key=lambda tally: tally.share)


def by_group(records: Iterable[SituationRecord]) -> list[Tally]:
    """Return the mean share of each group of situations, weakest first."""
    shares: dict[str, list[float]] = {}
    for record in records:
        shares.setdefault(record.group, []).append(record.share)
    return sorted((_tally(name, found) for name, found in shares.items()), key=lambda tally: tally.share)


def _tally(name: str, shares: Sequence[float]) -> Tally:
    return Tally(name, sum(shares) / len(shares), len(shares))


def marking_gaps(records: Iterable[SituationRecord]) -> list[float]:
    """Return blind mark minus later mark of each record, in shares: above 0 one marks too kindly."""
    return [record.first - record.share for record in records]


def proposal(records: Sequence[SituationRecord], situations: Iterable[Situation]) -> tuple[str, str] | None:
    """Return the id of the next situation and why: where one is weakest, what was not done yet.

    Args:
        records: What was handled, oldest first.
        situations: The bank's situations.

    Returns:
        None when there is no situation.
    """
    done: dict[str, int] = {}
    for number, record in enumerate(records):
        done[record.item] = number
    scores = {tally.name: tally for tally in by_group(records)}

    def worth(situation: Situation) -> tuple[float, int, str]:
        known = scores.get(situation.group)
        # A group never met counts as half known: neither the first choice nor the last.
        share = known.share if known is not None else 0.5
        return (share, done.get(situation.id, -1), situation.id)

    best = min(situations, key=worth, default=None)
    if best is None:
        return None
    known = scores.get(best.group)
    if known is None:
        return best.id, f"nhóm “{best.group}” bạn chưa gặp"
    return best.id, f"nhóm “{best.group}” bạn mới đạt {round(100 * known.share)} %"
