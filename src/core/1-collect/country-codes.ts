import { headerWords } from './role-words';

/** Names and codes people write that the languages' own lists do not hold. */
const aliases =
  'usa us|u s a us|u s us|america us|united states of america us|estados unidos us|eeuu us|uk gb|u k gb|great britain gb|england gb|scotland gb|wales gb|northern ireland gb|gbr gb|' +
  'britain gb|holland nl|the netherlands nl|nld nl|deu de|ger de|brd de|federal republic of germany de|fra fr|esp es|ita it|che ch|aut at|bel be|swe se|nor no|dnk dk|fin fi|pol pl|cze cz|' +
  'czech republic cz|tschechische republik cz|prt pt|irl ie|eire ie|republic of ireland ie|grc gr|el gr|hun hu|rou ro|russia ru|russian federation ru|rus ru|turkey tr|turkei tr|tur tr|' +
  'south korea kr|korea kr|republic of korea kr|kor kr|viet nam vn|hong kong hk|hong kong sar hk|macau mo|taiwan tw|twn tw|jpn jp|chn cn|prc cn|p r china cn|ind in|can ca|aus au|nzl nz|mex mx|' +
  'bra br|brasil br|arg ar|chl cl|col co|zaf za|rsa za|uae ae|are ae|emirates ae|isr il|sgp sg|slovak republic sk|macedonia mk|bosnia ba|ivory coast ci|cape verde cv|burma mm|swaziland sz|vatican va';

/** Where names are asked for in these languages; the countries themselves are asked of the engine. */
const languages = ['en', 'de', 'fr', 'es', 'nl', 'it', 'pt'];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Not countries: the European Union, the eurozone, the United Nations, made-up and unknown ones. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

function listNames(): Map<string, string> {
  const codes = new Map<string, string>();
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const known = letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => !notCountries.has(code) && english.of(code) !== undefined);
  for (const language of languages) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of known) codes.set(headerWords(names.of(code) ?? code), code);
  }
  for (const code of known) codes.set(code.toLowerCase(), code);
  for (const alias of aliases.split('|'))
    codes.set(alias.slice(0, alias.lastIndexOf(' ')), alias.slice(-2).toUpperCase());
  codes.set('uk', 'GB');
  return codes;
}

let codes: Map<string, string> | null = null;

/** The two-letter code of a country by its name in seven languages, a code or a common other name; '' when unknown. */
export function countryCode(text: string): string {
  codes ??= listNames();
  return (
    codes.get(headerWords(text.replace(/\./g, ' '))) ?? codes.get(headerWords(text.replace(/\./g, ''))) ?? ''
  );
}
