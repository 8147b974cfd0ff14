import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoSlots, DAY_MINUTES, QUARTER_HOUR_MINUTES } from '../../../main/usage/rollups/slots.ts';
import { Temporal } from '../../../shared/dates.ts';

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const cut = (from: string, until: string) => cutIntoSlots({ fromMs: ms(from), untilMs: ms(until) });
const quarters = (first: number, next: number) => ({ spanMinutes: 15, first, next });
const days = (first: number, next: number) => ({ spanMinutes: 1440, first, next });

describe('a span of time cut into slots', () => {
  it('is whole days where it begins and ends with them', () => {
    // 1 May 2023 is day 19478 since 1970.
    expect(cut('2023-05-01T00:00:00Z', '2023-06-01T00:00:00Z')).toEqual({ slotRanges: [days(19478, 19509)], raggedEdges: [] });
  });

  it('is quarters of an hour, days and quarters of an hour where a zone begins its days at :30', () => {
    // Kolkata's 2 May: 18:30 of the 1st to 18:30 of the 3rd UTC is 22 quarters, a day and 74 quarters.
    expect(cut('2023-05-01T18:30:00Z', '2023-05-03T18:30:00Z')).toEqual({
      slotRanges: [quarters(1_869_962, 1_869_984), days(19479, 19480), quarters(1_870_080, 1_870_154)],
      raggedEdges: [],
    });
  });

  it('has ragged edges where it begins or ends inside a quarter of an hour', () => {
    expect(cut('2023-05-01T00:01:00Z', '2023-05-01T00:44:59Z')).toEqual({
      slotRanges: [quarters(1_869_889, 1_869_890)],
      raggedEdges: [
        { fromMs: ms('2023-05-01T00:01:00Z'), untilMs: ms('2023-05-01T00:15:00Z') },
        { fromMs: ms('2023-05-01T00:30:00Z'), untilMs: ms('2023-05-01T00:44:59Z') },
      ],
    });
  });

  it.each([
    ['inside one quarter of an hour', '2023-05-01T00:01:00Z', '2023-05-01T00:14:00Z'],
    ['over a boundary', '2023-05-01T00:14:00Z', '2023-05-01T00:16:00Z'],
  ])('is one ragged edge, or two, %s', (_, from, until) => {
    const { slotRanges, raggedEdges } = cut(from, until);
    expect(slotRanges).toEqual([]);
    expect([raggedEdges[0]?.fromMs, raggedEdges.at(-1)?.untilMs]).toEqual([ms(from), ms(until)]);
  });

  it('is nothing where it ends before it begins', () => {
    expect(cut('2023-05-02T00:00:00Z', '2023-05-01T00:00:00Z')).toEqual({ slotRanges: [], raggedEdges: [] });
  });

  it('is tiled without gap or overlap', () => {
    const instant = fc.integer({ min: 0, max: 4 * 86_400 }).map((second) => second * 1000);
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const range = { fromMs: Math.min(one, other), untilMs: Math.max(one, other) };
        const { slotRanges, raggedEdges } = cutIntoSlots(range);
        const pieces = [
          ...raggedEdges.map(({ fromMs, untilMs }) => [fromMs, untilMs] as const),
          ...slotRanges.map(({ spanMinutes, first, next }) => [first * spanMinutes * 60_000, next * spanMinutes * 60_000] as const),
        ].sort(([a], [b]) => a - b);
        const ends = [range.fromMs, ...pieces.map(([, end]) => end)];
        expect(pieces.map(([start]) => start)).toEqual(ends.slice(0, -1));
        expect(ends.at(-1)).toBe(range.untilMs);
        expect(slotRanges.every(({ spanMinutes }) => spanMinutes === QUARTER_HOUR_MINUTES || spanMinutes === DAY_MINUTES)).toBe(true);
      }),
    );
  });
});
