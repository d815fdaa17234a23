"""The same worker, slow to load."""

from __future__ import annotations

import time

from . import echoing

MODULE = __name__

time.sleep(1.5)
main = echoing.main
