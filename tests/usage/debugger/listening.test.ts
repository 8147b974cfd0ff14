import { afterEach, beforeEach, expect, it } from 'vitest';
import { Listening } from '../../../main/usage/debugger/listening.ts';
import { Books } from '../../support/books.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let books: Books;
beforeEach(async () => {
  books = await Books.open('2026-01-10T10:00:00Z');
});
afterEach(() => books.close());

/** A listener whose minutes pass when told. */
function listener(now: string) {
  const clock = new FakeClock(now);
  let beat: () => void = () => undefined;
  const timer = {
    after: (_: number, work: () => void) => {
      beat = work;
      return () => undefined;
    },
  };
  const listening = new Listening({ context: books.context, systemClock: clock, timer });
  const written = () => books.context.database.unitOfWork.idle();
  return { listening, clock, beatNow: () => beat(), written };
}

function gaps(of: Listening): readonly string[] {
  return of.gaps(0).map(({ fromMs, toMs, reason }) => `${reason} ${String((toMs - fromMs) / 1000)} s`);
}

it('a first start leaves no gap, nor does a minute like another', async () => {
  const { listening, clock, beatNow, written } = listener('2026-01-10T10:00:00Z');
  listening.start();
  clock.advance({ minutes: 1 });
  beatNow();
  await written();
  expect(gaps(listening)).toEqual([]);
});

it('a beat that comes an hour late means that the computer slept', async () => {
  const { listening, clock, beatNow, written } = listener('2026-01-10T10:00:00Z');
  listening.start();
  clock.advance({ hours: 1 });
  beatNow();
  await written();
  expect(gaps(listening)).toEqual(['asleep 3600 s']);
});

it('a program that was ended without a word had listened until its last beat', async () => {
  const first = listener('2026-01-10T10:00:00Z');
  first.listening.start();
  first.clock.advance({ minutes: 1 });
  first.beatNow();
  await first.written();
  const second = listener('2026-01-10T10:11:00Z');
  second.listening.start();
  await second.written();
  expect(gaps(second.listening)).toEqual(['crashed 600 s']);
});

it('a restart within two seconds is no gap', async () => {
  const first = listener('2026-01-10T10:00:00Z');
  first.listening.start();
  await first.listening.stop();
  const second = listener('2026-01-10T10:00:01Z');
  second.listening.start();
  await second.written();
  expect(gaps(second.listening)).toEqual([]);
  second.clock.advance({ minutes: 10 });
  await second.listening.stop();
  const third = listener('2026-01-10T11:00:00Z');
  third.listening.start();
  await third.written();
  expect(gaps(third.listening)).toEqual(['closed 2999 s']);
});
