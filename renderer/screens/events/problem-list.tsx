import { useLingui as useI18n } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { ProblemGroup, ProblemsAnswer } from '../../../shared/internal/events.ts';
import { copyText } from '../../components/copy-text.ts';
import { curlOf } from '../../components/more-menu.tsx';
import { Code } from '../../components/values.tsx';
import { formatDay, formatTime } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import { newTransactionId, requestBody, withKey, type SentEvent } from './event-request.ts';
import type { EventSearch } from './event-search.ts';
import classes from './problem-list.module.css';
import { REASON_SENTENCES } from './reason-texts.ts';

/** Problems that are shown before one asks for the rest. */
const SHOWN_PROBLEMS = 3;

export interface ProblemWays {
  readonly onShow: (filters: Partial<EventSearch>) => void;
  readonly onCreateMetric: (problem: ProblemGroup) => void;
  readonly onChangeField: (problem: ProblemGroup) => void;
  readonly onSendCorrected: (event: SentEvent) => void;
}

/** Problems of one kind once each, what they mean and what can be done. Rule: ui.md § 4.8. */
export function ProblemList({ answer, ways }: { readonly answer: ProblemsAnswer; readonly ways: ProblemWays }): JSX.Element | null {
  const { t } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const { groups } = answer;
  if (groups.length === 0) return null;
  const rest = groups.slice(SHOWN_PROBLEMS);
  return (
    <section aria-label={t`Problems`} className={classes['list']}>
      <Stack gap={0}>
        {groups.slice(0, SHOWN_PROBLEMS).map((problem) => (
          <Problem key={problem.key} problem={problem} ways={ways} />
        ))}
        <Collapse expanded={isWhole}>
          {isWhole && rest.map((problem) => <Problem key={problem.key} problem={problem} ways={ways} />)}
        </Collapse>
      </Stack>
      {rest.length > 0 && (
        <Button variant="subtle" color="gray" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? (
            <Trans>Show fewer problems</Trans>
          ) : (
            <Plural value={rest.length} one="Show # more problem" other="Show # more problems" />
          )}
        </Button>
      )}
      {answer.looked_back_to !== null && (
        <Text size="xs" c="dimmed" px="sm" pb={4}>
          <Trans>
            Among the latest {formatUnits(answer.looked_through)} events, back to {formatTime(answer.looked_back_to)}
          </Trans>
        </Text>
      )}
    </section>
  );
}

function Problem({ problem, ways }: { readonly problem: ProblemGroup; readonly ways: ProblemWays }): JSX.Element {
  const { _ } = useI18n();
  const isWarning = problem.sample.verdict === 'warning';
  const Sign = isWarning ? IconAlertTriangle : IconInfoCircle;
  return (
    <article className={classes['problem']} data-problem={problem.reason} data-code={problem.code}>
      <Sign size={16} aria-hidden color={isWarning ? 'var(--ink-amber)' : 'var(--mantine-color-dimmed)'} className={classes['sign']} />
      <div className={classes['words']}>
        <Text size="sm" component="h2" fw={500} m={0}>
          <Headline problem={problem} />
        </Text>
        <Text size="xs" c="dimmed">
          {_(REASON_SENTENCES[problem.reason])} <Retroactive problem={problem} />
        </Text>
        <Meant problem={problem} ways={ways} />
      </div>
      <Fixes problem={problem} ways={ways} />
    </article>
  );
}

function Headline({ problem }: { readonly problem: ProblemGroup }): JSX.Element {
  const { count, code, metric, external_subscription_id: subscription } = problem;
  const events = <Plural value={count} one="# event" other="# events" />;
  const codeWord = <Code>{code}</Code>;
  const fieldWord = <Code>{metric?.field_name ?? ''}</Code>;
  const subscriptionWord = <Code>{subscription ?? ''}</Code>;
  switch (problem.reason) {
    case 'unknown_code':
      return (
        <Trans>
          {events} with the code {codeWord}: no such billable metric
        </Trans>
      );
    case 'missing_property':
      return (
        <Trans>
          {events} of {codeWord} without the property {fieldWord}
        </Trans>
      );
    case 'property_not_numeric':
      return (
        <Trans>
          {events} of {codeWord} whose {fieldWord} is not a number
        </Trans>
      );
    case 'unknown_subscription':
      return (
        <Trans>
          {events} of {codeWord} for {subscriptionWord}: no such subscription
        </Trans>
      );
    case 'not_charged':
      return (
        <Trans>
          {events} of {codeWord}: no charge on the plan
        </Trans>
      );
    case 'before_start':
      return (
        <Trans>
          {events} of {codeWord} from before the start of {subscriptionWord}
        </Trans>
      );
    case 'after_end':
      return (
        <Trans>
          {events} of {codeWord} from after the end of {subscriptionWord}
        </Trans>
      );
    case 'period_invoiced':
      return (
        <Trans>
          {events} of {codeWord} for {subscriptionWord} came after the invoice of their period
        </Trans>
      );
    case 'duplicate_transaction_id':
      return (
        <Trans>
          {events} of {codeWord} sent again with a transaction id that was used before
        </Trans>
      );
    case 'invalid_event':
      return (
        <Trans>
          {events} of {codeWord} refused
        </Trans>
      );
    default:
      return (
        <Trans>
          {events} of {codeWord} came before the charge that is paid in advance
        </Trans>
      );
  }
}

/** Whether a fix counts for what has been sent already. */
function Retroactive({ problem }: { readonly problem: ProblemGroup }): JSX.Element | null {
  const { reason, would_count: count, open_period: period, metric } = problem;
  if (problem.sample.verdict !== 'warning' || metric?.is_in_use === true) return null;
  if (count === 0 || period === null)
    return <Trans>A fix helps later events only: the periods of these are invoiced, or no subscription covers them.</Trans>;
  const days = `${formatDay(period.from)} – ${formatDay(period.to)}`;
  return reason === 'unknown_code' ? (
    <strong>
      <Plural
        value={count}
        one={`This # event will count as soon as the metric exists and a plan charges for it; ${days} is still open.`}
        other={`These # events will count as soon as the metric exists and a plan charges for it; ${days} is still open.`}
      />
    </strong>
  ) : (
    <strong>
      <Plural
        value={count}
        one={`This # event will count as soon as the metric reads the right property and a plan charges for it; ${days} is still open.`}
        other={`These # events will count as soon as the metric reads the right property and a plan charges for it; ${days} is still open.`}
      />
    </strong>
  );
}

/** What was sent, and what was probably meant. */
function Meant({ problem, ways }: { readonly problem: ProblemGroup; readonly ways: ProblemWays }): JSX.Element | null {
  const { reason, did_you_mean: meant, sent_keys: keys } = problem;
  const isOfProperty = reason === 'missing_property' || reason === 'property_not_numeric';
  const sent = keys.map(({ key }) => key).join(', ');
  if (meant.length === 0 && !(isOfProperty && sent !== '')) return null;
  return (
    <Text size="xs" component="div">
      {isOfProperty && sent !== '' && (
        <>
          <Trans>
            Sent: <Code>{sent}</Code>.
          </Trans>{' '}
        </>
      )}
      {meant.length > 0 && <Trans>Did you mean</Trans>}
      {meant.map((word) => (
        <Anchor key={word} component="button" type="button" size="xs" ml={6} onClick={() => ways.onSendCorrected(corrected(problem, word))}>
          <Code>{word}</Code>
        </Anchor>
      ))}
      {meant.length > 0 && '?'}
    </Text>
  );
}

function Fixes({ problem, ways }: { readonly problem: ProblemGroup; readonly ways: ProblemWays }): JSX.Element {
  const { reason, code, metric, did_you_mean: meant } = problem;
  const [first] = meant;
  const isOfProperty = reason === 'missing_property' || reason === 'property_not_numeric';
  return (
    <Group gap={6} className={classes['fixes'] ?? ''}>
      {reason === 'unknown_code' && (
        <Button variant="default" onClick={() => ways.onCreateMetric(problem)}>
          <Trans>Create metric</Trans>
        </Button>
      )}
      {isOfProperty && metric?.is_in_use === false && (
        <Button variant="default" onClick={() => ways.onChangeField(problem)}>
          <Trans>Change the metric’s field</Trans>
        </Button>
      )}
      {(first !== undefined || isOfProperty) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => void copyText(curlOf('POST', '/api/v1/events', requestBody(corrected(problem, first ?? null))))}
        >
          <Trans>Copy corrected request</Trans>
        </Button>
      )}
      <Button
        variant="subtle"
        color="gray"
        onClick={() => ways.onShow({ code, verdict: 'problems', sub: problem.external_subscription_id ?? undefined })}
      >
        <Trans>Show</Trans>
      </Button>
    </Group>
  );
}

/** The sample as it was meant: another code, or the value under the metric's own key; a number where one has to be filled in. */
export function corrected({ reason, sample, metric }: ProblemGroup, meant: string | null): SentEvent {
  const event: SentEvent = {
    transaction_id: newTransactionId(),
    external_subscription_id: sample.external_subscription_id,
    code: sample.code,
    timestamp: sample.timestamp,
    properties: sample.properties,
  };
  if (reason === 'unknown_code') return meant === null ? event : { ...event, code: meant };
  const field = metric?.field_name ?? null;
  if (field === null) return event;
  return meant === null ? { ...event, properties: { ...event.properties, [field]: 1 } } : withKey(event, meant, field);
}
