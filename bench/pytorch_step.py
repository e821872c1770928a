"""PyTorch's side of step.mjs; the number of threads is the only argument.

Every form of the optimiser that PyTorch offers for a CPU is tried, and the fastest one is timed.
"""

import sys
import time

import torch
from side import batch_rows, read_data, read_weights, serve

torch.set_num_threads(int(sys.argv[1]))


class Runner:
    def __init__(self, task: dict) -> None:
        self.task = task
        self.batch_size = task["recipe"]["batchSize"]
        self.images, self.labels = (torch.from_numpy(array) for array in read_data(task))
        self.criterion = torch.nn.CrossEntropyLoss()
        forms = ["single", "foreach"]
        if task["recipe"]["optimizer"]["class_name"] == "Adam":
            forms.append("fused")
        fastest = min(forms, key=self.time_of)
        self.reset(fastest)
        self.versions = f"PyTorch {torch.__version__}, {fastest} optimiser"

    def time_of(self, form: str) -> float:
        self.reset(form)
        for index in range(50):
            self.step(index)
        start = time.perf_counter()
        for index in range(100):
            self.step(index)
        return time.perf_counter() - start

    def reset(self, form: str) -> None:
        kernel1, bias1, kernel2, bias2 = map(torch.from_numpy, read_weights(self.task))
        first = torch.nn.Linear(*kernel1.shape)
        second = torch.nn.Linear(*kernel2.shape)
        with torch.no_grad():
            for layer, kernel, bias in ((first, kernel1, bias1), (second, kernel2, bias2)):
                layer.weight.copy_(kernel.T)
                layer.bias.copy_(bias)
        self.model = torch.nn.Sequential(first, torch.nn.ReLU(), second)
        self.optimizer = self.create_optimizer(form)

    def create_optimizer(self, form: str) -> torch.optim.Optimizer:
        options = self.task["recipe"]["optimizer"]
        chosen = {"fused": True} if form == "fused" else {"foreach": form == "foreach"}
        common = {"lr": options["learning_rate"], "eps": options["epsilon"], **chosen}
        parameters = self.model.parameters()
        if options["class_name"] == "Adam":
            betas = (options["beta_1"], options["beta_2"])
            return torch.optim.Adam(parameters, betas=betas, **common)
        return torch.optim.RMSprop(parameters, alpha=options["rho"], **common)

    def step(self, index: int) -> float:
        rows = torch.from_numpy(batch_rows(index, self.batch_size, self.task["examples"]))
        loss = self.criterion(self.model(self.images[rows]), self.labels[rows])
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


serve(Runner)
