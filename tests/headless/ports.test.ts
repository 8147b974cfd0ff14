import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder } from '../../main/headless/data-folder.ts';
import { refusalOfNode } from '../../main/headless/node-version.ts';
import { pinoLogger } from '../../main/headless/pino-logger.ts';
import { RotatingFile } from '../../main/headless/rotating-file.ts';
import { formatUuid, systemRandom } from '../../main/headless/system-random.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { VERSION } from '../../shared/version.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('ids', () => {
  it('are UUIDs of version 7 with the time in front', () => {
    const random = Buffer.from('ffffffffffffffff', 'hex');
    expect(formatUuid({ epochMs: 1672531200000, counter: 5, random })).toBe('01856aa0-c800-7005-bfff-ffffffffffff');
    expect(formatUuid({ epochMs: 1672531200000, counter: 0, random: Buffer.alloc(8) })).toBe('01856aa0-c800-7000-8000-000000000000');
  });

  it('stay in order and differ, also in one millisecond and when the clock goes back', () => {
    const clock = new FakeClock('2023-01-01T00:00:00Z');
    const random = systemRandom(clock);
    const ids = Array.from({ length: 10_000 }, () => random.uuid());
    clock.set('2022-12-31T00:00:00Z');
    ids.push(...Array.from({ length: 100 }, () => random.uuid()));
    expect(ids.filter((id, index) => index > 0 && id <= (ids[index - 1] ?? ''))).toEqual([]);
    expect(new Set(ids).size).toBe(10_100);
  });
});

describe('the log', () => {
  const logged = (facts: Readonly<Record<string, unknown>>): unknown => {
    let line = '';
    const logger = pinoLogger({
      write: (text) => {
        line = text;
      },
    });
    logger.info(facts, 'it happened');
    const { level: _level, time: _time, version: _version, msg: _msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return rest;
  };

  it.each([
    [
      { invoiceId: 'i-1', durationMs: 12, isDone: true },
      { invoiceId: 'i-1', durationMs: 12, isDone: true },
    ],
    [
      { kind: 'invoice_document', code: 'storage_full' },
      { kind: 'invoice_document', code: 'storage_full' },
    ],
    [
      { email: 'a@b.example', customerName: 'Acme', body: '{}' },
      { email: '[hidden]', customerName: '[hidden]', body: '[hidden]' },
    ],
    [{ customer: { email: 'a@b.example' } }, { customer: '[hidden]' }],
    [
      { cents: 12n, eventIds: ['a', 'b'], names: ['Acme'] },
      { cents: '12', eventIds: ['a', 'b'], names: ['[hidden]'] },
    ],
  ])('keeps numbers, ids and known words of %o', (facts, expected) => {
    expect(logged(facts)).toEqual(expected);
  });

  it('says where an error came from, and never what a statement was run with', () => {
    const error = Object.assign(new Error('disk full', { cause: new Error('write') }), {
      code: 'SQLITE_FULL',
      parameters: ['a@b.example'],
    });
    const line = JSON.stringify(logged({ error }));
    expect(line).toContain('SQLITE_FULL');
    expect(line).toContain('ports.test.ts');
    expect(line).toContain('write');
    expect(line).not.toContain('a@b.example');
  });

  it('tells problems to the second listener too', () => {
    const lines: string[] = [];
    const problems: string[] = [];
    const logger = pinoLogger({ write: (line) => lines.push(line), writeProblem: (line) => problems.push(line) });
    logger.info({}, 'one');
    logger.warn({}, 'two');
    logger.error({}, 'three');
    expect([lines.length, problems.length]).toEqual([3, 2]);
  });
});

describe('a log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meterbook-logs-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is kept with four older ones, for its owner alone', () => {
    const file = new RotatingFile(join(folder, 'logs', 'x.log'), 10);
    for (let line = 1; line <= 8; line += 1) file.write(`line ${String(line)}...\n`);
    file.close();
    const names = readdirSync(join(folder, 'logs')).sort();
    expect(names).toEqual(['x.log', 'x.log.1', 'x.log.2', 'x.log.3', 'x.log.4']);
    expect(names.map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))).toEqual(
      [8, 7, 6, 5, 4].map((line) => `line ${String(line)}...\n`),
    );
    expect((statSync(join(folder, 'logs', 'x.log')).mode & 0o777).toString(8)).toBe('600');
  });

  it('is not made before there is something to say', () => {
    new RotatingFile(join(folder, 'logs', 'x.log')).close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes on where an earlier run stopped', () => {
    for (const line of ['one\n', 'two\n']) {
      const file = new RotatingFile(join(folder, 'x.log'));
      file.write(line);
      file.close();
    }
    expect(readFileSync(join(folder, 'x.log'), 'utf8')).toBe('one\ntwo\n');
  });
});

describe('where the workspace lies', () => {
  const linux = { platform: 'linux' as const, asked: undefined, isSandbox: false, environment: {} };

  it.each([
    ['as asked', { ...linux, asked: '/srv/books', environment: { METERBOOK_DATA_DIR: '/other' } }, '/srv/books'],
    ['below the current folder', { ...linux, asked: 'books' }, resolve('books')],
    ['as the environment says', { ...linux, environment: { METERBOOK_DATA_DIR: '/other' } }, '/other'],
    ['in the user data of Linux', { ...linux, environment: { XDG_DATA_HOME: '/home/me/.data' } }, '/home/me/.data/meterbook'],
    [
      'beside it for a sandbox',
      { ...linux, isSandbox: true, environment: { XDG_DATA_HOME: '/home/me/.data' } },
      '/home/me/.data/meterbook-sandbox',
    ],
    ['in the user data of Windows', { ...linux, platform: 'win32' as const, environment: { APPDATA: '/app' } }, '/app/Meterbook'],
  ])('%s', (_name, wishes, expected) => {
    expect(dataFolder(wishes)).toBe(expected);
  });

  it('in the library of a Mac', () => {
    expect(dataFolder({ ...linux, platform: 'darwin' })).toMatch(/\/Library\/Application Support\/Meterbook$/);
  });
});

describe('the version', () => {
  it('is the one of the package', () => {
    expect(VERSION).toBe(packageJson.version);
  });

  it.each([
    ['20.19.0', 'Meterbook needs Node 22 or newer; this is Node 20.19.0. See https://nodejs.org.'],
    ['22.0.0', null],
    ['24.21.0', null],
    ['100.0.0', null],
  ])('of Node may be %s', (version, sentence) => {
    expect(refusalOfNode(version)).toBe(sentence);
  });
});
