import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { MAX_RUNNING_AMOUNTS, type RunningAmountsAnswer } from '../../../shared/internal/subscriptions.ts';
import { read } from '../../api-client.ts';
import { Money, Nothing } from '../../components/values.tsx';

/** Rows that come into view together are asked about in one call. */
const GATHER_MS = 20;
/** Events are no change that the list is told of. */
const FRESH_MS = 15_000;

type RunningAmountAnswer = RunningAmountsAnswer['amounts'][number];

interface Waiting {
  readonly id: string;
  readonly resolve: (amount: RunningAmountAnswer | null) => void;
  readonly reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];

function askTogether(id: string): Promise<RunningAmountAnswer | null> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(() => void askAll(), GATHER_MS);
    waiting.push({ id, resolve, reject });
  });
}

async function askAll(): Promise<void> {
  const asked = waiting.slice(0, MAX_RUNNING_AMOUNTS);
  waiting = waiting.slice(MAX_RUNNING_AMOUNTS);
  if (waiting.length > 0) setTimeout(() => void askAll(), GATHER_MS);
  try {
    const ids = asked.map(({ id }) => id).join(',');
    const { amounts } = await read<RunningAmountsAnswer>(`/api/internal/subscriptions/running_amounts?ids=${ids}`);
    const byId = new Map(amounts.map((amount) => [amount.lago_id, amount]));
    for (const { id, resolve } of asked) resolve(byId.get(id) ?? null);
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}

/** What a subscription has used in its running period, before taxes. Only rows in view ask for it. */
export function RunningAmount({ subscriptionId, isActive }: { readonly subscriptionId: string; readonly isActive: boolean }): JSX.Element {
  const amount = useQuery({
    queryKey: ['usage', 'running', 'subscription', subscriptionId],
    queryFn: () => askTogether(subscriptionId),
    staleTime: FRESH_MS,
    enabled: isActive,
  });
  if (!isActive) return <Nothing />;
  if (amount.isPending) return <Skeleton height={10} width={60} ml="auto" />;
  return amount.data == null ? <Nothing /> : <Money cents={amount.data.amount_cents} currency={amount.data.currency} />;
}
