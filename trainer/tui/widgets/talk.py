"""The people's replies: what they say, what can be done, and the path as a small tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trainer.contest.state import Taken
from trainer.contest.turns import best_path, turn_now, turns_share
from trainer.tui.widgets.answering import LETTERS
from trainer.tui.widgets.boxes import TextBox
from trainer.tui.widgets.hanging import Hanging
from trainer.tui.widgets.marking import SHARES
from trainer.tui.widgets.remembered import as_remembered

Data = Mapping[str, Any]


class TalkPane(VerticalScroll, can_focus=True):
    """What was said so far, and the turn that waits for a reply.

    Letters choose an option. An open turn is answered aloud or in the box (G); then 0 to 4 say how
    much of it was there.
    """

    DEFAULT_CSS = """
    TalkPane { padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    TalkPane Static { height: auto; }
    TalkPane #said { margin: 0 0 1 0; }
    TalkPane #options { margin: 1 0 0 0; }
    TalkPane TextBox { height: 6; border: round $border-blurred; background: $surface; display: none; margin: 1 0 0 0; }
    TalkPane TextBox:focus { border: round $secondary; }
    TalkPane.-open TextBox { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{letter.lower()},{letter}", f"choose({number})", show=False)
            for number, letter in enumerate(LETTERS[:6])
        ),
        *(Binding(str(number), f"give({number})", show=False) for number in range(5)),
        Binding("g,G", "write", show=False),
        Binding("up", "scroll(-2)", show=False),
        Binding("down", "scroll(2)", show=False),
        Binding("enter", "go_on", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """An option was chosen (index), or an open turn was marked (-1, share)."""

        option: int
        text: str = ""
        share: float = 0.0

    class GoOn(Message):
        """Enter: the talk has ended, or the screen says what is missing."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._item: Data = {}
        self._taken: Sequence[Taken] = ()

    def compose(self) -> ComposeResult:
        """What was said, what can be done, a box for open turns."""
        yield Hanging(id="said", markup=False)
        yield Hanging(id="options", markup=False)
        yield TextBox(id="reply", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")

    def on_mount(self) -> None:
        """Type as the player is used to."""
        as_remembered(self.query_one("#reply", TextBox), self.app)

    def show(self, item: Data, taken: Sequence[Taken]) -> None:
        """Show where the talk stands."""
        self._item, self._taken = item, taken
        self.query_one("#said", Static).update(Content("\n\n").join(talk_lines(item, taken)))
        turn = turn_now(item, taken)
        options = self.query_one("#options", Static)
        box = self.query_one("#reply", TextBox)
        self.set_class(turn is not None and not turn["options"], "-open")
        box.open("")
        if turn is None:
            share = round(100 * turns_share(item, taken))
            options.update(
                Content.styled(f"Cuộc trò chuyện dừng ở đây: {share} % của lối đi tốt nhất.", "bold $accent")
            )
        elif turn["options"]:
            options.update(
                Content("\n").join(
                    Content.assemble((f" {LETTERS[index]} ", "reverse"), f" {option['text']}")
                    for index, option in enumerate(turn["options"])
                )
            )
        else:
            points = [
                Content.styled("Bạn đáp thế nào? Nói thành tiếng hoặc nhấn G để gõ, rồi tự chấm.", "bold")
            ]
            options.update(Content("\n").join(points))
        self.call_after_refresh(self.scroll_end, animate=False)

    def hint(self) -> str:
        """Return what the keys do now."""
        turn = turn_now(self._item, self._taken) if self._item else None
        if turn is None:
            return "Enter: xem kết quả"
        if turn["options"]:
            return f"A–{LETTERS[len(turn['options']) - 1]}: bạn làm gì tiếp?"
        return "G: gõ câu đáp · 0–4: tự chấm câu đáp (0 chưa có ý nào, 4 đủ ý)"

    def action_choose(self, option: int) -> None:
        """Choose what to do."""
        turn = turn_now(self._item, self._taken)
        if turn is not None and option < len(turn["options"]):
            self.post_message(self.Chosen(option))

    def action_give(self, number: int) -> None:
        """Mark an open reply."""
        turn = turn_now(self._item, self._taken)
        if turn is not None and not turn["options"]:
            self.post_message(self.Chosen(-1, self.query_one("#reply", TextBox).text, SHARES[number]))

    def action_write(self) -> None:
        """Go into the box of an open turn."""
        if self.has_class("-open"):
            self.query_one("#reply", TextBox).focus()

    def action_scroll(self, step: int) -> None:
        """Scroll."""
        self.scroll_relative(y=step, animate=False)

    def action_go_on(self) -> None:
        """Enter."""
        self.post_message(self.GoOn())


def talk_lines(item: Data, taken: Sequence[Taken]) -> list[Content]:
    """Return what was said and done, and the turn that waits."""
    turns = {turn["id"]: turn for turn in item.get("turns", ())}
    lines: list[Content] = []
    for step in taken:
        turn = turns[step.turn]
        lines.append(Content(turn["says"]))
        if step.option >= 0:
            option = turn["options"][step.option]
            style = "$success" if step.share >= 1 else "$warning" if step.share > 0 else "$error"
            sign = "✓" if step.share >= 1 else "◐" if step.share > 0 else "✗"
            lines.append(Content.assemble((f"{sign} Bạn: ", f"bold {style}"), option["text"]))
            lines.append(Content.styled(f"   {option['feedback']}", "$quiet"))
        else:
            said = step.text or "(nói thành tiếng)"
            lines.append(Content.assemble(("● Bạn: ", "bold $accent"), said))
            points = "; ".join(point[0] for point in turn["key_points"])
            if points:
                lines.append(Content.styled(f"   Ý nên có: {points}.", "$quiet"))
    waiting = turn_now(item, taken)
    if waiting is not None:
        lines.append(Content.styled(waiting["says"], "bold"))
    return lines


def path_tree(item: Data, taken: Sequence[Taken]) -> Content:
    """Return the path taken as a small tree, the better path beside each step that was not best."""
    turns = {turn["id"]: turn for turn in item.get("turns", ())}
    best = {step.turn["id"]: step.option for step in best_path(item)}
    lines: list[Content] = []
    for depth, step in enumerate(taken):
        turn = turns[step.turn]
        pad = "   " * depth
        joint = "└─ " if depth else ""
        chosen = turn["options"][step.option]["text"] if step.option >= 0 else "đáp bằng lời của mình"
        sign = "✓" if step.share >= 1 else "◐" if step.share > 0 else "✗"
        lines.append(Content.assemble(f"{pad}{joint}", (f"{sign} ", "bold"), chosen))
        wanted = best.get(step.turn, -1)
        if step.option >= 0 and step.share < 1:
            top = max(range(len(turn["options"])), key=lambda at: turn["options"][at]["points"])
            better = turn["options"][wanted if wanted >= 0 else top]
            lines.append(
                Content.assemble(f"{pad}   ", ("↳ tốt hơn: ", "bold $success"), (better["text"], "$success"))
            )
    return Content("\n").join(lines)
