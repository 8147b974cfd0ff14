import { canonical, flat, grouped, type ActivityEntry, type ActivityLog, type FieldValues } from '../activity/index.ts';
import { notAllowed, ok, type Result } from '../../shared/result.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import type { ObjectReader } from './object-reader.ts';
import { QueryValues } from './query.ts';
import { checkBody } from './route-body.ts';
import type { Route } from './route.ts';
import { RouteTable } from './route-table.ts';
import type { ApiServices } from './services.ts';

export interface UndoParts {
  readonly routes: readonly Route[];
  readonly services: () => ApiServices;
  readonly activity: ActivityLog;
  readonly reader: ObjectReader;
  readonly recorder: ChangeRecorder;
}

/** Answered with the call that asks for it. */
export interface UndoCall {
  readonly activityId: string;
  readonly requestId: string;
  readonly baseUrl: string;
}

/**
 * Sets fields back to what they were, by the API's own call for it: what is checked and told of a change is checked and told of this one, too.
 * Refused (405) when something of it was changed since: `changed_since`, `already_undone`, `not_reversible`. Rule: ui.md § 3 "Mutations".
 */
export class UndoDesk {
  readonly #parts: UndoParts;
  readonly #table: RouteTable;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: UndoParts) {
    this.#parts = parts;
    this.#table = new RouteTable(parts.routes);
  }

  /** One at a time: two presses of one button are one undo and one refusal. */
  undo(call: UndoCall): Promise<Result<ActivityEntry>> {
    const turn = this.#turn.then(() => this.#undoNow(call));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #undoNow(call: UndoCall): Promise<Result<ActivityEntry>> {
    const { activity, reader } = this.#parts;
    const found = await activity.find(call.activityId);
    if (!found.ok) return found;
    const entry = found.value;
    if (entry.undoneAt !== null) return notAllowed('already_undone');
    if (entry.undoPath === null) return notAllowed('not_reversible');
    const current = await reader.read(entry.undoPath, call.baseUrl);
    const isSame = current !== null && current.entity === entry.entity && hasFields(current.fields, entry.after);
    if (!isSame) return notAllowed('changed_since');
    const changed = await this.#setBack(call, { entry, path: entry.undoPath, current: current.fields });
    if (!changed.ok) return changed;
    await activity.markUndone(entry.id);
    return activity.find(entry.id);
  }

  async #setBack(
    call: UndoCall,
    of: { readonly entry: ActivityEntry; readonly path: string; readonly current: FieldValues },
  ): Promise<Result<unknown>> {
    const { entry } = of;
    const fields = grouped(Object.fromEntries(Object.entries(entry.before).map(([name, value]) => [name, asSent(name, value)])));
    // A customer is changed by the call that makes one: it is named by its key.
    const isCustomer = entry.entity === 'customer';
    const path = isCustomer ? of.path.slice(0, of.path.lastIndexOf('/')) : of.path;
    const segments = RouteTable.segmentsOf(path);
    const match = segments === null ? null : this.#table.find(isCustomer ? 'post' : 'put', segments);
    if (match === null) return notAllowed('not_reversible');
    const sent = { [entry.entity]: isCustomer ? { external_id: of.current['external_id'], ...fields } : fields };
    const body = checkBody(match.route, sent);
    if (!body.ok) return body;
    const services = this.#parts.services();
    const { baseUrl } = call;
    const target = { baseUrl, path, query: '' };
    const trace = { id: call.requestId, key: null, sent, activityId: null };
    const asked = {
      services,
      context: services.context,
      pathValues: match.pathValues,
      query: new QueryValues(''),
      body: body.value,
      baseUrl,
      requestId: call.requestId,
    };
    const result = await this.#parts.recorder.record({ route: match.route, target, trace, undoesId: entry.id }, () =>
      match.route.respond(asked),
    );
    return result.ok ? ok(null) : result;
  }
}

function hasFields(object: FieldValues, expected: FieldValues): boolean {
  const fields = flat(object);
  return Object.entries(expected).every(([name, value]) => canonical(comparable(fields[name] ?? null)) === canonical(comparable(value)));
}

/** Pairs of metadata are the same pairs under new ids. */
function comparable(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return (value as readonly unknown[]).map((item) => {
    if (typeof item !== 'object' || item === null) return item;
    const { lago_id: _id, created_at: _createdAt, ...rest } = item as FieldValues;
    return rest;
  });
}

/** A value as the API takes it, where that is not how it answers it. */
function asSent(name: string, value: unknown): unknown {
  if (name !== 'metadata') return value;
  if (value === null) return {};
  if (!Array.isArray(value)) return value;
  return (value as readonly FieldValues[]).map(({ lago_id: id, created_at: _createdAt, ...rest }) => ({ id, ...rest }));
}
