"""``python -m tests``: lint, types, import rules and tests, in one command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = "3"
"""One more than two cores: a test that presses keys waits for idle half of its time."""
STEPS = (
    ("ruff check", ["ruff", "check", "--quiet", "."]),
    ("ruff format", ["ruff", "format", "--quiet", "--check", "."]),
    ("mypy", ["mypy", "--no-error-summary"]),
    ("import-linter", ["importlinter.cli", "lint"]),
    ("danvan check", ["trainer", "check"]),
    ("pytest", ["pytest", "-n", WORKERS, "--dist", "worksteal", "-q"]),
)


def main(arguments: list[str]) -> int:
    """Run every step, also after one failed; arguments go to pytest."""
    failed = []
    for name, command in STEPS:
        extra = arguments if name == "pytest" else []
        if name == "import-linter":
            call = [
                sys.executable,
                "-c",
                "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
            ]
        else:
            call = [sys.executable, "-m", *command, *extra]
        print(f"== {name}", flush=True)
        if subprocess.run(call, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"== failed: {', '.join(failed)}" if failed else "== all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
