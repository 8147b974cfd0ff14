import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { OrganizationAnswer } from '../../../shared/wire/organization.ts';
import { read, send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../components/form-errors.ts';
import { StateBoundary } from '../../components/states.tsx';
import { windowTimeZone } from '../../format/dates.ts';
import { currencyChoices, timeZoneChoices } from '../customers/places.ts';

interface StepProps {
  readonly onBack: () => void;
  readonly onSaved: () => void;
}

/** What stands at the head of invoices, in which currency and by whose midnight. */
export function OrganizationStep(props: StepProps): JSX.Element {
  const organization = useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<{ readonly organization: OrganizationAnswer }>('/api/v1/organizations', { signal }),
  });
  return <StateBoundary query={organization}>{({ organization: known }) => <OrganizationForm known={known} {...props} />}</StateBoundary>;
}

function OrganizationForm({ known, onBack, onSaved }: StepProps & { readonly known: OrganizationAnswer }): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      name: known.name,
      default_currency: known.default_currency,
      // Nobody has chosen one: most likely it is the one of this computer.
      timezone: known.timezone === 'UTC' ? windowTimeZone() : known.timezone,
    },
  });
  const save = useMutation({
    mutationFn: (values: ReturnType<typeof form.getValues>) => send('PUT', '/api/v1/organizations', { organization: values }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['organization'] });
      onSaved();
    },
    onError: (error) => form.setErrors(formErrorsOf(fieldsOf(error))),
  });
  const isOnFields = Object.keys(fieldsOf(save.error)).length > 0;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md" maw={460}>
        <TextInput
          label={t`Name of the organization`}
          description={t`As it stands on invoices.`}
          required
          maxLength={255}
          autoComplete="organization"
          {...form.getInputProps('name')}
          key={form.key('name')}
        />
        <Select
          label={t`Currency`}
          description={t`What new plans are priced in unless they say otherwise.`}
          data={currencyChoices()}
          searchable
          allowDeselect={false}
          {...form.getInputProps('default_currency')}
          key={form.key('default_currency')}
        />
        <Select
          label={t`Time zone`}
          description={t`Days and billing periods begin at its midnight, for customers without a zone of their own.`}
          data={timeZoneChoices(known.timezone)}
          searchable
          allowDeselect={false}
          {...form.getInputProps('timezone')}
          key={form.key('timezone')}
        />
        {save.error !== null && !isOnFields && <RefusedNote error={save.error} />}
        <Text size="xs" c="dimmed">
          <Trans>Address, logo and tax numbers are in the settings.</Trans>
        </Text>
      </Stack>
      <Group justify="space-between" mt="xl">
        <Button size="sm" variant="default" onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Button size="sm" type="submit" loading={save.isPending}>
          <Trans>Save and continue</Trans>
        </Button>
      </Group>
    </form>
  );
}
