"""Word documents: plans in the form of official documents, and tables that go round a table.

- ``layout``: the measures, from ``layout.toml`` (GB/T 9704-2012).
- ``package``: a document, from its parts to its bytes; the same thing gives the same bytes.
- ``elements``: paragraphs and tables of WordprocessingML (ISO/IEC 29500-1).
- ``plans``: a plan as an official document.
- ``comparison``: the table of what changed (对照表).
- ``overviews``: coverages, consolidations and histories as tables.
"""
