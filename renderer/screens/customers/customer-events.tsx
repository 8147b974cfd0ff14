import { Box } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import { StateBoundary } from '../../components/states.tsx';
import { EventDebugger } from '../events/event-debugger.tsx';
import { useCustomer } from './use-customer.ts';

/** `/customers/$id/events`: the debugger with the events of its subscriptions. */
export function CustomerEvents(): JSX.Element {
  const customer = useCustomer();
  return <StateBoundary query={customer}>{(known) => <EventsOf externalCustomerId={known.customer.external_id} />}</StateBoundary>;
}

function EventsOf({ externalCustomerId }: { readonly externalCustomerId: string }): JSX.Element {
  const fixed = useMemo(() => ({ externalCustomerId }), [externalCustomerId]);
  return (
    <Box px="lg" py="md" style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
      <EventDebugger fixed={fixed} />
    </Box>
  );
}
