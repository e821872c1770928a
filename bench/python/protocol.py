"""The Python end of side-process.ts: answers requests, one JSON line each, with the methods of a side."""

import json
import sys


def serve(side) -> None:
    for line in sys.stdin:
        request = json.loads(line)
        answer = getattr(side, request.pop("request"))(**request)
        print(json.dumps(answer), flush=True)
