import { below, child, children, nameOf, type Node, parseTypeScript, stringOf } from './syntax.ts';

/** A place in the sources that makes an error or a refusal. */
interface CodeSite {
  readonly code: string;
  /** `null` where the place does not say it: a refusal is always about what a student handed in. */
  readonly owner: string | null;
  readonly file: string;
}

/** What a scan found; `unclear` are the places whose code it could not work out. */
export interface Scan {
  readonly sites: readonly CodeSite[];
  readonly unclear: readonly string[];
}

/** A function and where it stands. */
interface Scope {
  readonly file: string;
  readonly name: string | null;
  readonly parameters: readonly Node[];
  readonly body: Node;
  readonly program: Node;
}

/** Codes that an expression can be: known ones, and those that its function is called with, between two texts. */
interface Codes {
  readonly values: readonly string[];
  readonly parameters: readonly { index: number; before: string; after: string }[];
}

/** A function that makes errors whose code is (a part of) an argument. */
interface Maker {
  readonly file: string;
  readonly name: string;
  readonly index: number;
  readonly before: string;
  readonly after: string;
  readonly owner: string | null;
}

/** An expression that is a code, and whose problem it is. */
interface Place {
  readonly expression: Node;
  readonly owner: string | null;
  readonly scope: Scope;
}

/**
 * Finds the codes of all errors: in objects with `code` and `fix`, and in calls of functions that hand their argument
 * to such an object. Texts are put together where a code is a template.
 */
export function scanSources(sources: ReadonlyMap<string, string>): Scan {
  const places: Place[] = [];
  const declared = new Set<string>();
  const calls: { callee: string; call: Node; scope: Scope }[] = [];
  for (const [file, text] of sources) {
    const program = parseTypeScript(text);
    visit(program, { file, name: null, parameters: [], body: program, program });
  }

  function visit(node: Node, scope: Scope): void {
    if (node.type === 'ObjectExpression') {
      const fields = fieldsOf(node);
      const code = fields.get('code');
      const owner = stringOf(fields.get('owner') ?? null);
      if (code !== undefined && fields.has('fix')) places.push({ expression: code, owner, scope });
    }
    const callee = node.type === 'CallExpression' ? nameOf(child(node, 'callee')) : null;
    if (callee !== null) calls.push({ callee, call: node, scope });
    const inner = functionIn(node, scope) ?? scope;
    if (inner !== scope) declared.add(`${inner.file} ${inner.name}`);
    for (const next of below(node)) visit(next, inner);
  }

  const sites: CodeSite[] = [];
  const unclear: string[] = [];
  const makers: Maker[] = [];
  const settle = ({ expression, owner, scope }: Place): void => {
    const codes = codesOf(expression, scope);
    if (codes === null) {
      if (!passesOn(expression, scope)) unclear.push(`${scope.file}: ${expression.type}`);
      return;
    }
    for (const code of codes.values) sites.push({ code, owner, file: scope.file });
    for (const parameter of codes.parameters) {
      const { file, name } = scope;
      if (name === null) unclear.push(`${file}: a code from a function without a name`);
      else makers.push({ file, name, ...parameter, owner });
    }
  };
  for (const place of places) settle(place);
  // The list grows while it is read: a maker may be called by a function that is one itself.
  for (const maker of makers) {
    for (const { callee, call, scope } of calls) {
      if (callee !== maker.name) continue;
      // A file's own function of that name is the one that it calls.
      if (scope.file !== maker.file && declared.has(`${scope.file} ${callee}`)) continue;
      const argument = children(call, 'arguments')[maker.index];
      if (argument !== undefined) {
        const { before, after } = maker;
        const expression = before + after === '' ? argument : template(before, argument, after);
        settle({ expression, owner: maker.owner, scope });
      }
    }
  }
  return { sites, unclear };
}

/** Whether an expression hands on the code of an error that another place made, or describes what a code is. */
function passesOn(expression: Node, scope: Scope): boolean {
  if (expression.type === 'CallExpression') {
    return nameOf(child(child(expression, 'callee') ?? expression, 'object')) === 'z';
  }
  const name = nameOf(expression);
  return expression.type === 'MemberExpression' || (name !== null && unpacks(scope.body, name));
}

/** Whether a name comes out of an object in this function: `const { code } = error`, or a parameter `{ code }`. */
function unpacks(node: Node, name: string): boolean {
  if (node.type === 'ObjectPattern') {
    return children(node, 'properties').some((property) => nameOf(child(property, 'key')) === name);
  }
  return below(node).some((next) => unpacks(next, name));
}

function fieldsOf(object: Node): ReadonlyMap<string, Node> {
  const fields = new Map<string, Node>();
  for (const property of children(object, 'properties')) {
    const key = nameOf(child(property, 'key'));
    const value = child(property, 'value');
    if (key !== null && value !== null) fields.set(key, value);
  }
  return fields;
}

function functionIn(node: Node, { file, program }: Scope): Scope | null {
  const holder = node.type === 'VariableDeclarator' ? child(node, 'init') : node;
  if (holder === null || !/^(FunctionDeclaration|ArrowFunctionExpression)$/u.test(holder.type))
    return null;
  const name = nameOf(child(node, 'id'));
  if (name === null) return null;
  return { file, name, parameters: children(holder, 'params'), body: holder, program };
}

function template(before: string, expression: Node, after: string): Node {
  const quasi = (cooked: string): Node => ({ type: 'TemplateElement', value: { cooked } });
  return {
    type: 'TemplateLiteral',
    quasis: [quasi(before), quasi(after)],
    expressions: [expression],
  };
}

/** What an expression can be, or `null` where that cannot be said. */
function codesOf(expression: Node, scope: Scope): Codes | null {
  const text = stringOf(expression);
  if (text !== null) return { values: [text], parameters: [] };
  if (expression.type === 'ConditionalExpression') {
    return either(expression, ['consequent', 'alternate'], scope);
  }
  if (expression.type === 'TemplateLiteral') return codesOfTemplate(expression, scope);
  const name = nameOf(expression);
  if (name === null) return null;
  const index = scope.parameters.findIndex((parameter) => parameterName(parameter) === name);
  const parameter = scope.parameters[index];
  if (parameter === undefined) {
    const value = constantIn(scope.body, name) ?? constantIn(scope.program, name);
    return value === null ? null : codesOf(value, scope);
  }
  const values = literalsOf(parameter);
  return values.length > 0
    ? { values, parameters: [] }
    : { values: [], parameters: [{ index, before: '', after: '' }] };
}

function either(expression: Node, fields: readonly string[], scope: Scope): Codes | null {
  const all = fields.map((field) => {
    const branch = child(expression, field);
    return branch === null ? null : codesOf(branch, scope);
  });
  const known = all.filter((codes) => codes !== null);
  if (known.length < all.length) return null;
  return {
    values: known.flatMap(({ values }) => values),
    parameters: known.flatMap(({ parameters }) => parameters),
  };
}

function codesOfTemplate(expression: Node, scope: Scope): Codes | null {
  const [before = '', after = '', ...more] = children(expression, 'quasis').map(({ value }) =>
    typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '',
  );
  const [hole] = children(expression, 'expressions');
  if (hole === undefined) return { values: [before], parameters: [] };
  const codes = more.length > 0 ? null : codesOf(hole, scope);
  if (codes === null) return null;
  return {
    values: codes.values.map((value) => before + value + after),
    parameters: codes.parameters.map((parameter) => ({
      index: parameter.index,
      before: before + parameter.before,
      after: parameter.after + after,
    })),
  };
}

function parameterName(parameter: Node): string | null {
  return nameOf(parameter) ?? nameOf(child(parameter, 'left'));
}

/** The strings of a parameter whose type is a union of literals. */
function literalsOf(parameter: Node): string[] {
  const annotation = child(parameter, 'typeAnnotation');
  const type = annotation === null ? null : child(annotation, 'typeAnnotation');
  if (type === null) return [];
  const members = type.type === 'TSUnionType' ? children(type, 'types') : [type];
  return members.flatMap((member) => stringOf(child(member, 'literal')) ?? []);
}

function constantIn(node: Node, name: string): Node | null {
  if (node.type === 'VariableDeclarator' && nameOf(child(node, 'id')) === name) {
    return child(node, 'init');
  }
  for (const next of below(node)) {
    const found = constantIn(next, name);
    if (found !== null) return found;
  }
  return null;
}
