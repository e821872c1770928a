/** A log as Keras prints it. */
const LOG = [
  '```',
  'Epoch 1/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.5 - accuracy: 0.81 - val_loss: 0.4 - val_accuracy: 0.85',
  'Epoch 2/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.4 - accuracy: 0.84 - val_loss: 0.3 - val_accuracy: 0.86',
  'Epoch 3/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.3 - accuracy: 0.86 - val_loss: 0.3 - val_accuracy: 0.87',
  'Epoch 4/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.2 - accuracy: 0.88 - val_loss: 0.3 - val_accuracy: 0.88',
  'Epoch 5/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.2 - accuracy: 0.9012 - val_loss: 0.3 - val_accuracy: 0.8913',
  '```',
];
/** Its first so many epochs, of the five that were planned. */
export const log = (epochs: number): string => [...LOG.slice(0, 1 + 2 * epochs), '```'].join('\n');
