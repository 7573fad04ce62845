"""“Lộ trình”: the way to the day of the contest, and whether it holds today."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.history.plan import (
    Goal,
    Plan,
    PlanItem,
    goal_from_text,
    plan_sentences,
    rest_sentence,
    topics_by_day,
)
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_SHOWN_DAYS = 14
_MOST_MINUTES = 600
_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def read_day(text: str, today: date) -> date | None:
    """Return a day typed as 20/12/2026, 20/12 or 2026-12-20; without a year, the next such day."""
    parts = text.strip().replace("-", "/").replace(".", "/").split("/")
    if not all(part.strip().isascii() and part.strip().isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    try:
        if len(numbers) == 3 and numbers[0] > 31:
            return date(*numbers)
        if len(numbers) == 3:
            return date(numbers[2], numbers[1], numbers[0])
        if len(numbers) == 2:
            day = date(today.year, numbers[1], numbers[0])
            return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None
    return None


class PlanScreen(TrainerScreen):
    """Two boxes, the day and the minutes; below them the way, day by day."""

    CSS_PATH = "plan.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "review", show=False),
        Binding("d,D", "change", "Đổi ngày thi"),
        Binding("escape", "back", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("Enter", "Ôn ngay phần của hôm nay"),
        ("D", "Đặt hoặc đổi ngày thi và số phút mỗi ngày"),
        ("Tab", "Sang ô sau"),
        ("Esc", "Về trang chủ"),
    )

    day_box = getters.query_one("#day", LineInput)
    minutes_box = getters.query_one("#minutes", LineInput)
    next_key = getters.query_one("#next", NextKey)

    def compose(self) -> ComposeResult:
        """Head, the two boxes, the way, next key."""
        head = HeadLine(id="head")
        head.left = "Lộ trình đến ngày thi"
        head.right = self.trainer.services.player.name
        yield head
        with Horizontal(id="boxes"):
            yield Static("Ngày thi", classes="label", markup=False)
            yield LineInput(id="day", placeholder="20/12/2026", max_length=12)
            yield Static("Phút mỗi ngày", classes="label", markup=False)
            yield LineInput(id="minutes", placeholder="20", max_length=4)
        with VerticalScroll(id="stage", can_focus=False), Vertical(id="page"):
            yield Static(id="sentences", markup=False)
            yield Static(id="days", markup=False)
        yield NextKey("review", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the goal that was set, or ask for one."""
        goal = self._goal()
        self.query_one("#boxes").display = goal is None
        if goal is None:
            self.query_one("#sentences", Static).update(
                "Cho biết ngày thi và mỗi ngày bạn có bao nhiêu phút: chương trình chia việc học ra từng ngày, "
                "nói thật những gì không kịp, và mỗi ngày cho biết lộ trình còn kịp hay không."
            )
            self.day_box.focus()
            self.next_key.say("Enter: ô sau, rồi lập lộ trình")
            return
        self._show(goal)

    def _goal(self) -> Goal | None:
        services = self.trainer.services
        return goal_from_text(services.store.setting(services.goal_key))

    def _show(self, goal: Goal) -> None:
        today = self.trainer.services.today().date()
        _, items, terms, made = self.trainer.services.way(goal)
        head = Content.styled(
            f"Ngày thi {goal.contest:%d/%m/%Y}, mỗi ngày {goal.minutes} phút", "bold $accent"
        )
        sentences = plan_sentences(goal, made, today, items, terms)
        rest = rest_sentence(made, terms.done)
        sentences += [rest] * bool(rest)
        self.query_one("#sentences", Static).update(
            Content("\n").join([head, *(Content(line) for line in sentences)])
        )
        self.query_one("#days", Static).update(self._days(made, items))
        self.set_focus(None)
        self.next_key.say("D: đổi ngày thi" if rest else "Enter: ôn phần của hôm nay · D: đổi ngày thi")

    def _days(self, made: Plan, items: list[PlanItem]) -> Content:
        titles = self.trainer.services.bank.topics
        begun = topics_by_day(made, items)
        lines = [Content.styled("Từng ngày", "bold $secondary")]
        for day, (_, topics) in list(zip(made.days, begun, strict=True))[:_SHOWN_DAYS]:
            named = "; ".join(f"{count} {titles.get(topic, topic)}" for topic, count in topics)
            late = f"chưa kịp {day.late}  " if day.late else ""
            room = max(12, min(130, self.app.size.width - 4) - 39 - len(late))
            lines.append(
                Content.assemble(
                    (f"{_WEEKDAYS[day.date.weekday()]} {day.date:%d/%m}  ", "bold"),
                    f"{day.reviews:>3} ôn  {len(day.new):>3} mới  {round(day.ms / 60_000):>3} phút  ",
                    (late, "$warning"),
                    (one_line(named, room), "$quiet"),
                )
            )
        if len(made.days) > _SHOWN_DAYS:
            lines.append(Content.styled(f"… và {len(made.days) - _SHOWN_DAYS} ngày nữa", "$quiet"))
        return Content("\n").join(lines)

    # --- keys -----------------------------------------------------------------------------------

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Go to the second box, or make the plan."""
        event.stop()
        if event.input is self.day_box:
            self.day_box.open()
            self.minutes_box.focus()
            return
        self.minutes_box.open()
        today = self.trainer.services.today().date()
        contest = read_day(self.day_box.value, today)
        minutes = self.minutes_box.value.strip() or "20"
        if contest is None or contest <= today:
            self.trainer.tell("Ngày thi phải là một ngày sắp tới, viết như 20/12/2026.")
            self.day_box.focus()
            return
        if not (minutes.isascii() and minutes.isdecimal() and 1 <= int(minutes) <= _MOST_MINUTES):
            self.trainer.tell(f"Số phút mỗi ngày là một số từ 1 đến {_MOST_MINUTES}.")
            return
        services = self.trainer.services
        items = services.plan_items()
        met = sum(item.memory is not None for item in items)
        goal = Goal(contest, int(minutes), today, met, len(items))
        if self.trainer.attempt(lambda: services.store.set_setting(services.goal_key, goal.to_text())):
            self.query_one("#boxes").display = False
            self._show(goal)

    def action_review(self) -> None:
        """Begin a round of what today asks for, or say truly that it is done."""
        goal = self._goal()
        if goal is None or self.query_one("#boxes").display:
            return
        way = self.trainer.services.way(goal, 1)
        rest = rest_sentence(way.made, way.terms.done)
        told = self.trainer.services.forecast()
        if rest:
            self.trainer.tell(rest)
        elif told.later and not (told.reviews or told.new):
            self.trainer.tell(f"Hôm nay còn {told.later} mục sẽ nhắc lại sau ít phút.")
        else:
            self.trainer.begin_review()

    def action_change(self) -> None:
        """Set the day and the minutes anew."""
        goal = self._goal()
        self.query_one("#boxes").display = True
        if goal is not None:
            self.day_box.open(f"{goal.contest:%d/%m/%Y}")
            self.minutes_box.open(str(goal.minutes))
        self.day_box.focus()
        self.next_key.say("Enter: ô sau, rồi lập lộ trình · Esc: thôi")

    def action_back(self) -> None:
        """Leave the boxes, or go home."""
        goal = self._goal()
        if self.query_one("#boxes").display and goal is not None:
            self.query_one("#boxes").display = False
            self._show(goal)
        else:
            self.trainer.go("home")
