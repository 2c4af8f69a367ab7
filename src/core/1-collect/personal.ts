import type { PersonalKind } from './collected';

/** What a header alone says of a person, the narrower first: "card address zip" is a card's, not an address. */
const byHeader: [PersonalKind, RegExp][] = [
  ['card', /\b(card|kreditkarten?|creditcard) ?(id|no|number|last ?\d|brand|funding|exp|name|holder|address|issue|fingerprint|cvc|cvv|avs|tokenization|type|bin)\b|\b(cvc|cvv|iban|kreditkartennummer|kontonummer|numero de tarjeta|numero de carte|credit card)\b/], // prettier-ignore
  ['ip', /\bip( address| adresse)?$|\bipaddress$/],
  ['birthday', /\b(birth ?day|birth ?date|date of birth|dob|born|geburtstag|geburtsdatum|date de naissance|naissance|fecha de nacimiento|nacimiento|geboortedatum|data di nascita|nascimento)\b/], // prettier-ignore
  ['email', /\b(e ?mail|email address|e mail adresse|courriel|correo|correo electronico|mailadresse|emailadresse)$/], // prettier-ignore
  ['phone', /\b(phone|phone ?number|telephone|telefon|telefonnummer|telefono|telefoon|telefoonnummer|mobile|mobile number|mobiltelefon|handy|handynummer|movil|portable|cell|cellphone|tel|fax|whatsapp number|numero de telephone)$/], // prettier-ignore
  ['address', /\b(street|street ?address|address|address ?line|addr|address ?\d|line ?\d|strasse|hausnummer|anschrift|adresse|rue|direccion|calle|straat|straatnaam|adres|huisnummer|indirizzo|endereco|latitude|longitude|lat|lng|lon)( ?\d)?$/], // prettier-ignore
  ['name', /\b(first ?name|last ?name|full ?name|sur ?name|given ?name|family ?name|middle ?name|fname|lname|vorname|nachname|familienname|prenom|nom de famille|nom complet|apellidos?|nombre completo|voornaam|achternaam|cognome|sobrenome|username|user ?name|(customer|client|contact|billing|shipping|recipient|card ?holder|buyer|person) ?name|kundenname|nom du client|nombre del cliente|klantnaam)$/], // prettier-ignore
];
/** Headers that name a person only where the values look it: an order may have a "Name", too. */
const maybeName = /^(name|nom|nombre|naam|nome|customer|client|kunde|klant|cliente|contact|respondent|buyer|user|person|owner|besteller)$/; // prettier-ignore
/** Counts, kinds and permissions around such values that are not the value itself. */
const aboutOnly =
  /\b(accepts?|consent|opt ?in|opt ?out|subscribed|opened|opens|clicked|clicks|replied|date|time|timestamp|count|number of|status|type|suppressions?|verified|valid|marketing|enabled|service)\b/;

/** A shop's own cards. */
const ownCard = /\b(loyalty|club|member|gift|kunden|bonus)\b/;

const emailText = /^[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$/i;
const ipText = /^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){4,7}$/i;
const phoneText = /^'?[+(]?\d[\d\s()./-]{5,19}$/;
const internationalPhone = /^'?\+\d[\d\s()./-]{7,18}$/;
const personText = /^\p{Lu}[\p{L}'’.-]*([ ,]+(van|von|de|der|den|del|di|da|la|le|y|e)\b)*([ ,]+\p{Lu}[\p{L}'’.-]*){1,3}$/u; // prettier-ignore
const wordText = /^[\p{L}'’. -]{1,40}$/u;

const isFlag = (text: string): boolean => /^(yes|no|true|false|0|1|ja|nein|oui|non|si|nee)$/i.test(text);
/** "**** 4242", "4242" or the whole number. */
const isMaskedCard = (text: string): boolean =>
  /^[*xX•\s-]*\d{4}$/.test(text) || /^\d{4,6}[*xX•\s-]+\d{2,4}$/.test(text) || isCardNumber(text);

type Share = (fits: (text: string) => boolean) => number;

/** What a column tells of a person, from its header in words (`headerWords`) and some of its values; null = nothing. */
export function personalKind(words: string, sampleValues: readonly string[]): PersonalKind | null {
  const values = sampleValues.map((text) => text.slice(0, 200).trim()).filter((text) => text !== '');
  const share: Share = (fits) => (values.length === 0 ? 0 : values.filter(fits).length / values.length);
  if (share((text) => emailText.test(text)) > 0.5) return 'email';
  if (share(isCardNumber) > 0.8 && values.length >= 3) return 'card';
  if (share((text) => ipText.test(text)) > 0.8) return 'ip';
  if (share((text) => internationalPhone.test(text)) > 0.8) return 'phone';
  const named = byHeader.find(([, pattern]) => pattern.test(words))?.[0];
  const isMeant =
    named === 'card'
      ? !ownCard.test(words)
      : named === 'birthday' || (named !== undefined && !aboutOnly.test(words));
  if (isMeant) return values.length === 0 || canBe(named!, words, share) ? named! : null;
  return maybeName.test(words) && share((text) => personText.test(text)) > 0.5 ? 'name' : null;
}

/** A header may promise what the values do not keep: a "Mobile" column of yes and no names nobody's telephone. */
function canBe(kind: PersonalKind, words: string, share: Share): boolean {
  switch (kind) {
    case 'card':
      return /number$|\bno$/.test(words) ? share(isMaskedCard) > 0.5 : share(isFlag) < 0.5;
    case 'phone':
      return share((text) => phoneText.test(text)) > 0.5;
    case 'email':
    case 'ip':
      return share(isFlag) < 0.5;
    case 'name':
      return share((text) => wordText.test(text) || personText.test(text)) > 0.5;
    case 'birthday':
      return share((text) => /\d/.test(text)) > 0.5;
    default:
      return true;
  }
}

/** 13 to 19 digits whose check digit fits (Luhn). */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^[3-6]\d{12,18}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
