import { editedModel } from '../../../submission/test/support/models.ts';

/** A model that was compiled so. */
export function compiled(className: string, config: object, loss: string): Map<string, Uint8Array> {
  return editedModel('models/squares-linear', ({ modelTopology }) => {
    modelTopology['training_config'] = {
      optimizer_config: { class_name: className, config },
      loss,
      metrics: ['accuracy'],
    };
  });
}

/** One that was compiled with the exercise's optimiser and loss. */
export const SGD = compiled(
  'SGD',
  { learning_rate: 0.10000000149011612 },
  'categorical_crossentropy',
);

/** The code of the exercise's network and training, with changes. */
export const code = (
  over: { units?: number; optimizer?: string; epochs?: number; batch?: number } = {},
): string => {
  const { units = 8, optimizer = 'SGD(learning_rate=0.1)', epochs = 5, batch = 32 } = over;
  return [
    '```python',
    'model = keras.Sequential()',
    `model.add(layers.Dense(${units}, activation="linear", input_shape=(16,)))`,
    'model.add(layers.Dense(3, activation="softmax"))',
    `model.compile(optimizer=keras.optimizers.${optimizer}, loss="categorical_crossentropy", metrics=["accuracy"])`,
    `model.fit(x, y, epochs=${epochs}, batch_size=${batch}, validation_split=0.2)`,
    '```',
  ].join('\n');
};
