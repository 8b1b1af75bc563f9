"""How long librouteros takes to print a table: HOST PORT MENU COLUMNS TIMES. Prints the seconds of each time and the rows."""

import json
import sys
import time

from librouteros import connect
from librouteros.query import Key

host, port, menu, columns, times = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4].split(","), int(sys.argv[5])
api = connect(host, "ramal", "sesame", port=port)
table = api.path(menu)
keys = [Key(column) for column in columns]
took, rows = [], 0
for _ in range(times):
    started = time.perf_counter()
    rows = len(list(table.select(*keys)))
    took.append(time.perf_counter() - started)
print(json.dumps({"took": took, "rows": rows}))
