"""Hypothesis strategies for text, YAML and commands."""

from __future__ import annotations

from hypothesis import strategies as st

from trainer.contest import commands as c

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ bcdghklmnpqrstvx"

vietnamese = st.text(VIETNAMESE, min_size=1, max_size=30)
anything = st.text(max_size=60)
hostile = st.text(
    st.sampled_from("[]/\\{}:#\"'“”-—\x1b\x07\x9b\u202e\u200b\u00ad\ufeff\ud7ffAaệ\u0323\t\n%*&!|>@`"),
    max_size=40,
)

times = st.integers(0, 100_000)
sides = st.sampled_from(["p1", "p2", "nobody"])
chosen = st.lists(st.integers(-1, 6), max_size=4).map(tuple)

commands = st.one_of(
    st.builds(c.Tick, times),
    st.builds(c.Pause, times),
    st.builds(c.Unpause, times),
    st.builds(c.Advance, times),
    st.builds(c.HandIn, times),
    st.builds(c.GoTo, times, st.integers(-1, 6)),
    st.builds(c.Answer, times, sides, chosen),
    st.builds(c.Draft, times, sides, st.just("answer"), chosen),
    st.builds(c.Mark, times, sides, sides, st.integers(-1, 3), st.floats(-0.5, 1.5)),
    st.builds(c.MarkCap, times, sides, sides, st.integers(-1, 2), st.booleans()),
    st.builds(c.SetJudges, times, st.integers(0, 10)),
    st.builds(c.CloseSheets, times),
    st.builds(c.TakeTurn, times, sides, st.integers(-1, 4), anything, st.floats(-0.5, 1.5)),
    st.builds(c.Overrule, times, sides, st.integers(-1, 6), anything, st.booleans()),
    st.builds(c.TieClock, times, st.just("2026-11-24"), st.just("test")),
)
