"""One key bookmarks an item, one doubts it with a note; shared by the screens that show items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding

if TYPE_CHECKING:
    from trainer.tui.app import DanvanApp


class FlagKeys:
    """Mix into a screen; it says which item is on show."""

    FLAG_BINDINGS = (
        Binding("m,M", "bookmark(True)", "Đánh dấu"),
        Binding("m,M", "bookmark(False)", "Bỏ đánh dấu"),
        Binding("n,N", "doubt", "Nghi ngờ"),
    )

    _marked: tuple[str, bool] | None = None
    """The item that was last asked about, and whether it is bookmarked."""

    if TYPE_CHECKING:

        @property
        def trainer(self) -> DanvanApp:
            """The trainer's app."""

        def refresh_bindings(self) -> None:
            """Draw the key line anew."""

    def flagged_item(self) -> str | None:
        """Return the id of the item on show."""
        raise NotImplementedError

    def before_note(self) -> None:
        """Called before a note is asked for."""

    def marked(self) -> bool:
        """Tell whether the item on show is bookmarked: the key line says so for as long as it is."""
        item, services = self.flagged_item(), self.trainer.services
        if item is None:
            return False
        if self._marked is None or self._marked[0] != item:  # asked at each repaint of the key line
            self._marked = (item, services.store.has_flag(services.player.id, item, "bookmark"))
        return self._marked[1]

    def action_bookmark(self, wanted: bool) -> None:
        """Bookmark the item, or take the bookmark away."""
        item = self.flagged_item()
        if item is None:
            return
        store, player = self.trainer.services.store, self.trainer.services.player.id
        change = store.set_flag if wanted else store.clear_flag
        if self.trainer.attempt(lambda: change(player, item, "bookmark")):
            self.trainer.notify(
                "Đã đánh dấu câu này; nhấn M lần nữa thì bỏ." if wanted else "Đã bỏ đánh dấu câu này.",
                markup=False,
            )
            self._marked = None
            self.refresh_bindings()

    def action_doubt(self) -> None:
        """Doubt the item, with a note."""
        from trainer.tui.dialogs import NoteScreen

        item = self.flagged_item()
        if item is None:
            return
        store, player = self.trainer.services.store, self.trainer.services.player.id
        old = next(
            (flag.note for flag in store.flags(player) if flag.item == item and flag.kind == "doubt"), ""
        )
        self.before_note()

        def keep(note: str | None) -> None:
            if note is not None and self.trainer.attempt(lambda: store.set_flag(player, item, "doubt", note)):
                self.trainer.notify("Đã ghi là câu nghi ngờ.", markup=False)

        screen: Any = NoteScreen(
            "Vì sao bạn nghi ngờ câu này?", "Enter: lưu (để trống cũng được) · Esc: thôi", old
        )
        self.trainer.push_screen(screen, keep)
