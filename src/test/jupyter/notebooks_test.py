"""The comparison of notebooks itself: it lets timings pass and nothing else."""

import copy
import importlib.util
import json
import pathlib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
SPEC = importlib.util.spec_from_file_location("notebooks", ROOT / ".ci" / "notebooks.py")
notebooks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(notebooks)

TABLE = """✓ supported     entropy-collapses   claimed 0.42 times, measured 0.5398

runs
run         width  loss nats/token  seconds  status    digest
d6-C2e9-s1      6            2.563   0.3753  finished  0bfafea60524
d8-C2e9-s1      8            2.546  10.3311  finished  9f0dba877f8e"""


def page(text, progress="zoo: 3 of 3 runs · in 1.5 s"):
    return {
        "metadata": {},
        "cells": [
            {"cell_type": "markdown", "source": "prose is not compared"},
            {
                "cell_type": "code",
                "source": ["run(x)"],
                "outputs": [
                    {"output_type": "display_data", "data": {"text/plain": progress}},
                    {
                        "output_type": "execute_result",
                        "data": {"text/plain": [text], "text/html": "<b>x</b>"},
                    },
                ],
            },
        ],
    }


class CompareTest(unittest.TestCase):
    def same(self, other, progress="zoo: 3 of 3 runs · in 1.5 s", **how):
        return notebooks.differences(page(TABLE), page(other, progress), **how) == []

    def test_seconds_may_differ(self):
        other = TABLE.replace("   0.3753", "  22.4001").replace("10.3311", "0.00011")
        self.assertTrue(self.same(other, "zoo: 3 of 3 runs · in 2 min · 3 read from the store"))
        self.assertTrue(self.same(TABLE, "zoo: 3 of 3 runs · in 1 h 30 min"))

    def test_a_comma_behind_a_number_is_no_part_of_it(self):
        for text, numbers in [("[12, 13.5]", ["12", "13.5"]), ("1,234 of 5", ["1,234", "5"])]:
            self.assertEqual(notebooks.NUMBER.findall(text), numbers)

    def test_nothing_else_may(self):
        for old, new in [
            ("supported ", "contradicted "),
            ("0.5398", "0.5399"),
            ("2.546", "2.547"),
            ("0bfafea60524", "0bfafea60525"),
            ("      6 ", "      7 "),
            ("finished", "failed"),
        ]:
            self.assertFalse(self.same(TABLE.replace(old, new)), new)
        self.assertFalse(self.same(TABLE, "zoo: 2 of 3 runs · in 1.5 s"))

    def test_a_missing_output_is_seen(self):
        executed = page(TABLE)
        committed = copy.deepcopy(executed)
        committed["cells"][1]["outputs"] = []
        self.assertEqual(
            notebooks.differences(committed, executed),
            ["cell 1, run(x)\n  is committed without its outputs"],
        )
        chart = copy.deepcopy(executed)
        chart["cells"][1]["outputs"][1]["data"].pop("text/html")
        self.assertIn("-[execute_result: text/html", notebooks.differences(executed, chart)[0])

    def test_the_diff_names_cell_and_line(self):
        diff = notebooks.differences(page(TABLE), page(TABLE.replace("2.546", "2.6")))
        self.assertEqual(len(diff), 1)
        self.assertTrue(diff[0].startswith("cell 1, run(x)\n"), diff)
        self.assertIn("-d8-C2e9-s1  8  2.546", diff[0])
        self.assertIn("+d8-C2e9-s1  8  2.6", diff[0])

    def test_another_instruction_set_compares_claims_not_numbers(self):
        other = TABLE.replace("2.546", "2.547").replace("0bfafea60524", "aaaaaaaaaaa1")
        self.assertTrue(self.same(other, same_machine=False))
        renamed = TABLE.replace("entropy-collapses", "entropy-rises")
        self.assertFalse(self.same(renamed, same_machine=False))

    def test_numbers_of_claims_about_speed_may_differ_and_their_verdicts_not(self):
        old = page("✓ supported     fast   claimed 8 times, measured 120.5\n   120.5 is at least 8\n1")
        old["metadata"]["reprise"] = {"speeds": ["fast"]}
        new = copy.deepcopy(old)
        text = new["cells"][1]["outputs"][1]["data"]
        text["text/plain"] = ["✓ supported     fast   claimed 8 times, measured 9\n  9 is at least 8\n1"]
        self.assertEqual(notebooks.differences(old, new), [])
        text["text/plain"] = ["✓ supported     fast   claimed 8 times, measured 9\n  9 is at least 8\n2"]
        self.assertEqual(len(notebooks.differences(old, new)), 1)
        text["text/plain"] = ["✗ contradicted  fast   claimed 8 times, measured 2\n  2 is below 8\n1"]
        self.assertEqual(len(notebooks.differences(old, new)), 1)

    def test_every_committed_notebook_holds_its_outputs(self):
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            for number, cell in enumerate(notebook["cells"], 1):
                if cell["cell_type"] == "code" and cell["source"]:
                    self.assertIsNotNone(
                        cell["execution_count"],
                        f"{path.name}, cell {number}; run .ci/notebooks.py execute {path.name}",
                    )


if __name__ == "__main__":
    unittest.main()
