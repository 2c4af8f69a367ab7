import type { FeatureDefinition } from '../../2-features/feature-table';
import { isProtected } from '../clusters/protected-words';
import type { Separation } from '../results/separation';
import { sayMiddle } from './tell-difference';

/** Two lines about a segment: what its members are typically like, and what sets them apart. */
export type Persona = [typical: string, apart: string];

const mostTypical = 3;
const mostApart = 2;

/** From what separates the segment, strongest first; never from who people are. */
export function describePersona(
  name: string,
  size: number,
  nCustomers: number,
  separations: Separation[],
  definitions: FeatureDefinition[],
): Persona {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const usable = separations.flatMap((separation) => {
    const definition = byName.get(separation.feature);
    return definition && !isProtected(definition) ? [{ separation, definition }] : [];
  });
  const typical = usable
    .filter(({ separation }) => separation.own !== null)
    .slice(0, mostTypical)
    .map(({ separation, definition }) => `${definition.label} ${sayMiddle(definition.unit, separation.own)}`);
  const clear = usable.filter(({ separation: { strength } }) =>
    ['a little', 'clearly', 'strongly'].includes(strength),
  );
  const apart = clear.slice(0, mostApart).map(({ separation }) => separation.sentence);
  const who = `${size.toLocaleString('en-US')} of ${nCustomers.toLocaleString('en-US')} customers`;
  return [
    typical.length ? `${name}: ${who}, typically with ${typical.join(', ')}` : `${name}: ${who}`,
    apart.length
      ? `Most unlike the others in ${apart.join('; ')}`
      : 'No single trait sets them apart from the others',
  ];
}
