import { Buffer } from 'node:buffer';
import { Image } from '@react-pdf/renderer';
import { createElement, type ReactElement } from 'react';
import { fillText } from '../../../shared/document-locales/catalogues.ts';
import { box, boxWith, cell, line, type Brick } from './document-elements.ts';
import type { DocumentFormat } from './document-format.ts';
import type { Address, CustomerPart, OrganizationPart } from './document-snapshot.ts';
import { styles } from './document-styles.ts';
import type { LogoImage } from './logo-image.ts';

// The upper part of both documents: title and logo, numbers and dates, the two parties, the amount.

export function titleRow(title: string, logo: LogoImage | null): ReactElement {
  return boxWith({ isUnbroken: true }, styles.titleRow, line(styles.title, title), logo === null ? null : logoElement(logo));
}

const LOGO_WIDTH = 170;
const LOGO_HEIGHT = 56;

function logoElement({ bytes, format, width, height }: LogoImage): ReactElement {
  const scale = Math.min(LOGO_WIDTH / width, LOGO_HEIGHT / height);
  const style = { ...styles.logo, width: width * scale, height: height * scale };
  // Always bytes: the library would fetch a text as an address or a file.
  return createElement(Image, { style, cache: false, src: { data: Buffer.from(bytes), format: format === 'png' ? 'png' : 'jpg' } });
}

/** A label and its value; pairs without a value are left out. */
export type KeyValue = readonly [key: string, value: string | null];

export function keysRow(left: readonly KeyValue[], metadata: CustomerPart['metadata']): ReactElement {
  return box(
    styles.keysRow,
    box(styles.keysLeft, ...left.map(keyRow)),
    box(styles.keysRight, ...metadata.map(({ key, value }) => keyRow([key, value]))),
  );
}

function keyRow([key, value]: KeyValue): Brick {
  if (value === null || value.trim() === '') return null;
  return box(styles.keyRow, cell(styles.key, key), cell(styles.keyValue, value));
}

export function partiesRow(organization: OrganizationPart, customer: CustomerPart, format: DocumentFormat): ReactElement {
  const { texts } = format;
  return box(
    styles.partiesRow,
    box(
      styles.partyLeft,
      line(styles.partyLabel, texts.from),
      line(styles.strong, organization.legalName ?? organization.name),
      ...linesOf([
        labelled(texts.legalNumber, organization.legalNumber),
        ...addressLines(organization.address, format),
        organization.email,
        organization.phone,
        labelled(texts.taxIdentificationNumber, organization.taxIdentificationNumber),
      ]),
    ),
    box(
      styles.partyRight,
      line(styles.partyLabel, texts.billTo),
      line(styles.strong, customer.displayName),
      ...linesOf([
        labelled(texts.legalNumber, customer.legalNumber),
        ...addressLines(customer.address, format),
        ...customer.emails,
        labelled(texts.taxIdentificationNumber, customer.taxIdentificationNumber),
      ]),
    ),
  );
}

function linesOf(texts: readonly (string | null)[]): Brick[] {
  return texts.map((text) => (text === null ? null : line({}, text)));
}

function labelled(template: string, value: string | null): string | null {
  return value === null || value.trim() === '' ? null : fillText(template, { number: value });
}

function addressLines(address: Address, format: DocumentFormat): (string | null)[] {
  const cityLine = [address.zipcode, address.city].filter((part) => part !== null && part !== '').join(' ');
  return [address.line1, address.line2, cityLine, address.state, address.country === null ? null : format.country(address.country)];
}

export function amountRow(amount: string, dateText: string): ReactElement {
  return boxWith({ isUnbroken: true }, styles.amountDueRow, line(styles.amountDue, amount), line(styles.dueDate, dateText));
}
