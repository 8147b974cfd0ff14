import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Text, TextInput, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconSlice, IconTrash } from '@tabler/icons-react';
import { useRef, type ClipboardEvent, type JSX, type KeyboardEvent } from 'react';
import { doubleOf, middleOf } from '../../../shared/tier-bounds.ts';
import { currencySign } from '../../format/money.ts';
import { usePlanForm, useTextField } from './form-context.ts';
import { tierFrom } from './plan-body.ts';
import { freshKey, type PriceValues, type TierValues } from './plan-values.ts';
import classes from './plans.module.css';
import { shortUnits } from './short-units.ts';
import { cellsOf, pasteTiers, type TierColumn } from './tier-paste.ts';

interface TierTableProps {
  /** Where the prices stand in the form. */
  readonly path: string;
  readonly prices: PriceValues;
  readonly model: string;
  readonly currency: string;
}

/** The tiers of a charge. Only "up to" is typed: where a tier begins follows from the one before. Rule: ui.md § 4.3. */
export function TierTable({ path, prices, model, currency }: TierTableProps): JSX.Element {
  const { t } = useLingui();
  const { form } = usePlanForm();
  const table = useRef<HTMLTableElement>(null);
  const { tiers } = prices;
  const isRate = model === 'graduated_percentage';
  const writing = model === 'volume' ? 'classic' : prices.writing;
  const write = (next: readonly TierValues[], focus?: string): void => {
    form.setFieldValue(`${path}.tiers`, next);
    if (focus !== undefined) focusSoon(table.current, `${path}.tiers.${focus}`);
  };
  /** The last tier gets an end, and an open one comes behind it. */
  const addTier = (): void => {
    const last = tiers.at(-1);
    const end = doubleOf(tiers.at(-2)?.to ?? '') ?? '100';
    if (last === undefined) return;
    write([...tiers.slice(0, -1), { ...last, to: end }, { ...last, key: freshKey(), to: '' }], `${String(tiers.length - 1)}.to`);
  };
  const split = (index: number): void => {
    const tier = tiers[index];
    if (tier === undefined) return;
    const end = middleOf(tierFrom(prices, index) ?? '', tier.to) ?? '';
    write([...tiers.slice(0, index), { ...tier, to: end }, { ...tier, key: freshKey() }, ...tiers.slice(index + 1)], `${String(index)}.to`);
  };
  /** Without the last tier the one before it is open. */
  const remove = (index: number): void => {
    const rest = tiers.filter((_, position) => position !== index);
    write(
      rest.map((tier, position) => (position === rest.length - 1 ? { ...tier, to: '' } : tier)),
      `${String(Math.max(index - 1, 0))}.price`,
    );
  };
  const paste = (event: ClipboardEvent, row: number, column: TierColumn): void => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'));
    if (cells === null) return;
    event.preventDefault();
    write(pasteTiers(tiers, { row, column }, cells));
  };
  return (
    <div>
      <table className={classes['tiers']} ref={table} aria-label={t`Tiers`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>From</Trans>
            </th>
            <th scope="col">
              <Trans>Up to</Trans>
            </th>
            <th scope="col">
              {isRate ? <Trans>Rate</Trans> : model === 'volume' ? <Trans>Each of all units</Trans> : <Trans>Per unit</Trans>}
            </th>
            <th scope="col">
              <Trans>Flat</Trans>
            </th>
            <th scope="col">
              <VisuallyHidden>{t`Change the tiers`}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, index) => (
            <TierRow
              key={tier.key}
              path={`${path}.tiers.${String(index)}`}
              tier={tier}
              number={index + 1}
              from={tierFrom({ ...prices, writing }, index)}
              isBeyond={writing === 'touching' && index > 0}
              isLast={index === tiers.length - 1}
              isOnly={tiers.length === 1}
              isRate={isRate}
              sign={currencySign(currency)}
              onPaste={(event, column) => paste(event, index, column)}
              onAdd={addTier}
              onSplit={() => split(index)}
              onRemove={() => remove(index)}
            />
          ))}
        </tbody>
      </table>
      <Group gap="sm" mt={4}>
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={addTier}>
          <Trans>Add a tier</Trans>
        </Button>
        <Text size="xs" c="dimmed">
          <Trans>Tab in the last field adds one, too. Rows of a spreadsheet can be pasted.</Trans>
        </Text>
      </Group>
    </div>
  );
}

function focusSoon(table: HTMLElement | null, path: string): void {
  requestAnimationFrame(() => {
    const field = table?.querySelector<HTMLInputElement>(`[data-path="${CSS.escape(path)}"]`);
    field?.focus();
    field?.select();
  });
}

interface TierRowProps {
  readonly path: string;
  readonly tier: TierValues;
  readonly number: number;
  readonly from: string | null;
  /** The tier begins above its "from", not with it. */
  readonly isBeyond: boolean;
  readonly isLast: boolean;
  readonly isOnly: boolean;
  readonly isRate: boolean;
  readonly sign: string;
  readonly onPaste: (event: ClipboardEvent, column: TierColumn) => void;
  readonly onAdd: () => void;
  readonly onSplit: () => void;
  readonly onRemove: () => void;
}

function TierRow(props: TierRowProps): JSX.Element {
  const { t } = useLingui();
  const { path, tier, number, from, isLast, isRate, sign } = props;
  const to = useTextField(`${path}.to`, tier.to);
  const price = useTextField(`${path}.price`, tier.price);
  const flat = useTextField(`${path}.flat`, tier.flat);
  const addOnTab = (event: KeyboardEvent): void => {
    if (!isLast || event.key !== 'Tab' || event.shiftKey) return;
    event.preventDefault();
    props.onAdd();
  };
  const begin = from === null ? '…' : shortUnits(from);
  const right = { input: { textAlign: 'right' } } as const;
  return (
    <tr>
      <td className={`number ${classes['from'] ?? ''}`}>{props.isBeyond ? `> ${begin}` : begin}</td>
      <td>
        {isLast ? (
          <TextInput
            aria-label={t`Tier ${number} up to`}
            value="∞"
            readOnly
            styles={right}
            data-path={to['data-path']}
            error={to.error}
            tabIndex={-1}
            onPaste={(event) => props.onPaste(event, 'to')}
          />
        ) : (
          <TextInput
            aria-label={t`Tier ${number} up to`}
            inputMode="decimal"
            styles={right}
            {...to}
            onPaste={(event) => props.onPaste(event, 'to')}
          />
        )}
      </td>
      <td>
        <TextInput
          aria-label={isRate ? t`Tier ${number} rate` : t`Tier ${number} per unit`}
          inputMode="decimal"
          styles={right}
          leftSection={isRate ? null : <Text size="xs">{sign}</Text>}
          rightSection={isRate ? <Text size="xs">%</Text> : null}
          {...price}
          onPaste={(event) => props.onPaste(event, 'price')}
        />
      </td>
      <td>
        <TextInput
          aria-label={t`Tier ${number} flat`}
          inputMode="decimal"
          placeholder="0"
          styles={right}
          leftSection={<Text size="xs">{sign}</Text>}
          {...flat}
          onPaste={(event) => props.onPaste(event, 'flat')}
          onKeyDown={addOnTab}
        />
      </td>
      <td>
        <Group gap={0} wrap="nowrap">
          {!isLast && (
            <Tooltip label={t`Split this tier`}>
              <ActionIcon size={26} aria-label={t`Split tier ${number}`} onClick={props.onSplit}>
                <IconSlice size={14} />
              </ActionIcon>
            </Tooltip>
          )}
          {!props.isOnly && (
            <Tooltip label={t`Remove this tier`}>
              <ActionIcon size={26} aria-label={t`Remove tier ${number}`} onClick={props.onRemove}>
                <IconTrash size={14} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </td>
    </tr>
  );
}
