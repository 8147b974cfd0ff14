import { Text, View } from '@react-pdf/renderer';
import { createElement, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { readsRightToLeft, toOneLine, toParagraphs } from './document-text.ts';

// The few bricks that the layouts are made of. They are plain calls and not JSX: the worker is started from
// source under Node, which strips types but knows no JSX.

/** What the library calls a style, without the lists that it also takes. */
export type Style = Exclude<NonNullable<ComponentProps<typeof View>['style']>, readonly unknown[]>;
export type Brick = ReactElement | null;

export interface BoxOptions {
  /** Keeps the box on one page. Never for content of unknown length: what is taller than a page is cut off. */
  readonly isUnbroken?: boolean;
  /** Starts a new page; for direct children of the page only. */
  readonly startsPage?: boolean;
  /** Repeats the box on every page that its parent continues on. */
  readonly isRepeated?: boolean;
  /** Moves to the next page together with at least this much of what follows, in points. */
  readonly keepAhead?: number;
}

export function box(style: Style | readonly Style[], ...children: readonly ReactNode[]): ReactElement {
  return createElement(View, { style: mergeStyles(style) }, ...children);
}

export function boxWith(options: BoxOptions, style: Style | readonly Style[], ...children: readonly ReactNode[]): ReactElement {
  const props = {
    style: mergeStyles(style),
    wrap: options.isUnbroken !== true,
    break: options.startsPage === true,
    fixed: options.isRepeated === true,
    ...(options.keepAhead === undefined ? {} : { minPresenceAhead: options.keepAhead }),
  };
  return createElement(View, props, ...children);
}

/** Text on one line, or on more where it is too long; nothing when it is empty. */
export function line(style: Style | readonly Style[], text: string): Brick {
  return textElement(style, toOneLine(text));
}

const EMPTY_LINE: Style = { height: 6.5 };

/** Text with its own line breaks, each of its lines by itself: the library switches to a font of its own at a line break. */
export function paragraph(style: Style | readonly Style[], text: string): Brick {
  const lines = toParagraphs(text).split('\n');
  if (lines.length === 1) return textElement(style, lines.join(''));
  return box(style, ...lines.map((content) => textElement({}, content) ?? box(EMPTY_LINE)));
}

/** One cell of a row: an empty one keeps its width. */
export function cell(style: Style | readonly Style[], text: string): ReactElement {
  return line(style, text) ?? box(style);
}

function textElement(style: Style | readonly Style[], text: string): Brick {
  if (text === '') return null;
  // Only the order of the letters follows the text's direction; the side is the column's.
  const direction: Style = readsRightToLeft(text) ? { direction: 'rtl', textAlign: 'left' } : {};
  return createElement(Text, { style: { ...direction, ...mergeStyles(style) } }, text);
}

/** `Array.isArray` does not know lists that are read-only. */
function isStyleList(style: Style | readonly Style[]): style is readonly Style[] {
  return Array.isArray(style);
}

function mergeStyles(style: Style | readonly Style[]): Style {
  return isStyleList(style) ? style.reduce<Style>((merged, next) => ({ ...merged, ...next }), {}) : style;
}
