"""A JupyterLab server of the tests' own, which no user's settings touch."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

START_TIMEOUT = 180  # seconds; a busy machine needs most of a minute
STOP_TIMEOUT = 60


@dataclass(frozen=True)
class JupyterServer:
    address: str
    token: str

    def url(self, path: str) -> str:
        return f"{self.address}/{path}?token={self.token}"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url("api/status"), timeout=10) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(home: Path) -> dict[str, str]:
    """This environment, with nobody's settings of Jupyter and IPython, and this Python's programs found first."""
    foreign = ("JUPYTER", "IPYTHON", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {"HOME": str(home), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def decline_news(home: Path) -> None:
    """A new user is asked whether to fetch Jupyter's news; the question would cover part of the page."""
    settings = home / ".jupyter/lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))


def wait_until_it_answers(server: JupyterServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while not server.answers():
        assert process.poll() is None, f"jupyter lab ended with status {process.returncode}:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"jupyter lab did not answer in {START_TIMEOUT} s:\n{log.read_text()}"
        time.sleep(0.5)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask the server to end, which also ends its kernels; insist where it does not."""
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def jupyter_lab(course: Path, home: Path) -> Iterator[JupyterServer]:
    """Run `jupyter lab` in the course's folder, with `home` (an empty folder) as the user's home."""
    decline_news(home)
    port, log = free_port(), home / "jupyter.log"
    server = JupyterServer(f"http://127.0.0.1:{port}", secrets.token_hex(16))
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.allow_root": True,
        "ServerApp.root_dir": course,
        "IdentityProvider.token": server.token,
    }
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", *(f"--{k}={v}" for k, v in options.items())]
    with open(log, "wb") as output:
        process = subprocess.Popen(command, cwd=course, env=environment(home), stdout=output, stderr=output)
    try:
        wait_until_it_answers(server, process, log)
        yield server
    finally:
        stop(process)
