"""One overdue case: its groups, the acts that may be asked for, and the facts that follow."""
