#!/usr/bin/env python3
"""Notebooks as readers see them: executes one and compares what comes out with what is committed.

    .ci/notebooks.py execute NOTEBOOK            in place, from an empty store
    .ci/notebooks.py compare COMMITTED EXECUTED  exit status 1 and a diff where they differ

Compared are, cell by cell, the source, the kinds of outputs and their text: verdicts, tables,
numbers. What no two runs share is left out first: seconds, paths, the count of runs that were read
from the store, and the numbers of claims about speed, which the notebook's metadata name
("reprise": {"speeds": [id]}). HTML and pictures are compared by the plain text beside them.

Training gives the same bits on the same instruction set only. "execute" writes down on which one;
where this machine has another, numbers, digests and generated texts cannot be compared, and only
kinds of outputs and the claims that were decided are. The first line of the answer says which.
"""

import difflib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIMEOUT = os.environ.get("NOTEBOOK_TIMEOUT", "900")

NUMBER = re.compile(r"(?<![\w-])[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?")
DURATION = re.compile(
    r"(?:< ?)?\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)? ?(?:µs|us|ms|s|min|h|hours?|minutes?|seconds?|days?)\b"
)
PATH = re.compile(r"(?<![\w/.])/(?:[\w.@+-]+/)+[\w.@+-]*")
STORED = re.compile(r" · \d+ read from the store")
SPEED = re.compile(r"\d[\d.,]* ?[kMGT]?(?:FLOP|B|tokens?|steps?)/s")
VERDICT = re.compile(r"^\S* *(?:supported|contradicted|inconclusive|out of reach) +([a-z0-9-]+)")
TIMED = ("seconds", "minutes", "time")


def text_of(value):
    return value if isinstance(value, str) else "".join(value)


def without_timings(line):
    line = STORED.sub("", line)
    line = SPEED.sub("<speed>", line)
    line = DURATION.sub("<time>", line)
    line = line.replace("<time> <time>", "<time>")  # 1 h 30 min, or 2 h
    return PATH.sub("<path>", line)


def without_timed_columns(lines):
    """Blanks the values of a table's columns of times, found by where their heading ends."""
    ends = []
    for line in lines:
        headings = [m for m in re.finditer(r"\S+(?: \S+)*", line)]
        timed = [m for m in headings if m.group().split()[0] in TIMED and len(headings) > 2]
        if timed:
            ends = [m.end() for m in timed]
        elif not line.strip():
            ends = []
        for end in ends if not timed else []:
            head, tail = line[:end], line[end:]
            line = re.sub(r"\S+$", "<time>", head) + tail
        yield line


def without_timed_verdicts(lines, timed):
    """Blanks the numbers of verdicts on claims about speed: the verdict's line and its reason."""
    reason = False
    for line in lines:
        verdict = VERDICT.match(line)
        speed = verdict and verdict.group(1) in timed
        yield NUMBER.sub("<speed>", line) if speed or reason else line
        reason = bool(speed)


def normalised(text, timed=()):
    """The lines of a text that two runs on one machine share."""
    lines = without_timed_columns(text.rstrip().split("\n"))
    lines = without_timed_verdicts(lines, timed)
    return [re.sub(r" {2,}", "  ", without_timings(line)).rstrip() for line in lines]


def claims(text):
    """Ids of the claims that a text decides, in order; how they were decided may differ."""
    found = (VERDICT.match(line) for line in text.split("\n"))
    return ["claim " + m.group(1) for m in found if m]


def shown(output, same_machine, timed):
    """An output as lines: its kind, and what it says."""
    kind = output["output_type"]
    if kind == "stream":
        head, text = f"[{output['name']}]", text_of(output["text"])
    elif kind == "error":
        head, text = "[error]", output["ename"] + ": " + output["evalue"]
    else:
        data = output.get("data", {})
        head = f"[{kind}: {', '.join(sorted(data))}]"
        text = text_of(data.get("text/plain", ""))
    return [head] + (normalised(text, timed) if same_machine else claims(text))


def cells(notebook, same_machine):
    """Every code cell as (first line of its source, all its lines)."""
    timed = notebook["metadata"].get("reprise", {}).get("speeds", [])
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = text_of(cell["source"])
        lines = ["> " + line for line in source.split("\n")]
        for output in cell["outputs"]:
            if output["output_type"] == "stream" and output["name"] == "stderr":
                continue  # notes for whoever runs it: waiting, downloads
            lines += shown(output, same_machine, timed)
        yield source.split("\n")[0], lines


def differences(committed, executed, same_machine=True):
    """A diff for each cell that differs; empty where none does."""
    found = []
    before = list(cells(committed, same_machine))
    after = list(cells(executed, same_machine))
    if len(before) != len(after):
        found.append(f"{len(before)} code cells are committed, {len(after)} were executed")
    for number, ((title, old), (_, new)) in enumerate(zip(before, after), 1):
        if not any(line.startswith("[") for line in old) and any(l.startswith("[") for l in new):
            found.append(f"cell {number}, {title}\n  is committed without its outputs")
        elif old != new:
            diff = difflib.unified_diff(old, new, "committed", "executed", n=1, lineterm="")
            body = "\n".join("  " + line[:200] for line in list(diff)[2:60])
            found.append(f"cell {number}, {title}\n{body}")
    return found


def instruction_set():
    """What doctor says of the backend, such as 'cpu, avx512'; empty where it cannot say."""
    command = os.environ.get("REPRISE", str(ROOT / "reprise")).split()
    answer = subprocess.run(command + ["doctor"], capture_output=True, text=True, check=False)
    backend = re.search(r"^backend +(.*)$", answer.stdout, re.M)
    return re.sub(r",? ?\d+ threads?", "", backend.group(1)).strip() if backend else ""


def execute(path):
    with tempfile.TemporaryDirectory(prefix="reprise-notebook-") as home:
        environment = os.environ | {"REPRISE_HOME": home}
        subprocess.run(
            ["jupyter", "nbconvert", "--execute", "--to", "notebook", "--inplace",
             f"--ExecutePreprocessor.timeout={TIMEOUT}",
             "--ExecutePreprocessor.startup_timeout=180",
             "--ExecutePreprocessor.record_timing=False", path],
            check=True, env=environment)  # fmt: skip
    notebook = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    notebook["metadata"].setdefault("reprise", {})["backend"] = instruction_set()
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    pathlib.Path(path).write_text(text + "\n", encoding="utf-8")


def compare(committed, executed):
    old = json.loads(pathlib.Path(committed).read_text(encoding="utf-8"))
    new = json.loads(pathlib.Path(executed).read_text(encoding="utf-8"))
    recorded = old["metadata"].get("reprise", {}).get("backend", "")
    here = instruction_set() if recorded else ""
    same = recorded == here
    if same:
        print(f"{committed}: every line is compared")
    else:
        print(f"{committed}: recorded with {recorded}, here is {here}: without numbers and texts")
    found = differences(old, new, same)
    for difference in found:
        print(difference)
    if found:
        print(f"{len(found)} cells differ; if the new outputs are right:")
        print(f"  .ci/notebooks.py execute {committed}")
    return 1 if found else 0


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "execute":
        return execute(arguments[1])
    if len(arguments) == 3 and arguments[0] == "compare":
        return compare(arguments[1], arguments[2])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
