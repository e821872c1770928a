"""The Python end of kernel-race.mjs: one JSON line with the libraries' versions, then one line of times a task."""

import json
import sys
import time


def best_seconds(run, seconds: float) -> float:
    """The least time of one call, over batches of calls that take about a millisecond each."""
    run()
    start = time.perf_counter()
    run()
    calls = max(1, round(0.001 / max(time.perf_counter() - start, 1e-9)))
    best = float("inf")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(calls):
            run()
        best = min(best, (time.perf_counter() - start) / calls)
    return best


def serve(versions: dict, prepare) -> None:
    """`prepare(task)` gives for each library its ways of doing the task once; the fastest of them counts."""
    print(json.dumps(versions), flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        times = {
            name: min(best_seconds(run, task["seconds"]) for run in ways)
            for name, ways in prepare(task).items()
        }
        print(json.dumps(times), flush=True)
