import { beforeEach, describe, expect, it } from 'vitest';
import { Authentication, UNKNOWN_CALLER } from '../../main/api/authenticate.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('who is admitted', () => {
  let clock: FakeClock;
  let authentication: Authentication;
  beforeEach(() => {
    clock = new FakeClock('2023-01-01T00:00:00Z');
    authentication = new Authentication((key) => (key === 'right' ? { id: null, name: null } : null), clock);
  });
  const admit = (header: string | null): string => authentication.admit(header, UNKNOWN_CALLER).kind;
  const guess = (times: number): readonly string[] => Array.from({ length: times }, () => admit('Bearer wrong'));

  it.each([
    ['Bearer right', 'admitted'],
    ['bearer right', 'admitted'],
    ['BEARER  right ', 'admitted'],
    ['Bearer wrong', 'unauthorized'],
    ['Bearer', 'unauthorized'],
    ['Bearer ', 'unauthorized'],
    ['right', 'unauthorized'],
    ['Basic right', 'unauthorized'],
    ['Bearer right right', 'unauthorized'],
    ['', 'unauthorized'],
    [null, 'unauthorized'],
  ])('%s: %s', (header, expected) => {
    expect(admit(header)).toBe(expected);
  });

  it('a signed-in browser needs no key', () => {
    expect(authentication.admit(null, { isSignedIn: true }).kind).toBe('admitted');
  });

  it('the twenty-first wrong key in a minute is told to wait for what is left of it', () => {
    expect(new Set(guess(20))).toEqual(new Set(['unauthorized']));
    clock.advance({ seconds: 10 });
    expect(authentication.admit('Bearer wrong', UNKNOWN_CALLER)).toEqual({ kind: 'too_many', waitSeconds: 50 });
  });

  it('a right key passes while wrong ones wait', () => {
    guess(30);
    expect(admit('Bearer right')).toBe('admitted');
  });

  it('no key at all is no guess', () => {
    for (let call = 0; call < 100; call += 1) admit(null);
    expect(admit('Bearer wrong')).toBe('unauthorized');
  });

  it('after a minute wrong keys are counted anew', () => {
    guess(21);
    clock.advance({ seconds: 60 });
    expect(admit('Bearer wrong')).toBe('unauthorized');
  });

  it('a clock set back does not keep anybody waiting', () => {
    guess(21);
    clock.set('2022-01-01T00:00:00Z');
    expect(admit('Bearer wrong')).toBe('unauthorized');
  });
});
