"""
The record: how facts become bytes that last, and how it shows when someone changed them.

- `change`: the values that cross the store port
- `codec`: facts to stored bytes and back; upgrades; personal content apart
- `snapshot`: the folded case, as a cache
- `chain`: each fact linked to the one before it
- `seal`: one digest over all heads, for a notary
- `conflicts`: which changes of a save no longer hold
"""
