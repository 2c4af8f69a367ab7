/** Months as English, German, French, Spanish and Dutch write and shorten them, without accents. */
const names = [
  'january jan januar janner janvier janv enero ene januari',
  'february feb februar fevrier fevr fev febrero februari',
  'march mar marz mrz mars marzo maart mrt',
  'april apr avril avr abril abr',
  'may mai mayo mei',
  'june jun juni juin junio',
  'july jul juli juillet juil julio',
  'august aug aout agosto ago augustus',
  'september sep sept septembre septiembre setiembre set',
  'october oct oktober okt octobre octubre',
  'november nov novembre noviembre',
  'december dec dezember dez decembre diciembre dic',
];
const monthOf = new Map(names.flatMap((list, i) => list.split(' ').map((name) => [name, i + 1] as const)));

/** 1 to 12; 0 for what is no month. */
export const monthNumber = (name: string): number =>
  monthOf.get(
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
  ) ?? 0;
