"""Issue keys as `python -m backend keys issue` does, a line of JSON each: many of them from one start of Python.

python tests/e2e/issue_keys.py SETTINGS < {"role": …, "name": …}
"""

import json
import sys
from pathlib import Path

from backend.console import issue_key_at_console
from backend.settings import load_settings

if __name__ == "__main__":
    settings = load_settings(Path(sys.argv[1]))
    for line in sys.stdin:
        asked = json.loads(line)
        print(issue_key_at_console(settings, asked["role"], asked["name"], plus=False), flush=True)
