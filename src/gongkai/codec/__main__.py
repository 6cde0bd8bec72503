"""``python -m gongkai.codec`` prints the JSON Schema, as it is shipped."""

import json
import sys

from gongkai.codec.schema import json_schema

sys.stdout.buffer.write((json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n").encode())
