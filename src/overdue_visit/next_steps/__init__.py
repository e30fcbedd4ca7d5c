"""What is due: derived from the case, the policy and the day; never stored."""

from overdue_visit.next_steps.derive import next_look, next_steps
from overdue_visit.next_steps.explain import Explanation, explain
from overdue_visit.next_steps.step import Step
from overdue_visit.next_steps.timeline import Line, timeline

__all__ = ["Explanation", "Line", "Step", "explain", "next_look", "next_steps", "timeline"]
