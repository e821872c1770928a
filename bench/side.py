"""The Python end of side.mjs: answers its requests, one JSON line each, with a runner that is made for the task."""

import json
import sys
import time
from pathlib import Path

import numpy as np


def read_data(task: dict) -> tuple[np.ndarray, np.ndarray]:
    """The training images as float32 in [0, 1] and their labels."""
    data, inputs, examples = Path(task["data"]), task["inputs"], task["examples"]
    pixels = np.fromfile(data / "train-images-idx3-ubyte", np.uint8, offset=16)
    labels = np.fromfile(data / "train-labels-idx1-ubyte", np.uint8, offset=8)
    images = pixels.reshape(-1, inputs)[:examples].astype(np.float32) / np.float32(255)
    return images, labels[:examples].astype(np.int64)


def read_weights(task: dict) -> list[np.ndarray]:
    """Kernel and bias of both layers, kernels as [inputs, outputs]."""
    values = np.fromfile(task["weights"], "<f4")
    inputs, hidden, outputs = task["inputs"], task["hidden"], task["outputs"]
    arrays = []
    for shape in ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,)):
        size = int(np.prod(shape))
        arrays.append(values[:size].reshape(shape).copy())
        values = values[size:]
    return arrays


def batch_rows(index: int, batch_size: int, examples: int) -> np.ndarray:
    """The same scattered examples as `batchIndices` of workloads.mjs."""
    return (np.arange(index * batch_size, (index + 1) * batch_size) * 7919) % examples


def serve(prepare) -> None:
    runner = None
    done = 0
    for line in sys.stdin:
        request = json.loads(line)
        if "task" in request:
            runner = prepare(request["task"])
            answer = {"versions": runner.versions}
        else:
            total = 0.0
            start = time.perf_counter()
            for _ in range(request["steps"]):
                total += runner.step(done)
                done += 1
            seconds = time.perf_counter() - start
            answer = {"seconds": seconds, "meanLoss": total / request["steps"]}
        print(json.dumps(answer), flush=True)
