"""The networks of exercises.ts in Keras, on TensorFlow; the number of threads is the first argument of its sides."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

tf.config.threading.set_intra_op_parallelism_threads(int(sys.argv[1]))
tf.config.threading.set_inter_op_parallelism_threads(1)

VERSIONS = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"


def crossentropy(labels, logits):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


def squared_error(labels, output):
    return tf.reduce_mean(tf.square(output - tf.one_hot(labels, output.shape[1])))


LOSSES = {"sparse_categorical_crossentropy": crossentropy, "mean_squared_error": squared_error}


def create_model(recipe: dict, dropout: bool) -> keras.Model:
    """The softmax at the end is taken together with the loss."""
    layers = [keras.Input(shape=recipe["inputShape"])]
    for layer in recipe["model"]["layers"]:
        name, config = layer["class_name"], dict(layer["config"])
        config.pop("batch_input_shape", None)
        if config.get("activation") == "softmax":
            config["activation"] = None
        if name != "Dropout" or dropout:
            layers.append(getattr(keras.layers, name)(**config))
    return keras.Sequential(layers)


def create_optimizer(options: dict) -> keras.optimizers.Optimizer:
    rate = float(options["learning_rate"])
    match options["class_name"]:
        case "SGD":
            return keras.optimizers.SGD(rate)
        case "Adam":
            betas = {"beta_1": options["beta_1"], "beta_2": options["beta_2"]}
            return keras.optimizers.Adam(rate, epsilon=options["epsilon"], **betas)
        case "Adadelta":
            return keras.optimizers.Adadelta(rate, rho=options["rho"], epsilon=options["epsilon"])
    # Keras 3 adds epsilon inside the square root, Keras 2 outside: at a vanishing gradient these are equal.
    return keras.optimizers.RMSprop(rate, rho=options["rho"], epsilon=options["epsilon"] ** 2)
