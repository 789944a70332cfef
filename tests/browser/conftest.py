"""A headless Chromium for the browser tests, and the pictures that they take of what it shows."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

TIMEOUT = 90_000  # milliseconds; generous, since a busy machine shows late what is right
LARGEST_PICTURE = 300_000  # bytes
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Screenshot = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", type=Path, metavar="DIR", help="save the README's pictures in DIR")


def chromium(playwright: Playwright) -> str:
    """The system's Chromium or Chrome, else the one that Playwright installed; skips the test where there is none."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    found = [path for path in map(shutil.which, names) if path]
    installed = playwright.chromium.executable_path
    if not found and not Path(installed).exists():
        pytest.skip("no browser: install Chromium, or run `playwright install --with-deps chromium`")
    return found[0] if found else installed


# For one module only: while Playwright runs, no other test in this process could start an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab; it reaches this machine only, so that no test waits for a page elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(TIMEOUT)
    context.route(lambda url: "//127.0.0.1:" not in url and url.startswith("http"), lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture
def screenshot(page: Page, request: pytest.FixtureRequest) -> Screenshot:
    """Save what the tab shows under a name, where the option `--screenshots` asks for it."""
    folder: Path | None = request.config.getoption("--screenshots", None)

    def save(name: str) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            picture = page.screenshot(path=folder / f"{name}.png")
            assert len(picture) < LARGEST_PICTURE, f"{name}.png is {len(picture)} bytes"

    return save
