import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { ChargeCard } from './charge-card.tsx';
import { usePlanForm } from './form-context.ts';
import { emptyCharge, freshKey, type ChargeValues } from './plan-values.ts';

/** The charges of a plan, and a button for one more. The charge that has the focus is told: its curve is shown. */
export function ChargeList({ onFocus }: { readonly onFocus: (key: string) => void }): JSX.Element {
  const { t } = useLingui();
  const { form, values, metrics } = usePlanForm();
  const { charges } = values;
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set(charges.slice(1).map(({ key }) => key)));
  const write = (next: readonly ChargeValues[]): void => form.setFieldValue('charges', next);
  const toggle = (key: string): void => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
  };
  const hasErrors = (index: number): boolean => Object.keys(form.errors).some((path) => path.startsWith(`charges.${String(index)}.`));
  const add = (): void => {
    const charge = emptyCharge();
    write([...charges, charge]);
    onFocus(charge.key);
  };
  const duplicate = (charge: ChargeValues, index: number): void => {
    const copy = { ...charge, key: freshKey(), id: null, code: '' };
    write([...charges.slice(0, index + 1), copy, ...charges.slice(index + 1)]);
  };
  const addButton = (
    <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
      <Trans>Add a charge</Trans>
    </Button>
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2}>{t`Charges`}</Title>
        {addButton}
      </Group>
      {charges.length === 0 && (
        <Text size="sm" c="dimmed">
          {metrics.length === 0 ? (
            <Trans>
              A charge prices a billable metric, and there is none yet. <Link to="/billable-metrics/new">Add a billable metric</Link>
            </Trans>
          ) : (
            <Trans>A charge puts a price on a billable metric: per unit, by tiers, in packages or as a percentage.</Trans>
          )}
        </Text>
      )}
      {charges.map((charge, index) => (
        <ChargeCard
          key={charge.key}
          index={index}
          charge={charge}
          isOpen={!folded.has(charge.key) || hasErrors(index)}
          onToggle={() => toggle(charge.key)}
          onFocus={() => onFocus(charge.key)}
          onDuplicate={() => duplicate(charge, index)}
          onRemove={() => write(charges.filter((each) => each.key !== charge.key))}
        />
      ))}
    </Stack>
  );
}
