"""
Run what a page of documentation shows: every fenced block, in order, in one empty folder.

- ``python``: run in one namespace for the whole page;
- ``pycon``: run as a doctest in the same namespace; what it prints is compared;
- ``bash``: run by bash, with this Python first on the path;
- ``toml``, ``json``: must parse; ``csv``, ``text``, ``mermaid`` and directives are not code.

An HTML comment on the line before a block changes that:

- ``<!-- output -->``: this ``text`` is exactly what the ``python`` or ``bash`` block before it printed;
- ``<!-- file: NAME -->``: put the block into this file; a ``.py`` can be imported by later blocks;
- ``<!-- pytest: NAME -->``: put it there and run it with pytest;
- ``<!-- raises: NAME -->``: this ``python`` must end in that error;
- ``<!-- not run: REASON -->``: only shown.
"""

from __future__ import annotations

import builtins
import contextlib
import doctest
import io
import json
import linecache
import os
import pathlib
import re
import subprocess
import sys
import tomllib
import types
from collections.abc import Callable, Iterator

import attrs
from markdown_it import MarkdownIt

NOT_CODE = frozenset({"", "csv", "mermaid", "text"})
_MARK = re.compile(r"<!--\s*(output|file|pytest|raises|not run)(?::\s*(.+?))?\s*-->")
_CODE_DIRECTIVE = re.compile(r"\{(?:code-block|code|sourcecode)\}\s*(\w*)")
_OPTIONS = re.compile(r"\A(?::[\w-]+:.*\n)+\n?")


class PageError(AssertionError):
    """A block does not do what its page says; the text begins with ``page:line``."""


@attrs.frozen
class Block:
    """A fenced block: its language, its text, the line it begins on, and its mark with the mark's argument."""

    language: str
    text: str
    line: int
    mark: str = ""
    argument: str = ""

    @property
    def runs(self) -> bool:
        """Whether the block is run, read or compared, and not only shown."""
        return self.mark != "not run" and (bool(self.mark) or self.language not in NOT_CODE)


def blocks(page: str) -> Iterator[Block]:
    """
    Yield the fenced blocks of a Markdown page in order.
    """
    lines = page.splitlines()
    for token in MarkdownIt().parse(page):
        if token.type != "fence" or token.map is None:
            continue
        info, text = token.info.strip(), token.content
        directive = _CODE_DIRECTIVE.match(info)
        if directive:
            info, text = directive[1], _OPTIONS.sub(lambda m: "\n" * m[0].count("\n"), text)
        before = [line for line in lines[: token.map[0]] if line.strip()]
        mark = _MARK.fullmatch(before[-1].strip()) if before else None
        language = "" if info.startswith("{") else info.split(" ")[0]
        yield Block(language, text, token.map[0] + 2, mark[1] if mark else "", (mark[2] or "") if mark else "")


class Page:
    """
    One page being run, in the current folder.

    Args:
        name: How failures name it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.printed = ""
        self.module = types.ModuleType("page")

    def run(self, text: str) -> int:
        """
        Run every block; return how many were run or read.

        Raises:
            PageError: If a block fails; a ``python`` block raises its own error, whose traceback names the page.
        """
        here = str(pathlib.Path.cwd())
        count = 0
        sys.modules["page"] = self.module
        sys.path.insert(0, here)
        try:
            for block in filter(lambda block: block.runs, blocks(text)):
                self._run(block)
                count += 1
        finally:
            sys.path.remove(here)
            del sys.modules["page"]
        return count

    def _fail(self, block: Block, what: str) -> PageError:
        return PageError(f"{self.name}:{block.line}: {what}")

    def _run(self, block: Block) -> None:
        by_mark: dict[str, Callable[[Block], None]] = {
            "output": self._output,
            "file": self._file,
            "pytest": self._pytest,
            "raises": self._raises,
        }
        by_language: dict[str, Callable[[Block], None]] = {
            "python": self._python,
            "pycon": self._session,
            "bash": self._bash,
            "toml": lambda block: void(tomllib.loads(block.text)),
            "json": lambda block: void(json.loads(block.text)),
        }
        runner = by_mark.get(block.mark) or by_language.get(block.language)
        if runner is None:
            raise self._fail(block, f"nothing is known to run {block.language!r}; mark it <!-- not run: REASON -->")
        runner(block)

    def _python(self, block: Block) -> None:
        source = "\n" * (block.line - 1) + block.text
        file = f"<{self.name}:{block.line}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(source, file, "exec", dont_inherit=True), self.module.__dict__)
        self.printed = out.getvalue()

    def _raises(self, block: Block) -> None:
        expected = self.module.__dict__.get(block.argument) or getattr(builtins, block.argument, None)
        if expected is None:
            raise self._fail(block, f"the page has not imported {block.argument}")
        try:
            self._python(block)
        except expected:
            return
        raise self._fail(block, f"{block.argument} was not raised")

    def _session(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.text, self.module.__dict__, self.name, self.name, block.line - 1
        )
        told: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=told.append, clear_globs=False)
        self.module.__dict__.update(test.globs)
        if runner.failures:
            raise self._fail(block, "".join(told))

    def _bash(self, block: Block) -> None:
        self.printed = self._spawn(block, ["bash", "-euo", "pipefail", "-c", block.text])

    def _file(self, block: Block) -> None:
        pathlib.Path(block.argument).write_text(block.text, encoding="utf-8")

    def _pytest(self, block: Block) -> None:
        self._file(block)
        options = ["-q", "-W", "error", "-p", "no:randomly"]
        self._spawn(block, [sys.executable, "-m", "pytest", *options, block.argument])

    def _output(self, block: Block) -> None:
        if self.printed.rstrip() != block.text.rstrip():
            raise self._fail(block, f"the block before printed\n{self.printed}\nbut the page shows\n{block.text}")

    def _spawn(self, block: Block, command: list[str]) -> str:
        here = pathlib.Path(sys.executable).parent
        around = {
            **os.environ,
            "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(pathlib.Path.cwd()),
        }
        done = subprocess.run(command, env=around, capture_output=True, text=True, check=False, timeout=240)
        if done.returncode:
            raise self._fail(block, f"ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout


def void(_: object) -> None:
    """
    Drop a value: that it could be read was all that was asked.
    """
