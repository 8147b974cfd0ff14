import { useLingui } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState, type JSX } from 'react';
import type { CustomerLocksAnswer, CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';
import { read, send } from '../../api-client.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { saveReversible } from '../../components/undo.ts';
import { AddressFields, BillingFields, IdentityFields } from './customer-form-fields.tsx';
import { MetadataFields, PaymentFields, SectionFields } from './customer-form-choices.tsx';
import { CustomerDocumentCard } from './customer-document-card.tsx';
import { customerName } from './customer-name.ts';
import { bodyOf, changesBody, NEW_CUSTOMER, valuesOf, type CustomerValues } from './customer-values.ts';

export interface CustomerFormParts {
  readonly form: UseFormReturnType<CustomerValues>;
  /** What the form holds now: for parts that depend on others. */
  readonly values: CustomerValues;
  readonly locks: CustomerLocksAnswer;
  readonly isNew: boolean;
}

const NO_LOCKS: CustomerLocksAnswer = { external_id: null, currency: null };

/** `/customers/new`. */
export function NewCustomer(): JSX.Element {
  return <CustomerForm known={null} />;
}

/** `/customers/$id/edit`. */
export function EditCustomer(): JSX.Element {
  const { id } = useParams({ from: '/shell/customers/$id/edit' });
  const customer = useQuery({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => read<CustomerWithLocksAnswer>(`/api/internal/customers/${id}`, { signal }),
  });
  return <StateBoundary query={customer}>{(known) => <CustomerForm key={known.customer.lago_id} known={known} />}</StateBoundary>;
}

function CustomerForm({ known }: { readonly known: CustomerWithLocksAnswer | null }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [first] = useState(() => (known === null ? NEW_CUSTOMER : valuesOf(known)));
  const [values, setValues] = useState(first);
  const form = useForm<CustomerValues>({ mode: 'uncontrolled', initialValues: first, onValuesChange: setValues });
  const savedId = useRef(known?.customer.lago_id ?? '');
  const save = async (typed: CustomerValues): Promise<void> => {
    if (known === null) {
      const made = await send<CustomerWithLocksAnswer>('POST', '/api/internal/customers', bodyOf(typed));
      savedId.current = made.customer.lago_id;
    } else {
      await saveReversible('PUT', `/api/internal/customers/${savedId.current}`, {
        body: changesBody(first, typed),
        message: t`Saved “${customerName(known.customer)}”`,
      });
    }
  };
  const parts: CustomerFormParts = { form, values, locks: known?.locks ?? NO_LOCKS, isNew: known === null };
  return (
    <EditorPage
      title={known === null ? t`New customer` : customerName(known.customer)}
      crumbs={[{ label: t`Customers`, to: '/customers' }]}
      form={form}
      draftName={`customer ${known?.customer.lago_id ?? 'new'}`}
      saveLabel={known === null ? t`Add customer` : t`Save customer`}
      onSave={save}
      onSaved={() => void navigate({ to: '/customers/$id/overview', params: { id: savedId.current } })}
      onLeave={() =>
        void (known === null
          ? navigate({ to: '/customers' })
          : navigate({ to: '/customers/$id/overview', params: { id: savedId.current } }))
      }
      effect={<CustomerDocumentCard values={values} />}
      effectWidth={320}
    >
      <Stack gap="lg" maw={680}>
        <IdentityFields {...parts} />
        <AddressFields {...parts} />
        <BillingFields {...parts} />
        <PaymentFields {...parts} />
        <SectionFields {...parts} />
        <MetadataFields {...parts} />
      </Stack>
    </EditorPage>
  );
}
