"""The Python end of matmul.ts: float32 matrix products by NumPy's BLAS and by PyTorch, on one thread."""

import numpy as np
from kernels import serve_kernels

try:
    import torch

    torch.set_num_threads(1)
except ImportError:
    torch = None


def products(task: dict) -> dict:
    operation, m, k, n = (task[name] for name in ("operation", "m", "k", "n"))
    random = np.random.default_rng(1)
    x, w, y = (random.random(shape, np.float32) for shape in ((m, k), (k, n), (m, n)))
    out = np.empty({"forward": (m, n), "weights": (k, n), "inputs": (m, k)}[operation], np.float32)
    left, right = {"forward": (x, w), "weights": (x.T, y), "inputs": (y, w.T)}[operation]
    sides = {"numpy": [lambda: np.matmul(left, right, out=out)]}
    if torch is not None:
        a, b, c = torch.from_numpy(left), torch.from_numpy(right), torch.from_numpy(out)
        sides["torch"] = [lambda: torch.matmul(a, b, out=c)]
    return sides


blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
versions = {"numpy": f"{blas['name']} {blas['version']}, NumPy {np.__version__}"}
if torch is not None:
    versions["torch"] = f"PyTorch {torch.__version__}"
serve_kernels(versions, products)
