"""The Python that the guides show beside ours is Python."""

import ast
import pathlib
import re
import unittest

GUIDES = pathlib.Path(__file__).resolve().parents[3] / "notebooks" / "guides"


class GuidesTest(unittest.TestCase):
    def test_every_block_of_python_parses(self):
        found = 0
        for page in sorted(GUIDES.glob("*.md")):
            text = page.read_text(encoding="utf-8")
            for block in re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S):
                with self.subTest(page=page.name, block=block[:40]):
                    ast.parse(block)
                found += 1
        self.assertGreaterEqual(found, 5)


if __name__ == "__main__":
    unittest.main()
