import { pageOf, type Page } from '../../shared/page.ts';

const TRUE_TEXTS = new Set(['true', '1', 't', 'yes', 'y', 'on']);
const FALSE_TEXTS = new Set(['false', '0', 'f', 'no', 'n', 'off']);
const INTEGER_TEXT = /^[+-]?\d{1,16}$/;
const LIST_KEY = /^(.*)\[\d*\]$/;
const NESTED_KEY = /^([^[\]]+)\[([^\]]+)\]$/;

/**
 * The query of a request, by decoded key. A list filter may be spelled `k=a`, `k=a&k=b`, `k[]=a&k[]=b` or `k[0]=a`: all mean
 * the same. Unknown keys are simply never asked for. Rule: api.md § 1, traps 3.
 */
export class QueryValues {
  readonly #pairs: readonly (readonly [string, string])[];

  constructor(rawQuery: string) {
    this.#pairs = rawQuery === '' ? [] : [...new URLSearchParams(rawQuery)];
  }

  /** The value of a key, the last one when it is repeated; undefined when the key was not sent. */
  text(key: string): string | undefined {
    return this.list(key)?.at(-1);
  }

  /** Every value of a list filter in the order sent; undefined when the key was not sent. */
  list(key: string): readonly string[] | undefined {
    const values = this.#pairs.filter(([name]) => name === key || LIST_KEY.exec(name)?.[1] === key).map(([, value]) => value);
    return values.length === 0 ? undefined : values;
  }

  /** True or false; undefined when absent or empty; `invalid` for anything else. */
  boolean(key: string): boolean | undefined | 'invalid' {
    const text = this.text(key)?.trim().toLowerCase();
    if (text === undefined || text === '') return undefined;
    if (TRUE_TEXTS.has(text)) return true;
    return FALSE_TEXTS.has(text) ? false : 'invalid';
  }

  /** A whole number; undefined when absent or empty; `invalid` for anything else. */
  integer(key: string): number | undefined | 'invalid' {
    const text = this.text(key)?.trim();
    if (text === undefined || text === '') return undefined;
    const value = Number(text);
    return INTEGER_TEXT.test(text) && Number.isSafeInteger(value) ? value : 'invalid';
  }

  /** The pairs of a nested filter: `metadata[color]=red` gives `{ color: 'red' }`. Empty when there are none. */
  nested(key: string): ReadonlyMap<string, string> {
    const pairs = new Map<string, string>();
    for (const [name, value] of this.#pairs) {
      const match = NESTED_KEY.exec(name);
      if (match?.[1] === key && match[2] !== undefined) pairs.set(match[2], value);
    }
    return pairs;
  }

  /** Page and page size, with what is not a number from 1 on replaced by the default. */
  page(): Page {
    return pageOf({ page: this.#count('page'), perPage: this.#count('per_page') });
  }

  #count(key: string): number | undefined {
    const value = this.integer(key);
    return value === 'invalid' ? undefined : value;
  }
}
