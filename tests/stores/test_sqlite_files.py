"""
SQLite files: URLs, damage, locks, schema versions, backup and restore.
"""

import contextlib
import os
import pathlib
import sqlite3
import threading

import attrs
import pytest

from overdue_visit.adapters.sqlite import files, migrate, open_store, restore
from overdue_visit.adapters.sqlite.schema import CURRENT, Schema
from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.ports.store import NewerSchema, OlderSchema, StoreDamaged, StoreLocked, StoreReadOnly
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.erasure import MARKER, fill, nameless

NEXT = Schema(
    version=CURRENT.version + 1,
    create=(*CURRENT.create, "CREATE TABLE overdue_branches (name TEXT)"),
    steps={
        CURRENT.version: (
            "ALTER TABLE overdue_cases ADD COLUMN branch TEXT",
            "UPDATE overdue_cases SET branch = 'Kisumu'",
            "CREATE TABLE overdue_branches (name TEXT)",
        )
    },
)
"""A schema of a release to come, as today's release would meet it."""


@pytest.fixture
def path(tmp_path):
    """
    A store's file with one case in it, closed.
    """
    path = tmp_path / "village.db"
    filled(path).close()
    return path


def filled(path, *, cases=1):
    """
    Open a store and save cases in it.
    """
    store = open_store(f"sqlite:///{path}")
    store.save([some.opened(f"loan-{number}/1") for number in range(cases)])
    return store


def url(path):
    """
    Return the URL of a file.
    """
    return f"sqlite:///{path}"


class TestUrls:
    """A store is opened by its URL."""

    def test_a_new_file_is_made_with_its_tables(self, tmp_path):
        """
        Opening a path where nothing is makes a file that survives power cuts: WAL mode and FULL.
        """
        store = open_store(url(tmp_path / "new.db"))
        store.close()

        with contextlib.closing(sqlite3.connect(tmp_path / "new.db")) as made:
            assert made.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert made.execute("SELECT value FROM overdue_meta").fetchone() == (CURRENT.version,)

    @pytest.mark.parametrize(
        ("options", "arguments", "expected"),
        [
            ("", {}, files.Place(path="x.db")),
            ("?synchronous=normal&timeout=0.5", {}, files.Place(path="x.db", synchronous="NORMAL", timeout=0.5)),
            (
                "?timeout=3",
                {"timeout": 4, "synchronous": "NORMAL"},
                files.Place(path="x.db", synchronous="NORMAL", timeout=4),
            ),
            ("?mode=ro", {}, files.Place(path="x.db", read_only=True)),
        ],
    )
    def test_options_are_read(self, options, arguments, expected):
        """
        Options come from the URL; arguments go before them.
        """
        assert files.Place.of(f"sqlite:///x.db{options}", **arguments) == expected

    @pytest.mark.parametrize(
        "bad",
        [
            "sqlite://village.db",
            "sqlite:///",
            "postgres:///village",
            "village.db",
            "sqlite:///x.db?synchronous=OFF",
            "sqlite:///x.db?timeout=soon",
            "sqlite:///x.db?timeout=-1",
            "sqlite:///x.db?timeout=nan",
            "sqlite:///x.db?mode=rwc",
            "sqlite:///x.db?cache=shared",
        ],
    )
    def test_a_url_that_cannot_be_understood_is_refused(self, bad):
        """
        Whatever is wrong with a URL, the error says what would be accepted and no file is made.
        """
        with pytest.raises(InvalidValue):
            open_store(bad)
        assert not pathlib.Path("x.db").exists()

    def test_durability_is_as_asked_for(self, tmp_path):
        """
        FULL unless NORMAL is asked for.
        """
        for options, level in (("", 2), ("?synchronous=NORMAL", 1)):
            connection = files.connect(files.Place.of(url(tmp_path / "x.db") + options))
            assert connection.execute("PRAGMA synchronous").fetchone() == (level,)
            connection.close()

    def test_odd_file_names(self, tmp_path):
        """
        Spaces, percent signs, hashes and Chinese names are names like any other, for reading too.
        """
        path = tmp_path / "逾期 100% #1.db"
        filled(path).close()

        with contextlib.closing(open_store(url(path) + "?mode=ro")) as store:
            assert store.case(some.TENANT, "loan-0/1") is not None


class TestDamage:
    """What is wrong with a file arrives as an error that names the file and says what to do."""

    @pytest.mark.parametrize("content", [b"not a database, but long enough to look like one " * 100, b"\x00" * 9000])
    def test_a_file_that_is_no_database(self, tmp_path, content):
        """
        Any other file is refused and left as it is.
        """
        path = tmp_path / "letter.txt"
        path.write_bytes(content)

        with pytest.raises(StoreDamaged, match=r"letter\.txt"):
            open_store(url(path))
        assert path.read_bytes() == content

    def test_a_truncated_file(self, path):
        """
        A file cut short is refused, wherever it was cut; the error names no folder.
        """
        whole = path.read_bytes()

        for length in (100, 4096, 5000, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:length])
            with pytest.raises(StoreDamaged, match=r"village\.db") as refusal:
                open_store(url(path))
            assert str(path.parent) not in str(refusal.value)

    def test_tables_without_a_version(self, path):
        """
        Tables that do not say which version they are cannot be used.
        """
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("DELETE FROM overdue_meta")
            connection.commit()

        with pytest.raises(StoreDamaged, match="version"):
            open_store(url(path))

    def test_facts_that_are_there_already(self, path):
        """
        A fact where none should be is damage, not a race; the save leaves nothing behind.
        """
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(
                "INSERT INTO overdue_facts SELECT NULL, tenant, case_id, 2, kind, version, recorded_at, header, body, "
                "digest FROM overdue_facts"
            )
            connection.commit()
        store = open_store(url(path))
        row = store.case(some.TENANT, "loan-0/1")

        with pytest.raises(StoreDamaged):
            store.save([some.grown(row, messages=(some.message(),))])
        assert store.message(some.TENANT, "m-1") is None
        store.close()

    def test_a_folder_that_is_not_there(self, tmp_path):
        """
        A missing folder is named as the likely cause.
        """
        with pytest.raises(AdapterError, match="folder"):
            open_store(url(tmp_path / "nowhere" / "x.db"))

    def test_a_folder_in_place_of_a_file(self, tmp_path):
        """
        A folder cannot be opened as a store.
        """
        with pytest.raises(AdapterError):
            open_store(url(tmp_path))

    def test_a_closed_store(self, path):
        """
        Using a closed store is an error of the port.
        """
        store = open_store(url(path))
        store.close()

        with pytest.raises(AdapterError):
            store.case(some.TENANT, "loan-0/1")

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
    @pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
    def test_a_forked_child_is_refused(self, path):
        """
        SQLite connections do not survive a fork: the child is told to open the store itself.
        """
        store = open_store(url(path))
        child = os.fork()
        if child == 0:
            code = 1
            try:
                store.case(some.TENANT, "loan-0/1")
            except AdapterError:
                code = 7
            finally:
                os._exit(code)

        _, status = os.waitpid(child, 0)

        assert os.waitstatus_to_exitcode(status) == 7
        store.close()


class TestReadOnly:
    """A store may be read where it may not be written."""

    def test_reading_works_and_writing_is_refused(self, path):
        """
        Opened for reading, a store answers queries and refuses saves.
        """
        with contextlib.closing(open_store(url(path) + "?mode=ro")) as store:
            assert store.case(some.TENANT, "loan-0/1") is not None
            with pytest.raises(StoreReadOnly, match=r"village\.db"):
                store.save([some.opened("loan-9/1")])

    def test_a_file_without_tables_cannot_be_opened_for_reading(self, tmp_path):
        """
        Tables cannot be made in a file opened for reading, and no file is made.
        """
        with pytest.raises(AdapterError):
            open_store(url(tmp_path / "x.db") + "?mode=ro")
        assert not (tmp_path / "x.db").exists()

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anything")
    def test_a_write_protected_file(self, path):
        """
        A file that may not be written is refused in words.
        """
        path.chmod(0o444)

        with pytest.raises(AdapterError), contextlib.closing(open_store(url(path))) as store:
            store.save([some.opened("loan-9/1")])


class TestLocks:
    """Another process may be in the way for a while."""

    def test_a_locked_file_is_waited_for(self, path):
        """
        A writer waits for another one to finish, up to its timeout.
        """
        store = open_store(url(path), timeout=30)
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.2, other.execute, ["COMMIT"])
        release.start()

        store.save([some.opened("loan-9/1")])

        release.join()
        other.close()
        assert store.case(some.TENANT, "loan-9/1") is not None
        store.close()

    def test_a_file_locked_for_too_long(self, path):
        """
        After its timeout the writer is told; reading goes on all the time.
        """
        store = open_store(url(path), timeout=0)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            with pytest.raises(StoreLocked, match="timeout"):
                store.save([some.opened("loan-9/1")])
            assert store.case(some.TENANT, "loan-0/1") is not None
        store.close()

    def test_an_erasure_says_when_traces_remain(self, path):
        """
        While another reader holds old pages, the erasure reports that; repeated later it finishes.
        """
        store = open_store(url(path), timeout=0)
        row = nameless(fill(store))
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM overdue_private").fetchall()

            with pytest.raises(StoreLocked, match="erase again"):
                store.erase(some.TENANT, some.PARTY, [row])
            assert store.facts(some.TENANT, "loan-1/1")[0].private == ()
        store.erase(some.TENANT, some.PARTY, [])

        everything = b"".join(part.read_bytes() for part in path.parent.glob("village.db*"))
        assert MARKER.encode() not in everything
        store.close()


class TestSchemaVersions:
    """A file of an older release is migrated by command, one of a newer release is refused."""

    def test_a_newer_file_is_refused_and_left_alone(self, path):
        """
        Neither opening, migrating nor restoring touches a file of a newer release.
        """
        assert migrate(str(path), schema=NEXT) == (1, 2)
        before = path.read_bytes()

        for use in (
            lambda: open_store(url(path)),
            lambda: migrate(str(path)),
            lambda: restore(str(path), str(path) + ".2"),
        ):
            with pytest.raises(NewerSchema) as refusal:
                use()
            assert (refusal.value.found, refusal.value.known) == (2, 1)
        assert path.read_bytes() == before

    def test_an_older_file_asks_to_be_migrated(self, path):
        """
        An older file is not opened; after migration it is, with everything in it.
        """
        with pytest.raises(OlderSchema, match="migrate") as refusal:
            files.connect(files.Place(path=str(path)), NEXT)
        assert (refusal.value.found, refusal.value.known) == (1, 2)

        migrate(str(path), schema=NEXT)

        connection = files.connect(files.Place(path=str(path)), NEXT)
        assert connection.execute("SELECT case_id, branch FROM overdue_cases").fetchall() == [("loan-0/1", "Kisumu")]
        connection.close()

    def test_migrating_goes_all_the_way_or_nowhere(self, path):
        """
        A step that fails leaves the file as it was, tables and all.
        """
        broken = attrs.evolve(NEXT, steps={1: (*NEXT.steps[1], "UPDATE nothing SET x = 1")})

        with pytest.raises(AdapterError):
            migrate(str(path), schema=broken)

        with contextlib.closing(open_store(url(path))) as store:
            assert store.case(some.TENANT, "loan-0/1") is not None
        with contextlib.closing(sqlite3.connect(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert "overdue_branches" not in tables

    def test_migrating_again_does_nothing(self, path):
        """
        A file of the current version stays as it is.
        """
        assert migrate(str(path)) == (CURRENT.version, CURRENT.version)

    def test_a_new_file_has_the_newest_tables(self, tmp_path):
        """
        Made anew or migrated, the tables are those of the version.
        """
        files.connect(files.Place(path=str(tmp_path / "x.db")), NEXT).close()

        assert migrate(str(tmp_path / "x.db"), schema=NEXT) == (2, 2)

    def test_another_database_cannot_be_migrated(self, tmp_path):
        """
        A database without tables of this library is refused, and none is made where nothing is.
        """
        with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as other:
            other.execute("CREATE TABLE ledger (id TEXT)")

        with pytest.raises(StoreDamaged):
            migrate(str(tmp_path / "other.db"))
        with pytest.raises(AdapterError):
            migrate(str(tmp_path / "nothing.db"))
        assert not (tmp_path / "nothing.db").exists()

    def test_every_step_is_there(self):
        """
        From every older version a step leads on.
        """
        assert set(CURRENT.steps) == set(range(1, CURRENT.version))


class TestBackup:
    """A backup is a whole store of its own; restoring one never overwrites by accident."""

    def test_a_backup_opens_like_the_store(self, path, tmp_path):
        """
        A backup holds what was saved before it, and nothing saved later.
        """
        store = open_store(url(path))
        store.backup(str(tmp_path / "copy.db"))
        store.save([some.opened("loan-9/1")])

        with contextlib.closing(open_store(url(tmp_path / "copy.db"))) as copy:
            assert copy.cases(some.TENANT) == store.cases(some.TENANT)[:1]
            copy.save([some.opened("loan-8/1")])
        store.close()

    def test_a_backup_is_one_file(self, path, tmp_path):
        """
        Nothing lies beside a backup: neither a log nor what it was written through.
        """
        folder = tmp_path / "backups"
        folder.mkdir()
        with contextlib.closing(open_store(url(path))) as store:
            store.backup(str(folder / "copy.db"))

        assert [part.name for part in folder.iterdir()] == ["copy.db"]

    def test_a_store_in_memory_can_be_backed_up(self, tmp_path):
        """
        What was tried out in memory can be kept.
        """
        store = open_store("sqlite:///:memory:")
        store.save([some.opened()])
        store.backup(str(tmp_path / "copy.db"))
        store.close()

        with contextlib.closing(open_store(url(tmp_path / "copy.db"))) as copy:
            assert copy.case(some.TENANT, "loan-1/1") is not None

    def test_a_backup_does_not_wait_for_writers(self, path, tmp_path):
        """
        A backup made while another process is writing holds the last committed state.
        """
        with (
            contextlib.closing(open_store(url(path), timeout=0)) as store,
            contextlib.closing(sqlite3.connect(path, isolation_level=None)) as writer,
        ):
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("DELETE FROM overdue_facts")
            store.backup(str(tmp_path / "copy.db"))

        with contextlib.closing(open_store(url(tmp_path / "copy.db"))) as copy:
            assert len(copy.facts(some.TENANT, "loan-0/1")) == 1

    def test_nothing_is_overwritten_unless_asked(self, path, tmp_path):
        """
        An existing file stops a backup and a restore unless overwriting is asked for.
        """
        (tmp_path / "copy.db").write_bytes(b"precious")
        store = open_store(url(path))

        with pytest.raises(InvalidValue, match="overwrite"):
            store.backup(str(tmp_path / "copy.db"))
        assert (tmp_path / "copy.db").read_bytes() == b"precious"
        store.backup(str(tmp_path / "copy.db"), overwrite=True)
        store.close()
        with pytest.raises(InvalidValue, match="overwrite"):
            restore(str(tmp_path / "copy.db"), str(path))

    def test_a_backup_where_it_cannot_be_written(self, path, tmp_path):
        """
        A missing folder is an error of the port and leaves nothing behind.
        """
        with contextlib.closing(open_store(url(path))) as store, pytest.raises(AdapterError):
            store.backup(str(tmp_path / "nowhere" / "copy.db"))

    def test_a_restored_store_is_the_backup(self, path, tmp_path):
        """
        Restoring over a store brings back the state of the backup, whatever came later.
        """
        store = open_store(url(path))
        store.backup(str(tmp_path / "copy.db"))
        store.save([some.opened("loan-9/1")])
        store.close()

        restore(str(tmp_path / "copy.db"), str(path), overwrite=True)

        with contextlib.closing(open_store(url(path))) as again:
            assert [row.case_id for row in again.cases(some.TENANT)] == ["loan-0/1"]
        assert (tmp_path / "copy.db").exists()

    @pytest.mark.parametrize("damage", [b"", b"no database at all" * 500, None])
    def test_a_damaged_store_is_replaced_with_its_log(self, path, tmp_path, damage):
        """
        A damaged file is replaced; its old log is not taken for the new file's.
        """
        store = open_store(url(path))
        store.backup(str(tmp_path / "copy.db"))
        store.save([some.opened("loan-9/1")])
        log = pathlib.Path(f"{path}-wal").read_bytes()
        store.close()
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
        pathlib.Path(f"{path}-wal").write_bytes(log)

        restore(str(tmp_path / "copy.db"), str(path), overwrite=True)

        with contextlib.closing(open_store(url(path))) as again:
            assert [row.case_id for row in again.cases(some.TENANT)] == ["loan-0/1"]

    def test_a_store_in_use_is_not_replaced(self, path, tmp_path):
        """
        While anyone has the store open, it is not pulled from under them.
        """
        store = open_store(url(path))
        store.backup(str(tmp_path / "copy.db"))

        with pytest.raises(StoreLocked):
            restore(str(tmp_path / "copy.db"), str(path), overwrite=True)
        store.save([some.opened("loan-9/1")])
        store.close()

    def test_a_damaged_backup_is_not_restored(self, path, tmp_path):
        """
        A backup is read from end to end before it takes anything's place.
        """
        store = filled(tmp_path / "big.db", cases=200)
        store.backup(str(tmp_path / "copy.db"))
        store.close()
        copy = tmp_path / "copy.db"
        data = bytearray(copy.read_bytes())
        data[5 * 4096 : 8 * 4096] = b"\x55" * (3 * 4096)
        copy.write_bytes(data)
        before = path.read_bytes()

        with pytest.raises(StoreDamaged, match=r"copy\.db"):
            restore(str(copy), str(path), overwrite=True)
        with pytest.raises(StoreDamaged):
            restore(str(copy), str(tmp_path / "new.db"))
        assert path.read_bytes() == before
        assert not (tmp_path / "new.db").exists()

    def test_another_database_is_not_restored(self, tmp_path):
        """
        A database without tables of this library is no backup.
        """
        with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as other:
            other.execute("CREATE TABLE ledger (id TEXT)")

        with pytest.raises(StoreDamaged):
            restore(str(tmp_path / "other.db"), str(tmp_path / "new.db"))
        with pytest.raises(AdapterError):
            restore(str(tmp_path / "missing.db"), str(tmp_path / "new.db"))

    def test_a_backup_holds_nothing_erased(self, path, tmp_path):
        """
        A backup made after an erasure has no trace of the party.
        """
        store = open_store(url(path))
        row = fill(store)
        store.erase(some.TENANT, some.PARTY, [nameless(row)])
        store.backup(str(tmp_path / "copy.db"))
        store.close()

        assert MARKER.encode() not in (tmp_path / "copy.db").read_bytes()
