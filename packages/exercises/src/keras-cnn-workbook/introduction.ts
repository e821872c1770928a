/** Shown at the head of the handout. Markdown. */
export const introduction = `You build one convolutional network for handwritten digits, with everything that such networks are made of: convolutions, pooling, dropout, dense layers. Then you look at it from five sides: its numbers, its mistakes, its training, one of its answers, and all of its wrong ones.

### The data

MNIST: 60,000 training images and 10,000 test images of 28 × 28 grey values, each a digit from 0 to 9.

1. Keep the images as images. A convolution takes height, width and channels, so give every image the shape 28 × 28 × 1.
2. Divide by 255, so that inputs lie between 0 and 1.
3. Turn each label into ten values of which one is 1 (one-hot).

### The network

| layer | what it does | output |
|---|---|---|
| convolution | 32 filters of 5 × 5, relu, padding *same* | 28 × 28 × 32 |
| max pooling | 2 × 2 | 14 × 14 × 32 |
| convolution | 64 filters of **5 × 5 or 2 × 2** (see below), relu, padding *same* | 14 × 14 × 64 |
| max pooling | 2 × 2 | 7 × 7 × 64 |
| dropout | 0.25 | 7 × 7 × 64 |
| flatten | | 3,136 |
| dense | 1,000 units, relu | 1,000 |
| dropout | 0.5 | 1,000 |
| dense | 10 units, softmax | 10 |

**Two readings, both right.** The workbook that this lab comes from contradicts itself: its description makes the second convolution 5 × 5, its program makes it 2 × 2. Choose one and stay with it. \`model.summary()\` tells which one you have:

| second convolution | parameters | name of your model file |
|---|---:|---|
| 5 × 5 | 3,199,106 | \`mnist-cnn-5x5\` |
| 2 × 2 | 3,156,098 | \`mnist-cnn-2x2\` |

Any other count means that a layer differs.

\`\`\`python
keras.utils.set_random_seed(7)
layers = keras.layers
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, (5, 5), padding="same", activation="relu"),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(64, (5, 5), padding="same", activation="relu"),  # or (2, 2)
    layers.MaxPooling2D((2, 2)),
    layers.Dropout(0.25),
    layers.Flatten(),
    layers.Dense(1000, activation="relu"),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7),
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, batch_size=128, epochs=12, validation_data=(x_test, y_test))
\`\`\`

The test images serve as validation images here, so the curve you watch and the number you report come from the same images. That is fine as long as you choose nothing by looking at them; keep it in mind for question 3.

### What to hand in

One folder: your answers under the headings \`Question 1\` to \`Question 5\` (tasks a to e), the pictures they show, and your trained model as \`models/mnist-cnn-5x5\` or \`models/mnist-cnn-2x2\`. The numbers you report are compared with what that very model does, so report those of the model you hand in.
`;
