import type { BucketKey, ChargeFilterTerms, ChargeTerms } from '../facts.ts';
import { pricingGroupKeys } from '../pricing/charge-properties.ts';
import { propertyText, type EventProperties } from './property-text.ts';

interface FilterRule {
  readonly filterId: string;
  readonly accepted: readonly (readonly [key: string, values: ReadonlySet<string>])[];
  readonly groupKeys: readonly string[];
}

/**
 * Makes the function that tells an event's bucket: the matching filter with the most keys, among equal ones the first created,
 * else the default one; then the values of that filter's own pricing group keys, where missing and empty are null.
 * Rule: pricing.md § 7.
 */
export function bucketKeyReader(charge: ChargeTerms): (properties: EventProperties) => BucketKey {
  const rules = charge.filters.map(filterRule).sort((one, other) => other.accepted.length - one.accepted.length); // stable: equal ones stay in order of creation
  const defaultGroupKeys = pricingGroupKeys(charge.properties);
  return (properties) => {
    const rule = rules.find(({ accepted }) => accepted.every(([key, values]) => values.has(readText(properties, key) ?? '')));
    const groupKeys = rule === undefined ? defaultGroupKeys : rule.groupKeys;
    return {
      filterId: rule?.filterId ?? null,
      groupedBy: Object.fromEntries(groupKeys.map((key) => [key, readText(properties, key)])),
    };
  };
}

function filterRule(filter: ChargeFilterTerms): FilterRule {
  const accepted = Object.entries(filter.acceptedValues).map(
    ([key, values]) => [key, new Set(values.filter((value) => value !== ''))] as const,
  );
  return { filterId: filter.id, accepted, groupKeys: pricingGroupKeys(filter.properties) };
}

/** Text of a property; null when it is missing or empty. */
function readText(properties: EventProperties, key: string): string | null {
  const text = Object.hasOwn(properties, key) ? propertyText(properties[key]) : null;
  return text === '' ? null : text;
}

/** A bucket's key as one text, the same whatever the order of its group keys. */
export function bucketKeyText(key: BucketKey): string {
  const groups = Object.entries(key.groupedBy).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([key.filterId, ...groups]);
}

/** The buckets that a charge has without any event: each filter's and the default one, in that order, with null groups. */
export function emptyBucketKeys(charge: ChargeTerms): readonly BucketKey[] {
  const nullGroups = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, null]));
  return [
    ...charge.filters.map((filter) => ({ filterId: filter.id, groupedBy: nullGroups(pricingGroupKeys(filter.properties)) })),
    { filterId: null, groupedBy: nullGroups(pricingGroupKeys(charge.properties)) },
  ];
}
