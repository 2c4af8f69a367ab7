import { headerKey } from './header-key';

/** Headers true of the day of the export: they know what came after any earlier date. */
const snapshotKeys = new Set(
  (
    'total spent|total orders|total spend|orders|number of orders|orders count|order count|aov|average order value|payment count|refunded volume|dispute losses|delinquent|status|' +
    'last active|last order|last order date|last order id|last seen|last login|last purchase|last purchase date|last activity date|last contacted|last engagement date|last open|last click|' +
    'historic customer lifetime value|total customer lifetime value|predicted customer lifetime value|customer lifetime value|clv|ltv|predicted clv|predicted ltv|churn risk prediction|expected date of next order|' +
    'historic number of orders|predicted number of orders|average days between orders|days to close|lifecycle stage|lifecyclestage|lead status|hs lead status|email suppressions|' +
    'number of sales activities|number of times contacted|number of associated deals|number of pageviews|number of sessions|number of form submissions|number of unique forms submitted|' +
    'marketing emails opened|marketing emails clicked|marketing emails replied|last changed|member rating|lifetime value|lifetime revenue|total revenue to date|current month rfm group'
  )
    .split('|')
    .map(headerKey),
);

/** Ways to say: in all so far, how often so far, when last, how long since, what is expected. */
const snapshotPatterns = [
  /^last (marketing email .*date|order|purchase|active|activity)\b/,
  /\b(historic|predicted|lifetime) .*\bvalue( [lc][tl]v)?$|\b(lifetime value|ltv|clv)$/,
  /\brfm\b.*\b(group|segment|score)$/,
  /\b(total|lifetime|cumulative|all time|overall|amount|money|historic(al)?) (net |gross |customer )?(spend|spent|spending|revenue|sales|orders|purchases|transactions|purchased|ordered|bought)\b/,
  /\b(spend|spent|revenue|sales|orders|purchases) (total|to date|so far|all time|lifetime)\b/,
  /^(n|number of|no of|num|nb|no|count of) (orders|purchases|transactions|visits|logins|sessions|repeat orders)$|^(orders|purchases?|transactions?|visits?) (count|number)$|^purchases$/,
  /\b(avg|average|mean) (order|basket|purchase|transaction)( value| amount| size)?$/,
  /\b(last|latest|most recent) (order|purchase|transaction|payment|visit|visited|seen|login|logged in|log in|sign in|session|active|activity|interaction|engagement|open|opened|click|clicked|bought|ordered|used|booking)\b/,
  /\b(days?|weeks?|months?|hours?|time) since (the )?(last|latest|most recent|previous)\b/,
  /\b(churn|attrition|retention|propensity) .*?(risk|score|prob|probability|prediction|likelihood)\b|\b(risk|probability|likelihood) (of|to) (churn|leave|attrition)\b|\bpredicted churn\b/,
  /\bgesamt ?(umsatz|ausgaben|bestellungen|kaufe|einkaufe|bestellwert)\b|\b(umsatz|ausgaben|bestellungen|kaufe) (gesamt|insgesamt|bisher)\b|\bkundenwert\b/,
  /\banzahl (der )?(bestellungen|kaufe|einkaufe|auftrage|besuche)\b|\bletzte[rsn]? (\w*bestell\w*|\w*kauf\w*|besuch|login|aktivitat|anmeldung|zahlung)\b|\b(tage|wochen|monate) seit\b.*\bletzt/,
  /\b(durchschnittlicher|durchschn|mittlerer) (bestellwert|warenkorb\w*)\b|\babwanderungs(risiko|wahrscheinlichkeit)\b/,
  /\b(total|montant) (depense|des achats|achats|des commandes|commandes)\b|\bdepenses totales\b|\bchiffre d affaires (total|cumule)\b|\bpanier moyen\b|\brisque d[e ]? ?(churn|depart|attrition)\b/,
  /\b(nombre|nb) (de |d )?(commandes|achats|visites)\b|\bderniere? (commande|achat|visite|connexion|activite)\b|\bjours depuis\b.*\bderni/,
  /\b(gasto|importe gastado|compras|ventas) total(es)?\b|\btotal (gastado|compras|de compras|pedidos|de pedidos)\b|\bticket medio\b|\briesgo de (abandono|churn|baja)\b/,
  /\b(numero|no|num) (de )?(pedidos|compras|visitas)\b|\bultim[oa] (pedido|compra|visita|acceso|actividad)\b|\bdias desde\b.*\bultim/,
  /\btota(le|al) (omzet|uitgaven|besteed|besteding|bestellingen)\b|\baantal (bestellingen|aankopen|bezoeken)\b|\blaatste (bestelling|aankoop|bezoek|login)\b|\bdagen sinds\b.*\blaatste/,
  /\bspesa totale\b|\btotale (speso|ordini|acquisti)\b|\bnumero (di )?(ordini|acquisti)\b|\bultimo (ordine|acquisto|accesso)\b/,
];

/** A currency after the name: "Total Spent (EUR)". */
const currencyAtEnd = / (in )?(usd|eur|gbp|chf|cad|aud|nzd|sek|nok|dkk|pln|jpy|inr|euros?|dollars?|pounds?)$/;

/** Whether a column of a customer table, by its header in words, tells how things stand on the day of the export. */
export function isSnapshotHeader(words: string): boolean {
  const bare = words.replace(currencyAtEnd, '');
  return snapshotKeys.has(headerKey(bare)) || snapshotPatterns.some((pattern) => pattern.test(bare));
}
