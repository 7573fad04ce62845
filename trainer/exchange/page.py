"""HTML pages that print well: one frame, escaped text, no script, nothing from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from pathlib import Path

from trainer.errors import UsageError

_STYLE = """
@page { size: A4; margin: 16mm 14mm; }
body { font: 11pt/1.4 "Times New Roman", "Noto Serif", serif; color: #000; max-width: 182mm; margin: 0 auto; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 5mm 0 1mm; }
h3 { font-size: 11pt; margin: 3mm 0 1mm; }
h2, h3 { break-after: avoid; }
p { margin: 1mm 0; text-align: justify; }
p.middle { text-align: center; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0; }
th, td { border: 0.3mm solid #000; padding: 1.2mm 2mm; vertical-align: top; text-align: left; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td.short { white-space: nowrap; }
th { background: #eee; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.blank { width: 22mm; }
ul { margin: 0; padding-left: 5mm; }
.small { font-size: 9.5pt; color: #333; }
.sign { display: flex; justify-content: space-between; margin-top: 8mm; text-align: center; }
.sign div { flex: 1; height: 28mm; }
.sign, .signing { break-inside: avoid; }
section { break-after: page; } section:last-child { break-after: auto; }
"""

SHORT = 10
"""Letters of a cell that a column can always hold on one line."""


def text(value: object) -> str:
    """Return a text with nothing in it that HTML would act on."""
    return html.escape(str(value))


def page(title: str, parts: Iterable[str]) -> str:
    """Return a whole page from parts that are HTML already."""
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """Return a table; cells are HTML already, columns named in `numbers` are set to the right.

    Its heads stand again on each page; short cells (“Câu 10”, a team's name) stay on one line.
    """

    def cell(tag: str, at: int, content: str) -> str:
        short = tag == "td" and 0 < len(content) <= SHORT
        kind = ' class="number"' if at in numbers else (' class="short"' if short else "")
        return f"<{tag}{kind}>{content}</{tag}>"

    lines = [
        "<table>",
        "<thead><tr>"
        + "".join(cell("th", at, text(head)) for at, head in enumerate(heads))
        + "</tr></thead>",
        "<tbody>",
    ]
    lines += [
        "<tr>" + "".join(cell("td", at, content) for at, content in enumerate(row)) + "</tr>" for row in rows
    ]
    return "\n".join([*lines, "</tbody>", "</table>"])


def bullets(items: Iterable[str]) -> str:
    """Return plain texts as a list."""
    return "<ul>" + "".join(f"<li>{text(item)}</li>" for item in items) + "</ul>"


def write(path: Path, content: str | bytes) -> None:
    """Write a page or table, text as UTF-8, whole or not at all.

    Raises:
        UsageError: It cannot be written there.
    """
    kept = path.with_name(path.name + ".dang-ghi")
    try:
        kept.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        kept.replace(path)
    except OSError as error:
        kept.unlink(missing_ok=True) if kept.parent.is_dir() else None
        raise UsageError(
            f"Không ghi được “{path}” ({error.strerror}). Bạn hãy chọn thư mục khác sau --to."
        ) from None
