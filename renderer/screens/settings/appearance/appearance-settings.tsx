import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Radio, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { DetailPage } from '../../../components/detail-page.tsx';
import { formatMoney, formatUnits } from '../../../format/money.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { useSettingsTabs } from '../settings-tabs.tsx';

/** Steps of the text's size in per cent. */
const TEXT_SIZES = ['90', '100', '110', '125', '150'];

/** `/settings/appearance`: kept in this browser, never sent. */
export function AppearanceSettings(): JSX.Element {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, firstDayOfWeek, change } = usePreferences();
  return (
    <DetailPage title={t`Appearance`} crumbs={[]} tabs={useSettingsTabs()}>
      <Stack p="lg" gap="xl" maw={620}>
        <Text size="sm" c="dimmed">
          <Trans>These choices are for this browser. Invoices and their PDFs always look the same.</Trans>
        </Text>
        <Choice label={t`Theme`}>
          <SegmentedControl
            aria-label={t`Theme`}
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={[
              { value: 'auto', label: t`As the system` },
              { value: 'light', label: t`Light` },
              { value: 'dark', label: t`Dark` },
            ]}
          />
        </Choice>
        <Choice label={t`Density`}>
          <SegmentedControl
            aria-label={t`Density`}
            value={density}
            onChange={(value) => change({ density: value })}
            data={[
              { value: 'compact', label: t`Compact` },
              { value: 'comfortable', label: t`Comfortable` },
            ]}
          />
        </Choice>
        <TextSize />
        <Radio.Group
          label={t`Calendars begin on`}
          description={t`For showing only: billing weeks begin on Sunday.`}
          value={String(firstDayOfWeek)}
          onChange={(value) => change({ firstDayOfWeek: Number(value) as 0 | 1 | 6 })}
        >
          <Group mt={8}>
            <Radio value="0" label={t`Sunday`} />
            <Radio value="1" label={t`Monday`} />
            <Radio value="6" label={t`Saturday`} />
          </Group>
        </Radio.Group>
      </Stack>
    </DetailPage>
  );
}

function Choice({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Stack gap={8} align="flex-start">
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {children}
    </Stack>
  );
}

function TextSize(): JSX.Element {
  const { t } = useLingui();
  const { textScale, change } = usePreferences();
  return (
    <Choice label={t`Text size`}>
      <SegmentedControl
        aria-label={t`Text size`}
        value={String(Math.round(textScale * 100))}
        onChange={(percent) => change({ textScale: Number(percent) / 100 })}
        data={TEXT_SIZES.map((percent) => ({ value: percent, label: `${percent} %` }))}
      />
      <Text size="sm" className="number">
        {t`A line of this size: ${formatUnits('30412')} requests, ${formatMoney('3150', 'USD')}.`}
      </Text>
    </Choice>
  );
}
