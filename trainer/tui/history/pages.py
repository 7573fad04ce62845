"""The pages of the history beside the rounds: topics, days, hard questions, bests."""

from __future__ import annotations

from datetime import date, timedelta

from textual.content import Content

from trainer.bank.model import KIND_NAMES
from trainer.history import statistics as s
from trainer.history.intervals import NAME
from trainer.history.moments import from_datetime
from trainer.history.rounds import bests
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.services import Services

_ROOMY = 90
"""Columns from which a page has room for long bars."""
_WEEKS = 18
_TRUE_FALSE = {"Đúng", "Sai"}
"""Taken for each other in every missed true-false question: that says nothing."""
_SHADES = ((0, "·"), (1, "░"), (10, "▒"), (30, "▓"), (60, "█"))
_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def _empty() -> Content:
    return Content("Chưa có câu nào để nói. Bạn hãy chơi một phần thi trước.")


def topics_page(services: Services, width: int) -> Content:
    """Mastery by topic: met, right, how sure that is, and what would be recalled now."""
    now = from_datetime(services.today())
    known = s.knowledge(services.store.connection, services.player.id, now)
    rows = [row for row in s.mastery(services.bank.entries(), known) if row.met]
    if not rows:
        return _empty()
    titles = services.bank.topics
    rows.sort(key=lambda row: row.right / row.met)
    bar = 8 if width < _ROOMY else 20
    named = max(len(titles.get(row.topic, row.topic)) for row in rows)
    title = max(16, min(named, width - bar - 34))
    lines = [
        Content.styled(f"{'Chủ đề':<{title}}  {'Đúng':<{bar}}       {'Khoảng':<10} Gặp     Nhớ", "$quiet"),
    ]
    for row in rows:
        share = row.right / row.met
        full = round(share * bar)
        band = f"{row.band.low * 100:.0f}–{row.band.high * 100:.0f} %"
        lines.append(
            Content.assemble(
                f"{one_line(titles.get(row.topic, row.topic), title):<{title}}  ",
                ("█" * full, "$accent"),
                ("░" * (bar - full), "$border-blurred"),
                f" {share * 100:>3.0f} %  ",
                (f"{band:<10}", "$quiet"),
                f" {f'{row.met}/{row.questions}':<6}",
                f" {row.recall * 100:>3.0f} %",
            )
        )
    lines += [
        Content(""),
        Content.styled(
            "Đúng: trong những câu đã gặp, tính lần gần nhất. Khoảng: tỉ lệ thật nằm trong đó "
            f"({NAME}). Nhớ: phần của cả chủ đề mà hôm nay bạn còn nhớ được.",
            "$quiet",
        ),
    ]
    return Content("\n").join(lines)


def days_page(services: Services, width: int) -> Content:  # noqa: ARG001 - all pages are called alike
    """A calendar of the last weeks, and days in a row."""
    now = services.today()
    today = now.date()
    first = today - timedelta(days=today.weekday() + 7 * (_WEEKS - 1))
    zone = now.tzinfo
    if zone is None:
        return _empty()
    days = s.calendar(services.store.connection, services.player.id, zone)
    if not days:
        return _empty()
    by_date = {day.date: day for day in days}
    current, longest = s.streaks(days, today)
    lines = [
        Content.assemble(
            ("Liên tiếp ", "bold"),
            (f"{current} ngày", "bold $accent"),
            f" · dài nhất {longest} ngày · tất cả {len(days)} ngày, {sum(day.asked for day in days)} câu, "
            f"{wording.seconds(sum(day.ms for day in days))}",
        ),
        Content(""),
        Content.styled("    " + _months(first), "$quiet"),
    ]
    for weekday, name in enumerate(_DAYS):
        row = ""
        for week in range(_WEEKS):
            day = first + timedelta(days=7 * week + weekday)
            row += (
                (_shade(by_date[day].asked) if day in by_date else "·") * 2 + " " if day <= today else "   "
            )
        lines.append(Content.assemble((f"{name}  ", "$quiet"), (row, "$accent")))
    lines.append(Content.styled("    · không   ░ 1–9   ▒ 10–29   ▓ 30–59   █ từ 60 câu", "$quiet"))
    return Content("\n").join(lines)


def _months(first: date) -> str:
    row = ""
    for week in range(_WEEKS):
        day = first + timedelta(days=7 * week)
        label = f"{day.month:02d}" if week == 0 or day.day <= 7 else "  "
        row += f"{label} "
    return row


def _shade(asked: int) -> str:
    return [sign for least, sign in _SHADES if asked >= least][-1]


def hard_page(services: Services, width: int) -> Content:
    """The questions missed most surely, and the answers taken for each other."""
    connection, player = services.store.connection, services.player.id
    hard = s.hardest(connection, player, 12)
    pairs = [pair for pair in s.confused(connection, player, 12) if {pair.one, pair.two} != _TRUE_FALSE]
    often = [pair for pair in pairs if pair.times > 1]
    if not hard and not pairs:
        return Content("Bạn chưa sai câu nào.") if services.store.attempts(player) else _empty()
    lines = [Content.styled("Câu hay sai nhất", "bold $secondary")]
    for row in hard:
        prompt = _prompt(services, row.item)
        lines.append(
            Content.assemble(
                (f"sai {row.asked - row.right}/{row.asked}  ", "bold $error"),
                (f"{wording.seconds(row.ms):>10}  ", "$quiet"),
                one_line(prompt, max(20, width - 23)),
            )
        )
    if pairs:
        half = max(12, (width - 20) // 2)
        lines += [Content(""), Content.styled("Bạn hay nhầm" if often else "Đã từng nhầm", "bold $secondary")]
        lines += [
            Content.assemble(
                (f"{pair.times} lần  ", "bold"),
                f"“{_answer(pair.one, half)}” với “{_answer(pair.two, half)}”",
            )
            for pair in (often or pairs)[:6]
        ]
    return Content("\n").join(lines)


def _prompt(services: Services, item: str) -> str:
    """Return what a question or a form made from a quotation asks."""
    base, _, form = item.partition(":")
    if base not in services.bank:
        return f"{item} (không còn trong ngân hàng)"
    data = services.bank.data(base)
    return f"Học thuộc, luyện lời: “{data['text']}”" if form else str(data.get("prompt") or data.get("text"))


def _answer(text: str, limit: int) -> str:
    return one_line(text.replace(" | ", "; "), limit)


def bests_page(services: Services, width: int) -> Content:
    """Personal bests, and the pace by kind of question."""
    connection, player = services.store.connection, services.player.id
    best, paces = bests(connection, player), s.paces(connection, player)
    if not best and not paces:
        return _empty()
    lines: list[Content] = []
    if best:
        lines.append(Content.styled("Kỷ lục", "bold $secondary"))
        width = max(len(row.title) for row in best)
        lines += [
            Content.assemble(
                f"{row.title:<{width}}  ",
                (f"{row.score}/{row.max_score}", "bold $accent"),
                (f"  {wording.local_time(row.started)} · {row.rounds} lần", "$quiet"),
            )
            for row in best
        ]
    if paces:
        lines += [Content(""), Content.styled("Thời gian một câu (trung vị)", "bold $secondary")]
        named = [(KIND_NAMES.get(row.kind, "tình huống"), row) for row in paces]
        width = max(len(name) for name, _ in named)
        lines += [
            Content.assemble(
                f"{name:<{width}}  ",
                (wording.seconds(row.median_ms), "bold"),
                (f"  {row.answers} câu", "$quiet"),
            )
            for name, row in named
        ]
    return Content("\n").join(lines)
