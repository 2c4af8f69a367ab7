const legalForms = new Set(
  (
    'gmbh mbh ag kg kgaa ohg gbr ug ev eg ek se co cie inc incorporated ltd limited llc llp lp plc corp corporation company ' +
    'sa sas sasu sarl eurl scs snc srl spa slu sl sau sc bv nv vof cv bvba ab as asa aps oy oyj kft zrt sro doo pty pte ' +
    'pvt ltda sab sapi kk gk holding holdings group gruppe groupe grupo'
  ).split(' '),
);

/** What tells a company's names apart: "ACME GmbH & Co. KG", "Acme, Inc." and "acme" are one; '' for none. */
export function accountKey(name: string): string {
  if (name === '') return '';
  const words = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/\b(\p{L})\.(?=\p{L}\.?)/gu, '$1')
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  if (words.length > 1 && words[0] === 'the') words.shift();
  while (words.length > 1 && legalForms.has(words.at(-1)!)) words.pop();
  return words.join(' ');
}
