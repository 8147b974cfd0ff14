import { containsText, type ListCondition } from '../list-query.ts';

/** What a customer is called on screen: its name, else the person's, else its legal name, else the caller's own id. Never NULL. */
export function customerNameOf(table: string): string {
  const person = `TRIM(COALESCE("${table}"."firstname", '') || ' ' || COALESCE("${table}"."lastname", ''))`;
  return `COALESCE(NULLIF("${table}"."name", ''), NULLIF(${person}, ''), NULLIF("${table}"."legal_name", ''), "${table}"."external_id")`;
}

const SEARCHED = ['name', 'legal_name', 'firstname', 'lastname', 'external_id', 'email'];

/** Rows of customers of whose names the text is a part. */
export function ofCustomersNamed(column: string, text: string): ListCondition {
  const named = SEARCHED.map((name) => containsText(`"searched"."${name}"`, text));
  return {
    sql: `${column} IN (SELECT "searched"."id" FROM "customers" AS "searched" WHERE ${named.map(({ sql }) => sql).join(' OR ')})`,
    values: named.flatMap(({ values }) => values),
  };
}
