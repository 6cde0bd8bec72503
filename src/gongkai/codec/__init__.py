"""Plans as text for machines: versioned JSON, its schema, and a converter for classes that hold ours."""

from gongkai.codec._converter import make_converter
from gongkai.codec._plan import dumps, loads
from gongkai.codec.schema import json_schema
from gongkai.codec.text import clause_of, text_of

__all__ = ["clause_of", "dumps", "json_schema", "loads", "make_converter", "text_of"]
