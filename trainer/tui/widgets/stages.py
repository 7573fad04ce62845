"""The 6N frame as a line: which stage of the talk it is time for."""

from __future__ import annotations

from textual.content import Content

STAGES = (
    ("Nghe", "nghe và làm dịu", 20),
    ("Nắm", "nắm gốc việc, các bên, thẩm quyền", 35),
    ("Nêu", "nêu căn cứ", 25),
    ("Nói", "nói cho thuận, có lý có tình", 45),
    ("Nối", "nối lực lượng, phân việc, hẹn ngày", 35),
    ("Nhìn lại", "công khai kết quả, phòng tái diễn", 20),
)
"""Name, what it means, suggested seconds of 180."""
_WHOLE = sum(seconds for _, _, seconds in STAGES)


def stage_at(elapsed_ms: int, speak_ms: int) -> int:
    """Return the index of the stage for a moment of the talk; the last one when time is up."""
    moment = elapsed_ms / max(1, speak_ms) * _WHOLE
    passed = 0
    for index, (_, _, seconds) in enumerate(STAGES):
        passed += seconds
        if moment < passed:
            return index
    return len(STAGES) - 1


def frame() -> Content:
    """Return the frame in words."""
    return Content.assemble(
        ("Khung 6N  ", "bold $secondary"),
        (" → ".join(f"{name}: {meaning}" for name, meaning, _ in STAGES), "$quiet"),
    )


def stage_line(elapsed_ms: int, speak_ms: int) -> Content:
    """Return the stages with the present one marked, and its suggested seconds."""
    now = stage_at(elapsed_ms, speak_ms)
    parts: list[Content] = []
    for index, (name, _, seconds) in enumerate(STAGES):
        share = round(seconds * speak_ms / 1000 / _WHOLE)
        if index == now:
            parts.append(Content.styled(f"▶ {name} {share} giây", "bold $accent"))
        else:
            parts.append(Content.styled(f"{'✓ ' if index < now else ''}{name} {share}", "$quiet"))
    meaning = STAGES[now][1]
    return Content("\n").join(
        [Content("  ").join(parts), Content.styled(f"Lúc này: {meaning}.", "$secondary")]
    )
