import { useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import type { DeliveryRow } from '../../../../shared/internal/developers.ts';
import type { TableColumn } from '../../../components/data-table.tsx';
import { Nothing, Time } from '../../../components/values.tsx';
import { formatUnits } from '../../../format/money.ts';
import { DeliveryBadge, useDeliveryStatusWords } from './delivery-status.tsx';

export function useDeliveryColumns(open: (row: DeliveryRow) => void): readonly TableColumn<DeliveryRow>[] {
  const { t } = useLingui();
  const words = useDeliveryStatusWords();
  return useMemo(
    () => [
      {
        id: 'type',
        header: t`Message`,
        width: 240,
        text: (row) => row.webhook_type,
        cell: (row) => (
          <Anchor component="button" type="button" mih={24} className="code" onClick={() => open(row)}>
            {row.webhook_type}
          </Anchor>
        ),
      },
      {
        id: 'status',
        header: t`Status`,
        width: 140,
        text: (row) => words[row.status],
        cell: (row) => <DeliveryBadge status={row.status} />,
      },
      {
        id: 'code',
        header: t`Answer`,
        width: 90,
        isNumber: true,
        text: (row) => (row.http_status === null ? '' : String(row.http_status)),
        cell: (row) => (row.http_status === null ? <Nothing /> : String(row.http_status)),
      },
      {
        id: 'attempts',
        header: t`Attempts`,
        sortKey: 'attempts',
        width: 100,
        isNumber: true,
        text: (row) => String(row.attempts),
        cell: (row) => formatUnits(row.attempts),
      },
      {
        id: 'duration',
        header: t`Took`,
        sortKey: 'duration_ms',
        width: 100,
        isNumber: true,
        text: (row) => (row.duration_ms === null ? '' : String(row.duration_ms)),
        cell: (row) => <Milliseconds ms={row.duration_ms} />,
      },
      {
        id: 'endpoint',
        header: t`Endpoint`,
        width: 240,
        isWide: true,
        text: (row) => row.endpoint_url,
        cell: (row) => <bdi>{row.endpoint_url}</bdi>,
      },
      {
        id: 'created',
        header: t`Written`,
        sortKey: 'created_at',
        width: 190,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t, words],
  );
}

export function Milliseconds({ ms }: { readonly ms: number | null }): JSX.Element {
  const { t } = useLingui();
  if (ms === null) return <Nothing />;
  const shown = formatUnits(ms);
  return <span className="number">{t`${shown} ms`}</span>;
}
