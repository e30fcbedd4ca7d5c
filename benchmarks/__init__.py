"""Measurements against limits taken in the same run; figures are ratios, since machines are noisy."""
