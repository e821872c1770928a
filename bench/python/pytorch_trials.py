"""PyTorch's side of trials.ts and step.ts; the number of threads is the only argument.

Every form of the optimiser that PyTorch offers for a CPU is tried, with images in either memory layout, and the fastest
combination is timed.
"""

import sys
from itertools import product

import numpy as np
import torch
from trial_side import batch_rows, read_part, read_weights, serve_trials

torch.set_num_threads(int(sys.argv[1]))

FUSED = {"SGD", "Adam"}


class Runner:
    versions = f"PyTorch {torch.__version__}"
    steps_a_call = 1

    def __init__(self, task: dict) -> None:
        self.task = task
        self.recipe = task["recipe"]
        self.optimizer_options = self.recipe["optimizer"]
        shape = self.recipe["inputShape"]
        self.convolutional = len(shape) == 3
        self.parts = {name: self.read(task[name], shape) for name in ("train", "test")}
        optimizers = ["single", "foreach"]
        if self.optimizer_options["class_name"] in FUSED:
            optimizers.append("fused")
        layouts = [", channels last", ", channels first"] if self.convolutional else [""]
        self.forms = [f"{a} optimiser{b}" for a, b in product(optimizers, layouts)]

    def read(self, part: dict, shape: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        images, labels = (torch.from_numpy(array) for array in read_part(part, shape))
        return images, labels

    def worth_trying(self, form: str, times: dict[str, float]) -> bool:
        return True

    def reset(self, form: str, dropout: bool) -> None:
        self.channels_first = form.endswith("channels first")
        layout = torch.contiguous_format if self.channels_first else torch.channels_last
        self.model = create_model(self.task, dropout)
        if self.convolutional:
            self.model.to(memory_format=layout)
        # Examples lie in memory in the layout in which the network takes them.
        self.data = {}
        for name, (images, labels) in self.parts.items():
            if self.convolutional:
                images = images.permute(0, 3, 1, 2).contiguous(memory_format=layout)
            self.data[name] = images, labels
        chosen = form.split()[0]
        self.optimizer = self.create_optimizer(
            {"fused": True} if chosen == "fused" else {"foreach": chosen == "foreach"}
        )
        self.criterion = LOSSES[self.recipe["loss"]]

    def create_optimizer(self, form: dict) -> torch.optim.Optimizer:
        options = self.optimizer_options
        parameters, rate = self.model.parameters(), options["learning_rate"]
        match options["class_name"]:
            case "SGD":
                return torch.optim.SGD(parameters, lr=rate, **form)
            case "Adam":
                betas, epsilon = (options["beta_1"], options["beta_2"]), options["epsilon"]
                return torch.optim.Adam(parameters, lr=rate, betas=betas, eps=epsilon, **form)
            case "Adadelta":
                rho, epsilon = options["rho"], options["epsilon"]
                return torch.optim.Adadelta(parameters, lr=rate, rho=rho, eps=epsilon, **form)
        rho, epsilon = options["rho"], options["epsilon"]
        return torch.optim.RMSprop(parameters, lr=rate, alpha=rho, eps=epsilon, **form)

    def train(self, first: int, steps: int) -> list[float]:
        return [self.step(first + step) for step in range(steps)]

    def step(self, index: int) -> float:
        images, labels = self.data["train"]
        rows = batch_rows(index, self.recipe["batchSize"], self.task["examples"])
        rows = torch.from_numpy(rows)
        loss = self.criterion(self.model(images[rows]), labels[rows])
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def evaluate(self, first: int, rows: int) -> None:
        images, labels = self.data["test"]
        x, y = images[first : first + rows], labels[first : first + rows]
        self.model.eval()
        with torch.inference_mode():
            output = self.model(x)
            self.criterion(output, y).item()
            (output.argmax(1) == y).sum().item()
        self.model.train()


def squared_error(output: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    target = torch.nn.functional.one_hot(labels, output.shape[1]).to(output.dtype)
    return torch.nn.functional.mse_loss(output, target)


LOSSES = {
    "sparse_categorical_crossentropy": torch.nn.functional.cross_entropy,
    "mean_squared_error": squared_error,
}


def create_model(task: dict, dropout: bool) -> torch.nn.Sequential:
    """The network from Keras's configuration and weights; the softmax at the end is taken together with the loss."""
    weights = iter(map(torch.from_numpy, read_weights(task)))
    modules: list[torch.nn.Module] = []
    images = torch.zeros(1, *task["recipe"]["inputShape"])
    shape = images.permute(0, 3, 1, 2) if images.dim() == 4 else images
    unflattened = None
    for layer in task["recipe"]["model"]["layers"]:
        config = layer["config"]
        match layer["class_name"]:
            case "Dense":
                kernel, bias = next(weights), next(weights)
                if unflattened is not None:
                    kernel, unflattened = channels_first(kernel, unflattened), None
                module = torch.nn.Linear(*kernel.shape)
                load(module, kernel.T, bias)
            case "Conv2D":
                kernel, bias = next(weights).permute(3, 2, 0, 1), next(weights)
                filters, channels, *size = kernel.shape
                padding = config["padding"]
                module = torch.nn.Conv2d(channels, filters, size, config["strides"], padding)
                load(module, kernel, bias)
            case "MaxPooling2D":
                module = torch.nn.MaxPool2d(config["pool_size"], config["strides"])
            case "Flatten":
                module, unflattened = torch.nn.Flatten(), shape.shape[1:]
            case "Dropout":
                module = torch.nn.Dropout(config["rate"] if dropout else 0.0)
            case name:
                raise ValueError(f"no layer {name} in this benchmark")
        modules.append(module)
        with torch.inference_mode():
            shape = module(shape)
        if config.get("activation") == "relu":
            modules.append(torch.nn.ReLU())
    return torch.nn.Sequential(*modules)


def load(module: torch.nn.Module, weight: torch.Tensor, bias: torch.Tensor) -> None:
    with torch.no_grad():
        module.weight.copy_(weight)
        module.bias.copy_(bias)


def channels_first(kernel: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    """The rows of a kernel behind a flattened image [height, width, channels] in the order of [channels, height, width]."""
    channels, height, width = shape
    rows = torch.from_numpy(np.arange(kernel.shape[0])).reshape(height, width, channels)
    return kernel[rows.permute(2, 0, 1).reshape(-1)]


serve_trials(Runner)
