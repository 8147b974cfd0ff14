import { assert, assertNever, present } from '../../../shared/assert.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { AggregatedUsage, AggregationType, ChargeModel, ChargeProperties, PricedUsage } from '../facts.ts';
import { packageTerms, percentageTerms, standardPrice, tierTerms } from './charge-properties.ts';
import { priceDynamic } from './dynamic.ts';
import { valuesOfCount, valuesOfEvenEvents, valuesOfEvents, type EventValues } from './event-values.ts';
import { priceGraduated } from './graduated.ts';
import { priceGraduatedPercentage } from './graduated-percentage.ts';
import { pricePackage } from './package.ts';
import { pricePercentage } from './percentage.ts';
import { priceProratedGraduated } from './prorated-graduated.ts';
import { priceStandard } from './standard.ts';
import { needsListedEvents } from './usage-needs.ts';
import { priceVolume } from './volume.ts';

/** How one bucket is priced: the charge's model with the bucket's own properties. */
export interface PriceTerms {
  readonly aggregationType: AggregationType;
  readonly chargeModel: ChargeModel;
  readonly properties: ChargeProperties;
  readonly currency: CurrencyCode;
  readonly prorated: boolean;
}

/**
 * Quotients are carried to 60 digits. A third of three must be one again before money is rounded, so the tail of an
 * amount is settled far below any digit that a price can have.
 */
const SETTLED_DECIMALS = 40;

/**
 * The price of one bucket's usage by its charge model: exact, in currency units, with the steps that lead to it. The units have already
 * had the metric's rounding function; the amount is rounded by the fee, once. Rule: pricing.md §§ 4 "Prorated" and 5.
 */
export function priceUsage(terms: PriceTerms, usage: AggregatedUsage): PricedUsage {
  const priced = priceByModel(terms, usage);
  return {
    ...priced,
    amount: priced.amount.toDecimalPlaces(SETTLED_DECIMALS),
    unitAmount: priced.unitAmount.toDecimalPlaces(SETTLED_DECIMALS),
  };
}

function priceByModel(terms: PriceTerms, usage: AggregatedUsage): PricedUsage {
  const { properties, prorated } = terms;
  switch (terms.chargeModel) {
    case 'standard':
      return priceStandard(usage.units, pricedUnits(usage, prorated), standardPrice(properties));
    case 'package':
      return pricePackage(usage.units, packageTerms(properties));
    case 'graduated': {
      const tiers = tierTerms('graduated', properties);
      if (!prorated) return priceGraduated(usage.units, tiers);
      return priceProratedGraduated(usage.units, tiers, present(usage.events, 'prorated graduated pricing has the events in order'));
    }
    case 'volume':
      return priceVolume(usage.units, pricedUnits(usage, prorated), tierTerms('volume', properties));
    case 'graduated_percentage':
      return priceGraduatedPercentage(usage.units, tierTerms('graduated_percentage', properties));
    case 'percentage':
      return pricePercentage(usage.units, percentageTerms(properties), eventValues(terms, usage));
    case 'dynamic':
      return priceDynamic(usage.units, present(usage.preciseAmountCents, 'dynamic usage carries its price'), terms.currency);
    default:
      return assertNever(terms.chargeModel, 'charge model');
  }
}

function pricedUnits(usage: AggregatedUsage, prorated: boolean): Decimal {
  return prorated ? present(usage.proratedUnits, 'the usage of a prorated charge carries its weight') : usage.units;
}

/** Without listed events only their count is used, and for counts each event is 1. */
function eventValues(terms: PriceTerms, usage: AggregatedUsage): EventValues {
  if (usage.hasEvenEvents === true) return valuesOfEvenEvents(usage.units, usage.eventsCount);
  if (usage.events !== null) return valuesOfEvents(usage.events, usage.unlistedCount);
  assert(!needsListedEvents(terms), 'a percentage with free units or limits has the events in order');
  return valuesOfCount(usage.eventsCount);
}
