"""Lines wrap under their own words, and nothing of a text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from trainer.tui.widgets.hanging import hung

WORDS = st.lists(
    st.sampled_from(["dân", "vận", "khéo", "thì", "việc", "gì", "cũng", "thành", "công"]), max_size=40
)


@given(WORDS, st.sampled_from(["", "  A  ", "✓  B  [x] ", "  2. ", "✗ "]), st.integers(24, 90))
def test_no_word_is_lost_and_no_line_is_too_wide(words: list[str], lead: str, width: int) -> None:
    lines = hung(Content(lead + " ".join(words)), width)
    assert " ".join(" ".join(line.plain for line in lines).split()) == " ".join(
        (lead + " ".join(words)).split()
    )
    assert all(line.cell_length <= width for line in lines)


def test_the_second_line_stands_under_the_first_word() -> None:
    first, second = hung(Content("  A  Hỏi ý kiến dân rồi mới đặt kế hoạch"), 30)
    assert first.plain.startswith("  A  Hỏi")
    assert second.plain.startswith("     ")
    assert second.plain[5] != " "
