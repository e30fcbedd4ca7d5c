"""The parts of a loan book in CSV: its table, its entries, and the loans they make."""
