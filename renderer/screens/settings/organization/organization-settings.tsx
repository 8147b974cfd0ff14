import { useLingui } from '@lingui/react/macro';
import { Divider, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import type { OrganizationAnswer } from '../../../../shared/wire/organization.ts';
import { EditorPage } from '../../../components/editor-page.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { saveReversible } from '../../../components/undo.ts';
import { useFollowServer } from '../follow-server.ts';
import { useOrganization, type OrganizationRead } from '../organization-query.ts';
import { countryChoices, currencyChoices, timeZoneChoices } from '../places.ts';
import { SettingsTabs } from '../settings-tabs.tsx';
import { LogoField } from './logo-field.tsx';
import { inputOf, valuesOf, type OrganizationValues } from './organization-values.ts';

/** `/settings/organization`: the company that sells. */
export function OrganizationSettings(): JSX.Element {
  const [version, setVersion] = useState(0);
  return (
    <StateBoundary query={useOrganization()} rows={10}>
      {({ organization }) => <OrganizationForm key={version} organization={organization} onRenewed={() => setVersion((one) => one + 1)} />}
    </StateBoundary>
  );
}

interface OrganizationFormProps {
  readonly organization: OrganizationAnswer;
  /** The form begins anew with what is stored. */
  readonly onRenewed: () => void;
}

function OrganizationForm({ organization, onRenewed }: OrganizationFormProps): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const values = valuesOf(organization);
  const form = useForm<OrganizationValues>({ mode: 'uncontrolled', initialValues: values });
  useFollowServer(form, values);
  const save = async (changed: OrganizationValues): Promise<void> => {
    const body = { organization: inputOf(changed) };
    const saved = await saveReversible<OrganizationRead>('PUT', '/api/v1/organizations', { body, message: t`Saved the organization` });
    queries.setQueryData(['organization'], saved);
  };
  return (
    <EditorPage
      title={t`Organization`}
      crumbs={[]}
      banner={<SettingsTabs />}
      form={form}
      draftName="organization"
      saveLabel={t`Save`}
      onSave={save}
      onSaved={onRenewed}
      onLeave={() => {
        form.reset();
        onRenewed();
      }}
    >
      <Stack maw={640} gap="md">
        <IdentityFields form={form} />
        <LogoField />
        <Divider />
        <AddressFields form={form} />
        <Divider />
        <DefaultFields form={form} />
      </Stack>
    </EditorPage>
  );
}

type OrganizationFormState = UseFormReturnType<OrganizationValues>;

function IdentityFields({ form }: { readonly form: OrganizationFormState }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <TextInput label={t`Name`} required maxLength={255} key={form.key('name')} {...form.getInputProps('name')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={t`Legal name`}
          description={t`Stands on documents instead of the name.`}
          key={form.key('legal_name')}
          {...form.getInputProps('legal_name')}
        />
        <TextInput
          label={t`Legal number`}
          description={t`Of the company’s register.`}
          key={form.key('legal_number')}
          {...form.getInputProps('legal_number')}
        />
        <TextInput
          label={t`Tax identification number`}
          key={form.key('tax_identification_number')}
          {...form.getInputProps('tax_identification_number')}
        />
        <TextInput label={t`E-mail`} inputMode="email" key={form.key('email')} {...form.getInputProps('email')} />
        <TextInput label={t`Phone`} inputMode="tel" key={form.key('phone')} {...form.getInputProps('phone')} />
      </SimpleGrid>
    </>
  );
}

function AddressFields({ form }: { readonly form: OrganizationFormState }): JSX.Element {
  const { t } = useLingui();
  const countries = useMemo(countryChoices, []);
  return (
    <>
      <Title order={2}>{t`Address`}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput label={t`Address`} key={form.key('address_line1')} {...form.getInputProps('address_line1')} />
        <TextInput label={t`Address, second line`} key={form.key('address_line2')} {...form.getInputProps('address_line2')} />
        <TextInput label={t`Postal code`} key={form.key('zipcode')} {...form.getInputProps('zipcode')} />
        <TextInput label={t`City`} key={form.key('city')} {...form.getInputProps('city')} />
        <TextInput label={t`State or region`} key={form.key('state')} {...form.getInputProps('state')} />
        <Select label={t`Country`} searchable clearable data={countries} key={form.key('country')} {...form.getInputProps('country')} />
      </SimpleGrid>
    </>
  );
}

function DefaultFields({ form }: { readonly form: OrganizationFormState }): JSX.Element {
  const { t } = useLingui();
  const currencies = useMemo(currencyChoices, []);
  const zones = useMemo(() => timeZoneChoices(form.getInitialValues().timezone), []);
  return (
    <>
      <Title order={2}>{t`Defaults`}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={t`Currency`}
          description={t`Of invoices for customers who have none yet.`}
          searchable
          allowDeselect={false}
          data={currencies}
          key={form.key('default_currency')}
          {...form.getInputProps('default_currency')}
        />
        <Select
          label={t`Time zone`}
          description={t`In which days begin for customers without a zone of their own. A change moves their periods.`}
          searchable
          allowDeselect={false}
          data={zones}
          key={form.key('timezone')}
          {...form.getInputProps('timezone')}
        />
      </SimpleGrid>
    </>
  );
}
