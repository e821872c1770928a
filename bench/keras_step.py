"""Keras's side of step.mjs, on TensorFlow, compiled to a graph; the number of threads is the only argument."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from side import batch_rows, read_data, read_weights, serve  # noqa: E402

tf.config.threading.set_intra_op_parallelism_threads(int(sys.argv[1]))
tf.config.threading.set_inter_op_parallelism_threads(1)


class Runner:
    versions = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"

    def __init__(self, task: dict) -> None:
        self.batch_size = task["recipe"]["batchSize"]
        self.examples = task["examples"]
        images, labels = map(tf.constant, read_data(task))
        model = keras.Sequential(
            [
                keras.Input(shape=(task["inputs"],)),
                keras.layers.Dense(task["hidden"], activation="relu"),
                keras.layers.Dense(task["outputs"]),
            ]
        )
        model.set_weights(read_weights(task))
        optimizer = create_optimizer(task["recipe"]["optimizer"])
        optimizer.build(model.trainable_variables)

        @tf.function(input_signature=[tf.TensorSpec([None], tf.int64)])
        def train(rows):
            with tf.GradientTape() as tape:
                logits = model(tf.gather(images, rows), training=True)
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
                    tf.gather(labels, rows), logits
                )
                loss = tf.reduce_mean(losses)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        self.train = train

    def step(self, index: int) -> float:
        return float(self.train(tf.constant(batch_rows(index, self.batch_size, self.examples))))


def create_optimizer(options: dict) -> keras.optimizers.Optimizer:
    rate, epsilon = options["learning_rate"], options["epsilon"]
    if options["class_name"] == "Adam":
        beta_1, beta_2 = options["beta_1"], options["beta_2"]
        return keras.optimizers.Adam(rate, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
    # Keras 3 adds epsilon inside the square root, Keras 2 outside of it; at a vanishing gradient these are equal.
    return keras.optimizers.RMSprop(rate, rho=options["rho"], epsilon=epsilon**2)


serve(Runner)
