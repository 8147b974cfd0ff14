import { useLingui as useI18n } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { Anchor, Text, Timeline } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconClock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { LineRowAnswer } from '../../../shared/internal/subscriptions.ts';
import { Day, Money } from '../../components/values.tsx';
import { INTERVAL_WORDS } from './interval-words.ts';

interface PlanTimelineProps {
  readonly line: readonly LineRowAnswer[];
  /** The row whose page this is. */
  readonly currentId: string;
}

const SIGNS = { pending: IconClock, active: IconCircleCheck, terminated: IconCircleDashed, canceled: IconCircleX } as const;

/** The plans of an external id, one after the other: each change ended one row and began another. */
export function PlanTimeline({ line, currentId }: PlanTimelineProps): JSX.Element {
  const { _ } = useI18n();
  const active = line.findLastIndex(({ status }) => status === 'active');
  return (
    <Timeline active={active === -1 ? line.length : active} bulletSize={22} lineWidth={2}>
      {line.map((row) => {
        const Sign = SIGNS[row.status];
        return (
          <Timeline.Item
            key={row.lago_id}
            bullet={<Sign size={14} aria-hidden />}
            title={
              row.lago_id === currentId ? (
                <bdi>{row.plan_name}</bdi>
              ) : (
                <Anchor inherit renderRoot={(props) => <Link to="/subscriptions/$id" params={{ id: row.lago_id }} {...props} />}>
                  <bdi>{row.plan_name}</bdi>
                </Anchor>
              )
            }
          >
            <Text size="sm" component="div">
              <Money cents={row.plan_amount_cents} currency={row.plan_amount_currency} /> {_(INTERVAL_WORDS[row.plan_interval])}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Span row={row} />
            </Text>
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}

function Span({ row }: { readonly row: LineRowAnswer }): JSX.Element {
  switch (row.status) {
    case 'pending':
      return (
        <Trans>
          takes over on <Day on={row.starts_on} />
        </Trans>
      );
    case 'canceled':
      return (
        <Trans>
          canceled on <Day on={row.ends_on} />, never started
        </Trans>
      );
    case 'active':
      return (
        <Trans>
          since <Day on={row.starts_on} />
        </Trans>
      );
    case 'terminated':
      return (
        <Trans>
          <Day on={row.starts_on} /> to <Day on={row.ends_on} />
        </Trans>
      );
  }
}
