"""Start an installed ``evaluator serve`` and see that it answers: python .ci/answers.py PROGRAM"""

import json
import subprocess
import sys
import tempfile
from urllib.request import ProxyHandler, build_opener

with tempfile.TemporaryDirectory() as runs:
    command = [sys.argv[1], "serve", runs, "--port", "0", "--reader", "rules", "--offline"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=runs)
    assert server.stdout is not None
    try:
        address = server.stdout.readline().partition("?")[0]
        opened = build_opener(ProxyHandler({})).open(f"{address}healthz", timeout=60)
        answer = json.load(opened)
    finally:
        server.terminate()
        server.wait(30)
    assert answer["status"] == "ok", answer
    print(f"evaluator {answer['version']} answers")
