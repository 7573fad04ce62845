"""A rehearsal: made-up teams before an empty hall, on a history of its own; the key G answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from trainer.contest.drill.stand_ins import STAND_INS, due
from trainer.contest.evening.teams import KEYS, Team
from trainer.tui.drill.begin import FIRST_RULES, DrillRequest, begin_drill
from trainer.tui.drill.corrections import Corrections

if TYPE_CHECKING:
    from trainer.contest.session import Session
    from trainer.tui.services import Services

USUAL_TEAMS = 6
SIGN = "DIỄN TẬP – không ghi vào lịch sử"
ENDED = "Diễn tập xong. Không có gì được ghi vào lịch sử của các đội."


def begin_rehearsal(
    services: Services,
    rules: str = "",
    names: tuple[str, ...] = (),
    minutes: int | None = None,
    seed: int | None = None,
    topics: tuple[str, ...] = (),
) -> Session:
    """Open a contest of made-up teams; `services` must be those of the rehearsal's own folder.

    Args:
        services: Of the folder of rehearsals.
        rules: Name of the rules, "": the usual ones.
        names: Of the teams, (): made-up ones with made-up members.
        minutes: How long it may take, None: as the rules say.
        seed: None: a new one.
        topics: Only these, () for all.

    Raises:
        BankError: The bank has too little.
        RulesError: The rules are missing, broken, or for one person only.
        HistoryError: The record cannot be written.
    """
    services.rehearsing = True
    looks = STAND_INS[: len(names) or USUAL_TEAMS]
    teams = [
        Team(
            names[at] if names else look.name,
            look.colour,
            look.symbol,
            () if names else look.members,
            KEYS[at],
        )
        for at, look in enumerate(looks)
    ]
    request = DrillRequest(
        rules or FIRST_RULES, tuple(team.name for team in teams), minutes, seed, topics=topics
    )
    return begin_drill(services, request, teams)


class RehearsalSign(Static):
    """One line that says that nothing here counts."""

    DEFAULT_CSS = """
    RehearsalSign { height: 1; width: 1fr; background: $partial-bg; color: $warning; text-style: bold; text-align: center; }
    """

    def __init__(self, keys: str = "") -> None:
        super().__init__(Content(SIGN + (f" · {keys}" if keys else "")), id="rehearsal")


class Rehearsing(Corrections):
    """The key G, in a rehearsal only."""

    @property
    def rehearsing(self) -> bool:
        """Whether nothing here counts."""
        return self.trainer.services.rehearsing

    def ask_to_end(self) -> None:
        """Ask, then end the rehearsal: it cannot be gone on with."""
        from trainer.tui.dialogs import AskScreen

        def end(agreed: bool | None) -> None:
            self.hold_enter()
            if agreed:
                self.trainer.go("home")

        text = "Buổi diễn tập không làm tiếp được; lần sau bắt đầu một buổi mới."
        self.app.push_screen(AskScreen("Dừng diễn tập?", text), end)

    async def action_stand_in(self) -> None:
        """Answer for the made-up teams, or for the judges, whatever is due now."""
        if not self.rehearsing:
            return
        state = self.session.state
        made = due(state, self.session.now)
        done = sum(self.do(make) for make in made)
        if not done:
            self.said = "Lúc này các đội chưa phải trả lời. Enter: bước tiếp theo."
        elif state.phase == "mark":
            self.said = "Các giám khảo đã chấm xong phiếu."
            self.reload = True
        elif state.phase in ("question", "raise", "entry"):
            self.said = f"Đã trả lời thay {done} đội."
        await self.sync()
