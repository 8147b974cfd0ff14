import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Menu } from '@mantine/core';
import { IconEdit, IconPlus, IconPuzzle, IconTag, IconTrash } from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';
import { usePageActions } from '../../actions.ts';
import { pathPart } from '../../api-client.ts';
import { DetailPage, type DetailTab } from '../../components/detail-page.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId } from '../../components/values.tsx';
import { ApplyAddOnPanel, ApplyCouponPanel, AssignPlanPanel } from '../effects/index.ts';
import { customerName } from './customer-name.ts';
import { DeleteCustomerPanel } from './delete-customer-panel.tsx';
import { useCustomer } from './use-customer.ts';

/** `/customers/$id/…`: the header and tabs around each part. */
export function CustomerPage(): JSX.Element {
  const customer = useCustomer();
  return <StateBoundary query={customer}>{(known) => <Page key={known.customer.lago_id} known={known} />}</StateBoundary>;
}

type OpenPanel = 'plan' | 'coupon' | 'add-on' | 'delete' | null;

function Page({ known: { customer } }: { readonly known: CustomerWithLocksAnswer }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [panel, setPanel] = useState<OpenPanel>(null);
  const { lago_id: id } = customer;
  const name = customerName(customer);
  usePageActions(
    useMemo(
      () => [
        {
          id: 'edit-customer',
          label: msg`Edit this customer`,
          group: 'page' as const,
          keys: 'e',
          run: () => void navigate({ to: '/customers/$id/edit', params: { id } }),
        },
        { id: 'assign-plan', label: msg`Assign a plan`, group: 'page' as const, keys: 'a', run: () => setPanel('plan') },
        { id: 'apply-coupon', label: msg`Apply a coupon`, group: 'page' as const, run: () => setPanel('coupon') },
        { id: 'apply-add-on', label: msg`Apply an add-on`, group: 'page' as const, run: () => setPanel('add-on') },
        { id: 'delete-customer', label: msg`Delete this customer`, group: 'page' as const, run: () => setPanel('delete') },
      ],
      [navigate, id],
    ),
  );
  const close = (): void => setPanel(null);
  return (
    <>
      <DetailPage
        title={name}
        crumbs={[{ label: t`Customers`, to: '/customers' }]}
        below={
          <Group gap="md">
            <span>
              <Trans>External id</Trans> <CopyId value={customer.external_id} label={t`external id`} />
            </span>
            <span>
              <Trans>Id</Trans> <CopyId value={id} label={t`id`} />
            </span>
          </Group>
        }
        actions={
          <>
            <Button leftSection={<IconPlus size={14} />} onClick={() => setPanel('plan')}>
              <Trans>Assign a plan</Trans>
            </Button>
            <Button
              variant="default"
              leftSection={<IconEdit size={14} />}
              renderRoot={(props) => <Link to="/customers/$id/edit" params={{ id }} {...props} />}
            >
              <Trans>Edit</Trans>
            </Button>
            <MoreMenu name={name} apiPath={`/api/v1/customers/${pathPart(customer.external_id)}`} json={{ customer }}>
              <Menu.Item leftSection={<IconTag size={14} />} onClick={() => setPanel('coupon')}>
                <Trans>Apply a coupon…</Trans>
              </Menu.Item>
              <Menu.Item leftSection={<IconPuzzle size={14} />} onClick={() => setPanel('add-on')}>
                <Trans>Apply an add-on…</Trans>
              </Menu.Item>
              <Menu.Item color="var(--ink-red)" leftSection={<IconTrash size={14} />} onClick={() => setPanel('delete')}>
                <Trans>Delete…</Trans>
              </Menu.Item>
            </MoreMenu>
          </>
        }
        tabs={useTabs(id)}
        record={{ entity: 'customer', id, open: (next) => void navigate({ to: '/customers/$id/overview', params: { id: next } }) }}
      >
        <Outlet />
      </DetailPage>
      <AssignPlanPanel opened={panel === 'plan'} onClose={close} customerId={id} />
      <ApplyCouponPanel opened={panel === 'coupon'} onClose={close} customerId={id} />
      <ApplyAddOnPanel opened={panel === 'add-on'} onClose={close} customerId={id} />
      <DeleteCustomerPanel
        opened={panel === 'delete'}
        onClose={close}
        onDeleted={() => void navigate({ to: '/customers' })}
        customer={{ id, externalId: customer.external_id, name }}
      />
    </>
  );
}

function useTabs(id: string): readonly DetailTab[] {
  const { t } = useLingui();
  const to = (part: string): string => `/customers/${id}/${part}`;
  return [
    { label: t`Overview`, to: to('overview') },
    { label: t`Usage`, to: to('usage') },
    { label: t`Subscriptions`, to: to('subscriptions') },
    { label: t`Invoices`, to: to('invoices') },
    { label: t`Payments`, to: to('payments') },
    { label: t`Credits`, to: to('credits') },
    { label: t`Coupons`, to: to('coupons') },
    { label: t`Add-ons`, to: to('add-ons') },
    { label: t`Events`, to: to('events') },
    { label: t`Settings`, to: to('settings') },
  ];
}
