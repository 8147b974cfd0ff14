import { badRequest, type Failure, type Result } from '../../shared/result.ts';
import { readInvoice } from './read-invoice.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { atInstant } from './at-instant.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';

/** What was shown before everything was undone, and the ids that exist no more. */
export interface Previewed<Shown> {
  readonly shown: Shown;
  readonly madeIds: ReadonlySet<string>;
}

/**
 * Runs what makes an invoice, lets it be shown, and undoes all of it: nothing is stored, nobody is told, no number is used up. `work` is given a
 * context that reads what it has just written; a command that opens the door inside is given this transaction. Rule: subscriptions.md § 11 'A
 * "preview" runs the same code and rolls back'.
 */
export async function previewAndUndo<Shown>(
  context: ServiceContext,
  work: (inside: ServiceContext, tx: Transaction) => Promise<Result<Shown>>,
): Promise<Result<Previewed<Shown>>> {
  const madeIds = new Set<string>();
  const outcome: { result: Result<Shown> } = { result: UNDONE };
  // A failed result is what undoes the transaction, and with it the notices of what changed and everything that waits for a commit.
  await context.database.unitOfWork.write('preview', async (tx): Promise<Failure> => {
    outcome.result = await work(insideContext(context, tx, madeIds), tx);
    return UNDONE;
  });
  const { result } = outcome;
  return result.ok ? { ok: true, value: { shown: result.value, madeIds } } : result;
}

const UNDONE: Failure = badRequest('a preview is undone');

function insideContext(context: ServiceContext, tx: Transaction, madeIds: Set<string>): ServiceContext {
  const { announce: _announce, viewAnnounced: _view, jobAdded: _jobs, ...rest } = context;
  const unitOfWork: ServiceContext['database']['unitOfWork'] = {
    write: (_name, inner) => tx.savepoint(() => inner(tx)),
    idle: () => Promise.resolve(),
  };
  return {
    ...rest,
    database: { ...context.database, read: tx, unitOfWork },
    random: {
      uuid: () => {
        const id = context.random.uuid();
        madeIds.add(id);
        return id;
      },
      bytes: (length) => context.random.bytes(length),
    },
  };
}

/** Makes a draft final as the end of its grace period would, so that what it would use up is taken off. */
export async function finalizePreviewed(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const invoice = await readInvoice(tx, invoiceId);
  if (invoice.status === 'draft') await finalizeInTransaction(atInstant(context, invoice.billedAt), tx, { invoiceId });
}
