import { isCurrencyCode, type CurrencyCode } from '../../shared/currency.ts';
import { parseDate, parseInstant, type Instant, type PlainDate } from '../../shared/dates.ts';
import { invalid, notFound, type Failure } from '../../shared/result.ts';
import { INVALID_DATE, VALUE_IS_INVALID } from '../../shared/wire/error-codes.ts';
import type { QueryValues } from './query.ts';

/** The billing entity that every customer and invoice here belongs to. */
const BILLING_ENTITY_CODE = 'default';

/**
 * Reads the filters of a list. What is left empty filters nothing; what cannot be read is collected, so that all of it is refused at once
 * by `refusal()`. Rule: api.md §§ 8, 9, 10, 14.
 */
export class ListFilters {
  readonly #query: QueryValues;
  readonly #errors: Record<string, readonly string[]> = {};

  constructor(query: QueryValues) {
    this.#query = query;
  }

  /** The text of the first of these keys that was sent. */
  text(...keys: readonly string[]): string | undefined {
    return keys.map((key) => this.#query.text(key)).find((text) => text !== undefined && text !== '');
  }

  /** One word of a closed list. */
  word<const Word extends string>(key: string, words: readonly Word[]): Word | undefined {
    return this.#known(key, this.text(key), words);
  }

  /** Words of a closed list under any of the keys that mean the same; wrong ones are reported under the first key. */
  words<const Word extends string>(keys: readonly [string, ...string[]], words: readonly Word[]): readonly Word[] | undefined {
    const sent = keys.flatMap((key) => this.#query.list(key) ?? []).filter((text) => text !== '');
    if (sent.length === 0) return undefined;
    return sent.flatMap((text) => this.#known(keys[0], text, words) ?? []);
  }

  boolean(key: string): boolean | undefined {
    const value = this.#query.boolean(key);
    return value === 'invalid' ? this.#refuse(key, VALUE_IS_INVALID) : value;
  }

  /** A whole number, as cents are. */
  integer(key: string): number | undefined {
    const value = this.#query.integer(key);
    return value === 'invalid' ? this.#refuse(key, VALUE_IS_INVALID) : value;
  }

  /** A calendar day; anything else is ignored. */
  date(key: string): PlainDate | undefined {
    return parseDate(this.text(key)) ?? undefined;
  }

  instant(key: string): Instant | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    return parseInstant(text) ?? this.#refuse(key, INVALID_DATE);
  }

  currency(key: string): CurrencyCode | undefined {
    const code = this.text(key)?.toUpperCase();
    if (code === undefined) return undefined;
    return isCurrencyCode(code) ? code : this.#refuse(key, VALUE_IS_INVALID);
  }

  /** Pairs of a nested filter: `metadata[color]=red`. */
  nested(key: string): ReadonlyMap<string, string> {
    return this.#query.nested(key);
  }

  /** Why the list is refused; null when every filter could be read. */
  refusal(): Failure | null {
    const entities = (this.#query.list('billing_entity_codes') ?? []).filter((code) => code !== '');
    if (entities.some((code) => code !== BILLING_ENTITY_CODE)) return notFound('billing_entity');
    return Object.keys(this.#errors).length === 0 ? null : invalid(this.#errors);
  }

  #known<const Word extends string>(key: string, text: string | undefined, words: readonly Word[]): Word | undefined {
    if (text === undefined) return undefined;
    return words.find((word) => word === text) ?? this.#refuse(key, VALUE_IS_INVALID);
  }

  #refuse(key: string, code: string): undefined {
    this.#errors[key] = [code];
    return undefined;
  }
}
