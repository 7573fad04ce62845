"""``python -m tests.bench.evidence``: how well the evidence judge hears, against the labelled set.

Prints precision and recall of the key points on both halves, overall and by situation.
``--half tuning --misses`` lists what was wrongly heard (+) and what was missed (-).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from trainer.grading.evidence import find_evidence

DATA = Path(__file__).parents[1] / "data" / "evidence"
HALVES = ("tuning", "held-out")


class Answer(NamedTuple):
    """One labelled answer; `heard` holds "criterion.point" as a strict teacher hears them."""

    situation: str
    id: str
    half: str
    quality: str
    text: str
    heard: frozenset[str]
    rubric: Sequence[dict[str, Any]]


class Figures(NamedTuple):
    """Points rightly heard, wrongly heard and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: tuple[Any, ...]) -> Figures:
        return Figures(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of what was heard that is there; 1 when nothing was heard."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was heard; 1 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}   recall {self.recall:.3f}   "
            f"(right {self.right}, wrong {self.wrong}, missed {self.missed})"
        )


def answers(half: str | None = None) -> list[Answer]:
    """Read the labelled set, or one half of it."""
    found = []
    for path in sorted(DATA.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for answer in data["answers"]:
            if half in (None, answer["half"]):
                found.append(
                    Answer(
                        data["situation"],
                        answer["id"],
                        answer["half"],
                        answer["quality"],
                        answer["text"],
                        frozenset(answer["heard"]),
                        data["rubric"],
                    )
                )
    return found


def found_points(answer: Answer) -> dict[str, str]:
    """Return the points the judge hears, each with the words it was heard in."""
    return {
        f"{criterion}.{index}": " … ".join(answer.text[start:end] for start, end in point.spans)
        for criterion, line in enumerate(find_evidence(answer.text, answer.rubric))
        for index, point in enumerate(line.points)
        if point.found
    }


def measure(answer: Answer) -> Figures:
    """Compare the judge with the teacher on one answer."""
    found = frozenset(found_points(answer))
    return Figures(len(found & answer.heard), len(found - answer.heard), len(answer.heard - found))


def total(chosen: Iterable[Answer]) -> Figures:
    """Add up over answers."""
    return sum((measure(answer) for answer in chosen), Figures())


def _misses(answer: Answer) -> None:
    found = found_points(answer)
    for label in sorted(found.keys() ^ answer.heard):
        criterion, index = map(int, label.split("."))
        point = answer.rubric[criterion]["key_points"][index]
        sign = "+" if label in found else "-"
        print(f"    {sign} {answer.id} {label} {' / '.join(point)}   {found.get(label, '')}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, help="one half only")
    parser.add_argument("--misses", action="store_true", help="list what was wrongly heard or missed")
    options = parser.parse_args()
    for half in (options.half,) if options.half else HALVES:
        chosen = answers(half)
        print(f"{half}: {len(chosen)} answers, {len({one.situation for one in chosen})} situations")
        print(f"  {'all':<28} {total(chosen)}")
        for situation in sorted({answer.situation for answer in chosen}):
            own = [answer for answer in chosen if answer.situation == situation]
            print(f"  {situation:<28} {total(own)}")
            if options.misses:
                for answer in own:
                    _misses(answer)


if __name__ == "__main__":
    main()
