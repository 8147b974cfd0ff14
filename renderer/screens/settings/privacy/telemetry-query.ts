import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TelemetryAnswer, TelemetryLogAnswer } from '../../../../shared/internal/telemetry.ts';
import { read, send } from '../../../api-client.ts';

const PATH = '/api/internal/telemetry';
const KEY = ['telemetry'];

export function useTelemetry(): UseQueryResult<TelemetryAnswer> {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => read<TelemetryAnswer>(PATH, { signal }) });
}

export function useTelemetryLog(): UseQueryResult<TelemetryLogAnswer> {
  return useQuery({ queryKey: [...KEY, 'log'], queryFn: ({ signal }) => read<TelemetryLogAnswer>(`${PATH}/log`, { signal }) });
}

/** A change whose answer is what the screen then shows. */
function useTelemetryChange<Wish>(call: (wish: Wish) => Promise<TelemetryAnswer>): UseMutationResult<TelemetryAnswer, Error, Wish> {
  const queries = useQueryClient();
  return useMutation({ mutationFn: call, onSuccess: (answer) => queries.setQueryData(KEY, answer) });
}

export function useTelemetrySwitch(): UseMutationResult<TelemetryAnswer, Error, boolean> {
  return useTelemetryChange((isOn) => send('PUT', PATH, { is_on: isOn }));
}

export function useInstallationReset(): UseMutationResult<TelemetryAnswer, Error, null> {
  return useTelemetryChange(() => send('POST', `${PATH}/installation_id`, {}));
}

/** Says that a person has the switch before them: from then on, and not before, something may be sent. */
export function useAnnouncement({ announced_at: announcedAt }: TelemetryAnswer): void {
  const { mutate } = useTelemetryChange<null>(() => send('POST', `${PATH}/announced`, {}));
  useEffect(() => {
    if (announcedAt === null) mutate(null);
  }, [announcedAt, mutate]);
}
