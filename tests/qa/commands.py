"""Calling the command line, in this process and as one of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from qa.cli import app

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object, stdin: str | bytes | None = None) -> Any:
    """Call a command in this process, without a terminal."""
    return CliRunner().invoke(app, list(map(str, arguments)), input=stdin)


def start(*arguments: object, **options: Any) -> "subprocess.Popen[bytes]":
    """Start a command as a process of its own."""
    command = [sys.executable, "-m", "qa.cli", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=options.pop("stderr", subprocess.PIPE), **options)
