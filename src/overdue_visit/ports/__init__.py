"""
The doors to the outside world, one Protocol a file; its docstrings are law for whoever implements it.
"""
