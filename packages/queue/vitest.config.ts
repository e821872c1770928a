import { starting } from '../../vitest.shared.ts';

export default starting;
