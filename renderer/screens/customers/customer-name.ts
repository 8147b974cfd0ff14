interface Named {
  readonly name: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly legal_name: string | null;
  readonly external_id: string;
}

/** What a customer is called on screen: its name, else the person's, else the legal one, else its external id. */
export function customerName({ name, firstname, lastname, legal_name: legalName, external_id: externalId }: Named): string {
  const person = [firstname, lastname].filter((part) => part !== null && part !== '').join(' ');
  return [name, person, legalName].find((text) => text !== null && text !== '') ?? externalId;
}
