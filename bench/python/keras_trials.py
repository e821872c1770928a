"""Keras's side of trials.ts and step.ts at its best, on TensorFlow; the number of threads is the only argument.

Every way to run a step that Keras offers is tried, and the fastest is timed: one step or 16 in one call of a compiled
graph (what `steps_per_execution` of `compile` does), each with XLA (`jit_compile`) and without it. The bookkeeping of
`fit` is left out; keras_fit_trials.py has it.
"""

import numpy as np
from keras_model import LOSSES, VERSIONS, create_model, create_optimizer, keras, tf
from trial_side import batch_rows, read_part, read_weights, serve_trials

FORMS = {
    "graph": {"steps": 1, "xla": False},
    "graph of 16 steps": {"steps": 16, "xla": False},
    "XLA": {"steps": 1, "xla": True},
    "XLA of 16 steps": {"steps": 16, "xla": True},
}


class Runner:
    versions = VERSIONS
    forms = list(FORMS)

    def __init__(self, task: dict) -> None:
        self.task = task
        self.recipe = task["recipe"]
        shape = self.recipe["inputShape"]
        self.images, self.labels = map(tf.constant, read_part(task["train"], shape))
        self.test_images, self.test_labels = map(tf.constant, read_part(task["test"], shape))

    def worth_trying(self, form: str, times: dict[str, float]) -> bool:
        """Where XLA is slower for one step, 16 of them in one call would take it minutes to compile."""
        return form != "XLA of 16 steps" or times["XLA"] < times["graph"]

    def reset(self, form: str, dropout: bool) -> None:
        keras.backend.clear_session()
        self.steps_a_call = FORMS[form]["steps"]
        model = create_model(self.recipe, dropout)
        model.set_weights(read_weights(self.task))
        optimizer = create_optimizer(self.recipe["optimizer"])
        optimizer.build(model.trainable_variables)
        criterion = LOSSES[self.recipe["loss"]]
        batch_size = self.recipe["batchSize"]

        def step(rows):
            x, y = tf.gather(self.images, rows), tf.gather(self.labels, rows)
            with tf.GradientTape() as tape:
                loss = criterion(y, model(x, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        signature = tf.TensorSpec([self.steps_a_call, batch_size], tf.int64)

        @tf.function(input_signature=[signature], jit_compile=FORMS[form]["xla"])
        def train(rows):
            if self.steps_a_call == 1:
                return step(rows[0])[None]
            losses = tf.TensorArray(tf.float32, self.steps_a_call)
            for index in tf.range(self.steps_a_call):
                losses = losses.write(index, step(rows[index]))
            return losses.stack()

        @tf.function(reduce_retracing=True)
        def evaluate(x, y):
            output = model(x, training=False)
            hits = tf.equal(tf.argmax(output, 1), y)
            return criterion(y, output), tf.reduce_sum(tf.cast(hits, tf.int32))

        self.train_rows, self.evaluate_rows = train, evaluate

    def train(self, first: int, steps: int) -> list[float]:
        batch_size, examples = self.recipe["batchSize"], self.task["examples"]
        rows = [batch_rows(first + step, batch_size, examples) for step in range(steps)]
        return self.train_rows(tf.constant(np.stack(rows))).numpy().tolist()

    def evaluate(self, first: int, rows: int) -> None:
        x, y = self.test_images[first : first + rows], self.test_labels[first : first + rows]
        for value in self.evaluate_rows(x, y):
            value.numpy()


serve_trials(Runner)
