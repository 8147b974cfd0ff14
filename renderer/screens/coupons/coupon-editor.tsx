import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Stack, Text } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { CouponPageAnswer } from '../../../shared/internal/coupons.ts';
import type { CouponAnswer } from '../../../shared/wire/coupon.ts';
import type { OrganizationAnswer } from '../../../shared/wire/organization.ts';
import { pathPart, read, send } from '../../api-client.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { saveReversible } from '../../components/undo.ts';
import { CouponExample } from './coupon-example.tsx';
import { LimitFields, NameFields, ValueFields } from './coupon-fields.tsx';
import { bodyOfCoupon, pathOfCouponField, valuesOfCoupon, type CouponValues } from './coupon-values.ts';
import { useCoupon } from './use-coupon.ts';

/** `/coupons/new`. Rule: ui.md § 4.5. */
export function NewCoupon(): JSX.Element {
  const organization = useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<{ readonly organization: OrganizationAnswer }>('/api/v1/organizations', { signal }),
  });
  return (
    <StateBoundary query={organization}>
      {(known) => <CouponForm page={null} currency={known.organization.default_currency} />}
    </StateBoundary>
  );
}

/** `/coupons/$id/edit`. */
export function EditCoupon(): JSX.Element {
  const { id } = useParams({ from: '/shell/coupons/$id/edit' });
  const page = useCoupon(id);
  return (
    <StateBoundary query={page}>
      {(known) => <CouponForm key={id} page={known} currency={known.coupon.amount_currency ?? 'USD'} />}
    </StateBoundary>
  );
}

/** What every part of the form is given. */
export interface CouponFormParts {
  readonly form: UseFormReturnType<CouponValues>;
  readonly values: CouponValues;
  /** Somebody was given it: its terms stand. */
  readonly isLocked: boolean;
}

interface CouponFormProps {
  readonly page: CouponPageAnswer | null;
  readonly currency: string;
}

function CouponForm({ page, currency }: CouponFormProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const coupon = page?.coupon ?? null;
  const isLocked = page !== null && page.given_count > 0;
  const [savedId, setSavedId] = useState<string | null>(coupon?.lago_id ?? null);
  const [initial] = useState(() => valuesOfCoupon(coupon, currency));
  const [values, setValues] = useState(initial);
  const form = useForm<CouponValues>({ mode: 'uncontrolled', initialValues: initial, onValuesChange: setValues });
  const save = async (sent: CouponValues): Promise<void> => {
    const body = { coupon: bodyOfCoupon(sent) };
    if (coupon !== null) {
      await saveReversible('PUT', `/api/v1/coupons/${pathPart(coupon.code)}`, { body, message: t`Saved “${sent.name}”` });
      return;
    }
    const made = await send<{ readonly coupon: CouponAnswer }>('POST', '/api/v1/coupons', body);
    setSavedId(made.coupon.lago_id);
  };
  const leave = (): void => {
    if (savedId === null) void navigate({ to: '/coupons' });
    else void navigate({ to: '/coupons/$id', params: { id: savedId } });
  };
  const parts: CouponFormParts = { form, values, isLocked };
  return (
    <EditorPage
      title={coupon === null ? t`New coupon` : coupon.name}
      crumbs={[{ label: t`Coupons`, to: '/coupons' }]}
      form={form}
      draftName={`coupon ${coupon?.lago_id ?? 'new'}`}
      saveLabel={coupon === null ? t`Add coupon` : t`Save coupon`}
      onSave={save}
      onSaved={leave}
      onLeave={leave}
      pathOf={pathOfCouponField}
      effect={<CouponExample values={values} />}
      effectWidth={420}
    >
      <Stack maw={560} gap="lg">
        {isLocked && (
          <Alert variant="outline" color="gray" icon={<IconLock />} title={t`Its terms are fixed`}>
            <Text size="sm">
              <Plural value={page.given_count} one="It was given to a customer." other="It was given # times." />{' '}
              <Trans>Name, description and expiration can change. For other terms, add another coupon.</Trans>
            </Text>
          </Alert>
        )}
        <NameFields {...parts} isNew={coupon === null} />
        <ValueFields {...parts} />
        <LimitFields {...parts} />
      </Stack>
    </EditorPage>
  );
}
