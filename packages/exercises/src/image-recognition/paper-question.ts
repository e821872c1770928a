import type { Question } from '@labproof/lab';

/** Question 22: a paper on networks as models of the visual cortex, to be read while the photographs train. */
export const paperQuestion: Question = {
  id: 'q22',
  number: 22,
  title: 'Networks as models of the visual cortex',
  prompt:
    'Read D. L. K. Yamins, H. Hong, C. F. Cadieu, E. A. Solomon, D. Seibert and J. J. DiCarlo, "Performance-optimized hierarchical models predict neural responses in higher visual cortex", Proceedings of the National Academy of Sciences 111 (2014), pages 8619–8624, doi:10.1073/pnas.1403112111. Summarise in about 500 words what was done and what came out, in your own words.',
  exercise: null,
  checks: [
    { kind: 'word-count', least: 400, most: 600, points: 1 },
    {
      kind: 'free-text',
      points: 4,
      rubric: [
        {
          concept: 'the question',
          points: 1,
          lookFor:
            'Responses in inferior temporal cortex (IT) could not be predicted well from images. Does a model that was optimised for recognising objects, and not for fitting neurons, predict them?',
          words: ['inferior temporal', 'IT cortex', 'predict neural', 'ventral stream', 'V4'],
        },
        {
          concept: 'the models',
          points: 1,
          lookFor:
            'Hierarchical convolutional networks from a large space of architectures, searched with high throughput for categorisation performance; the best are combined into one deeper network (HMO). Neural data play no part in the choice.',
          words: [
            'convolutional',
            'hierarchical',
            'high-throughput',
            'HMO',
            'architectures',
            'optimised for performance',
            'optimized for performance',
          ],
        },
        {
          concept: 'the measurements',
          points: 1,
          lookFor:
            'Recordings with electrode arrays in V4 and IT of monkeys (168 sites in IT) for 5,760 images of objects with varied position, size and pose on natural backgrounds. For every site the response is predicted by a linear combination of model outputs (regression), fitted on some images and tested on others.',
          words: ['5760', '5,760', 'electrode', 'monkey', 'macaque', 'linear regression', '168'],
        },
        {
          concept: 'the results',
          points: 1,
          lookFor:
            'The better a model categorises, the better it predicts IT; the top layer of the optimised network predicts IT best (about half of the explainable variance), its intermediate layers predict V4 best. The task at the top shapes what stands in between. A correlation over models is no proof that the brain learns so.',
          words: [
            'correlation',
            'correlated',
            'variance',
            'top layer',
            'intermediate layer',
            'predicts V4',
          ],
        },
      ],
    },
  ],
};
