import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { AttentionAnswer, AttentionExample, AttentionItem, AttentionKind } from '../../../shared/internal/home.ts';
import { StateBoundary } from '../../components/states.tsx';
import { formatTime } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import classes from './home.module.css';
import { Section } from './section.tsx';
import { useHome } from './use-home.ts';

type Weight = 'red' | 'amber' | 'blue';

const WEIGHTS: Readonly<Record<AttentionKind, Weight>> = {
  parked_subscriptions: 'red',
  failed_payments: 'red',
  uncertain_payments: 'red',
  unmatched_events: 'amber',
  draft_invoices: 'blue',
  failed_webhooks: 'amber',
  unused_metrics: 'blue',
  listener_gaps: 'amber',
};
const SIGNS: Readonly<Record<Weight, Icon>> = { red: IconCircleX, amber: IconAlertTriangle, blue: IconInfoCircle };

/** What waits for a person; nothing at all when nothing does. */
export function Attention(): JSX.Element {
  const { t } = useLingui();
  const attention = useHome<AttentionAnswer>('attention');
  return (
    <StateBoundary query={attention} rows={2}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Section title={t`Needs attention`}>
            <ul className={classes['attention']}>
              {items.map((item) => (
                <Item key={item.kind} item={item} />
              ))}
            </ul>
          </Section>
        )
      }
    </StateBoundary>
  );
}

function Item({ item }: { readonly item: AttentionItem }): JSX.Element {
  const weight = WEIGHTS[item.kind];
  const Sign = SIGNS[weight];
  return (
    <li className={classes['attention-item']} data-weight={weight}>
      <Sign size={17} aria-hidden className={classes['attention-sign'] ?? ''} />
      <div className={classes['attention-text']}>
        <Text size="sm" fw={500}>
          <Sentence item={item} />
        </Text>
        <Group gap={4} fz="xs" c="dimmed" miw={0}>
          {item.examples.map((example, index) => (
            <span key={example.id ?? example.label} className={classes['example']}>
              <ExampleLink kind={item.kind} example={example} />
              {index < item.examples.length - 1 ? ',' : null}
            </span>
          ))}
          {isLongerThanShown(item) && <Trans>and others</Trans>}
        </Group>
      </div>
    </li>
  );
}

/** Counts of events and messages are sums over the examples; of everything else each example is one. */
function isLongerThanShown({ count, examples }: AttentionItem): boolean {
  const shown = examples.reduce((sum, example) => sum + (example.count ?? 1), 0);
  return shown < count;
}

function Sentence({ item: { kind, count } }: { readonly item: AttentionItem }): JSX.Element {
  switch (kind) {
    case 'parked_subscriptions':
      return (
        <Plural
          value={count}
          one="# subscription could not be billed and waits for you"
          other="# subscriptions could not be billed and wait for you"
        />
      );
    case 'failed_payments':
      return <Plural value={count} one="The payment of # invoice failed" other="The payments of # invoices failed" />;
    case 'uncertain_payments':
      return (
        <Plural
          value={count}
          one="# payment was sent to the provider, which has not answered yet"
          other="# payments were sent to the provider, which has not answered yet"
        />
      );
    case 'unmatched_events':
      return (
        <Plural
          value={count}
          one="# event has a code that no billable metric has"
          other="# events have codes that no billable metric has"
        />
      );
    case 'draft_invoices':
      return <Plural value={count} one="# draft invoice can be reviewed" other="# draft invoices can be reviewed" />;
    case 'failed_webhooks':
      return <Plural value={count} one="# webhook message was given up" other="# webhook messages were given up" />;
    case 'unused_metrics':
      return <Plural value={count} one="# billable metric is on no plan" other="# billable metrics are on no plan" />;
    case 'listener_gaps':
      return (
        <Plural
          value={count}
          one="Events were not taken for a while in the last 7 days"
          other="Events were not taken # times in the last 7 days"
        />
      );
  }
}

/** Where each kind of example has its page; `$` stands for its id. */
const PLACES: Readonly<Record<AttentionKind, string>> = {
  parked_subscriptions: '/subscriptions/$',
  failed_payments: '/invoices/$',
  uncertain_payments: '/invoices/$',
  unmatched_events: '/events',
  draft_invoices: '/invoices/$',
  failed_webhooks: '/developers/webhooks',
  unused_metrics: '/billable-metrics/$',
  listener_gaps: '/events',
};

function ExampleLink({ kind, example }: { readonly kind: AttentionKind; readonly example: AttentionExample }): JSX.Element {
  const to = PLACES[kind].replace('$', example.id ?? '');
  const search = (kind === 'unmatched_events' ? { code: example.label, last: 'all' } : {}) as never;
  return (
    <Anchor
      fz="xs"
      renderRoot={(props) => <Link to={to} search={search} {...props} />}
      className={kind === 'unmatched_events' ? 'code' : ''}
    >
      {kind === 'listener_gaps' ? <Gap span={example.label} /> : <bdi>{example.label}</bdi>}
      {example.count !== null && ` (${formatUnits(example.count)})`}
    </Anchor>
  );
}

/** `from/to`, two date-times. */
function Gap({ span }: { readonly span: string }): JSX.Element {
  const [from = '', to = ''] = span.split('/');
  return (
    <Trans>
      {formatTime(from)} to {formatTime(to)}
    </Trans>
  );
}
