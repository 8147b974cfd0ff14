import {
  changedFields,
  isReversible,
  ownFields,
  plainFields,
  type ActivityLog,
  type FieldChanges,
  type FieldValues,
} from '../activity/index.ts';
import type { Result } from '../../shared/result.ts';
import { withoutSecrets, type CallingKey } from '../request-log/index.ts';
import type { RequestTarget } from './app.ts';
import { objectOf, type ApiObject, type ObjectReader } from './object-reader.ts';
import type { Route } from './route.ts';

/** A call that changes something. */
export interface ChangeCall {
  readonly route: Route;
  readonly target: RequestTarget;
  readonly trace: { readonly id: string; readonly key: CallingKey | null; readonly sent: unknown; activityId: string | null };
  /** The entry that this change sets back. */
  readonly undoesId?: string;
}

type Respond = () => Promise<Result<unknown>> | Result<unknown>;

interface Noticed {
  readonly action: string;
  readonly object: ApiObject;
  readonly changes: FieldChanges;
  /** Where the object is read, and changed by a PUT. */
  readonly path: string;
}

interface Found {
  readonly path: string;
  readonly object: ApiObject;
}

/** What a DELETE ends, and keeps. */
const ENDED: ReadonlySet<string> = new Set(['subscription', 'wallet', 'applied_coupon']);
/** Posts that change nothing that anybody would look for later. */
const UNNOTED: ReadonlySet<string> = new Set(['download', 'download_pdf', 'payment_url', 'checkout_url', 'undo', 'test', 'resend']);
/** A post that makes an object, or changes the one that has its key: where that one is read. */
const UPSERTS: Readonly<Record<string, string>> = { '/customers': 'customer', '/subscriptions': 'subscription' };

/**
 * Notes what calls change: the object is read through the API's own route before and after, so that the note speaks the API's words. Changes of
 * one object take turns, so that no note tells another call's change. Rule: ui.md § 3 "Mutations".
 */
export class ChangeRecorder {
  readonly #activity: ActivityLog;
  readonly #reader: ObjectReader;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: { readonly activity: ActivityLog; readonly reader: ObjectReader }) {
    this.#activity = parts.activity;
    this.#reader = parts.reader;
  }

  async record(call: ChangeCall, respond: Respond): Promise<Result<unknown>> {
    const { route } = call;
    if (UNNOTED.has(lastLiteral(route)) || route.path.startsWith('/events')) return respond();
    const path = objectPath(call);
    return this.#inTurn(path ?? call.trace.id, async () => {
      const before = await this.#readFirst(call, path);
      const result = await respond();
      if (!result.ok) return result;
      const noticed = await this.#notice(call, before, result.value);
      if (noticed !== null) this.#note(call, noticed);
      return result;
    });
  }

  /** The object at the path; `/invoices/:id/finalize` itself is none, but what it is done to is. */
  async #readFirst(call: ChangeCall, path: string | null): Promise<Found | null> {
    if (path === null) return null;
    const { baseUrl } = call.target;
    const object = await this.#reader.read(path, baseUrl);
    if (object !== null) return { path, object };
    if (call.route.path.split('/').at(-1)?.startsWith(':') !== false) return null;
    const around = parentOf(path);
    const owner = await this.#reader.read(around, baseUrl);
    return owner === null || !isNamed(owner) ? null : { path: around, object: owner };
  }

  async #notice(call: ChangeCall, before: Found | null, answer: unknown): Promise<Noticed | null> {
    const { route, target } = call;
    const answered = objectOf(answer);
    if (before === null) return answered === null ? null : noticeNew(call, answered);
    const { path, object } = before;
    if (route.method === 'delete' && path === target.path) {
      const action = ENDED.has(object.entity) ? 'terminated' : 'deleted';
      return { action, object, path, changes: { before: plainFields(object.fields), after: {} } };
    }
    const after = (await this.#reader.read(path, target.baseUrl)) ?? answered;
    const changes = after === null || after.entity !== object.entity ? NO_CHANGES : changedFields(object.fields, after.fields);
    const isPlainChange = path === target.path || route.path in UPSERTS;
    const isNothing = isPlainChange && Object.keys({ ...changes.before, ...changes.after }).length === 0;
    return isNothing ? null : { action: isPlainChange ? 'updated' : lastLiteral(route), object: after ?? object, path, changes };
  }

  #note(call: ChangeCall, noticed: Noticed): void {
    const { trace } = call;
    const { object, action, path } = noticed;
    const changes = ownFields(object.entity, noticed.changes);
    const isUndoable = action === 'updated' && isReversible(object.entity, changes);
    const id = this.#activity.note({
      author: trace.key === null ? 'screen' : 'key',
      authorName: trace.key?.name ?? null,
      apiKeyId: trace.key?.id ?? null,
      requestId: trace.id,
      action,
      entity: object.entity,
      entityId: idOf(object.fields),
      entityName: nameOf(object.fields),
      before: withoutSecrets(changes.before) as FieldValues,
      after: withoutSecrets(changes.after) as FieldValues,
      undoPath: isUndoable ? path : null,
      undoesId: call.undoesId ?? null,
    });
    if (isUndoable) trace.activityId = id;
  }

  async #inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(path) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    this.#turns.set(path, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(path) === settled) this.#turns.delete(path);
    }
  }
}

const NO_CHANGES: FieldChanges = { before: {}, after: {} };

/** The path of the object that a call is about: an action's is found from it, an upsert's has the key sent. Null where the call makes one. */
function objectPath({ route, target, trace }: ChangeCall): string | null {
  if (route.method !== 'post') return target.path;
  const upserted = UPSERTS[route.path];
  if (upserted === undefined) return isAction(route) ? target.path : null;
  const sent = (trace.sent as Readonly<Record<string, FieldValues | undefined>> | null | undefined)?.[upserted];
  const key = sent?.['external_id'] ?? sent?.['customer_id'];
  return typeof key === 'string' || typeof key === 'number' ? `${target.path}/${encodeURIComponent(key)}` : null;
}

/** `/invoices/:id/void`, but not `/plans/:code/charges`, which makes one. */
function isAction(route: Route): boolean {
  return (route.path.split('/').at(-2) ?? '').startsWith(':') && !isPlural(lastLiteral(route));
}

/** What a call made that has no object before it: `POST /plans`, `PUT /organizations/logo`, `POST /webhook_keys/renew`. */
function noticeNew({ route, target }: ChangeCall, answered: ApiObject): Noticed | null {
  if (route.method === 'delete' || (route.method === 'post' && !isNamed(answered))) return null;
  const action = route.method !== 'post' || isPlural(lastLiteral(route)) ? 'created' : lastLiteral(route);
  return { action, object: answered, path: target.path, changes: { before: {}, after: plainFields(answered.fields) } };
}

function isPlural(word: string): boolean {
  return word.endsWith('s');
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function lastLiteral(route: Route): string {
  return route.path.split('/').findLast((segment) => segment !== '' && !segment.startsWith(':')) ?? '';
}

function isNamed(object: ApiObject): boolean {
  return typeof object.fields['lago_id'] === 'string';
}

function idOf(fields: FieldValues): string {
  const id = fields['lago_id'];
  return typeof id === 'string' ? id : '';
}

const NAMES = ['name', 'number', 'code', 'external_id', 'webhook_url', 'key', 'invoice_display_name', 'external_customer_id'];

function nameOf(fields: FieldValues): string {
  for (const field of NAMES) {
    const name = fields[field];
    if (typeof name === 'string' && name !== '') return name;
  }
  return '';
}
