import { describe, expect, it } from 'vitest';
import { stated } from './reading.ts';

describe('figures in other languages, scripts and spellings', () => {
  it.each([
    ['Die Genauigkeit auf den Testdaten beträgt 97,63 %.', ['accuracy 0.9763 test']],
    ['Testgenauigkeit: 0,9763; Testverlust: 0,0841', ['accuracy 0.9763 test', 'loss 0.0841 test']],
    ['Der Verlust liegt bei 0,0841.', ['loss 0.0841']],
    ['97,63 Prozent der Bilder sind richtig klassifiziert.', ['accuracy 0.9763']],
    ['L’exactitude sur les données de test est de 97,63 %.', ['accuracy 0.9763 test']],
    ['La perte est de 0,0841 et la précision de 0,9763.', ['loss 0.0841', 'accuracy 0.9763 ?']],
    ['De nauwkeurigheid op de testset is 97,63 procent.', ['accuracy 0.9763 test']],
    ['Het validatieverlies is 0,0841.', ['loss 0.0841 validation']],
    ['La exactitud en los datos de prueba es del 97,63 por ciento.', ['accuracy 0.9763 test']],
    ['La pérdida es 0,0841.', ['loss 0.0841']],
    ['L’accuratezza è 0,9763 e la perdita 0,0841.', ['accuracy 0.9763', 'loss 0.0841']],
    ['A acurácia no teste foi de 97,63%.', ['accuracy 0.9763 test']],
    ['测试准确率为0.9763，损失为0.0841。', ['accuracy 0.9763 test', 'loss 0.0841 test']],
    ['準確率是97.63%', ['accuracy 0.9763']],
    ['正确率达到了百分之97.63。', ['accuracy 0.9763']],
    ['The accuracy is ９７．６３％.', ['accuracy 0.9763']],
    ['The accuracy is ٩٧٫٦٣٪.', ['accuracy 0.9763']],
    ['The accuracy is ९७.६३ %.', ['accuracy 0.9763']],
    ['The accu\u00ADracy is 0.97\u200B63.', ['accuracy 0.9763']],
    ['The acuracy is 0.9763.', ['accuracy 0.9763 ?']],
    ['accurracy: 0.9763', ['accuracy 0.9763 ?']],
    ['accuarcy = 97.63 %', ['accuracy 0.9763 ?']],
    ['test lose: 0.0841', ['loss 0.0841 test ?']],
    ['We lose 0.25 of the images.', []],
    ['The loss is 0.0841 %.', ['loss 0.0841 ?']],
    ['The loss is 8.41 %.', ['loss 0.0841 ?']],
    ['The accuracy is approx. 97.6 %.', ['accuracy 0.976']],
    ['What is the accuracy? 0.9763.', ['accuracy 0.9763']],
    ['model.evaluate gives [0.0841, 0.9763].', ['loss 0.0841 ?', 'accuracy 0.9763 ?']],
    [
      '`model.evaluate(x_test, y_test)` gives `[0.0841, 0.9763]`.',
      ['loss 0.0841 ?', 'accuracy 0.9763 ?'],
    ],
    ['[0.0841,0.9763]', ['loss 0.0841', 'accuracy 0.9763']],
  ])('%s', (text, expected) => {
    expect(stated(text)).toEqual(expected);
  });
});
