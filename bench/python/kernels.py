"""The Python end of benchmarks/kernels: single calls of libraries, timed."""

import time

from protocol import serve


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


class KernelSide:
    """`ways(task)` gives for each library its ways of doing the task once; the fastest of them counts."""

    def __init__(self, versions: dict[str, str], ways) -> None:
        self.versions = versions
        self.ways = ways

    def prepare(self) -> dict[str, str]:
        return self.versions

    def measure(self, task: dict, seconds: float) -> dict[str, float]:
        return {
            name: min(best_seconds(run, seconds) for run in ways)
            for name, ways in self.ways(task).items()
        }


def serve_kernels(versions: dict[str, str], ways) -> None:
    serve(KernelSide(versions, ways))
