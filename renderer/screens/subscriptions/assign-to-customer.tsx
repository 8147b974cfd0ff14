import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { CustomerRow } from '../../../shared/internal/customers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { queryOf, read } from '../../api-client.ts';
import { AssignPlanPanel } from '../effects/index.ts';
import { useResetOnOpen } from '../effects/reset-on-open.ts';

interface AssignToCustomerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const SEARCH_DELAY_MS = 200;
const OFFERED = 20;

/** Asks for the customer first, then for the plan. */
export function AssignToCustomer({ opened, onClose }: AssignToCustomerProps): JSX.Element {
  const { t } = useLingui();
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [isChosen, setChosen] = useState(false);
  const [typed, setTyped] = useState('');
  useResetOnOpen(opened, () => {
    setCustomerId(null);
    setChosen(false);
    setTyped('');
  });
  const [text] = useDebouncedValue(typed, SEARCH_DELAY_MS);
  const customers = useQuery({
    queryKey: ['customer', 'choice', text],
    queryFn: ({ signal }) =>
      read<ListAnswer<CustomerRow>>(`/api/internal/lists/customers${queryOf({ search: text, limit: OFFERED, sort: 'name' })}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: opened,
  });
  const options = (customers.data?.rows ?? []).map((row) => ({
    value: row.lago_id,
    label: row.name === null || row.name === row.external_id ? row.external_id : `${row.name} (${row.external_id})`,
  }));
  return (
    <>
      <Modal opened={opened && !isChosen} onClose={onClose} title={t`Assign a plan`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setChosen(customerId !== null);
          }}
        >
          <Stack gap="sm">
            <Select
              label={t`Customer`}
              placeholder={t`Search by name or external id`}
              searchable
              data-autofocus
              required
              withAsterisk={false}
              filter={({ options: found }) => found}
              nothingFoundMessage={t`No customer has this name`}
              data={options}
              value={customerId}
              onChange={setCustomerId}
              searchValue={typed}
              onSearchChange={setTyped}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                <Trans>Cancel</Trans>
              </Button>
              <Button type="submit" disabled={customerId === null}>
                <Trans>Continue</Trans>
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      <AssignPlanPanel opened={opened && isChosen} onClose={onClose} customerId={customerId ?? ''} />
    </>
  );
}
