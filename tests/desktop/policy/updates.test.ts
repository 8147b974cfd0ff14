import { describe, expect, test } from 'vitest';
import { failureSentence, mayCheck, mayDownload, nextCheckMs, notesText } from '../../../main/desktop/policy/updates.ts';
import type { UpdateState } from '../../../shared/desktop-bridge.ts';

test('a look a minute after the start, then one a day, none when switched off', () => {
  expect(nextCheckMs({ isDaily: true, hasChecked: false })).toBe(60_000);
  expect(nextCheckMs({ isDaily: true, hasChecked: true })).toBe(86_400_000);
  expect(nextCheckMs({ isDaily: false, hasChecked: false })).toBeNull();
  expect(nextCheckMs({ isDaily: false, hasChecked: true })).toBeNull();
});

const STATES: readonly { readonly state: UpdateState; readonly check: boolean; readonly download: boolean }[] = [
  { state: { kind: 'off' }, check: false, download: false },
  { state: { kind: 'idle', checkedAt: null, isDaily: true }, check: true, download: false },
  { state: { kind: 'checking' }, check: false, download: false },
  { state: { kind: 'available', version: '2.0.0', notes: '' }, check: true, download: true },
  { state: { kind: 'downloading', version: '2.0.0', percent: 4 }, check: false, download: false },
  { state: { kind: 'ready', version: '2.0.0', notes: '' }, check: false, download: false },
  { state: { kind: 'failed', sentence: '' }, check: true, download: false },
];

test.each(STATES)('$state.kind: may look $check, may download $download', ({ state, check, download }) => {
  expect(mayCheck(state)).toBe(check);
  expect(mayDownload(state)).toBe(download);
});

describe('release notes', () => {
  test('are plain text', () => {
    const html =
      '<h2>What is new</h2>\n<ul><li>Faster &amp; smaller</li><li>Fixes</li></ul><script>alert(1)</script><img src=x onerror=alert(1)>';
    expect(notesText(html)).toBe('What is new\n\n• Faster & smaller\n• Fixes\n\nalert(1)');
    expect(notesText(null)).toBe('');
    expect(notesText('a &unknown; b')).toBe('a &unknown; b');
  });

  test('of several versions carry each version', () => {
    const notes = [
      { version: '1.2.0', note: 'Second' },
      { version: '1.1.0', note: null },
    ];
    expect(notesText(notes)).toBe('1.2.0\nSecond\n\n1.1.0');
  });

  test('are cut where they are endless', () => {
    expect(notesText('x'.repeat(50_000))).toHaveLength(20_000);
  });
});

test.each([
  ['check', 'getaddrinfo ENOTFOUND updates.example', /^Meterbook could not look for updates: .* cannot be reached\./],
  ['check', 'net::ERR_INTERNET_DISCONNECTED', /cannot be reached/],
  ['check', 'HttpError: 404', /no usable answer/],
  ['download', 'ETIMEDOUT', /^The update could not be downloaded: .* cannot be reached\./],
  ['download', 'sha512 checksum mismatch', /thrown away/],
  ['download', 'New version 2.0.0 is not signed by the application owner', /thrown away/],
] as const)('%s that failed with "%s" says so without its words', (work, reason, sentence) => {
  const said = failureSentence(work, reason);
  expect(said).toMatch(sentence);
  expect(said).not.toContain(reason);
  expect(said).toContain('This version goes on');
});
