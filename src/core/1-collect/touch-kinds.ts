import type { TouchKind } from './canonical';
import { headerWords } from './role-words';

/** What an event or a status says was done with a message; the first line that fits decides. */
const kinds: [RegExp, TouchKind][] = [
  [
    /\b(unsub\w*|opt(ed)? ?out|abgemeldet|abmeldung|desinscri\w*|desabonn\w*|baja|uitgeschreven|afgemeld)\b/,
    'unsubscribe',
  ],
  [/\b(click\w*|geklickt|clic|clique\w*|hizo clic|geklikt)\b/, 'click'],
  [
    /\b(repl(y|ied|ies)|responded|antwort\w*|beantwortet|repondu\w*|reponse|respondi\w*|respuesta|beantwoord)\b/,
    'reply',
  ],
  [/\b(open(s|ed)?|geoffnet|ouvert\w*|ouverture|abiert\w*|apertura|geopend|viewed|read|gelesen)\b/, 'open'],
  [/\b(call(s|ed)?|phoned|anruf\w*|appel\w*|llamada|gebeld|telefonat)\b/, 'call'],
  [
    /\b(sent|send|delivered|received|delivery|gesendet|versendet|zugestellt|envoy\w*|envoi|enviad\w*|entregad\w*|verzonden|bezorgd)\b/,
    'sent',
  ],
];

const messages =
  /\b(e ?mail\w*|mailing|newsletter|sms|text message|whatsapp|push notification|correo|courriel)\b/;
const alone = new Set(
  'sent|send|delivered|open|opened|opens|click|clicked|clicks|reply|replied|unsubscribe|unsubscribed|unsub|call|called'.split(
    '|',
  ),
);

/**
 * What an event's name says about a message: "Opened Email" is an open; "Opened Ticket" and "delivered" of a parcel
 * are nothing of the kind unless it stands in a file of messages (`isMessage`).
 */
export function touchKindOf(name: string, isMessage = false): TouchKind | null {
  const words = headerWords(name);
  if (!isMessage && !messages.test(words)) return null;
  return kinds.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** "open" and "click" as they stand in a column of types, where nothing but such words stands. */
export const isTouchWord = (name: string): boolean => alone.has(headerWords(name));

const channels: [RegExp, string][] = [
  [/\bsms\b|text message/, 'SMS'],
  [/whatsapp/, 'WhatsApp'],
  [/\bpush\b/, 'push'],
  [/\b(call\w*|phone\w*|anruf\w*|llamada|gebeld|appel|telefon\w*)\b/, 'phone'],
  [/\b(letter|post|brief|postal|direct mail)\b/, 'post'],
  [/e ?mail|newsletter|mailing|correo|courriel/, 'e-mail'],
];

/** The way a message went, from an event's name or a channel column; e-mail when nothing says so. */
export function touchChannelOf(text: string): string {
  const words = headerWords(text);
  return channels.find(([pattern]) => pattern.test(words))?.[1] ?? 'e-mail';
}
