"""The file of a prepared evening: rules, teams and items in YAML that a facilitator can read and change."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.bank.model import LEVEL_NAMES
from trainer.contest.evening.draft import Chosen
from trainer.contest.evening.teams import (
    COLOUR_NAMES,
    COLOURS,
    SYMBOLS,
    Team,
    tidy,
    with_defaults,
    wrong_count,
    wrong_key,
    wrong_pair,
    wrong_team,
)
from trainer.errors import SetFileError
from trainer.text import fold, one_line

if TYPE_CHECKING:
    from trainer.bank.fields import Fields, Problems
    from trainer.bank.marks import Node
    from trainer.bank.problems import Problem

FORMAT = 1
SUFFIX = ".yaml"
ROLES = {"": "", "reserve": "dự phòng", "audience": "khán giả"}
_SKIPPED = re.compile(r" Câu hỏi bắt đầu ở dòng \d+ bị bỏ qua\.$")
_MAX_TITLE = 120
MAX_NOTE = 200
_MAX_ITEMS = 2000
_MAX_SEED = (1 << 31) - 1
_HEAD = """\
# Bộ câu hỏi cho một buổi hội thi (chương trình “Dân vận khéo – Luyện thi”).
# Tối thi, gõ: danvan drill TÊN_TỆP_NÀY        Sửa xong, soát lại: danvan drill TÊN_TỆP_NÀY --check
# Tệp này chỉ có mã câu hỏi, không có đáp án. Sửa bằng trình soạn thảo nào cũng được, lưu bằng UTF-8.
"""
_SEED = "# Số gieo: giữ nguyên thì thứ tự các phương án A, B, C, D cũng giữ nguyên."
_TEAMS = """\
# Các đội, theo thứ tự thi. colour: {colours}.
# symbol: một trong {symbols}. key: phím chuông của đội, mỗi đội một phím."""
_ITEMS = """\
# Các câu hỏi. Muốn thay một câu: sửa mã sau “id” (mã có trong ngân hàng; danvan search CHỮ để tìm).
# part: phần thi; package: số gói; value: giá điểm; role: dự phòng hoặc khán giả; level: mức 1, 2, 3;
# note: điều người dẫn cần nhớ khi hỏi câu này (hiện ở F9 lúc dẫn, không lên máy chiếu)."""


class Evening(NamedTuple):
    """What a set's file says.

    Attributes:
        title: What the evening is called.
        rules: Name of the rules.
        minutes: How long it was to take, None: as the rules say.
        topics: Only these, () for all.
        seed: All the chance there is.
        teams: In their order.
        items: The set.
    """

    title: str
    rules: str
    minutes: int | None
    topics: tuple[str, ...]
    seed: int
    teams: tuple[Team, ...]
    items: tuple[Chosen, ...]


class Places(NamedTuple):
    """Where things stand in a file, as (line, column) from 1."""

    rules: tuple[int, int] = (0, 0)
    topics: tuple[int, int] = (0, 0)
    items: tuple[tuple[int, int], ...] = ()


# --- writing --------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    """Return a text in double quotes, as YAML reads it back whatever is in it."""
    return json.dumps(text, ensure_ascii=False).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def as_yaml(evening: Evening, prompts: Sequence[str] = ()) -> str:
    """Return the file's text.

    Args:
        evening: What to write.
        prompts: What each item asks, for the comments; () for none.
    """
    lines = [_HEAD + f"format: {FORMAT}", f"title: {_quoted(evening.title)}"]
    lines.append(f"rules: {_quoted(evening.rules)}")
    if evening.minutes is not None:
        lines.append(f"minutes: {evening.minutes}")
    if evening.topics:
        lines.append(f"topics: [{', '.join(_quoted(topic) for topic in evening.topics)}]")
    lines += [_SEED, f"seed: {evening.seed}", ""]
    lines.append(_TEAMS.format(colours=", ".join(COLOUR_NAMES.values()), symbols=" ".join(SYMBOLS)))
    lines.append("teams:")
    for team in evening.teams:
        lines.append(f"- name: {_quoted(team.name)}")
        if team.colour:
            lines.append(f"  colour: {COLOUR_NAMES.get(team.colour, team.colour)}")
        for name, value in (("symbol", team.symbol), ("key", team.key)):
            if value:
                lines.append(f"  {name}: {_quoted(value)}")
        if team.members:
            lines.append(f"  members: [{', '.join(_quoted(member) for member in team.members)}]")
    lines += ["", _ITEMS, "items:"]
    group: tuple[object, ...] = ()
    for at, item in enumerate(evening.items):
        if (item.part, item.package) != group:
            group = (item.part, item.package)
            where = f", gói {item.package + 1}" if item.package >= 0 else ""
            lines.append(f"# --- Phần {item.part + 1}{where} ---")
        if at < len(prompts):
            level = f" ({LEVEL_NAMES[item.level]})" if item.level in LEVEL_NAMES else ""
            lines.append(f"#{level} {one_line(prompts[at], 90)}")
        lines.append(f"- {{{', '.join(_item_fields(item))}}}")
    return "\n".join(lines) + "\n"


def _item_fields(item: Chosen) -> list[str]:
    name = _quoted(item.id) if ":" in item.id else item.id
    fields = [f"id: {name}", f"part: {item.part + 1}"]
    if item.package >= 0:
        fields.append(f"package: {item.package + 1}")
    if item.value:
        fields.append(f"value: {item.value}")
    if item.role:
        fields.append(f"role: {ROLES[item.role]}")
    if item.level:
        fields.append(f"level: {item.level}")
    if item.note:
        fields.append(f"note: {_quoted(item.note)}")
    return fields


def save(path: Path, text: str) -> None:
    """Write a set's file whole or not at all.

    Raises:
        SetFileError: It cannot be written there.
    """
    kept = path.with_name(path.name + ".dang-ghi")
    try:
        with open(kept, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(kept, path)
    except OSError as error:
        if kept.parent.is_dir():
            kept.unlink(missing_ok=True)
        raise SetFileError(
            f"Không ghi được “{path}” ({error.strerror}). Bạn hãy chọn thư mục khác."
        ) from None


# --- reading --------------------------------------------------------------------------------------


def read(path: Path) -> tuple[Evening | None, Places, list[Problem]]:
    """Read a set's file; None when nothing can be made of it.

    What it names outside itself (rules, topics, items) is not looked up here.
    """
    from trainer.bank.fields import Fields, Problems
    from trainer.bank.marks import Mapping, decode, read_nodes
    from trainer.bank.problems import Problem

    name = str(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        message = "Không có tệp này. Bạn hãy xem lại tên và thư mục."
        return None, Places(), [Problem(name, 0, 0, "error", "unreadable", message)]
    except IsADirectoryError:
        message = "Đây là thư mục, không phải tệp. Bạn hãy ghi tên tệp bộ câu hỏi."
        return None, Places(), [Problem(name, 0, 0, "error", "unreadable", message)]
    except OSError as error:
        message = f"Không đọc được tệp ({error.strerror}). Bạn hãy kiểm tra tên và quyền đọc."
        return None, Places(), [Problem(name, 0, 0, "error", "unreadable", message)]
    text, problems = decode(raw, name)
    if problems:
        return None, Places(), problems
    root, problems = read_nodes(text, name)
    # A bank goes on without a broken item; a set with one is not played at all.
    problems = [each._replace(message=_SKIPPED.sub("", each.message)) for each in problems]
    if not isinstance(root, Mapping) or "items" not in root.entries:
        message = "Đây không phải tệp bộ câu hỏi (phải có “rules:”, “teams:” và “items:”)."
        return None, Places(), problems or [Problem(name, 1, 1, "error", "wrong-type", message)]
    found = Problems(name)
    evening, places = _whole(Fields(root, found), found)
    return evening, places, problems + found.found


def _whole(fields: Fields, problems: Problems) -> tuple[Evening, Places]:
    if fields.integer("format", 1, 999, FORMAT) != FORMAT:
        node = fields.get("format") or fields.node
        problems.error(
            node,
            "new-format",
            f"Tệp viết theo kiểu mới hơn chương trình này (đọc được kiểu {FORMAT}). Bạn hãy cập nhật chương trình.",
        )
    title = tidy(fields.text("title"), _MAX_TITLE)
    rules = fields.text("rules", "tên luật thi, ví dụ chuan")
    minutes = fields.integer("minutes", 1, 1000, 0) or None
    topics = tuple(tidy(topic) for topic in fields.texts("topics"))
    seed = fields.integer("seed", 0, _MAX_SEED, 0) if _short(fields, "seed") else _long_seed(fields)
    teams = _teams(fields, problems)
    items: list[Chosen] = []
    places: list[tuple[int, int]] = []
    mappings = fields.mappings("items", "các câu hỏi")
    if len(mappings) > _MAX_ITEMS:
        problems.error(fields.node, "too-long", f"Bộ có quá {_MAX_ITEMS} câu. Bạn hãy bớt lại.")
    for each in mappings[:_MAX_ITEMS]:
        items.append(_item(each, problems))
        node = each.get("id") or each.node
        places.append((node.line, node.column))
        each.close("Câu hỏi")
    rules_place, topics_place = (_place(fields.get(key) or fields.node) for key in ("rules", "topics"))
    fields.close("Bộ câu hỏi")
    evening = Evening(title, rules, minutes, topics, seed, teams, tuple(items))
    return evening, Places(rules_place, topics_place, tuple(places))


def _place(node: Node) -> tuple[int, int]:
    return node.line, node.column


def _short(fields: Fields, key: str) -> bool:
    """Tell whether a number has at most eight digits, as :meth:`Fields.integer` reads them."""
    return len(str(getattr(fields.get(key), "text", ""))) < 9


def _long_seed(fields: Fields) -> int:
    text = fields.text("seed")
    if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= _MAX_SEED:
        return int(text)
    node = fields.get("seed") or fields.node
    message = f"Mục “seed” phải là số nguyên từ 0 đến {_MAX_SEED}, không phải “{text[:20]}”."
    fields.problems.error(node, "wrong-number", message)
    return 0


def _item(fields: Fields, problems: Problems) -> Chosen:
    name = tidy(fields.text("id", "mã câu hỏi"), 120)
    role = _named(fields, "role", ROLES, problems, "dự phòng hoặc khán giả; câu thường thì bỏ mục này")
    return Chosen(
        name,
        fields.integer("part", 1, 99) - 1,
        role,
        fields.integer("package", 1, 999, 0) - 1 if fields.has("package") else -1,
        fields.integer("value", 0, 10_000, 0),
        fields.integer("level", 0, 3, 0),
        tidy(fields.text("note"), MAX_NOTE),
    )


def _named(fields: Fields, key: str, names: dict[str, str], problems: Problems, allowed: str) -> str:
    """Return the code of a value written as code or in Vietnamese, with or without diacritics."""
    node = fields.get(key)
    text = fields.text(key)
    for code, name in names.items():
        if text and fold(text) in (fold(code), fold(name)):
            return code
    if text and node is not None:
        problems.error(node, "unknown-name", f"“{key}: {one_line(text, 20)}” không dùng được: {allowed}.")
    return ""


def _teams(fields: Fields, problems: Problems) -> tuple[Team, ...]:
    mappings = fields.mappings("teams", "các đội")
    if mappings and (wrong := wrong_count(len(mappings))):
        problems.error(fields.get("teams") or fields.node, "team-count", wrong)
    colours = ", ".join(COLOUR_NAMES.values())
    teams: list[Team] = []
    nodes: list[Node] = []
    for each in mappings:
        symbol = each.text("symbol")
        if symbol and (len(symbol) != 1 or symbol not in SYMBOLS):
            message = f"Không có biểu tượng “{one_line(symbol, 20)}”: chọn một trong {' '.join(SYMBOLS)}."
            problems.error(each.get("symbol") or each.node, "unknown-name", message)
            symbol = ""
        team = Team(
            tidy(each.text("name", "tên đội")),
            _named(each, "colour", COLOUR_NAMES, problems, f"chọn một trong {colours}"),
            symbol,
            tuple(tidy(member) for member in each.texts("members")),
            each.text("key").casefold(),
        )
        nodes.append(each.get("key") or each.get("name") or each.node)
        wrong = wrong_key(team.key) if team.key else ""
        if wrong:
            problems.error(nodes[-1], "wrong-key", wrong)
        elif team.name and (wrong := wrong_team(team)):
            problems.error(each.get("name") or each.node, "wrong-team", wrong)
        each.close("Đội")
        teams.append(team)
    at, wrong = wrong_pair([team for team in teams if team.name])
    if wrong and len([team for team in teams if team.name]) == len(teams):
        problems.error(nodes[at], "twin-team", wrong)
    return with_defaults(teams) if len(teams) <= len(COLOURS) else tuple(teams)


def told(problems: Sequence[Problem], most: int = 1) -> str:
    """Return the first `most` problems as sentences with their places, one a line, and how many more."""
    shown = [each for each in problems if each.severity == "error"] or list(problems[:1])
    lines = []
    for each in shown[:most]:
        where = ":".join([each.file, *(str(number) for number in (each.line, each.column) if number)])
        lines.append(f"{where}: {each.message}")
    more = len(shown) - most
    if more > 0:
        lines[-1] += f" (Còn {more} lỗi nữa: gõ danvan drill {shown[0].file} --check.)"
    return "\n".join(lines)
