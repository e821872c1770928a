"""Trains a dense exercise of a lab in PyTorch as a student would, without a seed, and keeps what each run came to.

    TORCH_PYTHON bench/python/population/pytorch_runs.py packages/exercises/labs/LAB/bands/EXERCISE.json \
        --runs 30 --out fixtures/populations/pytorch/EXERCISE.json

Weights start as PyTorch starts them, and optimisers have the lab's learning rate and PyTorch's other defaults: that is
what a student gets who writes the exercise in PyTorch. Networks of dense layers with a softmax at the end only.
"""

import json

import torch
from torch import nn

from recipe import Results, arguments, prepared, refuse_unused

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "linear": nn.Identity}


def build(recipe):
    width = 1
    for size in recipe["inputShape"]:
        width *= size
    layers = [nn.Flatten()]
    dense = [layer for layer in recipe["model"]["layers"] if layer["class_name"] != "Flatten"]
    for layer in dense:
        config = layer["config"]
        if layer["class_name"] == "Dropout":
            layers.append(nn.Dropout(config["rate"]))
            continue
        if layer["class_name"] != "Dense":
            raise SystemExit(f"{layer['class_name']} is not in this script")
        layers.append(nn.Linear(width, config["units"]))
        width = config["units"]
        if layer is not dense[-1]:
            layers.append(ACTIVATIONS[config["activation"]]())
        elif config["activation"] != "softmax":
            raise SystemExit("a softmax at the end is all that this script has")
    return nn.Sequential(*layers)


def optimizer_of(recipe, model):
    name, rate = recipe["optimizer"]["class_name"], recipe["optimizer"]["learning_rate"]
    return {"RMSprop": torch.optim.RMSprop, "Adam": torch.optim.Adam, "SGD": torch.optim.SGD}[name](model.parameters(), lr=rate)


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
            outputs = model(x_test)
            results.add(loss_of(outputs, y_test), (outputs.argmax(1) == y_test).float().mean())
        print(bands["exercise"], len(results.runs), results.runs[-1]["accuracy"], flush=True)


main()
