import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventWarnings } from '../../main/usage/index.ts';
import { CREATED_AT, ORGANIZATION_ID } from '../support/billing-rows.ts';
import { openUsageBooks, type UsageBooks } from './usage-books.ts';

describe('the warnings of an event that was taken', () => {
  let opened: UsageBooks;
  beforeAll(async () => {
    opened = await openUsageBooks();
    await opened.books.billableMetric({ code: 'calls', aggregationType: 'count_agg' });
    await opened.books.billableMetric({ code: 'storage', aggregationType: 'sum_agg', fieldName: 'gb' });
    await opened.books.billableMetric({ code: 'level', aggregationType: 'latest_agg', fieldName: 'gb' });
    await opened.books.billableMetric({ code: 'users', aggregationType: 'unique_count_agg', fieldName: 'id' });
    await opened.books.billableMetric({ code: 'gone', deletedAt: CREATED_AT });
  });
  afterAll(() => opened.close());

  it.each([
    ['of an unknown code', 'mystery', {}, ['unknown_code']],
    ['of the code of a deleted metric', 'gone', {}, ['unknown_code']],
    ['of a count, whatever it carries', 'calls', { gb: 'x' }, []],
    ['with a number', 'storage', { gb: 12.5 }, []],
    ['with the text of a number', 'storage', { gb: '-12.50' }, []],
    ['without the property', 'storage', { mb: 1 }, ['missing_property']],
    ['with a null', 'storage', { gb: null }, ['missing_property']],
    ['with an empty text', 'storage', { gb: '' }, ['missing_property']],
    ['with an exponent', 'storage', { gb: '1e3' }, ['property_not_numeric']],
    ['with separators', 'level', { gb: '1,000' }, ['property_not_numeric']],
    ['with true', 'level', { gb: true }, ['property_not_numeric']],
    ['with an inherited name', 'users', { constructor: undefined }, ['missing_property']],
    ['with a value to tell apart', 'users', { id: 7 }, []],
    ['with a blank value to tell apart', 'users', { id: ' ' }, ['missing_property']],
  ])('%s', (_, code, properties, warnings) => {
    const event = { organizationId: ORGANIZATION_ID, code, timestampMs: 0, properties };
    expect(eventWarnings(opened.books.context.database.read, event)).toEqual(warnings);
  });

  it('go away once there is a metric', async () => {
    const event = { organizationId: ORGANIZATION_ID, code: 'later', timestampMs: 0, properties: {} };
    const { read } = opened.books.context.database;
    expect(eventWarnings(read, event)).toEqual(['unknown_code']);
    await opened.books.billableMetric({ code: 'later' });
    expect(eventWarnings(read, event)).toEqual([]);
  });
});
