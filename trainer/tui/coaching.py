"""What a situation teaches after it was answered: the pages beside the marking sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from trainer.contest.rules import SituationPart
from trainer.contest.scoring import counted_shares, disputed_criteria, sheet_share
from trainer.contest.state import Sheet, State
from trainer.contest.turns import turns_share
from trainer.history.coaching import SituationRecord
from trainer.tui import wording
from trainer.tui.widgets.talk import path_tree

Data = Mapping[str, Any]
Page = tuple[str, Content]


def pages(state: State, side: str, position: int, before: SituationRecord | None = None) -> list[Page]:
    """Return the pages of a situation, each with its name; `before` is the last time it was handled."""
    item = state.plan[position].item
    text = state.spoken.get((side, position), (0, 0, ""))[2]
    found: list[Page] = []
    if state.phase == "review":
        found.append(("Tổng kết", summary(state, side, position)))
    found.append(("Bài mẫu", Content(str(item["model_answer"]))))
    found.append(("Lỗi hay gặp", Content("\n".join(f"• {mistake}" for mistake in item["mistakes"]))))
    if text.strip():
        found.append(("Ý nghe thấy", evidence_page(item, text)))
    found.append(("Căn cứ", Content("\n".join(f"• {line}" for line in wording.source_lines(item)))))
    found.append(("Bài của bạn", own_answer(state, side, position)))
    if before is not None:
        told = before.text or "Lần ấy bạn trình bày bằng lời, không ghi lại chữ nào."
        found.append(("Bài lần trước", Content(f"{round(100 * before.share)}/100 điểm.\n\n{told}")))
    return found


def own_answer(state: State, side: str, position: int) -> Content:
    """Return the notes, what was typed, and how much too long it was."""
    notes = state.drafts.get((side, position, "notes")) or ""
    elapsed, over, text = state.spoken.get((side, position), (0, 0, ""))
    parts = [f"Bạn trình bày trong {wording.seconds(elapsed)}."]
    if over >= 1000:
        parts.append(f"Quá giờ {wording.seconds(over)}.")
    if notes:
        parts.append(f"Ghi chú:\n{notes}")
    parts.append(text or "Bạn trình bày bằng lời, không ghi lại chữ nào.")
    return Content("\n\n".join(parts))


def _points(item: Data, sheet: Sheet) -> float:
    return round(100 * sheet_share(item["rubric"], item["caps"], sheet), 1)


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def summary(state: State, side: str, position: int) -> Content:
    """Return how the marks came about: blind and later, judges apart, the talk's path."""
    item = state.plan[position].item
    sheets = state.sheets_of(side, position)
    lines: list[Content] = []
    for number, (judge, sheet) in enumerate(sheets.items(), 1):
        first = state.first_sheets.get((judge, side, position))
        who = f"Giám khảo {number}: " if len(sheets) > 1 else "Điểm: "
        now = _points(item, sheet)
        line = Content.assemble((who, "bold"), (f"{_number(now)}/100", "bold $accent"))
        if first is not None:
            gap = round(now - _points(item, first), 1)
            line += Content.styled(
                f"   lần đầu {_number(_points(item, first))}"
                + (f", lệch {'+' if gap > 0 else '−'}{_number(abs(gap))}" if gap else ", không đổi"),
                "$quiet",
            )
        lines.append(line)
    lines += _gaps(item, state, side, position)
    if len(sheets) > 1:
        lines += _judges(item, state, side, position)
    taken = state.turns.get((side, position), ())
    if taken:
        share = round(100 * turns_share(item, taken))
        lines.append(Content.styled(f"\nĐối đáp: {share} % của lối đi tốt nhất", "bold $secondary"))
        lines.append(path_tree(item, taken))
    return Content("\n").join(lines)


def _gaps(item: Data, state: State, side: str, position: int) -> list[Content]:
    """Name the criteria whose mark changed after the model answer was seen."""
    key = (side, side, position)
    first, now = state.first_sheets.get(key), state.sheets.get(key)
    if first is None or now is None:
        return []
    lines = []
    for index, criterion in enumerate(item["rubric"]):
        gap = (now.shares.get(index, 0.0) - first.shares.get(index, 0.0)) * criterion["points"]
        if gap:
            word = "chấm rộng tay" if gap < 0 else "chấm chặt tay"
            lines.append(
                Content.styled(f"• {criterion['title']}: lần đầu {word} {_number(abs(gap))} điểm", "$quiet")
            )
    return lines


def _judges(item: Data, state: State, side: str, position: int) -> list[Content]:
    part = state.rules.parts[state.plan[position].part]
    sheets = list(state.sheets_of(side, position).values())
    shares = [sheet_share(item["rubric"], item["caps"], sheet) for sheet in sheets]
    lines = []
    if isinstance(part, SituationPart):
        counted = counted_shares(shares, part)
        note = " (bỏ điểm cao nhất và thấp nhất)" if len(counted) < len(shares) else ""
        mean = 100 * sum(counted) / len(counted)
        lines.append(Content(f"Trung bình{note}: {_number(round(mean, 1))}/100"))
    lines.append(
        Content(f"Cao nhất và thấp nhất lệch {_number(round(100 * (max(shares) - min(shares)), 1))} điểm")
    )
    for index in disputed_criteria(sheets, item["rubric"]):
        lines.append(
            Content.styled(
                f"! Giám khảo lệch hơn một nửa ở “{item['rubric'][index]['title']}”", "bold $warning"
            )
        )
    return lines


def proposed_shares(item: Data, text: str) -> dict[int, float]:
    """Return what the typed answer's evidence proposes for each criterion; {} when nothing was typed."""
    if not text.strip():
        return {}
    from trainer.grading.evidence import find_evidence

    return {
        index: found.share
        for index, found in enumerate(find_evidence(text, item["rubric"]))
        if found.share is not None
    }


def evidence_page(item: Data, text: str) -> Content:
    """Return for each criterion which key points were heard, in which words, and which were not."""
    from trainer.grading.evidence import find_evidence

    lines = [Content.styled("Máy chỉ gợi ý từ chữ bạn gõ; bạn là người quyết định.", "$quiet")]
    for criterion, found in zip(item["rubric"], find_evidence(text, item["rubric"]), strict=True):
        lines.append(Content.styled(f"\n{criterion['title']}", "bold $secondary"))
        for point in found.points:
            sign = ("✓", "$success") if point.found else ("✗", "$error")
            line = Content.assemble((f"{sign[0]} ", f"bold {sign[1]}"), point.point)
            if point.found:
                words = " … ".join(text[start:end] for start, end in point.spans)
                line += Content.styled(f"  ← “{words}”", "$quiet")
            lines.append(line)
    return Content("\n").join(lines)
