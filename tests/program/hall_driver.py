"""A facilitator by script: reads what the screen says, presses real keys, notes what it typed.

One driver plays every rules: the line at the foot of the screen tells what Enter does.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.program.hall_bank import CRITERIA, Known, has_cap
from tests.program.hall_count import Item, Log, count, points_of, read_rules, sheet_total
from tests.program.hall_screen import OPTION, TWICE_S, UNDONE, HallScreen


class Hall(HallScreen):
    """One contest before a room, through as many runs of the program as it takes.

    Args:
        folder: The data folder.
        bank: Folder of the bank, with or without rules of its own.
        known: What is right.
        rules: Path of the rules' YAML; its stem is their name.
        teams: Names.
        skill: Team -> how often it is right; teams with the same skill and twin name answer alike.
        twins: Team -> the team whose answers it gives.
        kills: (stage, how many-th time) at which the program is killed.
        deeds: (stage, how many-th time) -> what is done there beside the usual.
        any_time: Share of all steps before which the program is killed as well, whatever the stage.
    """

    def __init__(
        self,
        folder: Path,
        bank: Path,
        known: Mapping[str, Known],
        rules: Path,
        teams: Sequence[str],
        *,
        skill: Mapping[str, float] | None = None,
        twins: Mapping[str, str] | None = None,
        kills: Sequence[tuple[str, int]] = (),
        deeds: Mapping[tuple[str, int], str] | None = None,
        size: tuple[int, int] = (80, 24),
        any_time: float = 0,
    ) -> None:
        super().__init__(folder, bank, teams, size)
        self.known = known
        self.name, self.rules = rules.stem, read_rules(rules)
        self.skill, self.twins = dict(skill or {}), dict(twins or {})
        self.kills, self.deeds = set(kills), dict(deeds or {})
        self.any_time, self._dice = any_time, random.Random(self.name)
        self.kill_count = 0
        self.log = Log(list(teams))
        self.key = dict(zip(teams, "1234567890", strict=False))
        self.floor = set(teams)
        self.seen: dict[str, int] = {}
        self.announced: list[tuple[int, str, int]] = []
        self.done: set[str] = set()
        self.rescued = 0
        self._star: set[str] = set()
        self._order: list[str] = []
        self._placed = False
        self._ties = 0
        self._opened = False
        self._last = ""

    # --- what happens ---------------------------------------------------------------------------

    def run(self) -> None:
        """Play to the end."""
        try:
            self._start("--rules", self.name, "--teams", ", ".join(self.teams))
            for _ in range(4000):
                self._quiet()
                stage = self.stage()
                if not stage:
                    self.terminal.wait(lambda _: bool(self.stage()))
                    continue
                if stage == "home":
                    self._hear_places()
                    self.terminal.press("\x11")
                    assert self.terminal.end() == 0
                    return
                if self._on_its_way(stage):
                    self.terminal.more(0.05)
                    continue
                self._note(stage)
                here = (stage, self.seen.get(stage, 0))
                if here in self.kills and stage not in ("clock", "mark"):
                    self.kills.discard(here)
                    self._opened = False
                    self._kill()
                    continue
                if self._dice.random() < self.any_time:
                    self._opened = False
                    self._kill()
                    self.kill_count += 1
                    continue
                if here in self.deeds:
                    self._deed(self.deeds.pop(here))
                    continue
                self._step(stage)
            raise AssertionError(f"does not end\n{self.text}")
        finally:
            self._stop()

    def _on_its_way(self, stage: str) -> bool:
        """Tell whether the item before is still drawn where the next one is announced."""
        if stage not in ("read", "confer") or not self._opened:
            return False
        code = self._code()
        if not code or any(item.code == code for item in self.log.items):
            return True
        self._opened = False
        return False

    def _note(self, stage: str) -> None:
        """Count a stage once an item, and note an item when it is first on show."""
        key = f"{stage} {self._code() if stage not in ('ready', 'on', 'draw') else self.head + self.foot}"
        if stage in ("read", "confer"):
            code = self._code()
            assert code, self.text
            if all(item.code != code for item in self.log.items):
                self.log.items.append(self._item(code))
        if key != self._last:
            self._last = key
            self.seen[stage] = self.seen.get(stage, 0) + 1

    def _item(self, code: str) -> Item:
        role, part = "", -1
        if "Câu hỏi phụ" in self.head:
            role = "tie"
        elif "Câu khán giả" in self.head:
            role = "audience"
        else:
            found = re.search(r"Phần (\d+)/", self.head)
            assert found, self.head
            part = int(found.group(1)) - 1
        rules = self.rules["parts"][part] if part >= 0 else {}
        turns = rules.get("mode") == "turns" or rules.get("type") == "situation"
        value = re.search(r"\((\d+) điểm\)", self.text) if rules.get("values") else None
        item = Item(
            code,
            part,
            role,
            int(value.group(1)) if value else 0,
            self._named(self.head) if turns else "",
            self._placed,
        )
        self._placed = False
        return item

    @property
    def item(self) -> Item:
        """The item on show: the last that was opened."""
        return self.log.items[-1]

    def _step(self, stage: str) -> None:
        if stage in ("on", "ready", "tie", "draw", "take"):
            self._opened = True  # the next item that is on show is a new one
        step = getattr(self, f"_on_{stage}", None)
        if step is None:
            self.enter()
        else:
            step()

    # --- questions ------------------------------------------------------------------------------

    def right(self, team: str, code: str) -> bool | None:
        """Tell what a team answers: rightly, wrongly, None: nothing."""
        team = self.twins.get(team, team)
        dice = random.Random(f"{self.name} {team} {code}").random()
        skill = self.skill.get(team, 0.6)
        part = self.rules["parts"][self.item.part] if self.item.part >= 0 else {}
        speaks = 0.85 if part.get("steal_s") else 0.98  # silence, too, lets the others press
        return None if skill < 0.9 and dice > speaks else dice < skill

    def letters(self, code: str, right: bool) -> str:
        """Return the keys of a right or wrong answer to the question on show."""
        known = self.known[code]
        if known.kind == "short":
            return "r" if right else "w"
        if known.kind == "true-false":
            return "đ" if known.true == right else "s"
        shown = [(letter.lower(), word == "đúng") for letter, word in OPTION.findall(self.text)]
        there = [letter for letter, good in shown if good == right]
        assert there, self.text
        return "".join(there) if known.kind == "multiple" and right else there[0]

    def _players(self) -> list[str]:
        item = self.item
        if item.role == "audience":
            return []
        if item.owner:
            return [item.owner]
        return [team for team in self.teams if team in self.floor]

    def _on_clock(self) -> None:
        item = self.item
        left = [team for team in self._players() if team not in item.answers]
        given = [(team, self.right(team, item.code)) for team in left]
        given = [(team, right) for team, right in given if right is not None]
        kill = ("clock", self.seen["clock"])
        if kill in self.kills:
            self.kills.discard(kill)
            self._type(given[: (len(given) + 1) // 2])
            self._kill()
            return
        if not given:
            self.enter()
            return
        self._type(given)

    def _type(self, given: list[tuple[str, bool | None]]) -> None:
        """Type the answers of several teams in one burst, and wait until the screen has them all."""
        item = self.item
        keys = ""
        for team, right in given:
            assert right is not None
            chosen = "" if item.owner else self.key[team]
            keys += chosen + self.letters(item.code, right)
        self.terminal.press(keys)
        if given and item.owner:
            self._wait(lambda: self.stage() not in ("clock", "entry", "late"))
        item.answers.update(given)
        if not item.owner:
            there = sum(each is not None for each in item.answers.values())
            self._wait(lambda: self._marked() == there)

    def _marked(self) -> int:
        """Return how many teams the scoreboard shows an answer of."""
        found = 0
        for team in self.teams:
            place = re.search(
                rf"{re.escape(team)}\s+\d+[ ★](đã ghi|✓ đúng|✗ sai|[A-H]+\b|Đúng|Sai)", self.text
            )
            found += place is not None
        return found

    def _on_entry(self) -> None:
        item = self.item
        left = [team for team in self._players() if team not in item.answers]
        if any(self.right(team, item.code) is not None for team in left):
            self._on_clock()
            return
        before = self.foot
        self.enter_warned()
        for team in left:
            item.answers[team] = None
        assert self.foot != before

    _on_late = _on_entry
    """The same, but that the buzzers open for the others."""

    def enter_warned(self) -> None:
        """Press Enter, read the warning, press Enter again."""
        while time.monotonic() - self._entered < TWICE_S:
            self.terminal.more(0.05)
        if not self._players() or "Hết giờ · Enter:" in self.foot:
            self.enter()
            return
        self.terminal.press("\r")
        self._wait(lambda: "Enter lần nữa" in self.words)
        self._entered = time.monotonic()
        self.enter()

    def _on_closed(self) -> None:
        self.enter()
        self._fall()

    def _fall(self) -> None:
        """Leave the floor, where the rules say so."""
        item = self.item
        if item.part < 0 or not self.rules["parts"][item.part].get("eliminate") or item.void:
            return
        at = self.log.items.index(item)
        for team in list(self.floor):
            if not item.answers.get(team):
                self.floor.discard(team)
                self.log.fell[team] = at

    # --- turns, packages, steals ----------------------------------------------------------------

    def _on_draw(self) -> None:
        if "đội tự chọn gói" in self.foot and self.seen["draw"] % 2:
            free = re.findall(r"\[(\d)\]", self.text)
            before = self.foot
            self.terminal.press(free[-1])
            self._wait(lambda: bool(self.stage()) and self.foot != before)
            return
        self.enter()

    def _on_choose(self) -> None:
        found = re.search(r"Chọn (\d+) câu \((\d+)/", self.foot)
        assert found, self.foot
        free = {
            int(key): int(left) for key, left in re.findall(r"(\d)\. Câu \d+ điểm \(còn (\d+)\)", self.text)
        }
        wish = (self.seen["choose"] + int(found.group(2))) % len(free) + 1
        before = self.foot
        key = str(wish if free[wish] > 1 else max(free, key=lambda each: free[each]))
        self._again(key, lambda: self.foot != before and bool(self.stage()))

    def _again(self, key: str, condition: Callable[[], bool]) -> None:
        """Press a key until it counts: the same key within a moment is one press."""
        for _ in range(8):
            self.terminal.press(key)
            end = time.monotonic() + 1
            while time.monotonic() < end:
                self.terminal.more(0.05)
                if condition():
                    self._quiet()
                    return
        raise AssertionError(f"{key} does nothing: {self.text}")

    def _on_on(self) -> None:
        if "V: cứu trợ" in self.foot:
            self.terminal.press("v")
            self._wait(lambda: "đội nào trở lại sàn" in self.words)
            while time.monotonic() - self._entered < TWICE_S:
                self.terminal.more(0.05)
            self.terminal.press("\r")
            self._wait(lambda: "cứu trợ" not in self.foot and bool(self.stage()))
            self._entered = time.monotonic()
            self.floor = set(self.teams)
            self.log.fell.clear()
            self.rescued += 1
            return
        if self._may_star():
            team = self._turn()
            self.terminal.press("n")
            self._wait(lambda: "đặt ngôi sao hy vọng ★ cho câu tiếp theo" in self.words)
            self._star.add(team)
            self._placed = True
            return
        self.enter()

    def _turn(self) -> str:
        """Return whose turn it is, by the head."""
        return self._named(self.head)

    def _may_star(self) -> bool:
        """Tell whether the side whose turn it is shall put its star on its next question."""
        last = self.text.split("\n")[-1]
        team = self._turn()
        if not team or team in self._star or not ("N Ngôi sao" in last or "N: đặt ngôi sao" in self.foot):
            return False
        asked = sum(item.owner == team and not item.void for item in self.log.items)
        return asked == self.teams.index(team) % 2

    def _on_buzz(self) -> None:
        item = self.item
        there = [team for team in self.teams if team not in item.answers and team != item.owner]
        if item.role == "tie":
            there = [team for team in self._level() if team not in item.answers]
        if not there or (item.owner and int(item.code[1:]) % 4 == 3):
            self.enter()
            return
        team = there[int(item.code[1:]) % len(there)]
        self.terminal.press(self.key[team])
        self._wait(lambda: self.stage() != "buzz" and bool(self.stage()))

    def _on_floor(self) -> None:
        item, team = self.item, self._named(self.foot)
        right = bool(self.right(team, item.code))
        if item.role == "tie":
            right = bool(item.answers) or self._ties > 1
            self._ties += 1
        self.terminal.press(self.letters(item.code, right))
        self._wait(lambda: self.stage() != "floor" and bool(self.stage()))
        item.answers[team] = right

    # --- situations -----------------------------------------------------------------------------

    def digits(self, item: Item, judge: int) -> tuple[int, ...]:
        """Return a judge's marks, 0 to 4 for each criterion."""
        team = self.twins.get(item.owner, item.owner)
        dice = random.Random(f"{self.name} {team} {judge}")
        worst = 3 if self.is_twin(item.owner) else 1
        return tuple(dice.randint(worst, 4) for _ in CRITERIA)

    def capped(self, item: Item, judge: int) -> bool:
        """Tell whether a judge saw the hard stop; twins' situations have none."""
        return has_cap(item.code) and judge == 0 and not self.is_twin(item.owner)

    def is_twin(self, team: str) -> bool:
        return team in self.twins or team in self.twins.values()

    def _on_mark(self) -> None:
        item = self.item
        found = re.search(r"Phiếu (\d+)/(\d+)", self.foot)
        assert found, self.foot
        judge = int(found.group(1)) - 1
        digits = self.digits(item, judge)
        todo = re.search(r"còn (\d+) tiêu chí", self.text)
        if todo:
            keys = "".join(map(str, digits[len(digits) - int(todo.group(1)) :]))
            if ("mark", self.seen["mark"]) in self.kills and judge:
                self.kills.discard(("mark", self.seen["mark"]))
                self.terminal.press(keys[:2])
                self._wait(lambda: f"còn {len(keys) - 2} tiêu chí" in self.text)
                self._kill()
                return
            if has_cap(item.code):
                keys += "1" if self.capped(item, judge) else "0"
            self.terminal.press(keys)
        total = sheet_total(digits, capped=self.capped(item, judge))
        said = f"Tổng {float(total):g}/100".replace(".", ",")
        self._wait(lambda: said in self.text)
        if judge == len(item.sheets):
            item.sheets.append(digits)
            if self.capped(item, judge):
                item.capped.add(judge)
        self.enter()

    # --- the end --------------------------------------------------------------------------------

    def _level(self) -> list[str]:
        """Return the teams that the tie question on show is for."""
        counted = count(self.log, self.rules, self.times())
        by_rank: dict[int, list[str]] = {}
        for team, rank in counted.rank.items():
            by_rank.setdefault(rank, []).append(team)
        groups = [
            group
            for rank, group in sorted(by_rank.items())
            if len(group) > 1 and len({_prize(self.rules, rank + more) for more in range(len(group))}) > 1
        ]
        return groups[0] if groups else []

    def times(self) -> dict[str, int]:
        """Return the time that each team's right answers took, in milliseconds; by the sheet."""
        return {}

    def _on_order(self) -> None:
        group = self._level()
        order = list(reversed(group))
        self.terminal.press("".join(self.key[team] for team in order[:-1]))
        self._wait(lambda: self.stage() == "ordered")
        self._order = order

    def _on_ordered(self) -> None:
        self.enter()
        self.log.decided.append(self._order)  # a kill before Enter forgets what was typed

    def _on_announce(self) -> None:
        self.enter()
        self._hear_places()

    def _hear_places(self) -> None:
        found = re.findall(r"(?m)^\s*(\d+)\.  (.*?)\s+(\d+) điểm", self.text)
        self.announced = [(int(rank), self._named(name), int(points)) for rank, name, points in found]

    # --- putting things right -------------------------------------------------------------------

    def _deed(self, what: str) -> None:
        before = dict(self.deeds)
        getattr(self, f"_do_{what}")()
        if self.deeds == before:  # not put off
            self.done.add(what)

    def _agree(self, key: str, words: str, then: str) -> None:
        """Press a key, read the question that it asks, say yes, read what came of it."""
        self.terminal.press(key)
        self._wait(lambda: self.stage() == "dialog" and words in self.words)
        while time.monotonic() - self._entered < TWICE_S:
            self.terminal.more(0.05)
        self.terminal.press("\r")
        self._wait(lambda: self.stage() not in ("", "dialog") and then in self.words)
        self._entered = time.monotonic()

    def _do_undo_answer(self) -> None:
        """Take back the last answer that was typed; it is typed again afterwards."""
        item = self.item
        kind = self.known[item.code].kind
        if kind == "multiple" or not item.answers:  # letter by letter, or nothing yet: at the next one
            self.deeds["full", self.seen["full"] + 1] = "undo_answer"
            return
        self._agree("u", "ghi câu trả lời" if kind != "short" else "chấm đúng", UNDONE)
        item.answers.popitem()

    def _do_undo_reveal(self) -> None:
        if not self._code():  # nothing was revealed just now
            self.deeds["on", self.seen["on"] + 1] = "undo_reveal"
            self._step("on")
            return
        self._agree("u", "hiện đáp án", UNDONE)
        assert self.stage() in ("closed", "publish"), self.text

    def _do_skip(self) -> None:
        item = self.item
        self._agree("\x1b[18~", "không tính điểm", "Đã bỏ câu này")  # F7
        item.void = True

    def _do_skip_and_undo(self) -> None:
        item = self.item
        before = self.foot
        self._agree("\x1b[18~", "không tính điểm", "Đã bỏ câu này")
        self._agree("u", "bỏ câu hỏi", UNDONE)
        assert self.foot == before, self.text
        assert not item.void

    def _do_replace(self) -> None:
        item = self.item
        self._agree("\x1b[19~", "Câu dự phòng", "")  # F8
        item.void = True
        self._wait(lambda: self.stage() in ("read", "confer") and self._code() not in ("", item.code))

    def _do_change(self) -> None:
        self._change(self.teams[-1], -3)

    def _do_change_and_undo(self) -> None:
        self._change(self.teams[0], -4)
        self._agree("u", "cộng hoặc trừ điểm", UNDONE)
        self.log.by_hand.pop()

    def _do_level(self) -> None:
        """Give the second team what it lacks to the first place."""
        total = count(self.log, self.rules).total
        best = sorted(self.teams, key=lambda team: total[team], reverse=True)
        if total[best[0]] != total[best[1]]:
            self._change(best[1], total[best[0]] - total[best[1]])

    def _change(self, team: str, points: int) -> None:
        signed = f"{points:+d}".replace("-", "−")
        self.terminal.press("\x1b[17~")  # F6
        self._wait(lambda: "đội nào?" in self.words)
        self.terminal.press(self.key[team])
        self._wait(lambda: "bao nhiêu điểm, vì sao?" in self.words)
        self.terminal.press(f"{points:+d} bo sung")
        self._wait(lambda: "bo sung" in self.text)
        while time.monotonic() - self._entered < TWICE_S:
            self.terminal.more(0.05)
        self.terminal.press("\r")
        self._wait(lambda: f"{signed} điểm (bo sung)" in self.words)
        self._entered = time.monotonic()
        self.log.by_hand.append((len(self.log.items), team, points))


def _prize(rules: Mapping[str, Any], rank: int) -> str:
    last = 0
    for name, many in rules["prizes"].items():
        last += many
        if not many or rank <= last:
            return str(name)
    return ""


__all__ = ["Hall", "points_of"]
