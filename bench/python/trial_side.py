"""The Python end of contender.ts: answers its requests with a runner that is made for the task."""

import time

import numpy as np
from protocol import serve

PROBE_SECONDS = 0.3


def read_part(part: dict, shape: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Images as float32 in [0, 1], [count, *shape], and their labels."""
    images = np.fromfile(part["images"], np.uint8).reshape(-1, *shape)
    labels = np.fromfile(part["labels"], np.uint8).astype(np.int64)
    return images.astype(np.float32) / np.float32(255), labels


def read_weights(task: dict) -> list[np.ndarray]:
    """Kernels and biases in Keras's order and layout."""
    values = np.fromfile(task["weights"], "<f4")
    arrays = []
    for shape in task["shapes"]:
        size = int(np.prod(shape))
        arrays.append(values[:size].reshape(shape).copy())
        values = values[size:]
    return arrays


def batch_rows(index: int, batch_size: int, examples: int) -> np.ndarray:
    """The same scattered examples as `batchIndices` of exercises.ts."""
    return (np.arange(index * batch_size, (index + 1) * batch_size) * 7919) % examples


def timed(seconds: float, run) -> float:
    """Repeats until the time is up, at least once; the seconds that it took."""
    start = time.perf_counter()
    while True:
        run()
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return elapsed


class Counter:
    """Counts what a runner does."""

    def __init__(self, work) -> None:
        self.work = work
        self.count = 0

    def __call__(self) -> None:
        self.count += self.work(self.count)


def measured(seconds: float, counter: Counter) -> dict:
    """What was done in which time, and the processor's time in all threads."""
    cpu = time.process_time()
    elapsed = timed(seconds, counter)
    return {"count": counter.count, "seconds": elapsed, "cpu": time.process_time() - cpu}


class TrialSide:
    """
    A runner has `versions`, `forms` (the ways in which its library can do a step), `worth_trying(form, times)` (whether,
    given the seconds a step of the forms before it), `reset(form, dropout)`, `train(first, steps) -> losses`,
    `steps_a_call` and `evaluate(first, rows)`.
    """

    def __init__(self, create) -> None:
        self.create = create
        self.done = 0
        self.tested = 0

    def prepare(self, task: dict) -> dict:
        self.runner = self.create(task)
        self.tests = task["tests"]
        self.clock = task["clock"]
        self.form = task.get("form") or self.fastest_form()
        return {"versions": f"{self.runner.versions}, {self.form}", "form": self.form}

    def fastest_form(self) -> str:
        forms = self.runner.forms
        if len(forms) == 1:
            return forms[0]
        times: dict[str, float] = {}
        for form in forms:
            if self.runner.worth_trying(form, times):
                times[form] = self.time_of(form)
        return min(times, key=times.__getitem__)

    def time_of(self, form: str) -> float:
        """Seconds a step in this form, once it is warm."""
        self.runner.reset(form, True)
        timed(PROBE_SECONDS, Counter(self.steps))
        answer = measured(PROBE_SECONDS, Counter(self.steps))
        return answer[self.clock] / answer["count"]

    def steps(self, first: int) -> int:
        self.runner.train(first, self.runner.steps_a_call)
        return self.runner.steps_a_call

    def check(self, steps: int, seconds: float) -> dict:
        """The losses of the first steps without dropout; then starts anew with it."""
        self.runner.reset(self.form, False)
        losses: list[float] = []
        cpu, start = time.process_time(), time.perf_counter()
        while len(losses) < 2 or (len(losses) < steps and time.perf_counter() - start < seconds):
            losses.extend(self.runner.train(len(losses), self.runner.steps_a_call))
        spent = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
        self.runner.reset(self.form, True)
        return {"losses": losses[:steps], "count": len(losses), **spent}

    def train(self, seconds: float) -> dict:
        counter = Counter(lambda count: self.steps(self.done + count))
        answer = measured(seconds, counter)
        self.done += counter.count
        return answer

    def evaluate(self, seconds: float, rows: int) -> dict:
        rows = min(rows, self.tests)

        def work(count: int) -> int:
            self.runner.evaluate(count % (self.tests // rows * rows), rows)
            return rows

        return measured(seconds, Counter(work))


def serve_trials(create) -> None:
    serve(TrialSide(create))
