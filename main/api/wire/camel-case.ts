/** `address_line1` as the program names it: `addressLine1`. */
type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

export type CamelKeys<Wire> = { [Name in keyof Wire as Name extends string ? Camel<Name> : Name]: Wire[Name] };

/** The same values under the program's names; what is inside them stays as it is. */
export function camelKeys<Wire extends object>(wire: Wire): CamelKeys<Wire> {
  return Object.fromEntries(Object.entries(wire).map(([name, value]) => [camelCase(name), value])) as CamelKeys<Wire>;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
