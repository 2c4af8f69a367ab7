import { hashText } from '../../1-collect/data-hash';
import { AppError } from '../../kit/errors';
import type { FeatureDefinition } from '../feature-table';
import type { Formula } from './formula';
import { parseFormula } from './parse-formula';

/** A feature a person wrote, as plain JSON. `hash` (SHA-256, hex) changes with its meaning, not with its spelling. */
export type FormulaDefinition = {
  name: string;
  label: string;
  text: string;
  formula: Formula;
  version: number;
  hash: string;
};

/** A camelCase name made of a label in words, not taken yet. */
export function nameFormula(label: string, known: Pick<FeatureDefinition, 'name'>[]): string {
  const words = label.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words
    .map((word, i) => (i ? word[0]!.toUpperCase() + word.slice(1).toLowerCase() : word.toLowerCase()))
    .join('')
    .slice(0, 40);
  const base = /^\p{Ll}/u.test(joined) ? joined : `trait${joined}`;
  const taken = new Set(known.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`;
    if (!taken.has(name)) return name;
  }
}

/** Raise it when the same formula would give other values. */
const language = 1;

/**
 * A feature by the name (camelCase, not taken) from features that are known. `previous` is the definition it replaces:
 * the version rises when the meaning changed.
 */
export function defineFormula(
  name: string,
  label: string,
  text: string,
  known: Pick<FeatureDefinition, 'name' | 'label'>[],
  previous: FormulaDefinition | null = null,
): FormulaDefinition {
  const others = known.filter((one) => one.name !== previous?.name);
  if (!/^\p{Ll}[\p{L}\p{N}]{0,59}$/u.test(name)) throw new AppError('UnfitTraitName', name);
  if (others.some((one) => one.name === name)) throw new AppError('TraitNameTaken', name);
  const formula = parseFormula(text, others);
  const hash = hashText(JSON.stringify([language, name, formula]));
  const version = previous ? previous.version + (previous.hash === hash ? 0 : 1) : 1;
  return { name, label: label.trim() || name, text, formula, version, hash };
}
