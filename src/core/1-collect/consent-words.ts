import { headerWords } from './role-words';

const refusals = new Set(
  (
    'no|n|false|f|0|unsubscribed|never subscribed|not subscribed|opt out|opted out|optout|declined|denied|refused|withdrawn|revoked|suppressed|cleaned|non subscribed|no consent|not given|non marketing contact|' +
    'nein|abgemeldet|abgelehnt|widerrufen|nicht erteilt|non|desabonne|desinscrit|refuse|retire|baja|cancelado|rechazado|denegado|nee|uitgeschreven|afgemeld|geweigerd|ingetrokken'
  ).split('|'),
);
const agreements = new Set(
  (
    'yes|y|true|t|1|subscribed|opt in|opted in|optin|accepted|granted|given|consented|allowed|confirmed|active|double opt in|marketing contact|single opt in|explicit|' +
    'ja|angemeldet|erteilt|zugestimmt|eingewilligt|oui|abonne|inscrit|accepte|accorde|si|suscrito|aceptado|concedido|ingeschreven|aangemeld|gegeven|akkoord'
  ).split('|'),
);

/** 1 agreed, 0 refused or withdrawn, -1 not said ("pending" and anything unknown): that counts as no. */
export function consentState(text: string): 1 | 0 | -1 {
  const words = headerWords(text);
  return refusals.has(words) ? 0 : agreements.has(words) ? 1 : -1;
}

/** Headers that ask whether somebody may be written to, whatever else they say. */
const consentHeader =
  /\b(consent\w*|opt(ed)? ?(in|out)|optin|optout|\w*einwilligung|newsletter|toestemming|nieuwsbrief|boletin)\b/;

/** Whether a column tells of consent: by a header such as "Marketing email consent" and cells that say yes or no. */
export const tellsConsent = (words: string, texts: readonly string[]): boolean =>
  consentHeader.test(words) && texts.length > 0 && texts.every((text) => consentState(text) >= 0);

/** What people are asked about; the first line that fits a header decides. */
const purposes: [RegExp, string][] = [
  [/\bsms\b|\btext\b|\bmobile marketing\b/, 'SMS'],
  [/whats ?app/, 'WhatsApp'],
  [/\b(phone|call|calls|telefon\w*|anruf\w*|appel|llamada\w*|telefonisch)\b/, 'phone'],
  [/\b(post|postal|direct mail|brief\w*|courrier|correo postal)\b/, 'post'],
  [/\b(analytics|statist\w*|tracking|messung|mesure|analitica)\b/, 'analytics'],
  [
    /\b(ads?|advertising|personali[sz]ed ads|werbeanzeigen|publicite|publicidad|advertentie\w*|retargeting)\b/,
    'ads',
  ],
  [
    /\b(e ?mail\w*|newsletter\w*|mailing\w*|optin time|opt in time|unsub\w*|correo|courriel|nieuwsbrief)\b/,
    'e-mail',
  ],
];

/** What a consent column is about, from its header; "marketing" when the header names no way. */
export const consentPurpose = (header: string): string =>
  purposes.find(([pattern]) => pattern.test(headerWords(header)))?.[1] ?? 'marketing';

/** "Unsubscribed", "opt-out", "do not call": yes in such a column is a no. */
export const isRefusalHeader = (header: string): boolean =>
  /\b(unsub\w*|opt(ed)? ?out|optout|suppress\w*|do not|dnc|no contact|abgemeldet|abmeldung|werbesperre|desinscri\w*|desabonn\w*|baja|afgemeld|uitgeschreven|blocked|blacklist\w*)\b/.test(
    headerWords(header),
  );
