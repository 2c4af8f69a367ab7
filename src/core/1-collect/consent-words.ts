import { headerWords } from './role-words';

/** Consent to be written to at all, whichever way. */
export const GENERAL = 'marketing';
const PROFILING = 'profiling';
const ANALYTICS = 'analytics';
/** Whoever refuses one of these is in no model. */
export const modelPurposes: readonly string[] = [PROFILING, ANALYTICS];

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
  [
    /\b(third part(y|ies)|partners?|affiliates?|data sharing|share data|dritte\w*|tiers|partenaires?|terceros|derden)\b/,
    'third parties',
  ],
  [
    /\b(profil\w*|personali[sz]ation|personalisierung|personnalisation|personalizacion|perfil\w*)\b/,
    PROFILING,
  ],
  [/\b(surveys?|research|umfragen?|marktforschung|sondages?|etudes?|encuestas?|enquetes?)\b/, 'research'],
  [/\bsms\b|\btext\b|\bmobile marketing\b/, 'SMS'],
  [/whats ?app/, 'WhatsApp'],
  [/\b(phone|call|calls|telefon\w*|anruf\w*|appel|llamada\w*|telefonisch)\b/, 'phone'],
  [/\b(post|postal|direct mail|brief\w*|courrier|correo postal)\b/, 'post'],
  [/\b(analytics|statist\w*|tracking|messung|mesure|analitica)\b/, ANALYTICS],
  [
    /\b(ads?|advertising|personali[sz]ed ads|werbeanzeigen|publicite|publicidad|advertentie\w*|retargeting)\b/,
    'ads',
  ],
  [
    /\b(e ?mail\w*|newsletter\w*|mailing\w*|optin time|opt in time|unsub\w*|correo|courriel|nieuwsbrief|boletin)\b/,
    'e-mail',
  ],
  [/\bcookies?\b/, 'cookies'],
  [
    /\b(marketing|promotion\w*|promos?|offers?|\w*werbung|werbe\w*|angebote?|offres?|ofertas?|reclame|aanbiedingen)\b/,
    GENERAL,
  ],
  [/\b(terms|conditions|tos|agb|nutzungsbedingungen|cgv|cgu|condiciones|terminos|voorwaarden)\b/, 'terms'],
  [
    /\b(privacy|processing|datenschutz\w*|datenverarbeitung|verarbeitung|confidentialite|traitement|privacidad|tratamiento|verwerking)\b/,
    'data processing',
  ],
];

/** What stands in such a header without saying what for. */
const purposeless =
  /\b(consent(s|ed|ement|imiento|imento)?|consenso|opt(ed)?|in|out|optin|optout|\w*einwilligung|toestemming|gdpr|dsgvo|rgpd|avg|status|state|level|date|datum|time|timestamp|at|on|given|is|has|have|the|of|of the|to|for|accepts?|accepted|agreed|subscribed|unsub\w*|customer|user|contact|do|not|no|all|flag|info|suppress\w*|abgemeldet|abmeldung|werbesperre|baja|afgemeld|uitgeschreven|blocked|dnc|v ?\d+|\d+)\b/g;

/**
 * What a consent column is about, from its header: "marketing" where it says so or nothing more than that somebody
 * agreed, else what it says, so that a yes to anything else is no yes to marketing.
 */
export function consentPurpose(header: string): string {
  const words = headerWords(header);
  const known = purposes.find(([pattern]) => pattern.test(words))?.[1];
  if (known !== undefined) return known;
  // Who refuses something unnamed refuses everything.
  const own = isRefusalHeader(header) ? '' : words.replace(purposeless, ' ').replace(/\s+/g, ' ').trim();
  return own || GENERAL;
}

/** "Unsubscribed", "opt-out", "do not call": yes in such a column is a no. */
export const isRefusalHeader = (header: string): boolean =>
  /\b(unsub\w*|opt(ed)? ?out|optout|suppress\w*|do not|dnc|no contact|abgemeldet|abmeldung|werbesperre|desinscri\w*|desabonn\w*|baja|afgemeld|uitgeschreven|blocked|blacklist\w*)\b/.test(
    headerWords(header),
  );
