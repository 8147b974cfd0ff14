import { Trans, useLingui } from '@lingui/react/macro';
import { Button, MultiSelect, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type ChangeEvent, type JSX, type ReactNode } from 'react';
import type { OrganizationAnswer } from '../../../shared/wire/organization.ts';
import type { TaxAnswer } from '../../../shared/wire/tax.ts';
import { read } from '../../api-client.ts';
import { codeFromName } from '../../components/code-from-name.ts';
import type { CustomerFormParts } from './customer-editor.tsx';
import { countryChoices, currencyChoices, languageChoices, languageName, timeZoneChoices } from './places.ts';
import { ADDRESS_FIELDS } from './customer-values.ts';

export function FormPart({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

export function IdentityFields({ form, locks, isNew }: CustomerFormParts): JSX.Element {
  const { t } = useLingui();
  const input = (path: string) => form.getInputProps(path);
  const changeName = input('name').onChange as (event: ChangeEvent<HTMLInputElement>) => void;
  const suggested = useRef('');
  // While the name is typed: a field that is set is drawn anew, and would lose the focus that has just come to it.
  const suggest = (name: string): void => {
    if (!isNew || form.getValues().external_id !== suggested.current) return;
    suggested.current = codeFromName(name);
    form.setFieldValue('external_id', suggested.current);
  };
  const lockReason = {
    has_invoices: t`Fixed: it stands in invoices, and your systems name the customer by it.`,
    has_subscriptions: t`Fixed: the customer has subscriptions, and your systems name it by this id.`,
  };
  return (
    <FormPart title={t`Customer`}>
      <TextInput
        label={t`Name`}
        {...input('name')}
        key={form.key('name')}
        onChange={(event) => {
          changeName(event);
          suggest(event.currentTarget.value);
        }}
      />
      <TextInput
        label={t`External id`}
        description={
          locks.external_id === null
            ? t`Your own key for this customer. It cannot change once it was billed.`
            : lockReason[locks.external_id]
        }
        required
        readOnly={locks.external_id !== null}
        variant={locks.external_id === null ? 'default' : 'filled'}
        classNames={{ input: 'code' }}
        {...input('external_id')}
        key={form.key('external_id')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label={t`E-mail`} description={t`Several: with commas between.`} {...input('email')} key={form.key('email')} />
        <TextInput label={t`Phone`} description={t`With the country code.`} {...input('phone')} key={form.key('phone')} />
        <TextInput label={t`First name`} {...input('firstname')} key={form.key('firstname')} />
        <TextInput label={t`Last name`} {...input('lastname')} key={form.key('lastname')} />
        <TextInput label={t`Legal name`} {...input('legal_name')} key={form.key('legal_name')} />
        <TextInput label={t`Legal number`} {...input('legal_number')} key={form.key('legal_number')} />
        <TextInput
          label={t`Tax identification number`}
          {...input('tax_identification_number')}
          key={form.key('tax_identification_number')}
        />
        <Select
          label={t`Kind`}
          clearable
          data={[
            { value: 'company', label: t`Company` },
            { value: 'individual', label: t`Individual` },
          ]}
          {...input('customer_type')}
          key={form.key('customer_type')}
        />
        <TextInput label={t`Web page`} {...input('url')} key={form.key('url')} />
      </SimpleGrid>
    </FormPart>
  );
}

export function AddressFields({ form, values }: CustomerFormParts): JSX.Element {
  const { t } = useLingui();
  const [isShippingOpen, setShippingOpen] = useState(() => ADDRESS_FIELDS.some((field) => (values.shipping_address[field] ?? '') !== ''));
  return (
    <FormPart title={t`Address`}>
      <AddressInputs form={form} prefix="" />
      {isShippingOpen ? (
        <FormPart title={t`Shipping address`}>
          <AddressInputs form={form} prefix="shipping_address." />
        </FormPart>
      ) : (
        <div>
          <Button variant="subtle" onClick={() => setShippingOpen(true)}>
            <Trans>Add a shipping address</Trans>
          </Button>
        </div>
      )}
    </FormPart>
  );
}

function AddressInputs({ form, prefix }: Pick<CustomerFormParts, 'form'> & { readonly prefix: '' | 'shipping_address.' }): JSX.Element {
  const { t } = useLingui();
  const countries = useMemo(countryChoices, []);
  const input = (name: string) => form.getInputProps(`${prefix}${name}`);
  const key = (name: string) => form.key(`${prefix}${name}`);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput label={t`Address line 1`} {...input('address_line1')} key={key('address_line1')} />
      <TextInput label={t`Address line 2`} {...input('address_line2')} key={key('address_line2')} />
      <TextInput label={t`Postal code`} {...input('zipcode')} key={key('zipcode')} />
      <TextInput label={t`City`} {...input('city')} key={key('city')} />
      <TextInput label={t`State`} {...input('state')} key={key('state')} />
      <Select label={t`Country`} data={countries} searchable clearable {...input('country')} key={key('country')} />
    </SimpleGrid>
  );
}

export function useOrganization() {
  return useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<{ readonly organization: OrganizationAnswer }>('/api/v1/organizations', { signal }),
  });
}

export function BillingFields({ form, values, locks }: CustomerFormParts): JSX.Element {
  const { t } = useLingui();
  const organization = useOrganization().data?.organization;
  const taxes = useQuery({
    queryKey: ['tax', 'choices'],
    queryFn: ({ signal }) => read<{ readonly taxes: readonly TaxAnswer[] }>('/api/v1/taxes?per_page=1000', { signal }),
  });
  const currencies = useMemo(currencyChoices, []);
  const languages = useMemo(languageChoices, []);
  const [firstZone] = useState(values.timezone);
  const zones = useMemo(() => timeZoneChoices(firstZone ?? ''), [firstZone]);
  const input = (path: string) => form.getInputProps(path);
  const inherited = {
    zone: organization?.timezone ?? 'UTC',
    language: languageName(organization?.billing_configuration.document_locale ?? 'en'),
    term: String(organization?.net_payment_term ?? 0),
    grace: String(organization?.billing_configuration.invoice_grace_period ?? 0),
  };
  return (
    <FormPart title={t`Billing`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t`Currency`}
          description={
            locks.currency === null
              ? t`Empty: that of the first plan or purchase.`
              : t`Fixed while a subscription is active or about to start: invoices are in this currency.`
          }
          data={currencies}
          searchable
          clearable={locks.currency === null}
          readOnly={locks.currency !== null}
          variant={locks.currency === null ? 'default' : 'filled'}
          {...input('currency')}
          key={form.key('currency')}
        />
        <Select
          label={t`Time zone`}
          description={t`Decides where days and periods begin. Empty: ${inherited.zone}`}
          data={zones}
          searchable
          clearable
          limit={200}
          {...input('timezone')}
          key={form.key('timezone')}
        />
        <Select
          label={t`Language of documents`}
          description={t`Empty: ${inherited.language}`}
          data={languages}
          clearable
          {...input('document_locale')}
          key={form.key('document_locale')}
        />
        <MultiSelect
          label={t`Taxes`}
          description={t`Instead of the organization’s.`}
          size="xs"
          data={(taxes.data?.taxes ?? []).map((tax) => ({ value: tax.code, label: `${tax.name} · ${tax.rate}%` }))}
          clearable
          {...input('tax_codes')}
          key={form.key('tax_codes')}
        />
        <TextInput
          label={t`Payment term in days`}
          description={t`Empty: ${inherited.term}`}
          inputMode="numeric"
          {...input('net_payment_term')}
          key={form.key('net_payment_term')}
        />
        <TextInput
          label={t`Grace period in days`}
          description={t`How long invoices stay drafts. Empty: ${inherited.grace}`}
          inputMode="numeric"
          {...input('invoice_grace_period')}
          key={form.key('invoice_grace_period')}
        />
        <IssuingFields form={form} />
      </SimpleGrid>
    </FormPart>
  );
}

function IssuingFields({ form }: Pick<CustomerFormParts, 'form'>): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <Select
        label={t`Invoices of zero`}
        allowDeselect={false}
        data={[
          { value: 'inherit', label: t`As the organization does` },
          { value: 'finalize', label: t`Are made` },
          { value: 'skip', label: t`Are left out` },
        ]}
        {...form.getInputProps('finalize_zero_amount_invoice')}
        key={form.key('finalize_zero_amount_invoice')}
      />
      <Select
        label={t`Date of periodic invoices`}
        allowDeselect={false}
        data={[
          { value: 'next_period_start', label: t`First day of the next period` },
          { value: 'current_period_end', label: t`Last day of the period` },
        ]}
        {...form.getInputProps('subscription_invoice_issuing_date_anchor')}
        key={form.key('subscription_invoice_issuing_date_anchor')}
      />
      <Select
        label={t`With a grace period`}
        allowDeselect={false}
        data={[
          { value: 'align_with_finalization_date', label: t`The date is the day it ends` },
          { value: 'keep_anchor', label: t`The date stays` },
        ]}
        {...form.getInputProps('subscription_invoice_issuing_date_adjustment')}
        key={form.key('subscription_invoice_issuing_date_adjustment')}
      />
    </>
  );
}
