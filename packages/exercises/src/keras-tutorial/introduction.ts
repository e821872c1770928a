/** Shown at the head of the handout. Markdown. */
export const introduction = `Four steps, each a network: dense layers for digits, the same with another optimiser, convolutions for digits, convolutions for photographs. The fifth network is your own.

### The data

MNIST: 60,000 training and 10,000 test images of digits, 28 × 28 grey values. CIFAR-10: 50,000 training and 10,000 test photographs in ten classes, 32 × 32 pixels in three colours. Divide by 255 and turn the labels into rows of ten (\`keras.utils.to_categorical\`). The dense networks take an image as a row of 784 values, the convolutional ones as 28 × 28 × 1 or 32 × 32 × 3. The test images serve as validation images in every \`fit\`.

### Step 1: \`mnist-mlp-512\` (932,362 parameters)

\`\`\`python
layers = keras.layers
model = keras.Sequential([
    keras.Input(shape=(784,)),
    layers.Dense(512, activation="relu"), layers.Dropout(0.2),
    layers.Dense(512, activation="relu"), layers.Dropout(0.2),
    layers.Dense(512, activation="relu"), layers.Dropout(0.2),
    layers.Dense(10, activation="softmax"),
])
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.RMSprop(learning_rate=0.001, rho=0.9, epsilon=1e-7),
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, batch_size=128, epochs=10, validation_data=(x_test, y_test))
\`\`\`

### Step 2: \`mnist-mlp-512-adam\`

Build it anew and compile it with \`keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7)\`; everything else stays.

### Step 3: \`mnist-cnn\` (225,162 parameters)

Convolutions of 32 and of 64 filters, pooling, dropout 0.25; two convolutions of 64 filters, pooling, dropout 0.25; flatten, dense 128, dropout 0.5, dense 10 with softmax. All convolutions are 3 × 3 without padding and relu, pooling is 2 × 2. Adam as above, batches of 128, 40 epochs. Without a fast computer this takes hours: start early, or train in the evening.

### Step 4: \`cifar10-cnn-augmented\` (1,250,858 parameters)

Two convolutions of 32 filters, pooling, dropout 0.25; two of 64 filters, pooling, dropout 0.25; flatten, dense 512, dropout 0.5, dense 10 with softmax. Of each pair of convolutions the first has padding *same*, the second has none; all are 3 × 3 with relu. RMSprop with learning rate 0.0001 and a decay of 1e-6 a step, batches of 32, 20 epochs. Training images are shifted by up to 10 % of their width and height and mirrored left to right at random, anew in every epoch:

\`\`\`python
augmented = ImageDataGenerator(
    width_shift_range=0.1, height_shift_range=0.1, horizontal_flip=True, fill_mode="nearest")
history = model.fit(augmented.flow(x_train, y_train, batch_size=32), epochs=20,
                    validation_data=(x_test, y_test))
\`\`\`

The test images are never changed.

### Step 5: \`mnist-design\`

Design a network for the digits: **fewer than 100,000 parameters**, any layers you like. Question 8 says what is asked of it.

### What to hand in

One folder: your answers under the headings \`Question 1\` to \`Question 8\`, the plots as images, and your five trained models under their names: \`models/mnist-mlp-512\`, \`models/mnist-mlp-512-adam\`, \`models/mnist-cnn\`, \`models/cifar10-cnn-augmented\`, \`models/mnist-design\`. What you state of a model is compared with what that model does on the test images.
`;
