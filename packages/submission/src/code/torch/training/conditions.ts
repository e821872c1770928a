import type { Expression } from '../../syntax.ts';
import type { Value } from './values.ts';

/** Whether a condition holds, where constants and arguments say so; `null` where nobody knows. */
export function holds(
  condition: Expression,
  valueOf: (expression: Expression) => Value,
): boolean | null {
  switch (condition.kind) {
    case 'not': {
      const inner = holds(condition.operand, valueOf);
      return inner === null ? null : !inner;
    }
    case 'binary': {
      const { operator, left, right } = condition;
      if (operator === 'and' || operator === 'or') {
        const [a, b] = [holds(left, valueOf), holds(right, valueOf)];
        const decides = operator === 'or';
        if (a === decides || b === decides) return decides;
        return a === null || b === null ? null : !decides;
      }
      return compared(operator, valueOf(left), valueOf(right));
    }
    case 'literal':
    case 'name':
    case 'member': {
      const value = valueOf(condition);
      if (value.type === 'data') return Boolean(value.data);
      return isThing(value) ? true : null;
    }
    default:
      return null;
  }
}

function compared(operator: string, left: Value, right: Value): boolean | null {
  const asksForNone = right.type === 'data' && right.data === null;
  if (asksForNone && (left.type === 'data' || isThing(left))) {
    const isNone = left.type === 'data' && left.data === null;
    if (operator === 'is' || operator === '==') return isNone;
    if (operator === 'is not' || operator === '!=') return !isNone;
  }
  if (left.type !== 'data' || right.type !== 'data') return null;
  if (operator === '==') return left.data === right.data;
  return operator === '!=' ? left.data !== right.data : null;
}

/** An object of some class is there, whatever it is. */
function isThing(value: Value): boolean {
  return (
    value.type === 'function' ||
    value.type === 'class' ||
    (value.type === 'record' && value.of !== null) ||
    (value.type === 'called' && /^torch\.(?:optim|nn|utils)\./u.test(value.path))
  );
}
