"""Keras's side of trials.ts and step.ts as the labs' own code has it, `fit` and `evaluate`; the number of threads is the argument."""

from keras_model import VERSIONS, create_model, create_optimizer, keras, tf
from trial_side import batch_rows, read_part, read_weights, serve_trials, timed

LOSSES = {
    "sparse_categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    "mean_squared_error": keras.losses.MeanSquaredError(),
}

CHECK_STEPS = 20
CALL_SECONDS = 1.5


class Runner:
    versions = VERSIONS
    forms = ["fit"]

    def __init__(self, task: dict) -> None:
        self.task = task
        self.recipe = task["recipe"]
        self.batch_size = self.recipe["batchSize"]
        images, labels = self.read(task["train"])
        rows = batch_rows(0, task["examples"], task["examples"])
        self.images, self.labels = tf.constant(images[rows]), tf.constant(labels[rows])
        self.test_images, self.test_labels = map(tf.constant, self.read(task["test"]))

    def read(self, part: dict):
        images, labels = read_part(part, self.recipe["inputShape"])
        squared = self.recipe["loss"] == "mean_squared_error"
        return images, keras.utils.to_categorical(labels) if squared else labels

    def reset(self, form: str, dropout: bool) -> None:
        keras.backend.clear_session()
        self.model = create_model(self.recipe, dropout)
        self.model.set_weights(read_weights(self.task))
        optimizer = create_optimizer(self.recipe["optimizer"])
        self.model.compile(optimizer, LOSSES[self.recipe["loss"]], metrics=["accuracy"])
        self.steps_a_call = CHECK_STEPS
        if not dropout:
            return
        # A call of `fit` should take long enough for its own overhead not to count.
        self.train(0, CHECK_STEPS)
        epoch = self.task["examples"] // self.batch_size
        steps = CALL_SECONDS / timed(0, lambda: self.train(0, CHECK_STEPS)) * CHECK_STEPS
        whole = round(steps / epoch) * epoch
        self.steps_a_call = whole if whole > 0 else CHECK_STEPS

    def train(self, first: int, steps: int) -> list[float]:
        """The first so many batches or whole epochs; Keras gives the mean of an epoch's losses."""
        count = min(steps * self.batch_size, self.task["examples"])
        history = self.model.fit(
            self.images[:count],
            self.labels[:count],
            batch_size=self.batch_size,
            epochs=steps * self.batch_size // count,
            shuffle=steps != CHECK_STEPS,
            verbose=0,
        )
        return [history.history["loss"][0]] * steps

    def evaluate(self, first: int, rows: int) -> None:
        x, y = self.test_images[first : first + rows], self.test_labels[first : first + rows]
        self.model.evaluate(x, y, batch_size=rows, verbose=0)


serve_trials(Runner)
