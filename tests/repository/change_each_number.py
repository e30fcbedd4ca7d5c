"""
Change every number of a package's data in turn and see whether a test notices: a number that none notices is listed.

    python tests/repository/change_each_number.py classification [NAME-OF-A-FILE ...]

A number is a whole number, decimal, date or time, in quotes or not; each is made a little larger, then a little
smaller. The changed file stands in a copy of ``src`` that comes first on the path; the repository itself is never
touched. The tests of a file ``eu-crr-178.toml`` are ``test_eu_crr_178.py``, if there are any, and then all of the
package's. Exit code: 0 if every change was noticed, 1 if not, 2 if the tests fail on the data as it is.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import importlib.metadata
import os
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "overdue_visit"
_FAILED = (1, 2)
_WRONG_COPY = 99
# The parent has loaded the plugins before pytest could look at them, which it would warn about.
_UNSEEN = "ignore::pytest.PytestAssertRewriteWarning"
_QUIETLY = ("-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:randomly", "-W", _UNSEEN)

_DATE = r"\d{4}-\d\d-\d\d"
_TIME = r"\d\d:\d\d(?::\d\d)?"
_DECIMAL = r"[+-]?\d+(?:\.\d+)?%?"
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<header>^[ \t]*\[\[?[A-Za-z"'][^\],\n]*\]\]?[ \t]*(?=\#|$))
    | (?P<long>\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3})
    | (?P<text>"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    | (?P<date>\d{4}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d)?)?)
    | (?P<time>\d\d:\d\d(?::\d\d)?)
    | (?P<number>[+-]?\d[\d_]*(?:\.\d+)?(?![\w-]))
    | (?P<word>[\w-]+)
    """,
    re.VERBOSE | re.MULTILINE,
)
_KEY_FOLLOWS = re.compile(r"\s*=(?!=)")


@attrs.frozen
class Changed:
    """A file's text with one number changed."""

    line: int
    before: str
    after: str
    text: str


def changed(text: str) -> Iterator[Changed]:
    """
    Yield the text of a TOML file with each of its numbers made larger, then smaller.
    """
    for token in _TOKEN.finditer(text):
        if token.lastgroup in ("comment", "header", "long", "word") or _KEY_FOLLOWS.match(text, token.end()):
            continue
        for after in neighbours(token[0]):
            new = text[: token.start()] + after + text[token.end() :]
            if _says_something_else(text, new):
                yield Changed(text.count("\n", 0, token.start()) + 1, token[0], after, new)


def _says_something_else(text: str, new: str) -> bool:
    with contextlib.suppress(tomllib.TOMLDecodeError):
        return tomllib.loads(text) != tomllib.loads(new)
    return False


def neighbours(token: str) -> Iterator[str]:
    """
    Yield a number a little larger and a little smaller, written as it was; words have no neighbours.
    """
    quote = token[0] if token[0] in "\"'" else ""
    value = token.strip(quote) if quote else token
    if re.fullmatch(rf"{_DATE}(?:[T ]{_TIME})?", value):
        day = dt.date.fromisoformat(value[:10])
        written = [f"{day + dt.timedelta(days=step)}{value[10:]}" for step in (1, -1)]
    elif re.fullmatch(_TIME, value):
        written = list(_minutes(value))
    elif re.fullmatch(_DECIMAL, value.replace("_", "")):
        written = list(_decimals(value.replace("_", "")))
    else:
        return
    yield from (f"{quote}{each}{quote}" for each in written)


def _minutes(value: str) -> Iterator[str]:
    minute = int(value[:2]) * 60 + int(value[3:5])
    for other in (minute + 1, minute - 1):
        if 0 <= other <= 24 * 60:
            yield f"{other // 60:02}:{other % 60:02}{value[5:]}"


def _decimals(value: str) -> Iterator[str]:
    digits = value.rstrip("%")
    number = Decimal(digits)
    step = Decimal(1).scaleb(number.as_tuple().exponent)
    for other in (number + step, number - step):
        if other >= 0 or number < 0:
            yield f"{other}{value[len(digits) :]}"


@attrs.frozen
class Copy:
    """A copy of the package, which the tests are made to import."""

    folder: Path
    package: str
    """The part of it whose data change: imported anew by each run, while the rest is imported once."""

    @classmethod
    def in_folder(cls, folder: Path, package: str) -> Copy:
        """
        Copy ``src`` into a folder, and import what does not change.
        """
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        sys.path.insert(0, str(folder / "src"))
        importlib.import_module(f"{PACKAGE}.{package}")
        return cls(folder / "src", f"{PACKAGE}.{package}")

    def _forget(self) -> None:
        for name in [each for each in sys.modules if f"{each}.".startswith(f"{self.package}.")]:
            del sys.modules[name]
        # ``from overdue_visit import contact`` would take the package's old attribute without importing anything.
        vars(importlib.import_module(PACKAGE)).pop(self.package.rpartition(".")[2], None)

    def run(self, tests: Sequence[Path]) -> int:
        """
        Run tests against the copy in a child process that inherits all imports; return pytest's exit code.
        """
        child = os.fork()
        if child == 0:
            self._run_here(tests)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _run_here(self, tests: Sequence[Path]) -> None:
        code = _WRONG_COPY
        try:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            os.chdir(ROOT)
            self._forget()
            found = int(pytest.main([*_QUIETLY, *map(str, tests)]))
            taken = getattr(sys.modules.get(self.package), "__file__", None) or ""
            code = found if Path(taken).is_relative_to(self.folder) else _WRONG_COPY
        finally:
            os._exit(code)


def survivors(package: str, names: Sequence[str]) -> Iterator[str]:
    """
    Yield the changes that no test of the package notices.

    Raises:
        SystemExit: If there is no such data, or its tests fail as it is.
    """
    names_of_data = [path.stem for path in (ROOT / "src" / PACKAGE / package).rglob("*.toml")]
    if not set(names_of_data) & set(names or names_of_data):
        raise SystemExit(f"{package}: no data of that name, but {', '.join(sorted(names_of_data)) or 'none at all'}")
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy.in_folder(Path(folder), package)
        files = sorted((copy.folder / PACKAGE / package).rglob("*.toml"))
        files = [path for path in files if not names or path.stem in names]
        whole = ROOT / "tests" / package
        if copy.run([whole]) != 0:
            raise SystemExit(f"{package}: tests/{package} fails on the data as it is")
        for file in files:
            own = whole / f"test_{file.stem.replace('-', '_')}.py"
            yield from _of_file(copy, file, [own] if own.is_file() else [], whole)


def _of_file(copy: Copy, file: Path, own: Sequence[Path], whole: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    count = 0
    for change in changed(text):
        count += 1
        file.write_text(change.text, encoding="utf-8")
        codes = [copy.run(own)] if own else []
        if not codes or codes[0] not in _FAILED:
            codes = [copy.run([whole])]
        if codes[0] not in _FAILED:
            yield f"{file.name}:{change.line}: {change.before} -> {change.after} (pytest says {codes[0]})"
    file.write_text(text, encoding="utf-8")
    print(f"{file.name}: {count} changes")


def main(arguments: Sequence[str]) -> int:
    """
    List what no test notices, and return the exit code.
    """
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    for plugin in importlib.metadata.entry_points(group="pytest11"):
        plugin.load()
    importlib.import_module("hypothesis.strategies")
    try:
        found = 0
        for line in survivors(arguments[0], arguments[1:]):
            found += 1
            print(f"  NOT NOTICED {line}", flush=True)
    except SystemExit as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(f"{found} changes not noticed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
