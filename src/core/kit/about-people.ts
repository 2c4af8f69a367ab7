/**
 * Words for what people are rather than what they do, without accents; a star stands for any ending. They are common
 * column names and values in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish and the Nordic languages.
 */
const words = [
  // sex and gender
  'gender*|sex|sexe|sexo|sesso|male|males|female*|man|men|woman|women|boy|boys|girl|girls|transgender|nonbinary|genre|genero',
  'geschlecht*|mannlich*|weiblich*|homme*|femme*|masculin*|feminin*|hombre*|mujer*|maschio|femmina|geslacht|plec|płec|kon|kjonn|kjønn|køn',
  // age
  'age|aged|ages|age(group|band|range|bracket|bucket|class)*|dob|birth*|born|senior*|elder*|teen*|youth|adult*|minors|retire*|pension*',
  'alter|altersgruppe*|geburt*|naissance|nacimiento|nascimento|nascita|edad|idade|eta|geboorte*|leeftijd|wiek|alder|fodelse*|boomer*|millennial*',
  // origin
  'ethnic*|race|racial|caste|tribe|national*|citizen*|immigra*|migrant*|migration*|refugee*|indigenous|hispanic|latin[oax]|asian|african|caucasian|skin|colou?r',
  'ethni*|etnia|raza|raca|razza|rasse|herkunft*|abstammung*|staatsangehorig*|nationalit*|nacionalidad*|nacionalidade|nazionalita|cittadin*|ciudadan*|nationaliteit|narodowosc|mother ?tongue|language|sprache|langue|idioma|lingua',
  // faith and politics
  'religi*|faith|church|mosque|synagogue|muslim*|christian*|jewish|hindu*|buddhis*|catholic*|protestant*|konfession*|glaube*|kirche*|iglesia|eglise|politic*|politik*|politique|union|gewerkschaft*|syndicat|sindicato',
  // health
  'health*|disab*|handicap*|illness*|disease*|diagnos*|medical|medication*|patient*|chronic*|allerg*|diabet*|cancer|hiv|pregnan*|wheelchair|blind|deaf|obes*|bmi|mental',
  'gesundheit*|behinder*|krank*|schwanger*|sante|malad*|enceinte|salud|saude|salute|enfermedad*|discapaci*|deficien*|embaraz*|disabilita|gezondheid|zdrowie|helse',
  // orientation
  'orientation|lgbt*|gay|lesbian*|bisexual*|heterosexual*|homosexual*|queer|sexual*|sexuell*|sexuel*',
  // family
  'marital|married|unmarried|single|divorc*|widow*|spouse*|husband|wife|partner|famil*|household*|dependents?|child*|kid|kids|kid ?home|teen ?home|mother|father|parent|parents|parenthood',
  'familienstand|zivilstand|verheiratet*|ledig*|geschieden*|verwitwet*|kind|kinder*|matrimonial*|etat civil|celibataire*|marie|mariee|enfant*|estado civil|casad[oa]|solter[oa]|divorciad[oa]|viud[oa]|solteir[oa]|hijos|filhos|figli|stato civile|burgerlijke|gehuwd|kinderen|gezin*',
];
/** Written without spaces between words. */
const runOn =
  /性别|性別|年龄|年齢|民族|宗教|国籍|婚姻|结婚|結婚|健康|障害|残疾|出身|子供|(?<!\p{L})пол(?!\p{L})|возраст|рожден|национальн|религи|вероисповед|инвалид|семейн|الجنس|العمر|الدين|성별|나이|연령|국적|종교|결혼/iu;

const listed = words.join('|').replaceAll('*', '\\p{L}*');
const protectedWords = new RegExp(`(?<![\\p{L}])(?:${listed})(?![\\p{L}])`, 'iu');
/** "Under 30", "over65: yes": a whole name that is a bound of age. */
const ageBound = /(?:^|; )(?:under|below|over|above|unter|uber) ?[1-9]\ds?(?=$|:| ;)/iu;

/** Words apart and without accents: "SeniorCitizen", "âge_client". */
const spellOut = (text: string) =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');

/** Whether a text speaks of age, sex, origin, faith, health, orientation or family. */
export const isAboutPeople = (text: string): boolean =>
  protectedWords.test(spellOut(text)) || runOn.test(text) || ageBound.test(spellOut(text));
