"""Task tables: 工作任务 | 工作要求 | 牵头单位 | 配合单位 | 完成时限.

A table comes from a container (HTML, docx, xlsx, PDF), or from text that shows its cells: bars, tabs, one
cell a line, or heads and rows that run together. All become one :class:`gongkai.reading.extract.Table`; the
heads of its columns say what they hold; its rows become drafts, which stand in the outline where the table
stood.
"""
