"""Commands that open the screens."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.shared import (
    bank_paths,
    cache_folder,
    free_target,
    need_terminal,
    open_bank,
    open_store,
    printable,
)
from trainer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.bank.bank import Bank
    from trainer.contest.rules import Rules
    from trainer.contest.session import Session
    from trainer.history.store import Store
    from trainer.tui.services import RoundRequest, Services


_MOST_ERRORS = 10
"""Errors of a set's file that are told at once before the screen is drawn."""


def home(arguments: argparse.Namespace) -> int:
    """Show the home screen."""
    return screens(arguments)


def play(arguments: argparse.Namespace) -> int:
    """Go straight into a round."""
    need_terminal()
    from trainer.tui.services import RoundRequest

    request = RoundRequest(
        arguments.rules, topics=tuple(arguments.topic), count=arguments.count, seed=arguments.seed
    )
    return screens(arguments, request)


def situation(arguments: argparse.Namespace) -> int:
    """Go straight into a situation, or print one."""
    from trainer.tui.services import SITUATION_RULES, RoundRequest

    if arguments.to is not None:
        return _print_situation(arguments)
    need_terminal()
    if arguments.id is None:
        return screens(arguments, RoundRequest(SITUATION_RULES))
    _known_situation(open_bank(bank_paths(arguments)), arguments.id)
    return screens(arguments, RoundRequest(SITUATION_RULES, only=(arguments.id,)))


def _known_situation(bank: Bank, name: str) -> None:
    if name not in {entry.id for entry in bank.entries("situation")}:
        raise UsageError(
            f"Không có tình huống “{printable(name)}”. Gõ “danvan situation” để bốc thăm, "
            "hoặc chọn trong mục “Xử lý tình huống” của “danvan”."
        )


def _print_situation(arguments: argparse.Namespace) -> int:
    from trainer.bank.model import Situation
    from trainer.exchange.marking_sheet import marking_sheet
    from trainer.exchange.page import write

    if arguments.id is None:
        raise UsageError("Cần mã tình huống để in, ví dụ: danvan situation th-mo-ngo --print phieu.html.")
    bank = open_bank(bank_paths(arguments))
    _known_situation(bank, arguments.id)
    item = bank.item(arguments.id)
    assert isinstance(item, Situation)  # noqa: S101 - it is among the situations
    write(free_target(arguments.to, force=arguments.force), marking_sheet(item))
    print(f"Đã ghi phiếu chấm vào “{arguments.to}”. Mở bằng trình duyệt rồi in.")
    return 0


def review(arguments: argparse.Namespace) -> int:
    """Go straight into what is due today; or set the day's limits."""
    if arguments.new is not None or arguments.most is not None:
        return _set_limits(arguments)
    return screens(arguments, place="review")


def _set_limits(arguments: argparse.Namespace) -> int:
    from trainer.history.review import Limits, limits_from_text, limits_text

    with open_store(arguments) as store:
        known = limits_from_text(store.setting("limits"))
        limits = Limits(arguments.new or known.new, arguments.most or known.all)
        store.set_setting("limits", limits_text(limits))
    print(f"Từ nay mỗi ngày nhiều nhất {limits.new} câu mới, {limits.all} mục tất cả.")
    return 0


def plan(arguments: argparse.Namespace) -> int:
    """Show the way to the day of the contest."""
    return screens(arguments, place="plan")


def quotes(arguments: argparse.Namespace) -> int:
    """Show the quotations."""
    return screens(arguments, place="quotes")


def need_packages() -> None:
    """Refuse to begin with a package missing: better now than at the first answer.

    Raises:
        UsageError: The program was updated but not installed again.
    """
    from importlib.util import find_spec

    missing = [name for name in ("textual", "rich", "yaml", "fsrs") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"Thiếu gói {', '.join(missing)}: chương trình đã cập nhật mà chưa cài lại. "
            "Bạn hãy chạy lại lệnh thứ nhất ở đầu README.md."
        )


def drill(arguments: argparse.Namespace) -> int:
    """Run a contest of several sides before a room: set up, from a file, at once, resumed, or rehearsed."""
    if arguments.rehearse:
        from trainer.commands.rehearsing import rehearse

        return rehearse(arguments)
    wishes = arguments.rules or arguments.teams or arguments.minutes or arguments.topic
    if arguments.resume and (wishes or arguments.file):
        raise UsageError(
            "“--resume” làm tiếp hội thi đang dở nên không đi cùng tệp, --rules, --teams, --minutes hay --topic."
        )
    if arguments.file is not None and wishes:
        raise UsageError(
            "Tệp bộ câu hỏi đã có luật thi, các đội và câu hỏi nên không đi cùng --rules, --teams, --minutes hay "
            "--topic. Bạn hãy sửa trong tệp, hoặc mở tệp rồi đổi trên màn hình."
        )
    if arguments.check and arguments.file is None:
        raise UsageError("“--check” soát một tệp bộ câu hỏi. Bạn hãy ghi tên tệp: danvan drill TỆP --check.")
    if arguments.check:
        return _check_set(arguments)
    from trainer.tui.drill.begin import resume_drill, team_names

    if arguments.resume:
        return screens(arguments, begin=resume_drill)
    if arguments.file is not None:
        return screens(arguments, begin=lambda services: _open_set(services, Path(arguments.file)))
    if arguments.teams is None:
        return screens(arguments, begin=lambda services: _set_up(services, arguments))
    team_names(arguments.teams)  # wrong ones are told before anything is opened
    return screens(arguments, begin=lambda services: _begin_drill(services, arguments))


def _begin_drill(services: Services, arguments: argparse.Namespace) -> Session:
    """Begin at once, with what is known of the teams."""
    from trainer.tui.drill.begin import DrillRequest, begin_drill, teams_from
    from trainer.tui.prepare.sets import remembered_teams

    teams = teams_from(arguments.teams, remembered_teams(services))
    names = tuple(team.name for team in teams)
    rules = arguments.rules or "chuan"
    request = DrillRequest(rules, names, arguments.minutes, topics=tuple(arguments.topic))
    return begin_drill(services, request, teams)


def _open_set(services: Services, path: Path) -> str:
    """Open a prepared evening; what keeps it from being played is told before the screen is drawn."""
    from trainer.tui.prepare.sets import open_set

    if not path.exists() and path.stem in {rules.name for rules in _group_rules(services)}:
        raise UsageError(
            f"Không có tệp “{printable(str(path))}”. Muốn chọn luật thi, gõ: danvan drill --rules {path.stem}."
        )
    services.prepared = open_set(services, path, _MOST_ERRORS)
    return "prepared"


def _group_rules(services: Services) -> list[Rules]:
    from trainer.tui.drill.begin import drill_rules

    return drill_rules(services)


def _check_set(arguments: argparse.Namespace) -> int:
    """Print what is wrong with the file of a prepared evening, or what is in it."""
    from trainer.tui.prepare.sets import looked_over
    from trainer.tui.prepare.wishes import in_words

    with open_store(arguments) as store:
        prepared, problems = looked_over(_services(arguments, store), Path(arguments.file))
    for problem in problems:
        print(problem)
    if prepared is None or prepared.draft.lacking:
        return 1
    print(f"Tệp dùng được. {prepared.draft.rules.title}, {in_words(prepared.draft)}.")
    return 0


def _set_up(services: Services, arguments: argparse.Namespace) -> str:
    """Keep what the command line said for the place where the rest is asked."""
    rules = arguments.rules or ""
    if rules:
        services.rules(rules)  # unknown rules are told before the screen is drawn
    services.check_topics(arguments.topic)
    services.drill_wishes = (rules, arguments.minutes, tuple(arguments.topic))
    return "drill"


def _services(arguments: argparse.Namespace, store: Store) -> Services:
    from trainer.tui.services import Services, rules_folders

    paths = bank_paths(arguments)
    return Services(
        bank_paths=paths,
        cache=cache_folder(),
        store=store,
        player=store.player(getattr(arguments, "player", None)),
        rules_folders=rules_folders(paths),
    )


def screens(
    arguments: argparse.Namespace,
    request: RoundRequest | None = None,
    place: str = "home",
    begin: Callable[[Services], Session | str] | None = None,
) -> int:
    """Open the screens at a contest or a place; `begin` says which once the bank is open."""
    need_terminal()
    need_packages()
    # Thousands of lasting objects are made before the first paint and none is garbage; the app
    # lets the collector run again once it has painted (measured: 20 ms of 290).
    gc.disable()
    store = open_store(arguments)
    try:
        from trainer.tui import compat
        from trainer.tui.app import DanvanApp

        services = _services(arguments, store)
        services.bank  # noqa: B018 - a bank that cannot be opened is told before the screen is drawn
        compat.utf8_streams()
        compat.real_size()
        compat.guard_input()
        begun: Session | str | None = services.begin_review() if place == "review" else None
        if begin is not None:
            begun = begin(services)
        app = DanvanApp(services, begun or (place if request is None else services.begin(request)))
        sentence = app.run()
    finally:
        store.close()
    if sentence:
        print(sentence, file=sys.stderr if app.return_code else sys.stdout)
    return app.return_code or 0
