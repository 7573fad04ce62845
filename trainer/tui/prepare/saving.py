"""Saving a prepared set: asks where, never writes over a file unasked."""

from __future__ import annotations

from pathlib import Path

from trainer.errors import TrainerError
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.dialogs import AskScreen, NoteScreen
from trainer.tui.prepare.sets import LAST_FILE, Prepared, save_set

SUFFIXES = (".yaml", ".yml")


class Saving(TrainerScreen):
    """A screen with a prepared set that can be saved.

    Attributes:
        prepared: The set and its teams.
    """

    prepared: Prepared

    def after_saving(self, said: str) -> None:
        """Show what became of it."""
        raise NotImplementedError

    def default_path(self) -> Path:
        """Return where to save unless told otherwise: the file it came from, or a new one with the date."""
        if self.prepared.draft.path:
            return Path(self.prepared.draft.path).absolute()
        kept = Path(self.trainer.services.store.setting(LAST_FILE)).parent
        folder = kept if kept.is_absolute() and kept.is_dir() else Path.cwd()
        stem = f"hoi-thi-{self.trainer.services.today():%Y-%m-%d}"
        path, number = folder / f"{stem}.yaml", 2
        while path.exists():
            path, number = folder / f"{stem}-{number}.yaml", number + 1
        return path

    def action_save(self) -> None:
        """Ask where to save."""

        def chosen(text: str | None) -> None:
            name = one_line(text or "", 400)
            if not name:
                return
            path = Path(name).expanduser().absolute()
            if path.suffix.casefold() not in SUFFIXES:
                path = path.with_name(path.name + SUFFIXES[0])
            if path.is_dir() or not path.parent.is_dir():
                self.trainer.tell(
                    f"Không có thư mục “{path.parent}”. Bạn hãy tạo thư mục hoặc chọn nơi khác."
                )
                return
            if path.exists():
                question = f"Đã có tệp “{path}”. Ghi đè thì nội dung cũ mất hẳn."
                self.app.push_screen(
                    AskScreen("Ghi đè tệp?", question), lambda agreed: self._write(path) if agreed else None
                )
                return
            self._write(path)

        hint = "Enter: lưu · Esc: thôi. Tệp không có đáp án, nhưng có mã câu hỏi: bạn hãy giữ kín."
        self.app.push_screen(
            NoteScreen("Lưu bộ câu hỏi vào tệp", hint, str(self.default_path()), edit=True), chosen
        )

    def _write(self, path: Path) -> None:
        services = self.trainer.services
        try:
            self.prepared = save_set(self.prepared, path)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.attempt(lambda: services.store.set_setting(LAST_FILE, str(path)))
        self.after_saving(f"Đã lưu. Tối thi, gõ: danvan drill {_shell(path)}")


def _shell(path: Path) -> str:
    """Return a path as it is typed, short where it lies in the present folder."""
    shown = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
    return f'"{shown}"' if " " in shown else shown
