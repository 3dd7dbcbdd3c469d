"""Reverse search: which of a great many saved searches a notice satisfies.

A saved search is lowered to a condition (`lowering`) on features (`features`), which is split into
branches, each with pivots: features of which a notice must have one to satisfy it (`pivots`). A
notice looks its own features up among the pivots (`watch`), and only what it finds there is tested.
"""
