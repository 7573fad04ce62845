"""One situation with its marking sheet, as a page for a judge's table."""

from __future__ import annotations

from trainer.bank.model import Situation
from trainer.exchange.page import bullets, page, table, text


def marking_sheet(situation: Situation) -> str:
    """Return the page: the scene, the sheet with blanks to fill in, then the key on a second page."""
    minutes = f"{situation.think_s} giây chuẩn bị, {situation.speak_s} giây trình bày"
    rows = [
        [
            f"{number}. {text(line.title)}",
            str(line.points),
            "<b>Được:</b> " + text(line.earns) + "<br><b>Mất:</b> " + text(line.loses)
            if line.earns or line.loses
            else bullets(point[0] for point in line.key_points),
            "",
        ]
        for number, line in enumerate(situation.rubric, 1)
    ]
    rows.append(["<b>Tổng</b>", "<b>100</b>", "Trừ quá giờ: ……", ""])
    caps = [f"{cap.when}: cả bài nhiều nhất {cap.at_most} điểm" for cap in situation.caps]
    front = [
        "<section>",
        "<h1>PHIẾU CHẤM XỬ LÝ TÌNH HUỐNG</h1>",
        f'<p class="middle">{text(situation.title)} · {text(situation.group)} · {minutes}</p>',
        "<p>Đội: ………………………………………… Giám khảo: …………………………………………</p>",
        "<h2>Tình huống</h2>",
        f"<p>{text(situation.prompt)}</p>",
        "<h2>Phiếu chấm</h2>",
        table(["Tiêu chí", "Tối đa", "Chấm thế nào", "Điểm chấm"], rows, numbers=(1,)),
    ]
    if caps:
        front += ["<h2>Lỗi chặn điểm</h2>", bullets(caps)]
    front += ['<p class="sign"></p><p>Nhận xét: ……………………………………………………………………………………………</p>', "</section>"]
    back = [
        "<section>",
        "<h1>ĐÁP ÁN GỢI Ý (chỉ dành cho giám khảo)</h1>",
        *(
            f"<h2>{text(line.title)}</h2>" + bullets(point[0] for point in line.key_points)
            for line in situation.rubric
        ),
        "<h2>Bài mẫu</h2>",
        f"<p>{text(situation.model_answer)}</p>",
        "<h2>Lỗi hay gặp</h2>",
        bullets(situation.mistakes),
        '<h2>Căn cứ</h2><div class="small">'
        + bullets(str(source) for source in situation.sources)
        + "</div>",
        "</section>",
    ]
    return page(f"Phiếu chấm: {situation.title}", front + back)
