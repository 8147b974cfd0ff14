import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import type { SeenPropertiesAnswer, SeenProperty } from '../../../shared/internal/metrics.ts';
import { queryOf, read } from '../../api-client.ts';
import { useSuggestedCode } from '../../components/use-suggested-code.ts';
import { formatRate } from '../../format/money.ts';
import { AGGREGATION_TYPES, AGGREGATIONS, canRecur } from './aggregations.ts';
import type { MetricFormParts } from './metric-editor.tsx';
import { usePropertyKind } from './property-kinds.ts';

const TYPING_MS = 250;

function FormPart({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

export function NameFields({ form, isLocked, isNew }: MetricFormParts & { readonly isNew: boolean }): JSX.Element {
  const { t } = useLingui();
  const suggestCode = useSuggestedCode(form, isNew);
  return (
    <FormPart title={t`Metric`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t`Name`}
          description={t`Stands on invoices.`}
          required
          {...form.getInputProps('name')}
          key={form.key('name')}
          onInput={(event) => {
            suggestCode(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t`Code`}
          description={t`Events are sent with it.`}
          required
          readOnly={isLocked}
          variant={isLocked ? 'filled' : 'default'}
          classNames={{ input: 'code' }}
          {...form.getInputProps('code')}
          key={form.key('code')}
        />
      </SimpleGrid>
      <Textarea
        size="xs"
        label={t`Description`}
        autosize
        minRows={1}
        {...form.getInputProps('description')}
        key={form.key('description')}
      />
    </FormPart>
  );
}

export function CountingFields(parts: MetricFormParts): JSX.Element {
  const { form, values, isLocked } = parts;
  const { t } = useLingui();
  const { _ } = useI18n();
  const isCount = values.aggregation_type === 'count_agg';
  return (
    <FormPart title={t`How events are counted`}>
      <Radio.Group
        aria-label={t`Aggregation`}
        readOnly={isLocked}
        {...form.getInputProps('aggregation_type')}
        key={form.key('aggregation_type')}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          {AGGREGATION_TYPES.map((type) => (
            <Radio.Card
              key={type}
              value={type}
              p="sm"
              disabled={isLocked && type !== values.aggregation_type}
              style={isLocked && type !== values.aggregation_type ? { opacity: 0.55 } : {}}
              aria-labelledby={`aggregation-${type}`}
              aria-describedby={`example-${type}`}
            >
              <Group wrap="nowrap" align="flex-start" gap="xs">
                <Radio.Indicator />
                <div>
                  <Text size="sm" fw={600} id={`aggregation-${type}`}>
                    {_(AGGREGATIONS[type].label)}
                  </Text>
                  <Text size="xs" c="dimmed" id={`example-${type}`}>
                    {_(AGGREGATIONS[type].example)}
                  </Text>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      {!isCount && <PropertyFields {...parts} />}
      {canRecur(values.aggregation_type) && (
        <Switch
          label={t`Recurring`}
          description={t`What was reached goes on into the next period, as seats do; otherwise each period begins at nothing.`}
          disabled={isLocked}
          {...form.getInputProps('recurring', { type: 'checkbox' })}
          key={form.key('recurring')}
        />
      )}
      <RoundingFields {...parts} />
    </FormPart>
  );
}

function PropertyFields({ form, values, isLocked }: MetricFormParts): JSX.Element {
  const { t } = useLingui();
  const seen = useSeenProperties(values.code);
  const kindOf = usePropertyKind();
  const byKey = new Map(seen.map((property): [string, SeenProperty] => [property.key, property]));
  return (
    <>
      <Autocomplete
        size="xs"
        label={t`Property`}
        description={
          values.aggregation_type === 'unique_count_agg'
            ? t`Whose values are told apart.`
            : t`Whose numbers are taken; text like “12.5” counts, too.`
        }
        required
        readOnly={isLocked}
        variant={isLocked ? 'filled' : 'default'}
        classNames={{ input: 'code' }}
        data={seen.map(({ key }) => key)}
        renderOption={({ option }) => {
          const property = byKey.get(option.value);
          return (
            <Group justify="space-between" wrap="nowrap" w="100%" gap="sm">
              <Text size="xs" className="code">
                {option.value}
              </Text>
              {property !== undefined && (
                <Text size="xs" c="dimmed">
                  {kindOf(property.kind)} · {t`in ${formatRate(property.rate)} of events`}
                </Text>
              )}
            </Group>
          );
        }}
        {...form.getInputProps('field_name')}
        key={form.key('field_name')}
      />
      <TextInput
        label={t`Expression`}
        description={
          <Trans>
            Left empty, the property is taken as it was sent. Otherwise it is computed, as in{' '}
            <span className="code">round(event.properties.bytes / 1000000, 2)</span>.
          </Trans>
        }
        readOnly={isLocked}
        variant={isLocked ? 'filled' : 'default'}
        classNames={{ input: 'code' }}
        {...form.getInputProps('expression')}
        key={form.key('expression')}
      />
      {values.aggregation_type === 'weighted_sum_agg' && (
        <Text size="xs" c="dimmed">
          <Trans>Weighed by the second: each value moves the level up or down from the moment of its event on.</Trans>
        </Text>
      )}
      {values.aggregation_type === 'unique_count_agg' && (
        <Text size="xs" c="dimmed">
          <Trans>
            An event with <span className="code">operation_type: &quot;remove&quot;</span> takes its value away again.
          </Trans>
        </Text>
      )}
    </>
  );
}

/** Property keys that events of the code carry. */
function useSeenProperties(code: string): readonly SeenProperty[] {
  const [asked] = useDebouncedValue(code.trim(), TYPING_MS);
  const seen = useQuery({
    queryKey: ['event', 'properties', asked],
    queryFn: ({ signal }) => read<SeenPropertiesAnswer>(`/api/internal/event_properties${queryOf({ code: asked })}`, { signal }),
    enabled: asked !== '',
  });
  return seen.data?.properties ?? [];
}

function RoundingFields({ form, values, isLocked }: MetricFormParts): JSX.Element {
  const { t } = useLingui();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t`Rounding`}
        allowDeselect={false}
        disabled={isLocked}
        data={[
          { value: '', label: t`None` },
          { value: 'round', label: t`To the nearest` },
          { value: 'ceil', label: t`Up` },
          { value: 'floor', label: t`Down` },
        ]}
        {...form.getInputProps('rounding_function')}
        key={form.key('rounding_function')}
      />
      {values.rounding_function !== '' && (
        <TextInput
          label={t`Decimals`}
          description={t`-2 rounds to hundreds.`}
          placeholder="0"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          readOnly={isLocked}
          {...form.getInputProps('rounding_precision')}
          key={form.key('rounding_precision')}
        />
      )}
    </SimpleGrid>
  );
}

export function FilterFields({ form, values }: MetricFormParts): JSX.Element {
  const { t } = useLingui();
  return (
    <FormPart title={t`Filters`}>
      <Text size="sm" c="dimmed">
        <Trans>A filter lets plans price events apart by a property: exports as PDF dearer than as CSV.</Trans>
      </Text>
      {values.filters.map((_, index) => {
        const place = String(index + 1);
        const path = `filters.${String(index)}`;
        return (
          <Group key={form.key(path)} gap="sm" align="flex-start" wrap="nowrap">
            <TextInput
              aria-label={t`Property of filter ${place}`}
              placeholder={t`Property`}
              classNames={{ input: 'code' }}
              w={180}
              {...form.getInputProps(`${path}.key`)}
              key={form.key(`${path}.key`)}
            />
            <TagsInput
              aria-label={t`Values of filter ${place}`}
              placeholder={t`Values, each with Enter`}
              size="xs"
              flex={1}
              acceptValueOnBlur
              {...form.getInputProps(`${path}.values`)}
              key={form.key(`${path}.values`)}
            />
            <ActionIcon aria-label={t`Remove filter ${place}`} onClick={() => form.removeListItem('filters', index)}>
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        );
      })}
      {form.errors['filters'] !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" data-path="filters" tabIndex={-1}>
          {form.errors['filters']}
        </Text>
      )}
      <div>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.insertListItem('filters', { key: '', values: [] })}
        >
          <Trans>Add a filter</Trans>
        </Button>
      </div>
    </FormPart>
  );
}
