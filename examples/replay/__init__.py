"""
The parts of `replay_loan_book.py`: households, an officer, the days, the figures, a timeline.

Everything here stands on the library's public names alone; take what fits.
"""
