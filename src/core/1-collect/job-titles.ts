import { headerWords } from './role-words';

export const roleLevels = ['Founder or C-level', 'VP or director', 'Manager', 'Individual'] as const;
export type RoleLevel = (typeof roleLevels)[number];

/** Words of job titles in English, German, French, Spanish and Dutch; the first line that fits decides. */
const levels: [RegExp, RoleLevel][] = [
  [/\b(assistants?|assistenz|asistente|assistente|secretar\w*|sekretar\w*)\b/, 'Individual'],
  [/\b(vice ?president|vp|svp|evp|avp|vicepresident[ea]?|vize\w*|vice presidente)\b/, 'VP or director'],
  [/\b(product owner|process owner|business owner|proprietaire de produit)\b/, 'Individual'],
  [
    /\b(ceo|cto|cfo|coo|cmo|cio|cpo|cro|cdo|chro|cso|ciso|cxo|dsi|daf|drh|dg|chief|founder|founding partner|cofounder|co founder|owner|co owner|president|chair(man|woman|person)?|managing partner|managing director|principal|proprietor|geschaftsfuhr\w*|grunder(in)?|mitgrunder(in)?|inhaber(in)?|vorstand\w*|fondat\w+|cofondat\w+|gerant[es]?|pdg|president[ea]|dirigeant[es]?|directeur general|directrice generale|director general|directora general|dueno|duena|propietari[oa]|fundador[a]?|cofundador[a]?|gerente general|socio fundador|consejer[oa] delegad[oa]|eigenaar|eigenares|oprichter|algemeen directeur|bestuurder)\b/,
    'Founder or C-level',
  ],
  [
    /\b(director|directora|directeur|directrice|head|leiter(in)?|bereichsleit\w*|abteilungsleit\w*|hauptabteilungsleit\w*|direktor(in)?|responsable (de|du|des) (departement|service)|jefe de departamento|afdelingshoofd|hoofd|prokurist(in)?)\b|\b(vertriebs|marketing|personal|entwicklungs|finanz|it|einkaufs|produktions|werks)leit\w*/,
    'VP or director',
  ],
  [
    /\b(manager|managerin|mgr|lead|team ?lead(er)?|supervisor|coordinator|teamleit\w*|gruppenleit\w*|projektleit\w*|koordinator\w*|chef|cheffe|responsable|gestionnaire|coordinateur|coordinatrice|jef[ea]|gerente|encargad[oa]|coordinador[a]?|teamleider|manageress|superintendent|foreman)\b|leit(er|erin|ung)\b/,
    'Manager',
  ],
];

const functions: [RegExp, string][] = [
  [
    /\b(cmo|marketing\w*|brand|growth|communicat\w*|kommunikation\w*|content|seo|social media|pr|publicidad|mercadotecnia|markt\w*|demand generation)\b|marketing/,
    'Marketing',
  ],
  [
    /\b(customer (success|service|support|care)|support|service desk|kundenservice|kundenbetreu\w*|kundendienst|service client|atencion al cliente|klantenservice|helpdesk)\b/,
    'Customer service',
  ],
  [
    /\b(cro|sales|account (executive|manager)|business development|bdr|sdr|vertrieb\w*|verkauf\w*|aussendienst\w*|commercial[es]?|vente[s]?|ventas|comercial|verkoop\w*|revenue|key account)\b|vertrieb|verkauf/,
    'Sales',
  ],
  [
    /\b(cfo|daf|financ\w*|finanz\w*|account(ant|ing)|controll\w*|treasur\w*|buchhalt\w*|comptab\w*|contab\w*|contador\w*|boekhoud\w*|tax|steuer\w*|audit\w*|payroll)\b|buchhalt|finanz/,
    'Finance',
  ],
  [
    /\b(chro|hr|human resources|people|talent|recruit\w*|personal|personal(leit\w*|referent\w*|wesen)|ressources humaines|drh|rh|rrhh|recursos humanos|personeel\w*)\b/,
    'Human resources',
  ],
  [
    /\b(legal|counsel|lawyer|attorney|jurist\w*|rechts\w*|anwalt|anwaltin|avocat\w*|juridique|abogad[oa]|juridic[oa]|compliance|advocaat)\b/,
    'Legal',
  ],
  [
    /\b(purchas\w*|procure\w*|buyer|einkauf\w*|einkaufer\w*|achat[s]?|acheteu\w*|compras|comprador\w*|inko(op|p)\w*)\b/,
    'Purchasing',
  ],
  [
    /\b(product (manager|owner|lead|director|designer)|product|produkt\w*|produit|producto|ux|ui|design\w*|disen\w*|gestalt\w*)\b/,
    'Product and design',
  ],
  [
    /\b(cto|cio|ciso|dsi|it|edv|software|developer|dev|devops|eng|engineer\w*|entwickl\w*|programm\w*|ingenieur\w*|ingenier\w*|developpeu\w*|desarrollador\w*|informati\w*|system\w*|sistemas|systemes|data|daten\w*|tech\w*|architect|admin(istrator)?|security|network|ontwikkel\w*)\b|entwickl/,
    'IT and engineering',
  ],
  [
    /\b(coo|operati(on|ng)\w*|operac\w*|logisti\w*|supply chain|production|produktion\w*|produccion|manufactur\w*|plant|werk\w*|warehouse|lager\w*|quality|qualitat\w*|facilit\w*|project|projekt\w*|projet|proyecto\w*|office|betrieb\w*|bedrijfs\w*)\b/,
    'Operations',
  ],
  [
    /\b(research\w*|scientist|forsch\w*|chercheu\w*|investigador\w*|r d|wissenschaft\w*|professor\w*|teacher|lehrer\w*|enseignant\w*|profesor\w*|lecturer|docent)\b/,
    'Research and teaching',
  ],
  [
    /\b(ceo|chief executive|dg|founder|cofounder|owner|president|geschaftsfuhr\w*|inhaber\w*|grunder\w*|vorstand\w*|fondat\w*|gerant\w*|pdg|general|generale|dueno|duena|fundador\w*|propietari[oa]|managing|eigenaar|oprichter|chair\w*|partner|dirigeant\w*|algemeen|consejer[oa])\b/,
    'General management',
  ],
];

/** What a job title says of rank and field; null for no title. "Other" where no word of it is known. */
export function readJobTitle(title: string): { level: RoleLevel; field: string } | null {
  const words = headerWords(title.replace(/[&+]/g, ' '));
  if (words === '') return null;
  return {
    level: levels.find(([pattern]) => pattern.test(words))?.[1] ?? 'Individual',
    field: functions.find(([pattern]) => pattern.test(words))?.[1] ?? 'Other',
  };
}
