import { describe, expect, it } from 'vitest';
import { LOOPBACK_NAMES, LoopbackGuard } from '../../main/api/loopback-guard.ts';

const guard = new LoopbackGuard(LOOPBACK_NAMES, 3000);

describe('a request is judged by the headers as they were sent', () => {
  it.each([
    [['Host', '127.0.0.1:3000'], 'pass'],
    [['host', 'localhost:3000'], 'pass'],
    [['HOST', '[::1]:3000'], 'pass'],
    [['Host', 'evil.example:3000'], 'foreign_host'],
    [['Host', '127.0.0.1.evil.example:3000'], 'foreign_host'],
    [['Host', '127.0.0.1:3001'], 'foreign_host'],
    [['Host', '127.0.0.1'], 'foreign_host'],
    [['Host', 'LOCALHOST:3000'], 'foreign_host'],
    [['Host', 'localhost.:3000'], 'foreign_host'],
    [['Host', '127.1:3000'], 'foreign_host'],
    [['Host', '2130706433:3000'], 'foreign_host'],
    [['Host', '0.0.0.0:3000'], 'foreign_host'],
    [['Host', 'user@localhost:3000'], 'foreign_host'],
    [['Host', ''], 'foreign_host'],
    [[], 'foreign_host'],
    [['Accept', '*/*'], 'foreign_host'],
    [['Host', '127.0.0.1:3000', 'Host', '127.0.0.1:3000'], 'foreign_host'],
    [['Host', '127.0.0.1:3000', 'host', 'evil.example'], 'foreign_host'],
    [['Host', '127.0.0.1:3000', 'Origin', 'http://127.0.0.1:3000'], 'pass'],
    [['Host', '127.0.0.1:3000', 'Origin', 'http://localhost:3000'], 'pass'],
    [['Host', '127.0.0.1:3000', 'Origin', 'https://127.0.0.1:3000'], 'foreign_origin'],
    [['Host', '127.0.0.1:3000', 'Origin', 'http://127.0.0.1:3001'], 'foreign_origin'],
    [['Host', '127.0.0.1:3000', 'Origin', 'https://evil.example'], 'foreign_origin'],
    [['Host', '127.0.0.1:3000', 'Origin', 'null'], 'foreign_origin'],
    [['Host', '127.0.0.1:3000', 'Origin', ''], 'foreign_origin'],
    [['Origin', 'https://evil.example', 'Host', '127.0.0.1:3000'], 'foreign_origin'],
    [['Origin', 'https://evil.example', 'Host', 'evil.example'], 'foreign_host'],
    [['Origin', 'http://127.0.0.1:3000', 'origin', 'https://evil.example', 'Host', '127.0.0.1:3000'], 'foreign_origin'],
  ])('%j → %s', (rawHeaders, expected) => {
    expect(guard.judge(rawHeaders)).toBe(expected);
  });

  it('on port 80, which clients leave out, both spellings are ours', () => {
    const onPort80 = new LoopbackGuard(LOOPBACK_NAMES, 80);
    expect(onPort80.judge(['Host', '127.0.0.1'])).toBe('pass');
    expect(onPort80.judge(['Host', '127.0.0.1:80'])).toBe('pass');
    expect(onPort80.judge(['Host', 'localhost', 'Origin', 'http://localhost'])).toBe('pass');
  });

  it.each([
    ['http://127.0.0.1:3000/api/v1/plans', true],
    ['http://localhost:3000', true],
    ['http://evil.example/api/v1/plans', false],
    ['http://127.0.0.1:3000@evil.example/', false],
    ['https://127.0.0.1:3000/', false],
    ['*', false],
  ])('an absolute address is ours or not: %s', (address, expected) => {
    expect(guard.isOwnAddress(address)).toBe(expected);
  });
});
