/** One look at a page. */
export interface Look {
  /** Below the folder of pages; a PDF is shown as its first pages, a PNG as it is. */
  readonly page: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  /** What stands at the top of the picture; without it, the top of the page. */
  readonly from?: string;
}

/** A picture: one look, or several side by side. */
export interface Shot {
  /** Below docs/pictures, without the extension. */
  readonly name: string;
  readonly looks: readonly Look[];
}

const STUDENT = 'graded/contradicting-claims/report.html';
const desk = { width: 1000, height: 1150, theme: 'light' } as const;
const phone = { page: STUDENT, width: 360, height: 780, theme: 'dark' } as const;

/** The reading room is a page of a server, so it is pictured while it runs. */
export const ROOM = {
  page: 'reading-room.png',
  width: 1180,
  height: 1080,
  theme: 'light',
} as const;

/** Every kind of page that Labproof writes. */
export const SHOTS: readonly Shot[] = [
  { name: 'student', looks: [{ ...desk, page: STUDENT, height: 1150 }] },
  { name: 'student-question', looks: [{ ...desk, page: STUDENT, from: '#q5', height: 1100 }] },
  {
    name: 'student-model',
    looks: [{ ...desk, page: STUDENT, from: '#model-mnist-mlp-relu .plots', height: 1450 }],
  },
  {
    name: 'student-phone',
    looks: [phone, { ...phone, from: '#q5' }, { ...phone, from: '#model-mnist-mlp-relu' }],
  },
  {
    name: 'student-pdf',
    looks: [
      { page: 'graded/contradicting-claims/report.pdf', width: 620, height: 877, theme: 'light' },
    ],
  },
  { name: 'class', looks: [{ ...desk, page: 'graded/index.html', width: 1180 }] },
  {
    name: 'class-results',
    looks: [{ ...desk, page: 'graded/index.html', width: 1180, from: '#results', height: 1100 }],
  },
  { name: 'self-check', looks: [{ ...desk, page: 'check/self-check.html' }] },
  {
    name: 'trials',
    looks: [{ ...desk, page: 'trials/mnist-mlp-sgd-5/trials.html', height: 1500 }],
  },
  { name: 'playground', looks: [{ ...desk, page: 'trials/playground/trials.html', height: 1500 }] },
  { name: 'sweep', looks: [{ ...desk, page: 'sweep.html', height: 1400 }] },
  { name: 'nights', looks: [{ ...desk, page: 'nights.html', width: 1180, theme: 'dark' }] },
  { name: 'reading-room', looks: [ROOM] },
  { name: 'handout', looks: [{ ...desk, page: 'handout/handout.html', height: 1400 }] },
];
