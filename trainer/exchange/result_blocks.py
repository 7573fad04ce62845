"""A result sheet as headings, lines and tables, the same for every format; and as one plain table. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trainer.contest.evening.teams import COLOUR_NAMES
from trainer.exchange.result_items import ItemRow, SpeechRow
from trainer.exchange.result_log import Note, counted
from trainer.exchange.result_rows import PartRows, PlaceRow, Results

Cell = str | int | float


class Heading(NamedTuple):
    """A title; level 1 is the sheet's own."""

    level: int
    text: str


class Line(NamedTuple):
    """A line of text; `kind` is "", ``middle`` or ``small``."""

    text: str
    kind: str = ""


class Bullets(NamedTuple):
    """A list."""

    items: tuple[str, ...]


class Grid(NamedTuple):
    """A table; `numbers` are the columns that hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...] = ()


class Signatures(NamedTuple):
    """Room for signatures."""

    names: tuple[str, ...]


Block = Heading | Line | Bullets | Grid | Signatures

DOTS = "…" * 18
LEDGER = (
    *("Hạng", "Đội", "Phần", "Câu", "Mã câu", "Nội dung", "Trả lời", "Kết quả", "Điểm"),
    *("Thời gian (phần nghìn giây)", "Ghi chú", "Tổng điểm", "Giải"),
)
BY_HAND = "Điều chỉnh điểm"
LIFTED = "Tổng điểm không xuống dưới 0"


def figure(value: Cell) -> str:
    """Return a cell as it is read: 12; 83,33; −5."""
    if isinstance(value, str):
        return value
    shown = f"{round(value, 2):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"−{shown[1:]}" if shown.startswith("-") else shown


def seconds(ms: int) -> str:
    """Return a time as it is read: 6,2 giây; “–” where none was taken."""
    return f"{figure(round(ms / 1000, 1))} giây" if ms else "–"


def document(results: Results) -> list[Block]:
    """Return the whole sheet."""
    blocks = [*_head(results), *_rules(results), *_teams(results), *_places(results), *_ties(results)]
    for part in results.parts:
        blocks += _part(part)
    return [*blocks, *_notes(results), *_end(results)]


def _who(results: Results) -> str:
    return "Đội" if results.group else "Thí sinh"


def _head(results: Results) -> list[Block]:
    kind = "HỘI THI" if results.group else "PHẦN THI"
    blocks: list[Block] = [
        Heading(1, f"BIÊN BẢN KẾT QUẢ {kind}"),
        *([Line(results.title, "middle")] if results.rules_title else []),
        Line(f"Luật thi: {results.rules_title or results.title}", "middle"),
        Line(f"Ngày …… tháng …… năm …………, tại: {DOTS}"),
    ]
    times = [f"bắt đầu {results.started}"] if results.started else []
    times += [f"kết thúc {results.finished}"] if results.finished else []
    if times:
        blocks.append(Line(f"Theo đồng hồ của máy: {', '.join(times)}."))
    if results.status == "running":
        blocks.append(Line("Chưa kết thúc: đây là kết quả tạm tính đến lúc in."))
    elif results.status == "abandoned":
        blocks.append(Line("Đã dừng giữa chừng: kết quả tính đến lúc dừng."))
    if results.ended_early:
        blocks.append(Line(f"Kết thúc sớm, chưa thi hết: {results.ended_early.rstrip('.')}."))
    return [*blocks, Line(f"Mã: {results.contest}", "small")]


def _rules(results: Results) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Luật thi")]
    points: list[str] = []
    for line in (*results.rules, ""):
        if line.startswith("- "):
            points.append(line[2:])
            continue
        if points:
            blocks.append(Bullets(tuple(points)))
            points = []
        if line:
            blocks.append(Line(line))
    return blocks


def _teams(results: Results) -> list[Block]:
    rows = []
    for number, team in enumerate(results.teams, 1):
        note = [each for each in (team.symbol, COLOUR_NAMES.get(team.colour, team.colour)) if each]
        if team.left is not None:
            note.append(f"đã rút: {team.left}" if team.left else "đã rút")
        rows.append((number, team.name, ", ".join(team.members), "; ".join(note)))
    title = "Các đội dự thi" if results.group else "Thí sinh"
    return [Heading(2, title), Grid(("STT", _who(results), "Thành viên", "Ghi chú"), tuple(rows), (0,))]


def _places(results: Results) -> list[Block]:
    parts = [part.title.partition(".")[0] for part in results.parts if part.scores]
    by_hand = any(place.by_hand for place in results.places)
    lifted = any(place.lifted for place in results.places)
    heads = ["Hạng", _who(results), *parts]
    heads += ["Điều chỉnh"] * by_hand + ["Bù"] * lifted + ["Tổng"]
    numbers = (0, *range(2, len(heads)))
    rows = []
    for place in results.places:
        row: list[Cell] = [place.rank, place.team, *part_cells(place)]
        row += [place.by_hand] * by_hand + [place.lifted] * lifted
        rows.append((*row, place.score, place.prize, place.broken_by))
    blocks: list[Block] = [
        Heading(2, "Kết quả chung cuộc"),
        Grid((*heads, "Giải", "Phân định"), tuple(rows), numbers),
    ]
    if lifted:
        blocks.append(Line("“Bù”: tổng điểm không lúc nào xuống dưới 0.", "small"))
    if results.part_prizes:
        blocks.append(Bullets(tuple(f"{prize}: {who}" for prize, who in results.part_prizes)))
    return blocks


def part_cells(place: PlaceRow) -> list[Cell]:
    """Return a side's points of each part, “–” where it was asked nothing: that is no nought."""
    return [points if played else "–" for points, played in zip(place.parts, place.played, strict=True)]


def _ties(results: Results) -> list[Block]:
    if not results.group:
        return []
    said = Bullets(results.ties) if results.ties else Line("Không có đội nào bằng điểm.")
    return [Heading(2, "Bằng điểm và cách phân định"), said]


def _part(part: PartRows) -> list[Block]:
    if not part.items:
        return []
    blocks: list[Block] = [Heading(2, part.title)]
    questions = [item for item in part.items if not item.criteria]
    if questions:
        blocks.append(
            Grid(
                ("Câu", "Nội dung", "Đáp án", "Căn cứ"),
                tuple(
                    (item.label, _with_fate(item), item.key, "; ".join(item.sources)) for item in questions
                ),
            )
        )
        answers = tuple(
            (item.label, row.team, row.given, row.verdict, row.points, seconds(row.ms), row.note)
            for item in questions
            for row in item.answers
        )
        if answers:
            heads = ("Câu", "Đội", "Trả lời", "Kết quả", "Điểm", "Thời gian", "Ghi chú")
            blocks.append(Grid(heads, answers, (4, 5)))
    for item in part.items:
        if item.criteria:
            blocks += _situation(item)
    return blocks


def _with_fate(item: ItemRow) -> str:
    return f"{item.text} ({item.fate})" if item.fate else item.text


def _situation(item: ItemRow) -> list[Block]:
    blocks: list[Block] = [Heading(3, item.label), Line(_with_fate(item))]
    for speech in item.speeches:
        blocks += [Line(f"{speech.team} trình bày {seconds(speech.ms)}."), _sheets(item, speech)]
        caps = tuple(f"{sheet.judge}, chặn điểm: {cap}" for sheet in speech.sheets for cap in sheet.caps)
        if caps:
            blocks.append(Bullets(caps))
        blocks.append(Line(_reckoned(speech)))
    return blocks


def _sheets(item: ItemRow, speech: SpeechRow) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (title, most, *(sheet.points[at] for sheet in speech.sheets))
        for at, (title, most) in enumerate(item.criteria)
    ]
    rows.append(("Cộng phiếu", 100, *(sheet.total for sheet in speech.sheets)))
    if any(sheet.caps for sheet in speech.sheets):
        rows.append(("Sau khi chặn điểm", 100, *(sheet.counted for sheet in speech.sheets)))
    heads = ("Tiêu chí", "Tối đa", *(sheet.judge for sheet in speech.sheets))
    return Grid(heads, tuple(rows), tuple(range(1, len(heads))))


def _reckoned(speech: SpeechRow) -> str:
    dropped = " (bỏ phiếu cao nhất và thấp nhất)" if speech.sheets_counted < len(speech.sheets) else ""
    said = (
        f"Trung bình {speech.sheets_counted} phiếu{dropped}: {figure(speech.mean)} trên 100, "
        f"thành {speech.points} trên {speech.most} điểm"
    )
    if speech.overtime_ms or speech.penalty:
        said += f"; quá giờ {seconds(speech.overtime_ms)}: {figure(speech.penalty)} điểm"
    return f"{said}. {speech.team} được {figure(speech.points + speech.penalty)} điểm."


def _notes(results: Results) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Sửa đổi, khiếu nại và quyết định trong buổi thi")]
    if not results.notes:
        return [*blocks, Line("Không có.")]
    steps = [note for note in results.notes if note.kind in ("undo", "start")]
    rest = [note for note in results.notes if note not in steps]
    blocks.append(Line(counted(results.notes)))
    if len(rest) > sum(note.counts for note in rest):
        blocks.append(Line(f"Bảng sau ghi {len(rest)} việc, kể cả những việc không đổi kết quả.", "small"))
    if rest:
        heads = ("Lúc", "Việc", _who(results), "Câu", "Lý do")
        rows = tuple((note.when, _what(note), note.team, note.item, note.reason) for note in rest)
        blocks.append(Grid(heads, rows))
    if steps:
        # They change no result by themselves; among the corrections they would look as if they did.
        blocks.append(Line("Các lần rút lại thao tác và mở lại chương trình, theo bản ghi:"))
        blocks.append(Grid(("Lúc", "Việc"), tuple((note.when, _what(note)) for note in steps)))
    return blocks


def _what(note: Note) -> str:
    return f"{note.what} (sau đó đã rút lại)" if note.undone else note.what


def _end(results: Results) -> list[Block]:
    many = results.judges > 1
    judges = [f"GIÁM KHẢO {number}" for number in range(1, results.judges + 1)] if many else ["GIÁM KHẢO"]
    return [
        Line("Biên bản được lập từ bản ghi của chương trình, đọc lại trước các bên và cùng ký tên dưới đây."),
        Signatures(("TRƯỞNG BAN", "THƯ KÝ", *judges)),
    ]


# --- one plain table ----------------------------------------------------------------------------


def ledger(results: Results) -> list[tuple[Cell, ...]]:
    """Return one row a team and item under the heads :data:`LEDGER`; a team's points add up to its total."""
    rows: list[tuple[Cell, ...]] = []
    for place in results.places:
        own = [
            *(row for part in results.parts for item in part.items for row in _own(part, item, place.team)),
            *(
                (BY_HAND, "", "", "", "", "", points, "", why)
                for team, points, why in results.changes
                if team == place.team
            ),
        ]
        if place.lifted:
            own.append((LIFTED, "", "", "", "", "", place.lifted, "", ""))
        if not own:
            own.append(("", "", "", "", "", "", 0, "", "Không có lượt nào"))
        rows += [(place.rank, place.team, *row, place.score, place.prize) for row in own]
    return rows


def _own(part: PartRows, item: ItemRow, team: str) -> Sequence[tuple[Cell, ...]]:
    head = (part.title, item.label, item.id, item.text)
    answers = [
        (*head, row.given, row.verdict, row.points, row.ms or "", row.note)
        for row in item.answers
        if row.team == team
    ]
    speeches = [
        (*head, "", "Đã chấm", row.points + row.penalty, row.ms or "", _reckoned(row))
        for row in item.speeches
        if row.team == team
    ]
    return [*answers, *speeches]
