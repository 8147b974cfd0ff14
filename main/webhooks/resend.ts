import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { updateRows } from '../database/rows.ts';
import { webhookEndpoints } from '../database/tables/organizations.ts';
import { webhookDeliveries, type WebhookDelivery } from '../database/tables/webhooks.ts';
import type { ServiceContext } from '../service-context.ts';

/**
 * Sends a message again, whatever became of it before: the same body under the same unique key, with all its attempts. `wake` is told after
 * the commit. Rule: payments-and-webhooks.md § 10 "Delivery".
 */
export function resendDelivery(context: ServiceContext, id: string, wake: () => void): Promise<Result<WebhookDelivery>> {
  return context.database.unitOfWork.write('resend webhook', async (tx) => {
    const delivery = await tx.manager.findOneBy(webhookDeliveries, { id });
    const where = { id: delivery?.endpointId ?? '', organizationId: context.organizationId };
    const endpoint = await tx.manager.findOneBy(webhookEndpoints, where);
    if (delivery === null || endpoint === null) return notFound('webhook');
    if (endpoint.isMuted) return notAllowed('muted_webhook_endpoint');
    const set = { status: 'pending', attempts: 0, nextTryAt: null } as const;
    await updateRows(tx, webhookDeliveries, { where: { id }, set });
    tx.afterCommit(wake);
    return ok({ ...delivery, ...set });
  });
}
