"""What has to be built or fetched before a peer runs; all of it lies in ignored folders."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
BUILT = HERE / ".build"
PEERS = HERE / "peers"


class Missing(Exception):
    """This machine lacks what is needed; the text says what."""


def compiled(name: str) -> Path:
    """The program that ``name.c`` makes."""
    source, target = HERE / f"{name}.c", BUILT / name
    newest = max(path.stat().st_mtime for path in (source, *HERE.glob("*.h")))
    if not target.exists() or target.stat().st_mtime < newest:
        BUILT.mkdir(exist_ok=True)
        _run(_tool("cc"), "-O2", "-o", str(target), str(source))
    return target


def node_peer(name: str) -> list[str]:
    """The command, short of a port, of a peer on Node."""
    folder = PEERS / name
    node, npm = _tool("node"), _tool("npm")
    if not (folder / "node_modules").exists():
        _run(npm, "install", "--no-package-lock", "--no-audit", "--no-fund", cwd=folder)
    return [node, str(folder / "server.js")]


def python_peer(name: str) -> list[str]:
    """The command, short of a port, of a peer in Python with what it asks for."""
    wanted, home = PEERS / name / "requirements.txt", BUILT / name
    if wanted.exists() and not (home / "ready").exists():
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        _run(str(home / "bin" / "pip"), "install", "--quiet", "-r", str(wanted))
        (home / "ready").touch()
    python = home / "bin" / "python" if wanted.exists() else Path(sys.executable)
    return [str(python), str(PEERS / name / "server.py")]


def _tool(name: str) -> str:
    if found := shutil.which(name):
        return found
    raise Missing(f"{name} is not installed")


def _run(*command: str, cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"{' '.join(command)} failed: {(done.stderr or done.stdout)[-500:]}")
