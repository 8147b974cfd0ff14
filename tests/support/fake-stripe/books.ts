import type { Form } from './form.ts';
import { textAt } from './form.ts';
import { found, type Answer } from './answers.ts';

export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  readonly livemode: false;
  deleted?: true;
  name: string | null;
  email: string | null;
  phone: string | null;
  address: Record<string, string> | null;
  metadata: Record<string, string>;
  default_source: string | null;
  invoice_settings: { default_payment_method: string | null };
}

export interface PaymentMethod {
  readonly id: string;
  readonly object: 'payment_method';
  readonly created: number;
  readonly livemode: false;
  readonly type: string;
  readonly card: Readonly<Record<string, string | number>>;
  customer: string | null;
}

export interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly created: number;
  readonly livemode: false;
  readonly amount: number;
  amount_received: number;
  readonly currency: string;
  readonly customer: string | null;
  payment_method: string | null;
  readonly payment_method_types: readonly string[];
  status: string;
  next_action: object | null;
  last_payment_error: object | null;
  cancellation_reason: string | null;
  latest_charge: string | null;
  readonly description: string | null;
  readonly metadata: Record<string, string>;
}

export interface Session {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly created: number;
  readonly livemode: false;
  readonly mode: 'setup' | 'payment';
  status: 'open' | 'complete' | 'expired';
  readonly customer: string;
  readonly url: string;
  readonly expires_at: number;
  payment_intent: string | null;
  setup_intent: string | null;
}

export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly created: number;
  readonly livemode: false;
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly charge: string | null;
  readonly reason: string | null;
  readonly metadata: Record<string, string>;
  status: 'pending' | 'succeeded' | 'failed';
  failure_reason?: string;
}

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly livemode: false;
  readonly type: string;
  readonly data: { readonly object: Readonly<Record<string, unknown>>; readonly previous_attributes?: object };
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly object: 'webhook_endpoint';
  readonly url: string;
  readonly enabled_events: readonly string[];
  readonly secret: string;
}

/** Everything that the fake knows, and its own clock. */
export class FakeBooks {
  readonly customers = new Map<string, Customer>();
  readonly methods = new Map<string, PaymentMethod>();
  readonly intents = new Map<string, Intent>();
  readonly sessions = new Map<string, Session>();
  /** What a session was asked to charge, and with which metadata. */
  readonly sessionForms = new Map<string, Form>();
  readonly refunds = new Map<string, Refund>();
  readonly endpoints = new Map<string, WebhookEndpoint>();
  readonly events: StripeEvent[] = [];
  readonly #nowSeconds: () => number;
  #ids = 0;

  constructor(nowSeconds: () => number) {
    this.#nowSeconds = nowSeconds;
  }

  now(): number {
    return this.#nowSeconds();
  }

  nextId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}_fake${String(this.#ids).padStart(6, '0')}`;
  }

  /** Notes an event with the object as it is now. */
  emit(type: string, object: object, previous?: object): StripeEvent {
    const data = {
      object: structuredClone(object) as Readonly<Record<string, unknown>>,
      ...(previous === undefined ? {} : { previous_attributes: previous }),
    };
    const event: StripeEvent = {
      id: this.nextId('evt'),
      object: 'event',
      api_version: '2026-08-26.dahlia',
      created: this.now(),
      livemode: false,
      type,
      data,
    };
    this.events.push(event);
    return event;
  }
}

/** One page of a list, newest first, as `starting_after`, `limit` and `created[gte]` ask. */
export function listAnswer(rows: readonly { readonly id: string; readonly created: number }[], query: Form, url: string): Answer {
  const since = Number(textAt(query, 'created', 'gte') ?? 0);
  const limit = Number(textAt(query, 'limit') ?? 10);
  const newestFirst = rows.filter((row) => row.created >= since).reverse();
  const after = textAt(query, 'starting_after');
  const start = after === null ? 0 : newestFirst.findIndex((row) => row.id === after) + 1;
  const page = newestFirst.slice(start, start + limit);
  return found({ object: 'list', url, has_more: start + page.length < newestFirst.length, data: page });
}
