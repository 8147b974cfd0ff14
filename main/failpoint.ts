/** Set to `true` when the host is bundled: a built program has no failpoints. */
declare const __BUILT__: boolean | undefined;

/** The places where a test may end the process, each between two steps that must not depend on being done together. */
export const FAILPOINTS = [
  'after-payment-row',
  'before-payment-call',
  'after-payment-call',
  'before-refund-call',
  'after-refund-call',
  'after-provider-customer-call',
  'after-event-stored',
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

let passes = 0;

/** Ends the process as a power cut would, when `METERBOOK_FAILPOINT` names this place: `after-payment-call:3` at its third pass. */
export function failpoint(name: Failpoint): void {
  if (typeof __BUILT__ !== 'undefined') return;
  const [asked, pass = '1'] = (process.env['METERBOOK_FAILPOINT'] ?? '').split(':');
  if (asked !== name) return;
  passes += 1;
  if (passes === Number(pass)) process.kill(process.pid, 'SIGKILL');
}
