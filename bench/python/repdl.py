"""RepDL's CPU kernels and PyTorch, the products of one training step: the Python end of repdl.ts.

Only RepDL's matrix products and convolutions are built, as its setup.py builds them (setuptools adds -O3 or -O2): the
rest of a step is left out, so this is a lower bound of its time. One thread.
"""

import tempfile
import time
from pathlib import Path

import torch
from protocol import serve
from torch.utils.cpp_extension import load

BINDINGS = """
#include <torch/extension.h>
void bind_convolution(py::module_ &m);
void bind_matrix_multiplication(py::module_ &m);
PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) { bind_convolution(m); bind_matrix_multiplication(m); }
"""


def build(checkout: str):
    kernels = Path(checkout) / "backend" / "cpu"
    folder = Path(tempfile.mkdtemp(prefix="repdl-"))
    bindings = folder / "bindings.cpp"
    bindings.write_text(BINDINGS)
    names = ("convolution.cpp", "matrix_multiplication.cpp")
    sources = [str(bindings), *(str(kernels / name) for name in names)]
    return load("repdl_kernels", sources, extra_cflags=["-fopenmp", "-O3"], build_directory=str(folder))


def dense(repdl, rows, inputs, outputs):
    """Forward, weight gradient, input gradient of a dense layer; weights are stored as PyTorch does, [outputs, inputs]."""
    x, w, dy = torch.rand(rows, inputs), torch.rand(outputs, inputs), torch.rand(rows, outputs)
    return [
        (lambda: repdl.mm(x, w, False, True), lambda: x @ w.T),
        (lambda: repdl.mm(dy, x, True, False), lambda: dy.T @ x),
        (lambda: repdl.mm(dy, w, False, False), lambda: dy @ w),
    ]


def convolution(repdl, rows, channels, size, filters, kernel=3):
    """Forward, filter gradient and input gradient of a convolution without padding, stride 1."""
    x, w = torch.rand(rows, channels, size, size), torch.rand(filters, channels, kernel, kernel)
    dy = torch.rand(rows, filters, size - kernel + 1, size - kernel + 1)
    grad = torch.nn.grad
    return [
        (lambda: repdl.conv2d(x, w, 1, 1, 0, 0, 1), lambda: torch.conv2d(x, w)),
        (
            lambda: repdl.conv2d_grad_kernel(dy, x, kernel, kernel, 1, 1, 0, 0),
            lambda: grad.conv2d_weight(x, w.shape, dy),
        ),
        (
            lambda: repdl.conv2d_grad_input(dy, w, size, size, 1, 1, 0, 0),
            lambda: grad.conv2d_input(x.shape, w, dy),
        ),
    ]


class ProductsSide:
    def prepare(self, checkout: str) -> dict:
        repdl = build(checkout)
        torch.set_num_threads(1)
        # The first layer of a network needs no input gradient.
        self.steps = {
            "784-256-10, batch 128": [*dense(repdl, 128, 784, 256)[:2], *dense(repdl, 128, 256, 10)],
            "mnist-cnn, batch 128": [
                *convolution(repdl, 128, 1, 28, 32)[:2],
                *convolution(repdl, 128, 32, 26, 64),
                *dense(repdl, 128, 9216, 128),
                *dense(repdl, 128, 128, 10),
            ],
        }
        return {"versions": f"PyTorch {torch.__version__}", "steps": list(self.steps)}

    def measure(self, step: str) -> dict:
        """Milliseconds of all products of a step on each side, which must come to the same numbers."""
        total = {"repdl": 0.0, "torch": 0.0}
        for pair in self.steps[step]:
            results = []
            for side, work in zip(total, pair):
                start = time.perf_counter()
                results.append(work())
                total[side] += (time.perf_counter() - start) * 1000
            torch.testing.assert_close(results[0], results[1], rtol=1e-3, atol=1e-2)
        return total


serve(ProductsSide())
