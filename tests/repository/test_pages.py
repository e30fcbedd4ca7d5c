"""
Every block of the README and of the documentation runs.
"""

from __future__ import annotations

import pytest

from tests.repository.house import ROOT, name_of
from tests.repository.pages import Page, PageError, blocks

PAGES = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if path.exists()]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_block_of_a_page_runs(path, tmp_path, monkeypatch):
    """
    A page's blocks run in order in an empty folder, and print what the page shows.
    """
    monkeypatch.chdir(tmp_path)
    text = path.read_text(encoding="utf-8")

    ran = Page(name_of(path)).run(text)

    assert ran == sum(block.runs for block in blocks(text))


GOOD = """
```python
import datetime as dt

day = dt.date(2026, 3, 8)
print(day)
```

<!-- output -->
```text
2026-03-08
```

<!-- file: rules.toml -->
```toml
first_visit_day = 7
```

```pycon
>>> day.weekday()
6
>>> import pathlib, tomllib
>>> tomllib.loads(pathlib.Path("rules.toml").read_text())
{'first_visit_day': 7}
```

<!-- file: ours.py -->
```python
ANSWER = 42
```

<!-- pytest: test_ours.py -->
```python
from ours import ANSWER


def test_answer():
    assert ANSWER == 42
```

<!-- raises: ZeroDivisionError -->
```python
ANSWER = 1 / 0
```

<!-- not run: it would format the disk -->
```bash
false
```

```bash
python -c 'print("from bash")'
```

<!-- output -->
```text
from bash
```

```{code-block} python
:caption: a directive

assert day.year == 2026
```

```json
{"name": "village"}
```

```text
a drawing
```
"""


def test_a_page_may_show_all_of_it(tmp_path, monkeypatch):
    """
    Each language and each mark is understood, and what is only shown is not run.
    """
    monkeypatch.chdir(tmp_path)

    assert Page("good.md").run(GOOD) == 11


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("```python\nprint(1)\n```\n\n<!-- output -->\n```text\n2\n```\n", "bad.md:7: the block before printed\n1"),
        ("```pycon\n>>> 1 + 1\n3\n```\n", "bad.md:2: "),
        ("```bash\nexit 3\n```\n", "bad.md:2: ended with 3"),
        ("<!-- raises: KeyError -->\n```python\nx = 1\n```\n", "bad.md:3: KeyError was not raised"),
        ("<!-- pytest: test_x.py -->\n```python\ndef test_x():\n    assert 0\n```\n", "bad.md:3: ended with 1"),
        ("```cobol\nSTOP RUN.\n```\n", "bad.md:2: nothing is known to run 'cobol'"),
    ],
)
def test_a_page_that_does_not_hold_is_refused(text, told, tmp_path, monkeypatch):
    """
    A block that fails, prints something else or cannot be run fails its page, by line.
    """
    monkeypatch.chdir(tmp_path)

    with pytest.raises(PageError) as refusal:
        Page("bad.md").run(text)

    assert str(refusal.value).startswith(told)


def test_a_failing_python_block_is_named_by_its_line(tmp_path, monkeypatch):
    """
    The traceback of a failing block leads to the page and the line.
    """
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ZeroDivisionError) as failure:
        Page("bad.md").run("# Title\n\n```python\nx = 1\nx / 0\n```\n")

    assert str(failure.traceback[-1].path) == "<bad.md:4>"
    assert failure.traceback[-1].frame.code.raw.co_firstlineno == 1
    assert failure.traceback[-1].lineno + 1 == 5
