"""Trains an exercise of a lab in PyTorch as a student would, without a seed, and keeps what each run came to.

    TORCH_PYTHON bench/python/population/pytorch_runs.py packages/exercises/labs/LAB/bands/EXERCISE.json \
        --runs 30 --out fixtures/populations/pytorch/EXERCISE.json

Weights start as PyTorch starts them, and optimisers have the lab's learning rate and PyTorch's other defaults: that is
what a student gets who writes the exercise in PyTorch. Networks of dense layers, convolutions, max pooling and dropout
in a row, with a softmax at the end.
"""

import json

import torch
from torch import nn

from recipe import Results, arguments, prepared, refuse_unused

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "linear": nn.Identity}


class ChannelsFirst(nn.Module):
    """Images as PyTorch wants them: [n, rows, columns, channels] becomes [n, channels, rows, columns]."""

    def forward(self, x):
        return x.permute(0, 3, 1, 2)


def build(recipe):
    layers = recipe["model"]["layers"]
    last = layers[-1]["config"]
    if last.get("activation") != "softmax":
        raise SystemExit("a softmax at the end is all that this script has")
    modules, shape = [], list(recipe["inputShape"])
    if len(shape) == 3:
        modules, shape = [ChannelsFirst()], [shape[2], shape[0], shape[1]]
    for layer in layers:
        built, shape = LAYERS.get(layer["class_name"], refused(layer))(layer["config"], shape)
        modules += built
    # CrossEntropyLoss has the softmax.
    return nn.Sequential(*modules[:-1])


def refused(layer):
    def refuse(config, shape):
        raise SystemExit(f"{layer['class_name']} is not in this script")

    return refuse


def dense(config, shape):
    if len(shape) != 1:
        raise SystemExit("a dense layer of images is not in this script")
    activation = nn.Identity if config["activation"] == "softmax" else ACTIVATIONS[config["activation"]]
    return [nn.Linear(shape[0], config["units"]), activation()], [config["units"]]


def convolution(config, shape):
    if config.get("dilation_rate", [1, 1]) != [1, 1] or config.get("groups", 1) != 1:
        raise SystemExit("dilated and grouped convolutions are not in this script")
    size, strides = config["kernel_size"], config["strides"]
    # PyTorch's "same" pads as Keras does, one more after than before where a size is even; for strides of 1 only.
    module = nn.Conv2d(shape[0], config["filters"], tuple(size), tuple(strides), config["padding"])
    if config["padding"] == "same":
        return [module, ACTIVATIONS[config["activation"]]()], [config["filters"], *shape[1:]]
    sides = [(n - k) // s + 1 for n, k, s in zip(shape[1:], size, strides)]
    return [module, ACTIVATIONS[config["activation"]]()], [config["filters"], *sides]


def pooling(config, shape):
    if config["padding"] != "valid":
        raise SystemExit("pooling with padding is not in this script")
    size, strides = config["pool_size"], config["strides"]
    sides = [(n - k) // s + 1 for n, k, s in zip(shape[1:], size, strides)]
    return [nn.MaxPool2d(tuple(size), tuple(strides))], [shape[0], *sides]


def flat(config, shape):
    width = 1
    for side in shape:
        width *= side
    return [nn.Flatten()], [width]


def dropout(config, shape):
    return [nn.Dropout(config["rate"])], shape


LAYERS = {"Dense": dense, "Conv2D": convolution, "MaxPooling2D": pooling, "Flatten": flat, "Dropout": dropout}


def optimizer_of(recipe, model):
    name, rate = recipe["optimizer"]["class_name"], recipe["optimizer"]["learning_rate"]
    known = {"RMSprop": torch.optim.RMSprop, "Adam": torch.optim.Adam, "SGD": torch.optim.SGD, "Adadelta": torch.optim.Adadelta}
    return known[name](model.parameters(), lr=rate)


def main():
    options = arguments(__doc__)
    torch.set_num_threads(options.threads)
    bands = json.loads(options.bands.read_text())
    recipe = bands["recipe"]
    refuse_unused(recipe)
    (x, y), (x_test, y_test) = prepared(recipe)
    x, y, x_test, y_test = (torch.tensor(values) for values in (x, y.astype("int64"), x_test, y_test.astype("int64")))
    results = Results(options.out, {
        "framework": "pytorch", "exercise": bands["exercise"], "recipeHash": bands["recipeHash"],
        "versions": {"torch": torch.__version__}, "seeded": False,
    })
    loss_of = nn.CrossEntropyLoss()
    while len(results.runs) < options.runs:
        model = build(recipe)
        optimizer = optimizer_of(recipe, model)
        for _ in range(recipe["epochs"]):
            for batch in torch.randperm(len(x)).split(recipe["batchSize"]):
                optimizer.zero_grad()
                loss_of(model(x[batch]), y[batch]).backward()
                optimizer.step()
        model.eval()
        with torch.no_grad():
            outputs = torch.cat([model(batch) for batch in x_test.split(1000)])
            results.add(loss_of(outputs, y_test), (outputs.argmax(1) == y_test).float().mean())
        print(bands["exercise"], len(results.runs), results.runs[-1]["accuracy"], flush=True)


main()
