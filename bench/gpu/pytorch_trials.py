"""What PyTorch needs for the same trials on the same GPU: float32 without TF32, deterministic algorithms.

pytorch_trials.py [--json FILE] [EXERCISE]...

The images lie on the GPU as bytes and are gathered and scaled there, as Labproof does it. Each step and evaluation is
timed twice: as PyTorch's users write it, and recorded as a CUDA graph and replayed.
"""

import argparse
import json
import os
import time

os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")

import torch
from torch import nn

torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
torch.backends.cudnn.benchmark = False
torch.backends.cudnn.deterministic = True
torch.use_deterministic_algorithms(True)
DEVICE = torch.device("cuda")


def perceptron():
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    return model, lambda p, **o: torch.optim.RMSprop(p, lr=1e-3, alpha=0.9, eps=1e-7, **o)


def digits():
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10),
    )  # fmt: skip
    return model, lambda p, **o: torch.optim.Adadelta(p, lr=1.0, rho=0.95, eps=1e-7, **o)


def photographs():
    model = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 32, 3), nn.ReLU(),
        nn.MaxPool2d(2), nn.Dropout(0.25),
        nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 32, 3), nn.ReLU(),
        nn.MaxPool2d(2), nn.Dropout(0.25),
        nn.Flatten(), nn.Linear(1152, 512), nn.ReLU(), nn.Dropout(0.5), nn.Linear(512, 10),
    )  # fmt: skip
    return model, lambda p, **o: torch.optim.RMSprop(p, lr=1e-4, alpha=0.9, eps=1e-7, **o)


# Network, shape of an image, batch, steps of a trial, examples that a trial evaluates.
EXERCISES = {
    "mnist-mlp-relu": (perceptron, (784,), 128, 12 * 375, 12 * 12_000 + 10_000),
    "mnist-cnn": (digits, (1, 28, 28), 128, 6 * 375, 6 * 12_000 + 10_000),
    "cifar10-cnn": (photographs, (3, 32, 32), 32, 20 * 1563, 20 * 10_000 + 10_000),
}


class Trial:
    def __init__(self, name, capturable):
        network, shape, self.batch, self.steps, self.evaluated = EXERCISES[name]
        torch.manual_seed(1)
        self.model, optimizer = network()
        self.model = self.model.to(DEVICE)
        self.optimizer = optimizer(self.model.parameters(), capturable=capturable)
        self.images = torch.randint(0, 256, (48_000, *shape), dtype=torch.uint8, device=DEVICE)
        self.labels = torch.randint(0, 10, (48_000,), device=DEVICE)
        self.indices = torch.zeros(self.batch, dtype=torch.long, device=DEVICE)
        self.order = torch.randperm(48_000, device=DEVICE)
        self.stored = torch.arange(128, device=DEVICE)
        self.loss_sum = torch.zeros((), device=DEVICE)

    def gather(self, indices):
        return self.images[indices].float() / 255, self.labels[indices]

    def train(self):
        images, labels = self.gather(self.indices)
        loss = nn.functional.cross_entropy(self.model(images), labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.loss_sum += loss.detach() * self.batch

    def evaluate(self):
        with torch.no_grad():
            images, labels = self.gather(self.stored)
            self.loss_sum += nn.functional.cross_entropy(self.model(images), labels)

    def next_batch(self, step):
        start = step * self.batch % 40_000
        self.indices.copy_(self.order[start : start + self.batch])


def timed(work, seconds=2.0):
    for step in range(20):
        work(step)
    torch.cuda.synchronize()
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        for step in range(20):
            work(step)
        steps += 20
        torch.cuda.synchronize()
    return (time.perf_counter() - start) / steps


def recorded(work):
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(5):
            work()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        work()
    return graph.replay


def measure(name, graphs):
    trial = Trial(name, capturable=graphs)
    train = recorded(trial.train) if graphs else trial.train
    trial.model.train()

    def step(number):
        trial.next_batch(number)
        train()

    step_seconds = timed(step)
    trial.model.eval()
    evaluate = recorded(trial.evaluate) if graphs else trial.evaluate
    batch_seconds = timed(lambda _: evaluate(), 1.0)
    seconds = trial.steps * step_seconds + trial.evaluated / 128 * batch_seconds
    form = "CUDA graph" if graphs else "eager"
    return {
        "part": "pytorch", "exercise": name, "form": form, "step": step_seconds,
        "evaluation": batch_seconds, "perTrial": seconds, "perHour": 3600 / seconds,
        "text": f"{name}, PyTorch {torch.__version__} {form}: a step {step_seconds * 1e3:.3f} ms, "
        f"{seconds:.2f} s a trial, {3600 / seconds:.0f} trials an hour",
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("exercises", nargs="*", default=list(EXERCISES))
    options = parser.parse_args()
    print(torch.cuda.get_device_name(), "cuDNN", torch.backends.cudnn.version(), flush=True)
    for name in options.exercises or list(EXERCISES):
        for graphs in (False, True):
            try:
                result = measure(name, graphs)
            except Exception as error:  # a form that cannot run is told, the next one is tried
                text = f"{name}, graphs {graphs}: FAILED {type(error).__name__}: {error}"
                result = {"part": "pytorch", "exercise": name, "failed": True, "text": text}
            print(result["text"], flush=True)
            if options.json:
                with open(options.json, "a") as file:
                    file.write(json.dumps(result) + "\n")


main()
