"""A notebook page in headless Chromium: cells run, and what the reader sees is checked.

Needs jupyter-notebook and chromium; speaks the browser's own protocol through tornado, which comes
with Jupyter. Saves a picture of the page next to its temporary files, or where OUT says.
"""

import asyncio
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from tornado.websocket import websocket_connect

KERNEL = os.environ.get("KERNEL_NAME", "reprise")
PATIENCE = 120

CELLS = {
    "table": 'import tech.tablesaw.api.*;\n'
    'Table.create("runs", StringColumn.create("model", "small", "large"),'
    ' DoubleColumn.create("loss", 3.25, 2.75))',
    "chart": "import org.knowm.xchart.*;\n"
    "var chart = new XYChartBuilder().width(500).height(300).build();\n"
    'chart.addSeries("loss", new double[] {1, 2, 3}, new double[] {3, 2, 1.5});\n'
    "chart",
    "progress": 'var id = display("0 %");\n'
    'for (int i = 1; i <= 4; i++) { Thread.sleep(50); updateDisplay(id, 25 * i + " %"); }',
    "formula": 'latex("\\\\frac{A}{N^\\\\alpha}")',
    "error": "int n = 1;\nint bad = \"text\";",
    "loop": "while (true) {}",
    "after": "6 * 7",
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def notebook(cells):
    return {
        "cells": [
            {
                "cell_type": "code",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for source in cells
        ],
        "metadata": {"kernelspec": {"name": KERNEL, "display_name": "Java", "language": "java"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }


class Page:
    """A tab of the browser."""

    def __init__(self, connection):
        self.connection = connection
        self.number = 0

    async def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        await self.connection.write_message(json.dumps(message))
        while True:
            text = await asyncio.wait_for(self.connection.read_message(), PATIENCE)
            answer = json.loads(text)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise AssertionError(method + ": " + answer["error"]["message"])
                return answer["result"]

    async def js(self, expression):
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise AssertionError(expression + ": " + json.dumps(result["exceptionDetails"]))
        return result["result"].get("value")

    async def until(self, expression, what):
        end = time.time() + PATIENCE
        while time.time() < end:
            value = await self.js(expression)
            if value:
                return value
            await asyncio.sleep(0.1)
        raise AssertionError("waited in vain for " + what)

    async def run(self, index):
        await self.js(f"Jupyter.notebook.execute_cells([{index}]), 1")

    async def done(self, index):
        await self.until(
            f"Jupyter.notebook.get_cell({index}).output_area.outputs.length > 0"
            f" && !Jupyter.notebook.get_cell({index}).element.hasClass('running')",
            f"cell {index}",
        )

    def output(self, index):
        return self.js(f"Jupyter.notebook.get_cell({index}).output_area.element[0].innerText")


class BrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="reprise-browser-")
        with open(os.path.join(cls.folder, "page.ipynb"), "w") as f:
            json.dump(notebook(CELLS.values()), f)
        cls.port = free_port()
        cls.log = open(os.path.join(cls.folder, "jupyter.log"), "w")
        cls.server = subprocess.Popen(
            [
                "/usr/bin/jupyter-notebook",
                "--no-browser",
                "--allow-root",
                "--ip=127.0.0.1",
                f"--port={cls.port}",
                "--NotebookApp.token=",
                "--NotebookApp.password=",
                f"--notebook-dir={cls.folder}",
            ],
            stdout=cls.log,
            stderr=cls.log,
        )
        cls.browser = subprocess.Popen(
            [
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--window-size=1100,2200",
                f"--user-data-dir={cls.folder}/chromium",
                "about:blank",
            ],
            stdout=cls.log,
            stderr=cls.log,
        )

    @classmethod
    def tearDownClass(cls):
        for process in (cls.browser, cls.server):
            process.terminate()
        for process in (cls.browser, cls.server):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        cls.log.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def wait_for(self, get, what):
        end = time.time() + PATIENCE
        while time.time() < end:
            try:
                return get()
            except (OSError, ValueError, IndexError):
                time.sleep(0.2)
        self.fail("waited in vain for " + what)

    def tab(self):
        def devtools():
            with open(os.path.join(self.folder, "chromium", "DevToolsActivePort")) as f:
                return f.read().split()[0]

        port = self.wait_for(devtools, "the browser")
        base = f"http://127.0.0.1:{self.port}"
        self.wait_for(lambda: urllib.request.urlopen(base + "/api").read(), "the notebook server")

        def page():
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                return [t for t in json.load(answer) if t["type"] == "page"][0]

        return self.wait_for(page, "a tab")["webSocketDebuggerUrl"], base

    def test_page(self):
        asyncio.run(self.page())

    async def page(self):
        url, base = self.tab()
        page = Page(await websocket_connect(url, max_message_size=1 << 28))
        await page.call("Page.enable")
        await page.call("Page.navigate", url=base + "/notebooks/page.ipynb")
        await page.until(
            "typeof Jupyter !== 'undefined' && Jupyter.notebook && Jupyter.notebook.kernel"
            " && Jupyter.notebook.kernel.is_connected() && Jupyter.notebook._fully_loaded",
            "the notebook page",
        )
        names = list(CELLS)

        def cell(name):
            return names.index(name)

        def area(name):
            return f"Jupyter.notebook.get_cell({cell(name)}).output_area.element[0]"

        for name in ("table", "chart", "progress", "formula", "error"):
            await page.run(cell(name))
            await page.done(cell(name))

        with self.subTest("a table is a table"):
            cells = await page.js(
                f"[...{area('table')}.querySelectorAll('td')].map(td => td.innerText.trim())"
            )
            for text in ("small", "large", "3.25", "2.75"):
                self.assertIn(text, cells or [])
        with self.subTest("a chart is a picture with a size"):
            await page.until(
                f"(() => {{ const i = {area('chart')}.querySelector('img, svg');"
                " return i && i.getBoundingClientRect().width; })()",
                "the chart",
            )
            width = await page.js(
                f"{area('chart')}.querySelector('img, svg').getBoundingClientRect().width"
            )
            self.assertGreater(width, 300)
        with self.subTest("progress is one line that ends at 100 %"):
            await page.until(f"{area('progress')}.innerText.includes('100 %')", "100 %")
            self.assertEqual((await page.output(cell("progress"))).strip(), "100 %")
        with self.subTest("an error names cell, line and column"):
            text = await page.output(cell("error"))
            self.assertRegex(text, r"cell \d+, line 2, column 11")
            self.assertNotIn("\x1b", text)
        with self.subTest("the interrupt button ends a loop"):
            await page.run(cell("loop"))
            await asyncio.sleep(2)
            await page.js("Jupyter.notebook.kernel.interrupt(), 1")
            await page.done(cell("loop"))
            self.assertIn("Interrupted", await page.output(cell("loop")))
            await page.run(cell("after"))
            await page.done(cell("after"))
            self.assertIn("42", await page.output(cell("after")))
        await page.js("Jupyter.notebook.get_cells().forEach(c => c.code_mirror.refresh())")
        shot = await page.call("Page.captureScreenshot", captureBeyondViewport=True)
        out = os.path.join(os.environ.get("OUT", tempfile.gettempdir()), "notebook-page.png")
        with open(out, "wb") as f:
            f.write(base64.b64decode(shot["data"]))
        print("picture of the page:", out)
        self.assertGreater(os.path.getsize(out), 20_000)


if __name__ == "__main__":
    for program in ("/usr/bin/jupyter-notebook", "chromium"):
        if shutil.which(program) is None:
            sys.exit(program + " is missing: apt install jupyter-notebook chromium")
    unittest.main(verbosity=2)
