"""The result sheet (biên bản) of a contest in the formats that people ask for."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from trainer.errors import UsageError
from trainer.exchange.page import bullets, page, table, text, write
from trainer.exchange.result_blocks import (
    LEDGER,
    Block,
    Bullets,
    Cell,
    Grid,
    Heading,
    Line,
    Signatures,
    document,
    figure,
    ledger,
)
from trainer.exchange.result_rows import Results
from trainer.history.export import safe

_SIGN = "(ký, ghi rõ họ tên)"
_ABREAST = 3
"""Signatures beside one another on A4."""
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~])")
_LINE_MARKUP = re.compile(r"^([#+\-=:]|\d+(?=[.)]))")


# --- Markdown -----------------------------------------------------------------------------------


def to_markdown(results: Results) -> str:
    """Return the sheet as Markdown."""
    return "\n\n".join(_markdown(block) for block in document(results)) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_md(block.text)}"
    if isinstance(block, Line):
        return _md_line(block.text)
    if isinstance(block, Bullets):
        return "\n".join(f"- {_md_line(item)}" for item in block.items)
    if isinstance(block, Signatures):
        return _md_table(block.names, [[_SIGN] * len(block.names), ["<br><br><br>"] * len(block.names)])
    rows = ([_md(figure(cell)) for cell in row] for row in block.rows)
    return _md_table([_md(head) for head in block.heads], rows, block.numbers)


def _md(value: str) -> str:
    """Return a text in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", value)


def _md_line(value: str) -> str:
    """Return a text for the start of a line, where more signs are markup."""
    # A digit cannot be escaped, the sign behind it can.
    found = _LINE_MARKUP.match(value)
    if found is None:
        return _md(value)
    if found[1].isdecimal():
        return f"{found[1]}\\{_md(value[found.end() :])}"
    return f"\\{_md(value)}"


def _md_table(heads: Iterable[str], rows: Iterable[Iterable[str]], numbers: Iterable[int] = ()) -> str:
    heads, right = list(heads), set(numbers)
    rule = ["---:" if at in right else "---" for at in range(len(heads))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


# --- HTML ---------------------------------------------------------------------------------------


def to_html(results: Results) -> str:
    """Return the sheet as a page to print on A4."""
    *blocks, said, signatures = (_html(block) for block in document(results))
    # Names without room for them, or room without the sentence above it, would be worth nothing.
    signing = f'<div class="signing">\n{said}\n{signatures}\n</div>'
    return page(f"Biên bản: {results.title}", [*blocks, signing])


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{text(block.text)}</h{block.level}>"
    if isinstance(block, Line):
        return (
            f'<p class="{block.kind}">{text(block.text)}</p>' if block.kind else f"<p>{text(block.text)}</p>"
        )
    if isinstance(block, Bullets):
        return bullets(block.items)
    if isinstance(block, Signatures):
        lines = [block.names[at : at + _ABREAST] for at in range(0, len(block.names), _ABREAST)]
        return "\n".join(
            '<div class="sign">'
            + "".join(f"<div><b>{text(name)}</b><br><i>{_SIGN}</i></div>" for name in line)
            + "</div>"
            for line in lines
        )
    return table(block.heads, ([text(figure(cell)) for cell in row] for row in block.rows), block.numbers)


# --- spreadsheets -------------------------------------------------------------------------------


def to_csv(results: Results) -> str:
    """Return one row a team and item, with the mark by which a spreadsheet knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(LEDGER)
    writer.writerows([safe(cell) for cell in row] for row in ledger(results))
    return "\ufeff" + out.getvalue()


def to_xlsx(results: Results) -> bytes:
    """Return a workbook: the sheet, and one row a team and item.

    Raises:
        UsageError: What writes workbooks is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
    except ImportError:
        raise UsageError(
            f"Muốn ghi .xlsx, bạn hãy cài thêm bằng “{sys.executable} -m pip install openpyxl”, "
            "hoặc chọn đuôi .html, .md, .csv."
        ) from None
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    book: Any = Workbook()
    front = book.active
    front.title = "Biên bản"
    details = book.create_sheet("Chi tiết")

    def add(sheet: Any, row: Iterable[Cell], *, strong: bool = False) -> None:
        sheet.append([safe(round(cell, 2) if isinstance(cell, float) else cell) for cell in row])
        if strong:
            for cell in sheet[sheet.max_row]:
                cell.font = bold

    for block in document(results):
        if isinstance(block, Heading):
            add(front, [""])
            add(front, [block.text], strong=True)
        elif isinstance(block, Line):
            add(front, [block.text])
        elif isinstance(block, Bullets):
            for item in block.items:
                add(front, [f"• {item}"])
        elif isinstance(block, Grid):
            _grid(front, block, add, wrapped)
        else:
            add(front, block.names, strong=True)
            add(front, [_SIGN] * len(block.names))
    add(details, LEDGER, strong=True)
    for row in ledger(results):
        add(details, row)
    details.freeze_panes = "C2"
    for sheet, widths in ((front, (14, 34, 22, 18, 12, 14, 40)), (details, (6, 24, 26, 14, 14, 50, 24, 14))):
        for at, width in enumerate(widths):
            sheet.column_dimensions["ABCDEFGHIJ"[at]].width = width
        sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _grid(sheet: Any, block: Grid, add: Callable[..., None], wrapped: Any) -> None:
    add(sheet, block.heads, strong=True)
    for row in block.rows:
        add(sheet, row)
        for cell in sheet[sheet.max_row]:
            cell.alignment = wrapped


# --- writing ------------------------------------------------------------------------------------

FORMATS: Mapping[str, Callable[[Results], str | bytes]] = {
    ".html": to_html,
    ".md": to_markdown,
    ".csv": to_csv,
    ".xlsx": to_xlsx,
}


def format_of(path: Path) -> Callable[[Results], str | bytes]:
    """Return what makes the file that a name asks for.

    Raises:
        UsageError: No format has this ending.
    """
    made = FORMATS.get(path.suffix.lower())
    if made is None:
        raise UsageError(
            f"Chưa biết ghi “{path.name}” theo dạng nào: bạn hãy đặt tên tệp có đuôi .html, .md, .csv hoặc .xlsx."
        )
    return made


def write_results(path: Path, results: Results) -> None:
    """Write the sheet in the format that the file's ending asks for.

    Raises:
        UsageError: The ending is unknown, a part is missing, or it cannot be written there.
    """
    write(path, format_of(path)(results))
