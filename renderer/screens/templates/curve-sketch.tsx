import type { JSX } from 'react';
import type { CurvePointAnswer } from '../../../shared/internal/price.ts';

const WIDTH = 240;
const HEIGHT = 48;

/** The shape of a price curve, without numbers: what the template's own page shows in full. */
export function CurveSketch({ points }: { readonly points: readonly CurvePointAnswer[] }): JSX.Element {
  const places = points.map((point) => ({ units: Number(point.units), price: Number(point.amount) }));
  const end = Math.max(...places.map(({ units }) => units), 1);
  const top = Math.max(...places.map(({ price }) => price), 1e-9);
  const path = places.map(({ units, price }) => {
    const [x, y] = [(units / end) * WIDTH, HEIGHT - 2 - (price / top) * (HEIGHT - 4)];
    return `${String(Math.round(x * 10) / 10)},${String(Math.round(y * 10) / 10)}`;
  });
  return (
    <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} width="100%" height={HEIGHT} preserveAspectRatio="none" aria-hidden>
      <polyline points={path.join(' ')} fill="none" stroke="var(--ink-blue)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
