"""What both frameworks read: the recipe of a bands file, and the data as Labproof keeps them."""

import argparse
import json
import os
import pathlib

import numpy as np


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("bands", type=pathlib.Path, help="bands/<exercise>.json of a lab")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="a JSON file; runs in it are kept and added to")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def images(name):
    """Bytes of shape [n, rows, columns, channels] and labels, of training and test."""
    folder = pathlib.Path(os.environ.get("LABPROOF_DATA", "~/.cache/labproof/datasets")).expanduser() / name
    if name == "mnist":
        files = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]
        heads, shape = [16, 8, 16, 8], (28, 28, 1)
    elif name == "cifar10":
        files = ["train-images", "train-labels", "test-images", "test-labels"]
        heads, shape = [0, 0, 0, 0], (32, 32, 3)
    else:
        raise SystemExit(f"no reader for {name}")
    raw = [np.frombuffer((folder / file).read_bytes(), np.uint8, offset=head) for file, head in zip(files, heads)]
    return (raw[0].reshape(-1, *shape), raw[1]), (raw[2].reshape(-1, *shape), raw[3])


def prepared(recipe):
    """Float inputs of the recipe's shape; a validation split is taken off the end, as Keras does."""
    (x, y), (x_test, y_test) = images(recipe["dataset"])
    divisor = 255 if recipe["inputScale"] == "1/255" else 1

    def inputs(pixels):
        return (pixels.astype("float32") / divisor).reshape(-1, *recipe["inputShape"])

    if recipe["validation"]["from"] == "split":
        kept = int(len(x) * (1 - recipe["validation"]["share"]))
        x, y = x[:kept], y[:kept]
    return (inputs(x), y), (inputs(x_test), y_test)


def refuse_unused(recipe):
    """A recipe with options that these scripts do not have would be another recipe without a word."""
    for option in ["classWeight", "schedule", "reduceOnPlateau", "earlyStopping", "augmentation", "trainLimit"]:
        if recipe.get(option) is not None:
            raise SystemExit(f"{option} is not in these scripts")


class Results:
    """A JSON file that grows by a run at a time, so that an interrupted series goes on."""

    def __init__(self, path, head):
        self.path, self.head = path, head
        self.runs = []
        if path.exists():
            before = json.loads(path.read_text())
            if before["recipeHash"] != head["recipeHash"] or before["versions"] != head["versions"]:
                raise SystemExit(f"{path} holds runs of another recipe or version")
            self.runs = before["runs"]

    def add(self, loss, accuracy):
        self.runs.append({"loss": round(float(loss), 6), "accuracy": round(float(accuracy), 6)})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps({**self.head, "runs": self.runs}, indent=1) + "\n")
