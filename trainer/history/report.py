"""What ``danvan history`` prints."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from trainer.history.store import ContestRow, Player, Store
from trainer.text import one_line


def history_report(store: Store, player: Player | None) -> dict[str, Any]:
    """Return the history as JSON-able data, contests newest first.

    ``finished`` is None until the contest is; with several sides, score and answers are those
    of the side with the most points.
    """
    contests: dict[str, dict[str, Any]] = {}
    for row in store.contests(player.id if player else None):
        known = contests.get(row.id)
        if known is None:
            contests[row.id] = _contest(row)
            continue
        known["players"].append(row.player)
        if row.score > known["score"]:
            known.update(score=row.score, answered=row.answered, right=row.right)
    return {
        "attempts": store.attempts(player.id if player else None),
        "contests": list(contests.values()),
    }


def _contest(row: ContestRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "rules": row.rules,
        "players": [row.player],
        "started": row.started,
        "finished": row.finished or None,
        "score": row.score,
        "max_score": row.max_score,
        "questions": row.questions,
        "answered": row.answered,
        "right": row.right,
        "sides": row.sides,
    }


def history_lines(store: Store, player: Player | None) -> list[str]:
    """Return the history as a table to read."""
    rows = store.contests(player.id if player else None)
    if not rows:
        return ["Chưa có phần thi nào. Gõ “danvan play” để bắt đầu."]
    lines = [f"{'Ngày':<16}  {'Luật thi':<18}  {'Điểm':>9}  {'Đúng':>7}  {'Tình trạng':<10}  Người chơi"]
    together: dict[str, list[ContestRow]] = {}
    for row in rows:
        if row.sides > 1 and player is None:
            together.setdefault(row.id, []).append(row)
    for each in rows:
        row, who = each, each.player
        score, right = f"{row.score}/{row.max_score}", f"{row.right}/{row.questions}"
        if row.id in together:
            if together[row.id][0] is not row:
                continue  # told with the first of its sides
            row, who = _of_many(together[row.id])
            score = right = "–"  # a column has room for one team; the best one is named with all
        elif row.sides > 1:
            who = f"{row.player}, hội thi {row.sides} đội"
            score, right = f"{row.score} điểm", f"{row.right} câu"
        status = {"running": "còn dở", "finished": "xong"}.get(row.status, "bỏ dở")
        lines.append(
            f"{local_time(row.started):<16}  {row.title:<18}  {score:>9}  {right:>7}  {status:<10}  {who}"
        )
    return lines


def _of_many(rows: list[ContestRow]) -> tuple[ContestRow, str]:
    """Return the row with the most points, and who played, the most points first."""
    rows = sorted(rows, key=lambda row: -row.score)
    names = one_line(", ".join(row.player for row in rows), 60)
    return rows[0], f"hội thi {len(rows)} đội, cao nhất {rows[0].score} điểm: {names}"


def local_time(iso: str) -> str:
    """Return a UTC moment as the machine's own day and time, dd/mm/yyyy hh:mm."""
    try:
        moment = datetime.fromisoformat(iso)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone().strftime("%d/%m/%Y %H:%M")
    except (ValueError, OverflowError, OSError):
        return "không rõ"
