"""
A process of its own that works on a store's file; started and sometimes killed by the tests.
"""

import pathlib
import sys

from overdue_visit.adapters.sqlite import open_store
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.testing.store_laws import samples as some

CASES = ("loan-1/1", "loan-2/1")


def wait_for(signal):
    """
    Wait until all workers may begin.
    """
    while not pathlib.Path(signal).exists():
        pass


def append(url, who, count, signal):
    """
    Add facts to one case that others add facts to, opening it if nobody has.
    """
    wait_for(signal)
    store = open_store(url)
    saved = refused = 0
    while saved < int(count):
        before = store.case(some.TENANT, CASES[0])
        fact = some.fact(before.version + 1 if before else 1, body=f"{who}:{saved}".encode())
        change = some.grown(before, facts=(fact,)) if before else some.opened(facts=(fact,))
        try:
            store.save([change])
        except ConcurrentUpdate:
            refused += 1
        else:
            saved += 1
    store.close()
    print(saved, refused)


def relentless(url, *_):
    """
    Save everything there is to save on two cases at once, telling of each save that returned, until killed.
    """
    store = open_store(url)
    rows = [store.case(some.TENANT, case_id) for case_id in CASES]
    while True:
        changes = [everything(row) for row in rows]
        store.save(changes)
        rows = [change.row for change in changes]
        sys.stdout.write(f"{rows[0].version}\n")
        sys.stdout.flush()


def everything(before):
    """
    Return a change with something of each sort, all named after the new version.
    """
    version = before.version + 1
    name = f"{before.case_id}-{version}"
    return some.grown(
        before,
        facts=(some.fact(version, private=(some.private(version, text="x" * 5000),)),),
        snapshot=name.encode() * 200,
        contacts=(some.contact(name, case_id=before.case_id),),
        messages=(some.message(name, case_id=before.case_id),),
        command=some.command(name, case_id=before.case_id),
    )


if __name__ == "__main__":
    {"append": append, "relentless": relentless}[sys.argv[1]](*sys.argv[2:])
