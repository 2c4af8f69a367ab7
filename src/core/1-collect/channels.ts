/** Where a visit came from. Everything else a file names keeps its own name. */
export type VisitChannel =
  | 'direct'
  | 'organic search'
  | 'paid search'
  | 'social'
  | 'e-mail'
  | 'referral'
  | 'display'
  | 'affiliate'
  | 'SMS'
  | 'other';

export type Visit = { source: string; medium: string; referrer: string; hasClickId: boolean };

const searchSites =
  /\b(google|bing|yahoo|duckduckgo|ecosia|baidu|yandex|qwant|startpage|ask|naver|seznam|brave|aol|so\.com|sogou)\b/;
const socialSites =
  /\b(facebook|fb|instagram|ig|twitter|t\.co|x\.com|linkedin|lnkd|pinterest|tiktok|reddit|youtube|youtu\.be|snapchat|threads|whatsapp|telegram|tumblr|vk|quora|xing|mastodon|bsky|discord|meta)\b/;
const mailSites =
  /android\.gm|\b(gmail|mail|webmail|outlook\.live|outlook\.office|newsletter|e ?mail|mailchimp|klaviyo|sendgrid|hubspot email|brevo|sendinblue|braze|customer\.io|hs_email)\b/;

/** Mediums by what they mean; the first line that fits decides. */
const mediums: [RegExp, VisitChannel][] = [
  [/^(e ?mail|newsletter|mailing|crm|email marketing)$/, 'e-mail'],
  [/^(sms|text|mms)$/, 'SMS'],
  [/affiliate|partner ?program/, 'affiliate'],
  [/social|^(sm|influencer)$/, 'social'],
  [
    /^(display|banner|cpm|interstitial|gdn|programmatic|retargeting|remarketing|video|expandable)$/,
    'display',
  ],
  [/^(cpc|ppc|sem|paid ?search|paid|cpv|cpa|cpp|content text)$/, 'paid search'],
  [/^(organic|organic search|seo)$/, 'organic search'],
  [/^(referral|link|app|rss)$/, 'referral'],
];

/** No answer, or the name of a platform, which says nothing about where somebody came from. */
const noWords =
  /^(\(?(direct|none|not set|not provided)\)?|null|undefined|-|web|website|ios|android|app|mobile|desktop|api|server|backend)?$/;
const isNothing = (text: string): boolean => noWords.test(text.trim().toLowerCase());

/** The host of an address, without "www."; a bare host stays as it is. */
export const hostOf = (url: string): string =>
  url
    .replace(/^[a-z][a-z+.-]*:\/\//i, '')
    .replace(/^www\./i, '')
    .split(/[/?#:]/, 1)[0]!
    .toLowerCase();

/** One small table of rules: the medium first, then the source, then the page they came from. */
export function channelOf({ source, medium, referrer, hasClickId }: Visit): VisitChannel {
  const both = /^(.+) \/ (.+)$/.exec(source.trim());
  if (both && medium === '') return channelOf({ source: both[1]!, medium: both[2]!, referrer, hasClickId });
  const from = source.trim().toLowerCase();
  const by = medium
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  const host = isNothing(referrer) ? '' : hostOf(referrer.trim());
  const named = isNothing(by) ? undefined : mediums.find(([words]) => words.test(by))?.[1];
  if (named === 'paid search') return socialSites.test(from) ? 'social' : 'paid search';
  if (named && named !== 'referral') return named;
  if (hasClickId) return 'paid search';
  const site = isNothing(from) ? host : from;
  if (site === '') return named ?? (isNothing(by) ? 'direct' : 'other');
  if (mailSites.test(site)) return 'e-mail';
  if (socialSites.test(site)) return 'social';
  if (searchSites.test(site)) return 'organic search';
  return named === 'referral' || isNothing(by) ? 'referral' : 'other';
}
