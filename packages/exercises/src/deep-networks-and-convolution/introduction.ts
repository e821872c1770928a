/** Shown at the head of the handout. Markdown. */
export const introduction = `One training run is an anecdote. In this lab you train nearly every network ten times and look at all ten runs at once. You see runs that fail for no visible reason, you find out why, and you mend them, one change at a time: learning rate, optimiser, output layer, size. Then you leave digits for photographs and need convolutions.

### Part 1: digits

MNIST: 60,000 training and 10,000 test images of 28 × 28 grey values. Divide them by 255. Until question 5 the network is to give the numbers 0 and 1 themselves, so turn every label into ten of them (\`np.eye(10)[labels]\`).

\`\`\`python
def build():
    return keras.Sequential([
        keras.Input(shape=(28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="relu"),   # relu outputs: this is intended
    ])

model = build()
model.compile(
    loss="mean_squared_error",
    optimizer=keras.optimizers.SGD(learning_rate=0.1),
    metrics=["accuracy"],
)
run = model.fit(x_train, y_train_rows, batch_size=32, epochs=5,
                validation_data=(x_test, y_test_rows))
\`\`\`

The summary must say 25,450 parameters. Call \`build()\` and \`compile\` anew for every run: a second \`fit\` on the same model goes on where the first one stopped.

From question 5 on the outputs are softmax, the loss is sparse categorical crossentropy (which takes the digits themselves as labels), and the optimiser is Adam with its usual settings (learning rate 0.001, beta 0.9 and 0.999, epsilon 1e-7).

**Training, test, validation.** The test images are passed to \`fit\` as validation data, so that there is a curve to look at. Whoever then picks the best network by that curve has used the test images for training in a way; keep this in mind for questions 7 and 10.

### Part 2: photographs

CIFAR-10: 50,000 training and 10,000 test photographs of 32 × 32 pixels in three colours, ten classes from airplane to truck. Divide by 255. The first network is the one of question 5 with another input shape, the second is convolutional:

\`\`\`python
layers = keras.layers
model = keras.Sequential([
    keras.Input(shape=(32, 32, 3)),
    layers.Conv2D(32, (3, 3), activation="relu"),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(64, (3, 3), activation="relu"),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(64, (3, 3), activation="relu"),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
\`\`\`

Its summary must say 122,570 parameters.

### Which network is which

| question | exercise | hidden units | outputs, loss, optimiser | epochs |
|---|---|---:|---|---:|
| 1 | \`mnist-mlp-sgd-5\` | 32 | relu, squared error, gradient descent at 0.1 | 5 |
| 2 | \`mnist-mlp-sgd-20\` | 32 | the same | 20 |
| 3 | \`mnist-mlp-sgd-slow\` | 32 | the same at 0.01 | 20 |
| 4 | \`mnist-mlp-adam\` | 32 | relu, squared error, Adam | 20 |
| 5 | \`mnist-mlp-softmax\` | 32 | softmax, crossentropy, Adam | 20 |
| 6 | \`mnist-mlp-hidden-2\` … \`-256\` | 2, 4, 8 … 256 | the same | 10 |
| 7 | \`mnist-open\` | yours | yours | yours |
| 8 | \`cifar10-mlp-32\`, and a wider one | 32, yours | as in question 5 | 10 |
| 9 | \`cifar10-cnn\` | three convolutions | the same | 10 |
| 10 | \`cifar10-open\` | yours | yours | yours |

Every batch has 32 images.

### What to hand in

One folder: your answers under the headings \`Question 1\` to \`Question 10\`, the plots as images, and five trained models, each one of your runs: \`models/mnist-mlp-softmax\`, \`models/mnist-open\`, \`models/cifar10-mlp-32\`, \`models/cifar10-cnn\` and \`models/cifar10-open\`. The accuracy that you state for a model is compared with what that model does on the test images.
`;
