import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from 'd3';

// Slot 1..8: circle, diamond, triangle, saltire, square, triangle down, star, cross; 0 = everything else.
const shapes = [
  { type: symbolCircle, turn: 0 },
  { type: symbolCircle, turn: 0 },
  { type: symbolDiamond, turn: 0 },
  { type: symbolTriangle, turn: 0 },
  { type: symbolCross, turn: 45 },
  { type: symbolSquare, turn: 0 },
  { type: symbolTriangle, turn: 180 },
  { type: symbolStar, turn: 0 },
  { type: symbolCross, turn: 0 },
];

/** A slot's mark as a path around (0, 0), `area` in square pixels, and its turn in degrees. */
export function slotShape(slot: number, area: number): { path: string; turn: number } {
  const { type, turn } = shapes[slot] ?? shapes[0]!;
  return { path: symbol(type, area)() ?? '', turn };
}

export const slotColour = (slot: number): string => `var(--slot-${slot >= 1 && slot <= 8 ? slot : 0})`;
