import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ChargeUsageText, PriceAnswer, PricedChargeAnswer } from '../../../shared/internal/price.ts';
import { ask } from '../../api-client.ts';
import type { Body } from './plan-body.ts';

/** Kept for a moment only: each keystroke asks anew. */
const KEPT_MS = 10_000;

/** What the calculator asks the engine. */
export interface PriceQuestion {
  readonly plan: Body;
  readonly planId?: string | null;
  readonly billableMetrics?: readonly Body[];
  /** One for each charge, in the same order. */
  readonly usage: readonly ChargeUsageText[];
  /** Names the charges, so that what was priced last is found again when they move. */
  readonly keys: readonly string[];
}

/** A charge as it was priced last. */
export interface LastPrice {
  readonly charge: PricedChargeAnswer;
  /** The charge has changed since, and something is wrong with it now. */
  readonly isStale: boolean;
}

export interface Price {
  readonly answer: PriceAnswer | null;
  readonly error: Error | null;
  readonly isAsking: boolean;
  readonly chargeOf: (key: string) => LastPrice | null;
}

/** Asks what a draft costs with every change: at most once per frame, and an answer that came too late is not waited for. */
export function usePrice(question: PriceQuestion): Price {
  const text = useFrameValue(JSON.stringify(question));
  const query = useQuery({
    queryKey: ['billable_metric', 'price', text],
    queryFn: async ({ signal }) => {
      const { plan, planId, billableMetrics, usage, keys } = JSON.parse(text) as PriceQuestion;
      const body = { plan, plan_id: planId ?? null, billable_metrics: billableMetrics ?? [], usage };
      return { answer: await ask<PriceAnswer>('/api/internal/price', body, signal), keys };
    },
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
    retry: false,
  });
  const last = useLastPrices(query.data ?? null);
  return { answer: query.data?.answer ?? null, error: query.error, isAsking: query.isFetching, chargeOf: (key) => last.get(key) ?? null };
}

interface Answered {
  readonly answer: PriceAnswer;
  readonly keys: readonly string[];
}

/** The last right price of each charge: what is wrong now keeps it, marked as stale. */
function useLastPrices(answered: Answered | null): ReadonlyMap<string, LastPrice> {
  const [prices, setPrices] = useState<ReadonlyMap<string, LastPrice>>(new Map());
  useEffect(() => {
    if (answered === null) return;
    setPrices((before) => {
      const entries = answered.keys.flatMap((key, index): readonly (readonly [string, LastPrice])[] => {
        const charge = answered.answer.charges[index];
        if (charge?.is_priced === true) return [[key, { charge, isStale: false }]];
        const kept = before.get(key);
        return kept === undefined ? [] : [[key, { ...kept, isStale: true }]];
      });
      return new Map(entries);
    });
  }, [answered]);
  return prices;
}

/** A value that changes at most once per frame. */
function useFrameValue(value: string): string {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    if (value === shown) return undefined;
    const frame = requestAnimationFrame(() => {
      setShown(value);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [value, shown]);
  return shown;
}
