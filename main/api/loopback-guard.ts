/** Node's raw header list: name, value, name, value … exactly as they were sent. */
export type RawHeaders = readonly string[];

export type GuardVerdict = 'pass' | 'foreign_host' | 'foreign_origin';

const HTTP_PORT = 80;

/**
 * Keeps web pages out of the local port. A page that rebinds its own name to 127.0.0.1 still sends that name as `Host`, and a page
 * elsewhere still sends its `Origin`. Rule: reliability-and-security.md § 5 "DNS rebinding", "Browser origins".
 */
export class LoopbackGuard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;

  /** `names` are host names and addresses without port; an IPv6 address stands in brackets. */
  constructor(names: readonly string[], port: number) {
    const hosts = names.flatMap((name) => (port === HTTP_PORT ? [`${name}:${String(port)}`, name] : [`${name}:${String(port)}`]));
    this.#hosts = new Set(hosts);
    this.#origins = new Set(hosts.map((host) => `http://${host}`));
  }

  /** Judges the headers as sent: Node joins or drops doubled ones before anybody else could see them. */
  judge(rawHeaders: RawHeaders): GuardVerdict {
    let hosts = 0;
    let verdict: GuardVerdict = 'pass';
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index];
      const value = rawHeaders[index + 1] ?? '';
      if (name === undefined || (name.length !== 4 && name.length !== 6)) continue;
      const lowered = name.toLowerCase();
      if (lowered === 'host') {
        hosts += 1;
        if (!this.#hosts.has(value)) return 'foreign_host';
      } else if (lowered === 'origin' && !this.#origins.has(value)) {
        verdict = 'foreign_origin';
      }
    }
    return hosts === 1 ? verdict : 'foreign_host';
  }

  /** Whether an absolute-form request line (`GET http://host/path`) names this server. */
  isOwnAddress(address: string): boolean {
    const match = /^(http:\/\/[^/?#]+)/.exec(address);
    return match?.[1] !== undefined && this.#origins.has(match[1]);
  }
}

/** The names of this machine's own loopback interface. */
export const LOOPBACK_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
