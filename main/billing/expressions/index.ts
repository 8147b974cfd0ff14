/**
 * Owns: the small language in which a billable metric computes its value from an event.
 * Does not own: aggregation of those values.
 * Start reading at: parse.ts.
 */
export { evaluateExpression, type ExpressionEvent } from './evaluate.ts';
export { parseExpression, type Expression } from './parse.ts';
