import { assertNever } from '../../../shared/assert.ts';
import { Decimal, isDecimalText } from '../../../shared/decimal.ts';
import type { Expression, FunctionName, Operator } from './parse.ts';

/** The event that an expression is computed for. */
export interface ExpressionEvent {
  readonly code: string;
  /** Unix seconds; a fraction is milliseconds. */
  readonly timestamp: Decimal;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** More decimals or zeros than this serve nobody, and would make a text of any length. */
const MAX_DIGITS = 100;
const MAX_TEXT_LENGTH = 10_000;

/**
 * Computes an expression for one event: a decimal, exact to 60 digits and unrounded unless the expression rounds, or a text.
 * `round` is half away from zero; its second value and that of `ceil` and `floor` is the count of decimals, 0 when absent,
 * negative for tens and hundreds. Null when the event does not allow it: a property is missing or is not numeric where a
 * number is needed, or a division by zero. Rule: api.md § 3, `expression`.
 */
export function evaluateExpression(expression: Expression, event: ExpressionEvent): Decimal | string | null {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'code':
      return event.code;
    case 'timestamp':
      return event.timestamp;
    case 'property':
      return readProperty(event.properties, expression.name);
    case 'negation':
      return evaluateNumber(expression.of, event)?.negated() ?? null;
    case 'arithmetic': {
      const left = evaluateNumber(expression.left, event);
      const right = evaluateNumber(expression.right, event);
      return left === null || right === null ? null : calculate(expression.operator, left, right);
    }
    case 'call':
      return expression.name === 'concat' ? concatenate(expression.values, event) : roundCall(expression.name, expression.values, event);
    default:
      return assertNever(expression, 'kind of expression');
  }
}

function readProperty(properties: Readonly<Record<string, unknown>>, name: string): Decimal | string | null {
  const value = Object.hasOwn(properties, name) ? properties[name] : null;
  if (typeof value === 'number') return new Decimal(String(value));
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : null;
}

/** A number, or a text that is a plain decimal number. */
function evaluateNumber(expression: Expression, event: ExpressionEvent): Decimal | null {
  const value = evaluateExpression(expression, event);
  if (typeof value === 'string') return isDecimalText(value) ? new Decimal(value) : null;
  return value;
}

function calculate(operator: Operator, left: Decimal, right: Decimal): Decimal | null {
  switch (operator) {
    case '+':
      return left.plus(right);
    case '-':
      return left.minus(right);
    case '*':
      return left.times(right);
    case '/':
      return right.isZero() ? null : left.div(right);
    default:
      return assertNever(operator, 'operator');
  }
}

function concatenate(values: readonly Expression[], event: ExpressionEvent): string | null {
  let text = '';
  for (const expression of values) {
    const value = evaluateExpression(expression, event);
    if (value === null) return null;
    text += typeof value === 'string' ? value : value.toFixed();
    if (text.length > MAX_TEXT_LENGTH) return null;
  }
  return text;
}

const ROUNDINGS = { ceil: Decimal.ROUND_CEIL, floor: Decimal.ROUND_FLOOR, round: Decimal.ROUND_HALF_UP } as const;

function roundCall(name: Exclude<FunctionName, 'concat'>, values: readonly Expression[], event: ExpressionEvent): Decimal | null {
  const [value, digits] = values.map((each) => evaluateNumber(each, event));
  if (value === undefined || value === null || digits === null) return null;
  const decimals = digits?.toNumber() ?? 0;
  if (!Number.isInteger(decimals) || Math.abs(decimals) > MAX_DIGITS) return null;
  const shift = new Decimal(10).pow(decimals);
  return value.times(shift).toDecimalPlaces(0, ROUNDINGS[name]).div(shift);
}
