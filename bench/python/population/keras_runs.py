"""Trains an exercise of a lab in Keras as a student would, without a seed, and keeps what each run came to.

    KERAS_PYTHON bench/python/population/keras_runs.py packages/exercises/labs/LAB/bands/EXERCISE.json \
        --runs 30 --out fixtures/populations/keras/EXERCISE.json

Validation images change no weight, so they are not evaluated. Versions: bench/requirements.txt.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import tensorflow as tf

from recipe import Results, arguments, prepared, refuse_unused

def build(recipe):
    layers = []
    for index, layer in enumerate(recipe["model"]["layers"]):
        config = dict(layer["config"])
        shape = config.pop("batch_input_shape", None)
        if index == 0:
            layers.append(keras.Input(shape=shape[1:]))
        layers.append(getattr(keras.layers, layer["class_name"]).from_config(config))
    model = keras.Sequential(layers)
    options = dict(recipe["optimizer"])
    name = options.pop("class_name")
    if options.pop("decay", 0) != 0:
        raise SystemExit("decay is not in this script")
    options.pop("epsilon_inside_root", None)
    # JSON has 0 where Keras wants 0.0.
    options = {key: float(value) if type(value) is int else value for key, value in options.items()}
    optimizer = getattr(keras.optimizers, name)(**options)
    model.compile(optimizer=optimizer, loss=recipe["loss"], metrics=["accuracy"])
    return model


def main():
    options = arguments(__doc__)
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    bands = json.loads(options.bands.read_text())
    recipe = bands["recipe"]
    refuse_unused(recipe)
    (x, y), (x_test, y_test) = prepared(recipe)
    if recipe["loss"] != "sparse_categorical_crossentropy":
        y, y_test = keras.utils.to_categorical(y, 10), keras.utils.to_categorical(y_test, 10)
    results = Results(options.out, {
        "framework": "keras", "exercise": bands["exercise"], "recipeHash": bands["recipeHash"],
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__}, "seeded": False,
    })
    while len(results.runs) < options.runs:
        keras.backend.clear_session()
        model = build(recipe)
        model.fit(x, y, batch_size=recipe["batchSize"], epochs=recipe["epochs"], shuffle=recipe["shuffle"], verbose=0)
        loss, accuracy = model.evaluate(x_test, y_test, batch_size=1000, verbose=0)
        results.add(loss, accuracy)
        print(bands["exercise"], len(results.runs), accuracy, flush=True)


main()
