/** Where a field of the wire stands in the plan's form: `charges.0.properties.volume_ranges.1.to_value` → `charges.0.prices.tiers.1.to`. */
export function formPathOf(wirePath: string): string {
  const plain = PLAIN[wirePath];
  if (plain !== undefined) return plain;
  return wirePath
    .replace(/^usage_thresholds\.(\d+)\.amount_cents$/, 'thresholds.$1.amount')
    .replace(/\.min_amount_cents$/, '.min_amount')
    .replace(/\.billable_metric_(id|code)$/, '.billable_metric_id')
    .replace(/\.properties\.(graduated|volume|graduated_percentage)_ranges$/, '.prices.tiers.0.to')
    .replace(/\.(graduated|volume|graduated_percentage)_ranges\.(\d+)\./, '.tiers.$2.')
    .replace(/\.properties\b/, '.prices')
    .replace(/(\.tiers\.\d+)\.(to_value|from_value)$/, '$1.to')
    .replace(/(\.tiers\.\d+)\.(per_unit_amount|rate)$/, '$1.price')
    .replace(/(\.tiers\.\d+)\.flat_amount$/, '$1.flat');
}

const PLAIN: Readonly<Record<string, string>> = {
  amount_cents: 'amount',
  'minimum_commitment.amount_cents': 'commitment_amount',
};
