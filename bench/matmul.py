"""The Python end of matmul.mjs: float32 matrix products by NumPy's BLAS and by PyTorch, on one thread."""

import json
import sys
import time

import numpy as np


def products(operation: str, m: int, k: int, n: int) -> dict:
    """For each library a function that does the product once."""
    random = np.random.default_rng(1)
    x, w, y = (random.random(shape, np.float32) for shape in ((m, k), (k, n), (m, n)))
    out = np.empty({"forward": (m, n), "weights": (k, n), "inputs": (m, k)}[operation], np.float32)
    left, right = {"forward": (x, w), "weights": (x.T, y), "inputs": (y, w.T)}[operation]
    sides = {"numpy": lambda: np.matmul(left, right, out=out)}
    if torch is not None:
        a, b, c = torch.from_numpy(left), torch.from_numpy(right), torch.from_numpy(out)
        sides["torch"] = lambda: torch.matmul(a, b, out=c)
    return sides


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


try:
    import torch

    torch.set_num_threads(1)
except ImportError:
    torch = None

blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
versions = {"numpy": f"{blas['name']} {blas['version']}, NumPy {np.__version__}"}
if torch is not None:
    versions["torch"] = f"PyTorch {torch.__version__}"
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    sides = products(request["operation"], request["m"], request["k"], request["n"])
    times = {name: best_seconds(run, request["seconds"]) for name, run in sides.items()}
    print(json.dumps(times), flush=True)
