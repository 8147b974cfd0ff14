import { Decimal, isDecimalText, ONE } from './decimal.ts';

// Tiers as they are written on a screen: only "up to" is typed, where a tier begins follows from the one before it.

/** How the next tier's `from_value` is written: one after the previous `to_value`, or touching it. Rule: pricing.md § 5 "graduated". */
export type BoundWriting = 'classic' | 'touching';

/** Where the next tier begins; null while the end of this one is no number. */
export function fromValueAfter(toText: string, writing: BoundWriting): string | null {
  if (!isDecimalText(toText)) return null;
  const to = new Decimal(toText);
  return (writing === 'classic' ? to.plus(ONE) : to).toFixed();
}

/** The end of a new tier that halves another one: the middle of its bounds, whole where they are; null for an open or unfinished one. */
export function middleOf(fromText: string, toText: string): string | null {
  if (!isDecimalText(fromText) || !isDecimalText(toText)) return null;
  const [from, to] = [new Decimal(fromText), new Decimal(toText)];
  const middle = from.plus(to).div(2);
  const end = from.isInteger() && to.isInteger() ? middle.floor() : middle;
  return end.gt(from) && end.lt(to) ? end.toFixed() : null;
}

/** An end for a tier behind one that ended here: twice as far. */
export function doubleOf(toText: string): string | null {
  return isDecimalText(toText) && new Decimal(toText).gt(0) ? new Decimal(toText).times(2).toFixed() : null;
}

/** The writing that ranges came in with; classic where nothing tells. */
export function writingOf(ranges: readonly { readonly from_value?: unknown; readonly to_value?: unknown }[]): BoundWriting {
  const isTouching = ranges.some((range, index) => index > 0 && range.from_value === ranges[index - 1]?.to_value);
  return isTouching ? 'touching' : 'classic';
}
