"""Prints the Nth shell command of README.md's section "Set up", so that CI runs what users are told."""

import re
import sys
from pathlib import Path

text = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
section = text.split("## Set up", 1)[1].split("\n## ", 1)[0]
print(re.findall(r"```sh\n(.+?)\n```", section, re.S)[int(sys.argv[1]) - 1])
