import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import { InvoiceTable } from '../invoices/invoice-table.tsx';
import { PaymentTable } from '../payments/payment-table.tsx';
import { SubscriptionTable } from '../subscriptions/subscription-table.tsx';

// Tabs that show one customer's rows of a list.

function Tab({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <Stack px="lg" py="md" gap="sm" style={{ flex: 1, minHeight: 0 }}>
      {children}
    </Stack>
  );
}

/** `/customers/$id/subscriptions`: active, pending and ended ones. */
export function CustomerSubscriptions(): JSX.Element {
  const { id } = useParams({ from: '/shell/customer/customers/$id/subscriptions' });
  return (
    <Tab>
      <SubscriptionTable customerId={id} />
    </Tab>
  );
}

/** `/customers/$id/invoices`. */
export function CustomerInvoices(): JSX.Element {
  const { id } = useParams({ from: '/shell/customer/customers/$id/invoices' });
  return (
    <Tab>
      <InvoiceTable customerId={id} />
    </Tab>
  );
}

/** `/customers/$id/payments`. */
export function CustomerPayments(): JSX.Element {
  const { id } = useParams({ from: '/shell/customer/customers/$id/payments' });
  return (
    <Tab>
      <PaymentTable customerId={id} />
    </Tab>
  );
}
