import { expect, test } from 'vitest';
import { outcomeOfOptionalCheck } from '../../build/outcomes.ts';
import { chooseSmoke, type SmokeFacts } from '../../build/smoke-choice.ts';

const DESK: SmokeFacts = { packaged: undefined, electron: '/e/electron', platform: 'linux', environment: { DISPLAY: ':0' }, isRoot: false };

test.each<[string, Partial<SmokeFacts>, object]>([
  ['the packaged app that is named', { packaged: '/a/meterbook', electron: null }, { kind: 'packaged', binary: '/a/meterbook' }],
  ['the built app in the fetched Electron', {}, { kind: 'built', binary: '/e/electron' }],
  ['macOS without asking for a display', { platform: 'darwin', environment: {} }, { kind: 'built', binary: '/e/electron' }],
])('the desktop smoke test runs on %s', (_name, facts, choice) => {
  expect(chooseSmoke({ ...DESK, ...facts })).toEqual(choice);
});

test.each<[string, Partial<SmokeFacts>, RegExp]>([
  ['Electron', { electron: null }, /^Electron's program is not here/],
  ['a display', { environment: {} }, /^there is no display/],
  ['a user', { isRoot: true }, /root$/],
])('without %s it says why it does not run', (_name, facts, why) => {
  expect(chooseSmoke({ ...DESK, ...facts })).toEqual({ kind: 'none', why: expect.stringMatching(why) as string });
});

test('a check that could not run is a note, neither passed nor failed; one that ran counts', () => {
  expect(outcomeOfOptionalCheck({ status: 0, output: 'not run: there is no display\n0 passed, 0 failed\n' })).toEqual({
    passed: 0,
    failed: 0,
    notes: ['not run: there is no display'],
  });
  expect(outcomeOfOptionalCheck({ status: 0, output: '5 passed, 0 failed\n' })).toEqual({ passed: 5, failed: 0, notes: [] });
  expect(outcomeOfOptionalCheck({ status: 1, output: 'x\n' })).toMatchObject({ passed: 0, failed: 1 });
  // A check that did nothing and does not say why has failed.
  expect(outcomeOfOptionalCheck({ status: 0, output: '0 passed, 0 failed\n' })).toMatchObject({ failed: 1 });
});
