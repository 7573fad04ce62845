"""The trainer's own colours: the red and gold of the stage, the pink of the lotus."""

from __future__ import annotations

from textual.theme import Theme

DARK = "sen-toi"
LIGHT = "sen-sang"

TEAM_COLOURS = {
    "red": ("#ff8078", "#b3122a"),
    "blue": ("#7fb2ff", "#1a56b0"),
    "green": ("#6fcf7c", "#1e6b2e"),
    "gold": ("#f2c14e", "#7a5800"),
    "violet": ("#c79bff", "#6f35b5"),
    "cyan": ("#56d4dd", "#006a75"),
    "orange": ("#ff9f5a", "#a04200"),
    "pink": ("#ff9ecb", "#a8266f"),
    "lime": ("#c3dc55", "#4d6300"),
    "white": ("#ffffff", "#3d3d3d"),
}
"""A team's colour -> as it is on dark and on light; each reads on every background of its theme."""


def team_variables(dark: bool) -> dict[str, str]:
    """Return the theme variables, ``team-red`` and so on."""
    return {f"team-{name}": pair[0 if dark else 1] for name, pair in TEAM_COLOURS.items()}


def team_style(colour: str) -> str:
    """Return the style of a team's colour; a name that is not known is the accent."""
    return f"$team-{colour}" if colour in TEAM_COLOURS else "$accent"


THEMES = (
    Theme(
        name=DARK,
        primary="#e0475b",
        secondary="#e79ab5",
        accent="#f2c14e",
        warning="#f0a35e",
        error="#ff7b72",
        success="#7bc47f",
        foreground="#f3e9e4",
        background="#191214",
        surface="#21181b",
        panel="#2c2024",
        dark=True,
        variables={
            "banner": "#9e1b2f",
            "banner-text": "#ffe08a",
            "right-bg": "#1f3524",
            "wrong-bg": "#43201f",
            "partial-bg": "#40310f",
            "quiet": "#b5a29c",
            "footer-key-foreground": "#f2c14e",
            "footer-description-foreground": "#d9cbc5",
            "block-cursor-background": "#5a2530",
            "block-cursor-foreground": "#fff3e0",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#38242a",
            "border": "#e79ab5",
            "border-blurred": "#4a373c",
            **team_variables(dark=True),
        },
    ),
    Theme(
        name=LIGHT,
        primary="#b3122a",
        secondary="#b0476d",
        accent="#8a5a00",
        warning="#9a5b00",
        error="#b3261e",
        success="#1e6b2e",
        foreground="#2a1d1a",
        background="#fffaf2",
        surface="#fdf3e6",
        panel="#f6e6d4",
        dark=False,
        variables={
            "banner": "#b3122a",
            "banner-text": "#ffe9a8",
            "right-bg": "#dff0dc",
            "wrong-bg": "#fbe0dc",
            "partial-bg": "#faeccb",
            "quiet": "#76635c",
            "footer-key-foreground": "#8a1022",
            "footer-description-foreground": "#4a3833",
            "block-cursor-background": "#f3cfc9",
            "block-cursor-foreground": "#3a0a12",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#f4e0d6",
            "border": "#b0476d",
            "border-blurred": "#dcc6b8",
            **team_variables(dark=False),
        },
    ),
)
