/** An event as Stripe writes it. */
export interface WireEvent {
  readonly id: string;
  readonly type: string;
  /** Unix seconds. */
  readonly created: number;
  readonly data: { readonly object: unknown; readonly previous_attributes?: unknown };
}

/** The events that change anything here; a webhook is asked for these, and so is the list. Rule: payments-and-webhooks.md § 5. */
export const EVENT_TYPES = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'setup_intent.succeeded',
  'customer.updated',
  'payment_method.detached',
  'charge.refund.updated',
  'refund.updated',
  'refund.failed',
  'charge.dispute.closed',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export function isEventType(type: string): type is EventType {
  return (EVENT_TYPES as readonly string[]).includes(type);
}

/** Reads an event; null when it is none. */
export function readWireEvent(json: unknown): WireEvent | null {
  if (typeof json !== 'object' || json === null) return null;
  const { id, type, created, data: about } = json as Partial<Record<keyof WireEvent, unknown>>;
  if (typeof id !== 'string' || typeof type !== 'string') return null;
  if (typeof about !== 'object' || about === null || !('object' in about)) return null;
  return { id, type, created: typeof created === 'number' ? created : 0, data: about };
}
