import { EntitySchema, type EntitySchemaColumnOptions, type ValueTransformer } from 'typeorm';
import { Temporal } from '../../shared/dates.ts';
import { Decimal } from '../../shared/decimal.ts';

// How a domain value is kept in SQLite: cents INTEGER, decimals TEXT, instants INTEGER epoch milliseconds, days TEXT, JSON TEXT.
// A transformer leaves everything else (null, find operators) as it is.

const CENTS: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (typeof value === 'number' ? BigInt(value) : value),
};
const DECIMAL: ValueTransformer = {
  to: (value: unknown) => (value instanceof Decimal ? value.toFixed() : value),
  from: (value: unknown) => (typeof value === 'string' ? new Decimal(value) : value),
};
const INSTANT: ValueTransformer = {
  to: (value: unknown) => (value instanceof Temporal.Instant ? value.epochMilliseconds : value),
  from: (value: unknown) => (typeof value === 'number' ? Temporal.Instant.fromEpochMilliseconds(value) : value),
};
const DATE: ValueTransformer = {
  to: (value: unknown) => (value instanceof Temporal.PlainDate ? value.toString() : value),
  from: (value: unknown) => (typeof value === 'string' ? Temporal.PlainDate.from(value) : value),
};
const BOOLEAN: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'boolean' ? Number(value) : value),
  from: (value: unknown) => (typeof value === 'number' ? value === 1 : value),
};
const JSON_TEXT: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

type Column = EntitySchemaColumnOptions;

const nullable = (column: Column): Column => ({ ...column, nullable: true });

export const text: Column = { type: 'text' };
export const integer: Column = { type: 'integer' };
export const centsColumn: Column = { type: 'integer', transformer: CENTS };
export const decimalColumn: Column = { type: 'text', transformer: DECIMAL };
export const instantColumn: Column = { type: 'integer', transformer: INSTANT };
export const dateColumn: Column = { type: 'text', transformer: DATE };
export const booleanColumn: Column = { type: 'integer', transformer: BOOLEAN };
export const jsonColumn: Column = { type: 'text', transformer: JSON_TEXT };

export const nullableText = nullable(text);
export const nullableInteger = nullable(integer);
export const nullableCents = nullable(centsColumn);
export const nullableDecimal = nullable(decimalColumn);
export const nullableInstant = nullable(instantColumn);
export const nullableDate = nullable(dateColumn);
export const nullableBoolean = nullable(booleanColumn);
export const nullableJson = nullable(jsonColumn);

export const idColumn: Column = { type: 'text', primary: true };
/** Insertion counter, SQLite's row id: breaks ties of `created_at`. Filled by the database. */
export const sequenceColumn: Column = { type: 'integer', insert: false, update: false };

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** One table: property names are camelCase, column names the same in snake_case. Every column of the row type must be named. */
export function defineTable<Row extends object>(name: string, columns: Readonly<Record<keyof Row & string, Column>>): EntitySchema<Row> {
  const named = Object.entries<Column>(columns).map(([property, column]) => [property, { ...column, name: snakeCase(property) }] as const);
  return new EntitySchema<Row>({ name, tableName: name, columns: Object.fromEntries(named) as never });
}
