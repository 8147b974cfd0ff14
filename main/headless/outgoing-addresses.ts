import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Addresses that no user's server has: link-local ones, where clouds keep the credentials of a machine, and the few that they keep
 * elsewhere. Loopback and private networks stay open: the user's own backend is there. Rule: reliability-and-security.md § 4.
 */
const REFUSED = addressList([
  ['169.254.0.0', 16, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  // Amazon's metadata over IPv6, Alibaba's, Azure's and Oracle's.
  ['fd00:ec2::254', 128, 'ipv6'],
  ['100.100.100.200', 32, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
]);

/** Loopback, and the wildcards, which lead to it. */
const OWN_MACHINE = addressList([
  ['127.0.0.0', 8, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['::', 128, 'ipv6'],
]);

type Family = 'ipv4' | 'ipv6';

function addressList(ranges: readonly (readonly [string, number, Family])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of ranges) list.addSubnet(network, prefix, family);
  return list;
}

/** Whether an address may be dialled. `ownPort` is where this program itself answers, under whatever name of the machine. */
export function isDialable(address: string, port: number, ownPort: number | null): boolean {
  const plain = address.replace(/%.*$/, '');
  const forms = [plain, ...embeddedIpv4(plain)];
  if (forms.some((form) => contains(REFUSED, form))) return false;
  return port !== ownPort || !forms.some(isOwnAddress);
}

function isOwnAddress(address: string): boolean {
  if (contains(OWN_MACHINE, address)) return true;
  const own = new BlockList();
  for (const entry of Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])) {
    own.addAddress(entry.address, entry.family === 'IPv6' ? 'ipv6' : 'ipv4');
  }
  return contains(own, address);
}

function contains(list: BlockList, address: string): boolean {
  if (isIPv4(address)) return list.check(address, 'ipv4');
  return isIPv6(address) && list.check(address, 'ipv6');
}

/** The IPv4 addresses that an IPv6 one may be delivered to: mapped, compatible, translated (NAT64) and 6to4. */
function embeddedIpv4(address: string): readonly string[] {
  if (!isIPv6(address)) return [];
  const groups = groupsOf(address);
  const isZero = (from: number, to: number): boolean => groups.slice(from, to).every((group) => group === 0);
  const pairs: [number, number][] = [];
  if (isZero(0, 5) && (groups[5] === 0xffff || groups[5] === 0)) pairs.push([6, 7]);
  if (groups[0] === 0x64 && groups[1] === 0xff9b) pairs.push([6, 7]);
  if (groups[0] === 0x2002) pairs.push([1, 2]);
  return pairs.map(([high, low]) => [groups[high] ?? 0, groups[low] ?? 0].flatMap((group) => [group >> 8, group & 0xff]).join('.'));
}

/** The eight groups; `new URL` writes every form of an IPv6 address in one way, without dots. */
function groupsOf(address: string): readonly number[] {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const read = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [read(head), read(tail ?? '')];
  return tail === undefined ? before : [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}
