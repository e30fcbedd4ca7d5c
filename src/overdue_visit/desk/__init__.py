"""The desk: loads, decides, saves, relays; the only floor that calls the ports."""

from overdue_visit.desk.batch import Batch
from overdue_visit.desk.close_of_business import Report
from overdue_visit.desk.desk import CaseDesk
from overdue_visit.desk.doing import KeyReused, Outcome
from overdue_visit.desk.queries import Page
from overdue_visit.desk.relay import RelayReport
from overdue_visit.desk.settings import Settings

__all__ = ["Batch", "CaseDesk", "KeyReused", "Outcome", "Page", "RelayReport", "Report", "Settings"]
