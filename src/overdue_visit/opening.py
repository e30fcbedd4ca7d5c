"""
Open a desk: the one place where doors to the world are chosen.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import urllib.parse
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import cast

from overdue_visit import policy as policies
from overdue_visit.adapters.clock import SystemClock
from overdue_visit.adapters.console_sender import ConsoleSender
from overdue_visit.adapters.csv_loan_book import CsvLoanBook
from overdue_visit.adapters.salt import random_salt
from overdue_visit.desk.desk import CaseDesk
from overdue_visit.desk.settings import Reopen, Settings
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import zone as zone_named
from overdue_visit.party.actor import SYSTEM, Actor
from overdue_visit.plugins import engine_opener, store_opener
from overdue_visit.policy import Policy
from overdue_visit.ports.clock import Clock
from overdue_visit.ports.party_directory import PartyDirectory
from overdue_visit.ports.sender import Sender
from overdue_visit.ports.store import Store
from overdue_visit.wording import SHIPPED, Catalogues


def open_desk(
    url_or_engine: object,
    *,
    zone: str,
    policy: Policy | str | os.PathLike[str] = "village",
    tenant: str = "default",
    clock: Clock | None = None,
    senders: Iterable[Sender] = (),
    directory: PartyDirectory | None = None,
    texts: Catalogues = SHIPPED,
    actor: Actor = SYSTEM,
) -> CaseDesk:
    """
    Open a desk on a store.

    Args:
        url_or_engine: ``"sqlite:///village.db"``, ``"memory:"``, or a scheme that an installed package brings (see
            `overdue_visit.plugins`); or a host's own connection or engine, such as a ``sqlite3.Connection``; or an open
            `Store`.

        zone: The lender's IANA time zone, such as ``"Asia/Shanghai"``: its wall clock and calendar days count.

        policy: A `Policy`, ``"village"``, or the path of a TOML file.

        tenant: The legal entity; tenants never see each other's cases.

        clock: The machine's when left out.

        senders: The first that serves a notice's channel sends it. Without any, the console stands in for every
            channel, so that a first script runs; name your senders in earnest.

        directory: Names, addresses and languages of parties, at the moment of sending.

        texts: What people read, by language.

        actor: Who acts when nobody else is named with `CaseDesk.by`.

    Raises:
        InvalidValue: If the url, zone, tenant, policy, clock or a sender is malformed, or no installed package brings
            the scheme.
        AdapterError: If the store cannot be opened.
    """
    where = zone_named(zone)
    if not isinstance(tenant, str) or not tenant:
        raise InvalidValue("tenant", tenant, "a non-empty id of a legal entity")
    chosen = _policy(policy)
    given = _senders(senders) or (ConsoleSender(channels=frozenset(chosen.notices.channels)),)
    if clock is not None and (isinstance(clock, dt.datetime) or not callable(getattr(clock, "now", None))):
        raise InvalidValue("clock", clock, "a Clock, such as FixedClock('2026-03-08 09:00'); none means the machine's")
    settings = Settings(
        store=_store(url_or_engine),
        tenant=tenant,
        zone=where,
        policy=chosen,
        clock=clock or SystemClock(),
        salt=random_salt,
        senders=given,
        directory=directory,
        texts=texts,
        actor=actor,
        open_book=_csv_book,
        reopen=_reopening(url_or_engine, zone, chosen, tenant, clock),
    )
    return CaseDesk(settings)


def _senders(senders: Iterable[Sender]) -> tuple[Sender, ...]:
    accepted = "a list of senders, each with channels (a set of texts), idempotent and send"
    if not isinstance(senders, Iterable):
        raise InvalidValue("senders", senders, accepted)
    given = tuple(senders)
    for each in given:
        channels = getattr(each, "channels", None)
        fits = isinstance(channels, Collection) and not isinstance(channels, str)
        if not fits or not hasattr(each, "idempotent") or not callable(getattr(each, "send", None)):
            raise InvalidValue("senders", each, accepted)
    return given


def _reopening(url: object, zone: str, policy: Policy, tenant: str, clock: Clock | None) -> Reopen | None:
    if not isinstance(url, str) or urllib.parse.urlsplit(url).scheme == "memory":
        return None
    return functools.partial(_settings, url, zone=zone, policy=policy, tenant=tenant, clock=clock)


def _settings(url: str, *, zone: str, policy: Policy, tenant: str, clock: Clock | None) -> Settings:
    """
    Open a desk's settings in a worker: it observes and decides, and sends nothing.
    """
    return open_desk(url, zone=zone, policy=policy, tenant=tenant, clock=clock).settings


def _policy(policy: Policy | str | os.PathLike[str]) -> Policy:
    if isinstance(policy, Policy):
        return policy
    if policy == "village":
        return policies.village()
    if not isinstance(policy, str | os.PathLike):
        raise InvalidValue("policy", policy, "a Policy, 'village', or the path of a TOML file")
    return policies.load_file(Path(policy))


def _csv_book(path: str | os.PathLike[str]) -> CsvLoanBook:
    return CsvLoanBook(Path(path))


def _store(url: object) -> Store:
    accepted = "a url with a scheme, such as 'sqlite:///village.db', a host's connection, or an open Store"
    if not isinstance(url, str):
        if callable(getattr(url, "save", None)):
            return cast(Store, url)
        return engine_opener(url)(url)
    try:
        scheme = urllib.parse.urlsplit(url).scheme
    except ValueError:
        raise InvalidValue("url", url, accepted) from None
    if not scheme:
        raise InvalidValue("url", url, accepted)
    return store_opener(scheme)(url)
