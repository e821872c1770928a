/** Shown at the head of the handout. Markdown. */
export const introduction = `In this lab you teach four networks to read handwritten digits and a fifth to tell what is in a photograph; you compare how they learn and decide what their mistakes would mean in use. At the end you read a paper and play with networks so small that every weight can be watched. Work in pairs if you can: explaining a curve to somebody else is the quickest way to find out whether you understand it.

The fifth network trains for an hour or more without a fast computer. Start it before you turn to questions 22 to 24, which need none.

### Digits: the data

MNIST holds 60,000 training images and 10,000 test images of single digits, each 28 × 28 grey values from 0 to 255, with the digit as its label.

1. Flatten every image into a row of 784 values. The first two networks see pixels as an unordered list: what is next to what is lost, and that is intended here.
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

Before you train, print the summary: it must say 203,530 parameters. Keep the training output; you will need it. Questions 2 to 6 are about this network.

### The second network: \`mnist-mlp-relu\`

The same network with one change: the hidden layer's activation is \`relu\`. Build it anew, so that it starts from fresh weights, and train and evaluate it in the same way. Questions 7 to 10 are about it.

### The third network: \`mnist-cnn\`

A convolution looks at a small neighbourhood and looks for the same things everywhere, so images stay images: give them the shape 28 × 28 × 1 instead of a row of 784. Scaling and labels stay.

| layer | what it does | output | parameters |
|---|---|---|---:|
| convolution | 32 filters of 3 × 3, relu | 26 × 26 × 32 | 320 |
| convolution | 64 filters of 3 × 3, relu | 24 × 24 × 64 | 18,496 |
| max pooling | 2 × 2 | 12 × 12 × 64 | 0 |
| flatten | | 9,216 | 0 |
| dense | 128 units, relu | 128 | 1,179,776 |
| dense | 10 units, softmax | 10 | 1,290 |

The summary must say 1,199,882 parameters. Compile it with Adadelta and write its learning rate out: **1**. Keras had that as its default when this lab was first given and has 0.001 today, with which six epochs teach the network little. Train for 6 epochs; batch size and validation as before.

\`\`\`python
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.Adadelta(learning_rate=1.0, rho=0.95, epsilon=1e-7),
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, batch_size=128, epochs=6, validation_split=0.2,
                    callbacks=[keras.callbacks.CSVLogger("histories/mnist-cnn.csv")])
\`\`\`

Questions 11 to 14 are about this network, question 15 about overfitting.

### The fourth network: \`mnist-cnn-dropout\`

The third network with two more layers: dropout with rate 0.25 after pooling, and with rate 0.5 after the dense layer of 128 units. Dropout has no parameters, so there are still 1,199,882. Build it anew, compile and train it in the same way. Questions 16 and 17 are about it.

### Photographs: the data

CIFAR-10 holds 50,000 training images and 10,000 test images of 32 × 32 pixels in three colours, in ten classes: aeroplane, car, bird, cat, deer, dog, frog, horse, ship, truck. Their shape fits a network as it is. Divide by 255 and turn the labels into ten values, as you did with the digits.

### The fifth network: \`cifar10-cnn\`

Take the fourth network as the pattern and change it so:

1. The first convolution takes 32 × 32 × 3 values and has padding *same*; the second has 32 filters and no padding. Pooling and dropout of 0.25 follow as before.
2. Repeat these four layers once: convolution with padding *same*, convolution without, both with 32 filters of 3 × 3, pooling, dropout.
3. Flatten, then 512 dense units with relu, dropout of 0.5, and ten outputs with softmax.

The summary must say 624,106 parameters. Compile it with categorical crossentropy and RMSprop with a learning rate of 0.0001 that decays by 1e-6 a step (\`optimizer_rmsprop(lr = 0.0001, decay = 1e-6)\` in R; today's Keras for Python calls it \`InverseTimeDecay(0.0001, 1, 1e-6)\`). Train for 20 epochs in batches of 32, in a new order in every epoch (\`shuffle = TRUE\`). Nothing is set aside this time: pass the test images as \`validation_data\`. Questions 18 to 21 are about this network.

### Reading and playing

Question 22 asks for a summary of a paper. For questions 23 and 24 open the [TensorFlow Playground](https://playground.tensorflow.org), which trains small networks on points in a plane while you watch. The settings of a network stand in the address of the page: for question 24, copy that address into your answer. The network is then run again from many seeds.

### What to hand in

One folder with

- your answers under the headings \`Question 1\` to \`Question 24\`, with code and plots where they are asked for;
- four trained models, named after the networks: \`models/mnist-mlp-linear\`, \`models/mnist-mlp-relu\`, \`models/mnist-cnn\` and \`models/cifar10-cnn\`. The network with dropout is judged by its code and its history, and need not be handed in;
- the training logs of \`mnist-cnn\` and \`cifar10-cnn\`: \`histories/mnist-cnn.csv\` and \`histories/cifar10-cnn.csv\` as \`CSVLogger\` writes them, or the output of \`fit\` in your document.

The numbers you report are compared with what your models do on the test images, so report those of the models you hand in. Your numbers will differ a little from everybody else's: each run starts from other random weights.
`;
