const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SPAN_OF_32_BITS = 2 ** 32;

/** Numbers that look random and are the same on every run for the same words. */
export class SeededDraws {
  #state: number;

  constructor(...words: readonly string[]) {
    let hash = FNV_OFFSET;
    for (const letter of words.join('\0')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), FNV_PRIME);
    this.#state = hash >>> 0;
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor((this.bits32() * (to - from + 1)) / SPAN_OF_32_BITS);
  }

  /** An index, drawn as often as its weight says. */
  weighted(weights: readonly number[]): number {
    let left = this.integer(
      1,
      weights.reduce((sum, weight) => sum + weight, 0),
    );
    return weights.findIndex((weight) => (left -= weight) <= 0);
  }

  /** Mulberry32. */
  bits32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
