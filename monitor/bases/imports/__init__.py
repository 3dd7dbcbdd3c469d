"""Importing your own: the forms of a chamber and the exports of the customs, CSV or XLSX.

`tables` reads a file into text, `columns` finds the header, `values` reads cells, `enterprises`,
`bases` and `flows` make a plan of them (pure: file and known records in, changes out), `run` ties
that to the records in one transaction, `report` says it in the reader's language.
"""
