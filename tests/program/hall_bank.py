"""A bank for contests by script: every text on the screen says which item it is and what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

ROOMY = 150
CRITERIA = (("Nêu đúng việc", 30), ("Căn cứ", 25), ("Cách làm", 25), ("Lời lẽ", 20))
CAP = 60
TOPICS = ("sen", "tre", "lua")


class Known(NamedTuple):
    """What the script knows of a question: its kind, and the word that is true of a statement."""

    kind: str
    true: bool = False


def questions(count: int = ROOMY) -> dict[str, Known]:
    """Return code -> what is right; the kinds and levels turn round."""
    kinds = ("choice", "true-false", "multiple", "choice", "short")
    return {f"q{at:03d}": Known(kinds[at % 5], at % 10 < 5) for at in range(count)}


def has_cap(code: str) -> bool:
    """Tell whether a situation has a hard stop."""
    return int(code[1:]) % 2 == 0


def _question(code: str, known: Known, at: int) -> dict[str, Any]:
    base = {
        "id": code,
        "kind": known.kind,
        "explanation": "Vì bộ câu hỏi này nói vậy.",
        "source": "nguon, mục 1",
        "level": at // 5 % 3 + 1,
    }
    if known.kind == "true-false":
        word = "đúng" if known.true else "sai"
        return {**base, "prompt": f"Mệnh đề {code} là {word}.", "answer": word}
    if known.kind == "short":
        return {**base, "prompt": f"Từ nào hợp với {code}?", "answers": [f"từ {code}"]}
    wrong = [f"Phương án nhầm {number} của {code}" for number in ("một", "hai", "ba")]
    if known.kind == "multiple":
        right = [f"Phương án đúng {number} của {code}" for number in ("một", "hai")]
        return {**base, "prompt": f"Những gì hợp với {code}?", "answers": right, "distractors": wrong}
    answer = f"Phương án đúng một của {code}"
    return {**base, "prompt": f"Điều gì hợp với {code}?", "answer": answer, "distractors": wrong}


def _situation(code: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": code,
        "group": "Thử",
        "title": f"Việc {code}",
        "level": 2,
        "prompt": f"Có việc {code} ở tổ dân phố, bạn xử lý thế nào?",
        "think_s": 60,
        "speak_s": 180,
        "rubric": [
            {"title": title, "points": points, "key_points": ["một ý"], "earns": "Có.", "loses": "Không."}
            for title, points in CRITERIA
        ],
        "model_answer": "Gặp, nghe, bàn, làm.",
        "source": "nguon, mục 2",
    }
    if has_cap(code):
        made["caps"] = [{"when": "nói sai căn cứ", "at_most": CAP}]
    return made


def write(folder: Path) -> dict[str, Known]:
    """Write the bank into a folder (JSON is YAML); return what is right."""
    known = questions()
    source = {
        "nguon": {"title": "Tài liệu thử", "author": "Tổ thử", "published": "2024-01-01", "where": "Tập 1"}
    }
    (folder / "situations").mkdir(parents=True)
    for number, topic in enumerate(TOPICS):
        asked = [
            _question(code, each, at)
            for at, (code, each) in enumerate(known.items())
            if at // 15 % 3 == number
        ]
        _write(folder / f"{topic}.yaml", topic, source, "questions", asked)
    situations = [_situation(f"s{at:02d}") for at in range(20)]
    _write(folder / "situations" / "viec.yaml", "viec", source, "situations", situations)
    return known


def _write(path: Path, topic: str, source: Any, section: str, items: list[Any]) -> None:
    data = {"topic": topic, "title": f"Chủ đề {topic}", "sources": source, section: items}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
