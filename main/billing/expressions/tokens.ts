export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

const SPACE = /\s+/y;
const NUMBER = /\d+(\.\d+)?/y;
const TEXT = /'[^']*'|"[^"]*"/y;
const NAME = /[A-Za-z_]\w*(\.[A-Za-z_]\w*)*/y;
const SIGN = /[+\-*/(),]/y;

/** Splits an expression into numbers, quoted texts (without their quotes), dotted names and signs; null at anything else. */
export function readTokens(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let position = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) position += found.length;
    return found;
  };
  while (position < text.length) {
    if (take(SPACE) !== null) continue;
    const token = readToken(take);
    if (token === null) return null;
    tokens.push(token);
  }
  return tokens;
}

function readToken(take: (pattern: RegExp) => string | null): Token | null {
  const number = take(NUMBER);
  if (number !== null) return { kind: 'number', text: number };
  const quoted = take(TEXT);
  if (quoted !== null) return { kind: 'text', text: quoted.slice(1, -1) };
  const name = take(NAME);
  if (name !== null) return { kind: 'name', text: name };
  const sign = take(SIGN);
  return sign === null ? null : { kind: 'sign', text: sign };
}
