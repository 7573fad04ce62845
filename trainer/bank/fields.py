"""Reading the keys of one mapping, with every problem kept in its place."""

from __future__ import annotations

import difflib
import re

from trainer.bank.marks import Mapping, Node, Scalar, Sequence
from trainer.bank.problems import Problem, Severity

ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")


class Problems:
    """Collects the problems of one file."""

    __slots__ = ("errors", "file", "found")

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []
        self.errors = 0

    def add(self, severity: Severity, node: Node, code: str, message: str) -> None:
        """Report `message` at the place of `node`."""
        if severity == "error":
            self.errors += 1
        self.found.append(Problem(self.file, node.line, node.column, severity, code, message))

    def error(self, node: Node, code: str, message: str) -> None:
        """Report an error, which leaves the item out of the bank."""
        self.add("error", node, code, message)

    def warn(self, node: Node, code: str, message: str) -> None:
        """Report a warning."""
        self.add("warning", node, code, message)


class Fields:
    """The keys of one mapping, read one by one; what was not read is reported as unknown.

    Each reader returns a usable value in any case, so that one pass finds all problems.
    """

    __slots__ = ("_entries", "_read", "node", "problems")

    def __init__(self, node: Mapping, problems: Problems) -> None:
        self.node = node
        self.problems = problems
        self._entries = node.entries
        self._read: set[str] = set()

    def has(self, key: str) -> bool:
        """Tell whether the key is there, without reading it."""
        return key in self._entries

    def get(self, key: str) -> Node | None:
        """Return a key's node; an empty value counts as missing."""
        self._read.add(key)
        node = self._entries.get(key)
        if type(node) is Scalar and not node.text:
            return None
        return node

    def need(self, key: str, meaning: str, code: str = "missing-key") -> Node | None:
        """Return a required key's node or report that it is missing."""
        node = self.get(key)
        if node is None:
            self.problems.error(self.node, code, f"Thiếu mục “{key}” ({meaning}).")
        return node

    def text(self, key: str, meaning: str = "", code: str = "missing-key") -> str:
        """Return a text; with a `meaning` the key is required."""
        self._read.add(key)
        node = self._entries.get(key)
        if type(node) is Scalar and node.text:  # nearly always; the rest is for problems
            return node.text
        node = self.need(key, meaning, code) if meaning else self.get(key)
        return "" if node is None else self._scalar(node, key)

    def _scalar(self, node: Node, key: str) -> str:
        if type(node) is Scalar:
            return node.text
        self.problems.error(
            node,
            "wrong-type",
            f"Mục “{key}” phải là một câu. Nếu câu có dấu “: ”, bạn hãy đặt trong dấu nháy '…'.",
        )
        return ""

    def texts(self, key: str, meaning: str = "") -> list[str]:
        """Return a list of texts; one text alone counts as a list of one."""
        node = self.need(key, meaning) if meaning else self.get(key)
        if node is None:
            return []
        if type(node) is Scalar:
            return [node.text]
        if not isinstance(node, Sequence):
            self.problems.error(node, "wrong-type", f"Mục “{key}” phải là danh sách, mỗi dòng “- …”.")
            return []
        found = [self._scalar(item, key) for item in node.items]
        if "" in found:
            self.problems.error(node, "empty-text", f"Danh sách “{key}” có dòng trống.")
        return [text for text in found if text]

    def nodes(self, key: str, meaning: str = "") -> list[Node]:
        """Return a list's nodes."""
        node = self.need(key, meaning) if meaning else self.get(key)
        if node is None:
            return []
        if isinstance(node, Sequence):
            return node.items
        self.problems.error(node, "wrong-type", f"Mục “{key}” phải là danh sách, mỗi dòng “- …”.")
        return []

    def mappings(self, key: str, meaning: str = "") -> list[Fields]:
        """Return a list of mappings."""
        found = []
        for node in self.nodes(key, meaning):
            if isinstance(node, Mapping):
                found.append(Fields(node, self.problems))
            else:
                self.problems.error(node, "wrong-type", f"Mỗi dòng của “{key}” phải có dạng “tên: …”.")
        return found

    def integer(
        self, key: str, low: int, high: int, default: int | None = None, code: str = "missing-key"
    ) -> int:
        """Return a whole number between `low` and `high`; no `default` makes it required."""
        if default is None:
            node = self.need(key, f"một số từ {low} đến {high}", code)
        else:
            node = self.get(key)
        if node is None:
            return low if default is None else default
        text = self._scalar(node, key)
        # isascii: "²".isdigit() is true; 9 digits: int() of a huge text is slow.
        if text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high:
            return int(text)
        self.problems.error(
            node,
            "wrong-number",
            f"Mục “{key}” phải là số nguyên từ {low} đến {high}, không phải “{text[:20]}”.",
        )
        return low if default is None else default

    def date(self, key: str) -> str:
        """Return a date as ``YYYY[-MM[-DD]]``, or ""."""
        node = self.get(key)
        if node is None:
            return ""
        text = self._scalar(node, key)
        if not DATE.match(text):
            self.problems.error(
                node,
                "wrong-date",
                f"Mục “{key}” phải có dạng 1949-10-15, 1949-10 hoặc 1949, không phải “{text[:20]}”.",
            )
            return ""
        return text

    def identifier(self, key: str = "id") -> str:
        """Return the item's id."""
        node = self.need(key, "mã riêng, ví dụ dv49-lo-dan-van")
        if node is None:
            return ""
        text = self._scalar(node, key)
        if text and (not ID.match(text) or len(text) > 80):
            self.problems.error(
                node,
                "bad-id",
                f"Mã “{text[:40]}” chỉ được gồm chữ thường không dấu, chữ số và dấu gạch nối.",
            )
        return text

    def close(self, what: str) -> None:
        """Warn of keys that nobody read, with the nearest known name."""
        for key, node in self._entries.items():
            if key in self._read:
                continue
            near = difflib.get_close_matches(key, self._read, 1)
            hint = f" Có phải “{near[0]}” không?" if near else " Bạn hãy bỏ hoặc sửa tên mục."
            place = self.node.keys.get(key, node)
            self.problems.found.append(
                Problem(
                    self.problems.file,
                    place.line,
                    place.column,
                    "warning",
                    "unknown-key",
                    f"{what} không có mục “{key[:40]}”.{hint}",
                )
            )
