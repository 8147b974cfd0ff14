import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask, type FieldCodes } from '../../api-client.ts';
import { fieldsOf, formErrorsOf, type FormErrors } from '../../components/form-errors.ts';

/** Typing goes on: the engine is asked once it rests. */
const REST_MS = 250;

/** What a command would do, asked of the engine. */
export interface EffectQuery<Answer> {
  /** The last one that was answered; null before. */
  readonly answer: Answer | null;
  readonly error: Error | null;
  /** Nothing is asked yet: something is missing in the form. */
  readonly isIdle: boolean;
  /** What is shown is about what was typed before. */
  readonly isStale: boolean;
  /** The effect of exactly what would be sent is on screen: now it may be confirmed. */
  readonly isReady: boolean;
  readonly fields: FieldCodes;
  readonly retry: () => void;
}

/**
 * Asks `POST /api/internal/preview/<kind>` what a command would do. `body` is what will be sent; null while it is not complete. The answer is
 * asked anew when the books change meanwhile. Rule: ui.md § 3 "Mutations".
 */
export function useEffectPreview<Answer>(kind: string, body: object | null): EffectQuery<Answer> {
  const wanted = body === null ? null : JSON.stringify(body);
  const [rested] = useDebouncedValue(wanted, REST_MS);
  const query = useQuery({
    queryKey: ['subscription', 'effect', kind, rested],
    queryFn: ({ signal }) => ask<Answer>(`/api/internal/preview/${kind}`, JSON.parse(rested ?? '{}'), signal),
    enabled: rested !== null && wanted !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const isStale = wanted !== rested || query.isPlaceholderData || query.isFetching;
  return {
    answer: wanted === null || (query.isError && !isStale) ? null : (query.data ?? null),
    error: wanted === null || isStale ? null : query.error,
    isIdle: wanted === null,
    isStale,
    isReady: wanted !== null && !isStale && query.isSuccess,
    fields: wanted === null || isStale ? {} : fieldsOf(query.error),
    retry: () => void query.refetch(),
  };
}

/** What the engine refuses of the form, on its fields. */
export function effectErrors(effect: EffectQuery<unknown>): FormErrors {
  return formErrorsOf(effect.fields);
}
