import type { OnnxGraphBuilder } from '../graph-builder.ts';
import type { Operator } from '../node.ts';

/** Operators by their names in ONNX. */
export type Operators = Readonly<Record<string, Operator<OnnxGraphBuilder>>>;
