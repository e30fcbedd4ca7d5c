"""
In an asyncio host: the desk works in threads, the event loop goes on.

    python examples/asyncio_host.py

The library is plain and blocking, as its stores are. `asyncio.to_thread` is all that an asynchronous host needs: a
desk may be used by several threads, and whoever comes second decides again on what the first one wrote.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import pathlib
import tempfile

from overdue_visit import (
    CaseDesk,
    Instalment,
    Loan,
    Money,
    NotAllowed,
    RecordWords,
    SendNotice,
    open_desk,
)
from overdue_visit.adapters.clock import FixedClock

LOANS = [
    Loan(f"ke-{n:03}", borrower=f"b-{n}", schedule=[Instalment(dt.date(2026, 3, 1), Money("120", "KES"))])
    for n in range(1, 9)
]


async def ticking(beats: list[int], *, until: asyncio.Event) -> None:
    """
    Stand for everything else that the host's event loop does.
    """
    while not until.is_set():
        beats.append(len(beats))
        await asyncio.sleep(0.001)


async def observe(desk: CaseDesk, loan: Loan) -> str:
    """
    Observe a loan in a thread, and return its case's id.
    """
    case = await asyncio.to_thread(desk.observe, loan)
    return case.id


async def invite(desk: CaseDesk, case_id: str) -> str:
    """
    Queue an invitation; a second request for it is told why not.
    """
    try:
        await asyncio.to_thread(desk.do, case_id, SendNotice("visit"))
    except NotAllowed as refusal:
        return f"refused: {refusal}"
    return f"{case_id}: queued"


async def serve(desk: CaseDesk) -> None:
    """
    Do many things at once, as a host's requests come.
    """
    cases = await asyncio.gather(*(observe(desk, loan) for loan in LOANS))
    print("observed:", ", ".join(cases))

    answers = await asyncio.gather(invite(desk, cases[0]), invite(desk, cases[0]))
    print("two requests for one invitation:", *sorted(answers), sep="\n    ")

    notes = [RecordWords(topic="note", text=f"call {n}") for n in range(5)]
    await asyncio.gather(*(asyncio.to_thread(desk.do, case, note) for case, note in zip(cases, notes, strict=False)))
    print("facts:", {case: len(await asyncio.to_thread(desk.history, case)) for case in cases})


async def main() -> None:
    """
    Serve, while the loop goes on.
    """
    clock = FixedClock("2026-03-08 09:00")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{pathlib.Path(folder, 'village.db')}"
        desk = await asyncio.to_thread(open_desk, url, zone="Africa/Nairobi", clock=clock)
        beats: list[int] = []
        done = asyncio.Event()
        pulse = asyncio.create_task(ticking(beats, until=done))
        await serve(desk)
        done.set()
        await pulse
        await asyncio.to_thread(desk.close)
        print("the loop went on meanwhile:", len(beats) > 1)


if __name__ == "__main__":
    asyncio.run(main())
