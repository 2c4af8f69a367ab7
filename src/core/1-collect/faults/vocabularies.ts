import type { Column } from '../read-table';
import { eachText } from './fault';

const listOf = (groups: string): Map<string, string> =>
  new Map(
    groups.split('|').flatMap((group) => {
      const words = group.split(',');
      return words.map((word): [string, string] => [word, words[0]!]);
    }),
  );

const answers = listOf('yes,y,true,t,1,ja,oui,si,sí,x|no,n,false,f,0,nein,non');
const states = listOf(
  'cancelled,canceled,cancel|refunded,refund|returned,return|completed,complete,done|shipped,dispatched,sent|' +
    'paid,payed|fulfilled,fulfiled|delivered,deliverd|pending,open|failed,failure|storniert,storno|abgeschlossen,erledigt',
);
const countries = listOf(
  'germany,deutschland,de,deu,allemagne|united kingdom,uk,gb,great britain,gbr|united states,usa,us,united states of america|' +
    'austria,österreich,at,aut|switzerland,schweiz,ch,che,suisse|france,frankreich,fr,fra|netherlands,nl,nld,holland,nederland|' +
    'spain,españa,es,esp,spanien|italy,italia,it,ita,italien|belgium,belgien,belgique,be,bel|poland,polska,polen,pl|' +
    'denmark,danmark,dänemark,dk|sweden,sverige,schweden,se|ireland,eire,ie,irl|canada,ca,can',
);

/** What the small-letter words of a column mean, where it is one of yes and no, of order states or of countries. */
export function sameMeaning(column: Column): Map<string, string> | null {
  if (column.reading.role === 'status') return states;
  if (column.reading.role === 'country' || /\b(country|land|pays|pais)\b/.test(column.words))
    return countries;
  let isAnswer = column.profile.nDistinct > 2;
  eachText(column, (text) => (isAnswer &&= answers.has(text.trim().toLowerCase())));
  return isAnswer ? answers : null;
}
