import { Secret } from '../../shared/secret.ts';
import type { StripeSettings } from '../engine.ts';
import { CommandError, EXIT } from './exit-status.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a key may be sent in clear text: nowhere but to this machine. */
const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** Reads the `STRIPE_…` variables. Keys from here are used and never stored. Rule: payments-and-webhooks.md § 2. */
export function readStripeSettings(environment: Environment): StripeSettings {
  const host = textOf(environment['STRIPE_API_HOST']) ?? undefined;
  return {
    address: { host, port: portOf(environment['STRIPE_API_PORT']), protocol: protocolOf(environment['STRIPE_API_PROTOCOL'], host) },
    secretKey: secretOf(environment['STRIPE_SECRET_KEY']),
    webhookSecret: secretOf(environment['STRIPE_WEBHOOK_SECRET']),
  };
}

function textOf(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

function secretOf(value: string | undefined): Secret | null {
  const text = textOf(value);
  return text === null ? null : new Secret(text);
}

function portOf(value: string | undefined): number | undefined {
  const text = textOf(value);
  if (text === null) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new CommandError(EXIT.usage, `STRIPE_API_PORT is a number from 1 to 65535, not "${text}".`);
}

function protocolOf(value: string | undefined, host: string | undefined): 'http' | 'https' | undefined {
  const text = textOf(value);
  if (text === null || text === 'https') return text ?? undefined;
  if (text !== 'http') throw new CommandError(EXIT.usage, `STRIPE_API_PROTOCOL is http or https, not "${text}".`);
  if (host !== undefined && OWN_HOSTS.has(host)) return text;
  throw new CommandError(
    EXIT.usage,
    'STRIPE_API_PROTOCOL may be http only where STRIPE_API_HOST is this machine: keys would travel in clear text.',
  );
}
