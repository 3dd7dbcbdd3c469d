"""What crosses from the crawlers to the monitor: the words, the items, the files.

A leaf package (docs/adr/0002): the crawlers write bundles, the monitor takes them in, and neither
may import the other. What both have to agree on therefore lives here, and depends on nobody.
"""
