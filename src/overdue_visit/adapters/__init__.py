"""
What the library brings to stand behind its doors: stores, senders, clocks, books.
"""
