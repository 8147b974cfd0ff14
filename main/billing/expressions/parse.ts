import { Decimal } from '../../../shared/decimal.ts';
import { readTokens, type Token } from './tokens.ts';

/** What a billable metric computes per event instead of reading one property. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Decimal | string }
  | { readonly kind: 'code' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'negation'; readonly of: Expression }
  | { readonly kind: 'arithmetic'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly values: readonly Expression[] };

export type Operator = '+' | '-' | '*' | '/';

/** Functions and how many values each takes at least and at most. */
const FUNCTIONS = { concat: [1, 100], ceil: [1, 2], floor: [1, 2], round: [1, 2] } as const;
export type FunctionName = keyof typeof FUNCTIONS;

/** Both limits keep a request from stopping the engine; no formula of a person comes near them. */
const MAX_LENGTH = 2_000;
const MAX_DEPTH = 50;

/**
 * Reads `round(event.properties.ms / 1000, 2)`: + - * /, parentheses, numbers, quoted text, `event.code`, `event.timestamp`,
 * `event.properties.x`, and `concat`, `ceil`, `floor`, `round` in any case. Null when the text is no such expression.
 * Rule: api.md § 3, `expression`.
 */
export function parseExpression(text: string): Expression | null {
  if (text.length > MAX_LENGTH) return null;
  const tokens = readTokens(text);
  if (tokens === null) return null;
  const reader = new Reader(tokens);
  const expression = readSum(reader, 0);
  return expression !== null && reader.isAtEnd() ? expression : null;
}

/** Tokens with a place in them. */
class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  take(): Token | undefined {
    return this.#tokens[this.#next++];
  }

  /** Takes the next token if it is this sign. */
  takeSign(...signs: readonly string[]): string | null {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.#next++;
    return token.text;
  }
}

function readSum(reader: Reader, depth: number): Expression | null {
  return readChain(reader, { signs: ['+', '-'], readPart: () => readProduct(reader, depth) });
}

function readProduct(reader: Reader, depth: number): Expression | null {
  return readChain(reader, { signs: ['*', '/'], readPart: () => readValue(reader, depth) });
}

/** Parts joined by operators of one rank, from left to right: 8 - 3 - 2 is 3. */
function readChain(
  reader: Reader,
  chain: { readonly signs: readonly Operator[]; readonly readPart: () => Expression | null },
): Expression | null {
  let left = chain.readPart();
  while (left !== null) {
    const operator = reader.takeSign(...chain.signs) as Operator | null;
    if (operator === null) return left;
    const right = chain.readPart();
    left = right === null ? null : { kind: 'arithmetic', operator, left, right };
  }
  return null;
}

function readValue(reader: Reader, depth: number): Expression | null {
  if (depth > MAX_DEPTH) return null;
  if (reader.takeSign('-') !== null) {
    const of = readValue(reader, depth + 1);
    return of === null ? null : { kind: 'negation', of };
  }
  if (reader.takeSign('(') !== null) {
    const inner = readSum(reader, depth + 1);
    return reader.takeSign(')') === null ? null : inner;
  }
  const token = reader.take();
  switch (token?.kind) {
    case 'number':
      return { kind: 'literal', value: new Decimal(token.text) };
    case 'text':
      return { kind: 'literal', value: token.text };
    case 'name':
      return reader.takeSign('(') === null ? readAttribute(token.text) : readCall(reader, token.text, depth);
    default:
      return null;
  }
}

function readAttribute(name: string): Expression | null {
  if (name === 'event.code') return { kind: 'code' };
  if (name === 'event.timestamp') return { kind: 'timestamp' };
  const property = /^event\.properties\.([^.]+)$/.exec(name)?.[1];
  return property === undefined ? null : { kind: 'property', name: property };
}

function readCall(reader: Reader, name: string, depth: number): Expression | null {
  const known = (Object.keys(FUNCTIONS) as FunctionName[]).find((each) => each === name.toLowerCase());
  if (known === undefined) return null;
  const values: Expression[] = [];
  do {
    const value = readSum(reader, depth + 1);
    if (value === null) return null;
    values.push(value);
  } while (reader.takeSign(',') !== null);
  const [least, most] = FUNCTIONS[known];
  if (reader.takeSign(')') === null || values.length < least || values.length > most) return null;
  return { kind: 'call', name: known, values };
}
