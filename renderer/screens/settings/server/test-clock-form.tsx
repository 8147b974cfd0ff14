import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { Temporal } from '../../../../shared/dates.ts';
import { read, send } from '../../../api-client.ts';
import { ConfirmPanel, RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';
import { StateBoundary } from '../../../components/states.tsx';
import { formatTime } from '../../../format/dates.ts';

interface ClockAnswer {
  readonly test_clock: { readonly now: string };
}

const PATH = '/api/v1/test_clock';
/** `2026-03-01T09:05`, what a field for a day and a time holds. */
const FIELD_LENGTH = 16;

/** The sandbox's own time: it stands still between moves, and what falls due on the way is billed. */
export function TestClockForm(): JSX.Element {
  const clock = useQuery({ queryKey: ['clock', 'sandbox'], queryFn: ({ signal }) => read<ClockAnswer>(PATH, { signal }) });
  return (
    <Stack gap="xs" component="section" aria-labelledby="test-clock">
      <Title order={2} id="test-clock">
        <Trans>Test clock</Trans>
      </Title>
      <StateBoundary query={clock} rows={1}>
        {({ test_clock: { now } }) => <ClockFields key={now} now={now} />}
      </StateBoundary>
    </Stack>
  );
}

function ClockFields({ now }: { readonly now: string }): JSX.Element {
  const { t } = useLingui();
  const [wanted, setWanted] = useState(now.slice(0, FIELD_LENGTH));
  const [target, setTarget] = useState<string | null>(null);
  const at = Temporal.Instant.from(now).toZonedDateTimeISO('UTC');
  const steps = [
    { id: 'hour', label: t`An hour on`, to: at.add({ hours: 1 }) },
    { id: 'day', label: t`A day on`, to: at.add({ days: 1 }) },
    { id: 'week', label: t`A week on`, to: at.add({ weeks: 1 }) },
    { id: 'month', label: t`To the first of next month`, to: at.with({ day: 1 }).add({ months: 1 }).startOfDay() },
  ];
  return (
    <>
      <Text size="sm">
        <Trans>It is {formatTime(now, 'UTC')} UTC for these books.</Trans>
      </Text>
      <Group gap="xs">
        {steps.map(({ id, label, to }) => (
          <Button key={id} variant="default" onClick={() => setTarget(to.toInstant().toString())}>
            {label}
          </Button>
        ))}
      </Group>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTarget(`${wanted}:00Z`);
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            type="datetime-local"
            label={t`Day and time, UTC`}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={wanted.length < FIELD_LENGTH}>
            <Trans>Move there…</Trans>
          </Button>
        </Group>
      </form>
      <MoveClockPanel target={target} onClose={() => setTarget(null)} />
    </>
  );
}

function MoveClockPanel({ target, onClose }: { readonly target: string | null; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const shown = target === null ? '' : formatTime(target, 'UTC');
  const move = useMutation({ mutationFn: (now: string) => send<ClockAnswer>('PUT', PATH, { test_clock: { now } }) });
  return (
    <ConfirmPanel
      opened={target !== null}
      onClose={() => {
        setRefusal(null);
        onClose();
      }}
      title={t`Move the clock to ${shown} UTC`}
      confirmLabel={t`Move the clock`}
      canConfirm={target !== null}
      onConfirm={async () => {
        setRefusal(null);
        try {
          await move.mutateAsync(target ?? '');
        } catch (error) {
          const refused = formErrorsOf(fieldsOf(error))['now'];
          if (refused !== undefined) setRefusal(refused);
          throw error;
        }
        notifications.show({ message: t`The clock was moved` });
        await queries.invalidateQueries();
      }}
    >
      <Text size="sm">
        <Trans>
          Everything that falls due until then is done on the way, in its order: invoices are made, finalized and collected, plans end and
          begin.
        </Trans>
      </Text>
      <Text size="sm" c="dimmed">
        <Trans>The clock does not go back once there are customers.</Trans>
      </Text>
      {refusal !== null && <RefusedNote error={new Error(refusal)} />}
    </ConfirmPanel>
  );
}
