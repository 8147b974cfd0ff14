import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { isDialable } from '../../main/headless/outgoing-addresses.ts';

const OWN_PORT = 3000;
const OTHER_PORT = 9000;

describe('an address', () => {
  test.each([
    ['169.254.169.254', 'the metadata address of most clouds'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local over IPv6'],
    ['fe80::1%eth0', 'link-local with its interface'],
    ['febf:ffff::1', 'the end of the link-local range'],
    ['::ffff:169.254.169.254', 'IPv4 mapped into IPv6'],
    ['::ffff:a9fe:a9fe', 'the same in hexadecimal'],
    ['::169.254.169.254', 'IPv4-compatible'],
    ['64:ff9b::a9fe:a9fe', 'translated by NAT64'],
    ['2002:a9fe:a9fe::1', 'routed by 6to4'],
    ['fd00:ec2::254', "Amazon's metadata over IPv6"],
    ['100.100.100.200', "Alibaba's metadata"],
    ['168.63.129.16', "Azure's wire server"],
    ['192.0.0.192', "Oracle's metadata"],
  ])('%s is never dialled: %s', (address) => {
    expect([isDialable(address, OTHER_PORT, OWN_PORT), isDialable(address, 80, null)]).toEqual([false, false]);
  });

  test.each([
    '127.0.0.1',
    '::1',
    '10.0.0.7',
    '172.16.3.4',
    '192.168.1.20',
    'fd12:3456::7',
    '93.184.216.34',
    '2606:2800:220:1::7',
    '169.253.255.255',
    'fec0::1',
  ])('%s is dialled', (address) => {
    expect(isDialable(address, OTHER_PORT, OWN_PORT)).toBe(true);
  });

  test.each(['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    '%s is dialled on every port but our own',
    (address) => {
      expect([
        isDialable(address, OTHER_PORT, OWN_PORT),
        isDialable(address, OWN_PORT, OWN_PORT),
        isDialable(address, OWN_PORT, null),
      ]).toEqual([true, false, true]);
    },
  );

  test("our own port is refused under every name of this machine, and is anybody else's to use", () => {
    const own = Object.values(networkInterfaces()).flatMap((entries) => entries?.map((entry) => entry.address) ?? []);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((address) => isDialable(address, OWN_PORT, OWN_PORT))).toEqual([]);
    expect(isDialable('192.0.2.77', OWN_PORT, OWN_PORT)).toBe(true);
  });
});
