"""A lesson as a student sees it in JupyterLab; its cells are named by their nbgrader grade id."""

import re
from dataclasses import dataclass

from nbformat import NotebookNode
from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyter_server import JupyterServer

EXECUTED = re.compile(r"\[\d+\]:")
RUNNING = "[*]:"
SLOW = 300_000  # milliseconds, for whatever runs a lesson's cells


@dataclass(frozen=True)
class LessonPage:
    page: Page
    notebook: NotebookNode  # the same lesson as a file: it knows which cell has which grade id

    def open(self, server: JupyterServer, path: str) -> None:
        self.page.goto(server.url(f"lab/tree/{path}"))
        # What runs before the kernel has answered once is lost without a word.
        expect(self.page.locator("#jp-bottom-panel").get_by_text("| Idle")).to_be_visible()

    def cell(self, grade_id: str) -> Locator:
        grade_ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in self.notebook.cells]
        return self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{grade_ids.index(grade_id)}"]')

    def error(self, grade_id: str) -> Locator:
        """The error that the cell shows, if it shows one; a warning is none."""
        return self.cell(grade_id).locator(".jp-OutputArea-output").filter(has_text="Traceback (most recent call last)")

    def show(self, shown: Locator) -> None:
        """Scroll to the end of a cell or of an output, where an error says what it is."""
        shown.evaluate("element => element.scrollIntoView({block: 'end'})")

    def select(self, grade_id: str) -> None:
        """Select the cell, not its text, as a click beside it does."""
        self.cell(grade_id).locator(".jp-InputPrompt").click()

    def replace_source(self, grade_id: str, text: str) -> None:
        """Type `text` in place of all that stands in the cell."""
        self.cell(grade_id).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def run(self, grade_id: str) -> None:
        self.select(grade_id)
        self.page.keyboard.press("Control+Enter")
        expect(self.cell(grade_id).locator(".jp-InputPrompt")).to_have_text(EXECUTED, timeout=SLOW)

    def run_all_above(self, grade_id: str) -> None:
        self.select(grade_id)
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Above Selected Cell").click()
        prompts = self.page.locator(".jp-Notebook .jp-InputPrompt")
        expect(prompts.filter(has_text=EXECUTED).first).to_be_attached()
        expect(prompts.filter(has_text=RUNNING)).to_have_count(0, timeout=SLOW)

    def save(self) -> None:
        self.page.keyboard.press("ControlOrMeta+S")
        expect(self.page.locator("#jp-main-dock-panel .jp-mod-dirty")).to_have_count(0)

    def validate(self) -> list[str]:
        """Press nbgrader's Validate and return the sources of the cells that its dialog reports as failing."""
        self.page.get_by_role("button", name="Validate").click()
        report = self.page.locator("#validation-message")
        expect(report).to_have_class(re.compile(r"\bvalidation-failed\b"), timeout=SLOW)
        texts = report.locator(".jp-RenderedText pre").all_inner_texts()
        return texts[::2]  # each failing cell's source is followed by its error
