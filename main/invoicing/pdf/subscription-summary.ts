import type { ReactElement } from 'react';
import { box, boxWith, cell, line } from './document-elements.ts';
import type { DocumentFormat } from './document-format.ts';
import type { SubscriptionPart } from './document-snapshot.ts';
import { styles } from './document-styles.ts';
import { sumFees } from './fee-rows.ts';

const periodCell = { width: 170, flexShrink: 0, paddingRight: 12 };
const amountCell = { ...styles.numberCell, width: 110 };

/** One line per subscription: its name, its days and its amount before tax and coupons. */
export function subscriptionSummary(subscriptions: readonly SubscriptionPart[], format: DocumentFormat): ReactElement {
  const { texts } = format;
  return box(
    styles.section,
    boxWith(
      { isUnbroken: true, isRepeated: true, keepAhead: 40 },
      styles.tableHead,
      cell(styles.itemCell, texts.subscription),
      cell(periodCell, texts.period),
      cell(amountCell, texts.amountExcludingTax),
    ),
    ...subscriptions.map((subscription) => summaryRow(subscription, format)),
  );
}

function summaryRow(subscription: SubscriptionPart, format: DocumentFormat): ReactElement {
  const period = subscription.period ?? subscription.chargesPeriod;
  return boxWith(
    { isUnbroken: true },
    [styles.tableRow, styles.ruled],
    box(styles.itemCell, line({}, subscription.displayName), planNote(subscription)),
    cell([periodCell, styles.muted], period === null ? '' : format.range(period)),
    cell(amountCell, format.money(sumFees(subscription.fees))),
  );
}

function planNote({ displayName, planDisplayName }: SubscriptionPart): ReactElement | null {
  return displayName === planDisplayName ? null : line(styles.note, planDisplayName);
}
