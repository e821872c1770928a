/** Shown at the head of the handout. Markdown. */
export const introduction = `In this lab you teach two small networks to read handwritten digits, compare how they learn, and decide what their mistakes would mean in use. Work in pairs if you can: explaining a curve to somebody else is the quickest way to find out whether you understand it.

### The data

MNIST holds 60,000 training images and 10,000 test images of single digits, each 28 × 28 grey values from 0 to 255, with the digit as its label.

1. Flatten every image into a row of 784 values. Both networks of this lab see pixels as an unordered list: what is next to what is lost, and that is intended here.
2. Divide by 255, so that every input lies between 0 and 1.
3. Turn each label (0 to 9) into ten values of which one is 1, the others 0.

### The first network: \`mnist-mlp-linear\`

| layer | units | activation | parameters |
|---|---:|---|---:|
| dense | 256 | linear (none) | 200,960 |
| dense | 10 | softmax | 2,570 |

Compile it with categorical crossentropy, accuracy as the metric, and RMSprop with learning rate 0.001, rho 0.9 and epsilon 1e-7. Train for 12 epochs in batches of 128 and set the last 20 % of the training images aside for validation. In Keras for Python:

\`\`\`python
model = keras.Sequential([
    keras.Input(shape=(784,)),
    keras.layers.Dense(256),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.RMSprop(learning_rate=0.001, rho=0.9, epsilon=1e-7),
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, batch_size=128, epochs=12, validation_split=0.2)
model.evaluate(x_test, y_test)
\`\`\`

Before you train, print the summary: it must say 203,530 parameters. Keep the training output; you will need it. Questions 1 to 6 are about this network.

### The second network: \`mnist-mlp-relu\`

The same network with one change: the hidden layer's activation is \`relu\`. Build it anew, so that it starts from fresh weights, and train and evaluate it in the same way. Questions 7 to 10 are about it.

### What to hand in

One folder with your answers under the headings \`Question 1\` to \`Question 10\`, your two plots as images, and both trained models, named after the networks: \`models/mnist-mlp-linear\` and \`models/mnist-mlp-relu\`. The numbers you report are compared with what your models do on the test images, so report those of the models you hand in. Your numbers will differ a little from everybody else's: each run starts from other random weights.
`;
