import { Box } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { StateBoundary } from '../../components/states.tsx';
import { useSubscriptionFacts } from '../effects/catalog-queries.ts';
import { EventDebugger } from '../events/event-debugger.tsx';
import { InvoiceTable } from '../invoices/invoice-table.tsx';
import { SubscriptionUsage } from '../usage/subscription-usage.tsx';

/** `/subscriptions/$id/usage`. */
export function UsagePart(): JSX.Element {
  const { id } = useParams({ from: '/shell/subscriptions/$id/usage' });
  return (
    <Box px="lg" py="md">
      <SubscriptionUsage subscriptionId={id} />
    </Box>
  );
}

/** `/subscriptions/$id/invoices`. */
export function InvoicesPart(): JSX.Element {
  const { id } = useParams({ from: '/shell/subscriptions/$id/invoices' });
  return (
    <Box px="lg" py="md">
      <InvoiceTable subscriptionId={id} />
    </Box>
  );
}

/** `/subscriptions/$id/events`. */
export function EventsPart(): JSX.Element {
  const { id } = useParams({ from: '/shell/subscriptions/$id/events' });
  const facts = useSubscriptionFacts(id);
  return (
    <StateBoundary query={facts}>
      {({ subscription }) => (
        <Box px="lg" py="md" style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
          <EventDebugger key={id} fixed={{ externalSubscriptionId: subscription.external_id }} />
        </Box>
      )}
    </StateBoundary>
  );
}
