"""
A step that is due: the act that would do it, the rule, and why.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.case.act import Act
from overdue_visit.wording import ENGLISH, Catalogue, Param


@attrs.frozen(kw_only=True)
class Step:
    """
    One thing to be done for a case.

    Derived whenever it is asked for, never stored. Logic goes by *rule*; people read `text`.
    """

    case_id: str
    act: Act | type[Act]
    """The act that does it; an act's class where a person has to fill it in."""
    rule: str
    """Stable code of the rule that makes it due."""
    since: dt.date
    """First day on which it was due."""
    latest: dt.date | None = None
    """Last day on which it is in time, where there is one."""
    params: tuple[tuple[str, Param], ...] = ()
    """What the texts of step and reason need, unformatted."""
    because: str | None = None
    """Code of the reason, where it is another than the rule's own."""

    @property
    def ready(self) -> bool:
        """Whether the act can be done as it stands."""
        return not isinstance(self.act, type)

    @property
    def why(self) -> str:
        """The reason, in English."""
        return ENGLISH.text(f"why.{self.because or self.rule}", **ENGLISH.filled(self.params))

    def text(self, texts: Catalogue = ENGLISH) -> str:
        """
        Return one line for the step in a catalogue's language: what to do, because of what.
        """
        return texts.step(self.rule, because=self.because, **texts.filled(self.params))

    def __str__(self) -> str:
        return self.text()
