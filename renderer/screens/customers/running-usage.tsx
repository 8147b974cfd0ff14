import { useQuery, type QueryClient } from '@tanstack/react-query';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { MAX_RUNNING_USAGE_CUSTOMERS, type AmountAnswer, type RunningUsageAnswer } from '../../../shared/internal/customers.ts';
import { read } from '../../api-client.ts';
import { Nothing } from '../../components/values.tsx';
import { Amounts } from './amounts.tsx';

/** Rows that come into view together are asked about in one call. */
const GATHER_MS = 20;
/** Events are no change that the list is told of. */
const FRESH_MS = 15_000;

interface Waiting {
  readonly id: string;
  readonly resolve: (amounts: readonly AmountAnswer[]) => void;
  readonly reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];

function askTogether(id: string): Promise<readonly AmountAnswer[]> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(() => void askAll(), GATHER_MS);
    waiting.push({ id, resolve, reject });
  });
}

async function askAll(): Promise<void> {
  const asked = waiting.slice(0, MAX_RUNNING_USAGE_CUSTOMERS);
  waiting = waiting.slice(MAX_RUNNING_USAGE_CUSTOMERS);
  if (waiting.length > 0) setTimeout(() => void askAll(), GATHER_MS);
  try {
    const ids = asked.map(({ id }) => id).join(',');
    const { usages } = await read<RunningUsageAnswer>(`/api/internal/customers/running_usage?ids=${ids}`);
    const byId = new Map(usages.map((usage) => [usage.lago_customer_id, usage.amounts]));
    for (const { id, resolve } of asked) resolve(byId.get(id) ?? []);
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}

const keyOf = (id: string) => ['usage', 'running', id] as const;

/** What a customer's next invoices will bill so far, before taxes. Only rows in view ask for it. */
export function RunningUsage({ customerId }: { readonly customerId: string }): JSX.Element {
  const usage = useQuery({ queryKey: keyOf(customerId), queryFn: () => askTogether(customerId), staleTime: FRESH_MS });
  if (usage.isPending) return <Skeleton height={10} width={60} ml="auto" />;
  if (usage.data === undefined || usage.data.length === 0) return <Nothing />;
  return <Amounts amounts={usage.data} />;
}

/** What is known already: for copied rows. */
export function knownRunningUsage(queries: QueryClient, customerId: string): readonly AmountAnswer[] {
  return queries.getQueryData<readonly AmountAnswer[]>(keyOf(customerId)) ?? [];
}
