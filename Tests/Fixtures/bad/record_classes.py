"""Writes expected.json and docs/bad-input.md from what `jilaal validate` says.

    python3 record_classes.py JILAAL      standard library only

Read the difference before keeping it: what is written is what the tests then
ask for, and what planners are told.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from make_bad import HERE

DOCUMENT = HERE.parents[2] / "docs" / "bad-input.md"
HEAD = """# Bad input

What Jilaal says of every class of bad input, with the exit code that
`validate` and `run` end with (see [exit-codes.md](exit-codes.md)). The last
sentence of a message is how to mend it. Each class is one input made out of a
small working set by `Tests/Fixtures/bad`, and a test holds this table against
what the program says.

With code 0 the input is taken; a warning says what is odd about it, with a
count, and stands in `manifest.json`. Otherwise nothing is published, and the
last good run stays as it was.

Two warnings are known only once the cells are read, so that `run` gives them
and `validate` does not: `cells-out-of-range` (cells of the newest composite
outside the valid range) and `no-valid-cells` (none of them has a value). Both
count the cells. NaN and infinite numbers are never values.
"""

TITLES = {"Raster": "Rasters", "CSV": "Tables of incidents", "Vector": "Sectors and other layers",
          "YAML": "Pipeline files"}

def set_up(case, folder):
    shutil.copytree(HERE / "good", folder)
    for target, bad in case["replace"].items():
        shutil.copy(HERE / bad, folder / target)
    for path in case["remove"]:
        (folder / path).unlink()
    if "repeat" in case:
        long = case["repeat"]
        path = folder / long["file"]
        path.write_text(path.read_text().replace(long["find"], long["text"] * long["count"], 1))


def outcome(case, program):
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "set"
        set_up(case, folder)
        ended = subprocess.run(
            [program, "validate", "pipeline.yaml", *case.get("arguments", [])], cwd=folder,
            capture_output=True, text=True)
        lines = ended.stderr.splitlines() + ended.stdout.splitlines()
        said = [line.replace(str(folder) + "/", "") for line in lines
                if re.match("(error|warning): ", line)]
        said.sort(key=lambda line: not line.startswith("error"))
        return {"exitCode": ended.returncode, "says": said}


def main():
    program = str(Path(sys.argv[1]).resolve())
    cases = json.loads((HERE / "classes.json").read_text())
    expected, text, section = {}, HEAD, None
    for case in cases:
        key = "%s: %s" % (case["section"], case["name"])
        found = outcome(case, program)
        expected[key] = found
        if case["section"] != section:
            section = case["section"]
            text += "\n## %s\n\n| class | what Jilaal says | code |\n| --- | --- | --- |\n" % (
                TITLES[section])
        said = "<br>".join(
            line.replace("|", "\\|").replace("<", "&lt;") for line in found["says"])
        text += "| %s | %s | %d |\n" % (
            case["name"], said or "reads it like any other", found["exitCode"])
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    # Of coverage and transfer, which tests make and check themselves.
    marker = "\n## Coverage and transfer\n"
    text += marker + DOCUMENT.read_text().split(marker, 1)[1]
    DOCUMENT.write_text(text)


if __name__ == "__main__":
    main()
