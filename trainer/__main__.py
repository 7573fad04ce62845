"""``python -m trainer`` is ``danvan``."""

import sys

from trainer.cli import main

sys.exit(main())
