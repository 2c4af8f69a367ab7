import type { Role } from './collected';
import type { Words } from './role-words';

/** Headers of people, subscriptions, behaviour, feedback and sales, in English, German, French, Spanish and Dutch. */
export const otherRoleWords: Partial<Record<Role, Words>> = {
  email: {
    names:
      'email|email address|e mail|e mail address|customer email|client email|contact email|user email|billing email|buyer email|respondent email|recipient email|subscriber email|member email|work email|primary email|mail|' +
      'e mail adresse|email adresse|mailadresse|kunden email|adresse email|adresse e mail|courriel|adresse courriel|correo|correo electronico|direccion de correo|emailadres|e mailadres|e mail adres|indirizzo email|posta elettronica|endereco de email',
    parts: [],
  },
  phone: {
    names:
      'phone|phone number|telephone|telephone number|mobile|mobile number|mobile phone|cell phone|cell|customer phone|billing phone|contact phone|' +
      'telefon|telefonnummer|handy|handynummer|mobilnummer|mobiltelefon|rufnummer|numero de telephone|portable|tel portable|telefono|numero de telefono|movil|telefono movil|telefoon|telefoonnummer|mobiel|mobiel nummer|cellulare|telefone|telemovel',
    parts: [],
  },
  name: {
    names:
      'first name|last name|full name|surname|given name|family name|customer name|client name|contact name|buyer name|billing name|name of customer|' +
      'vorname|nachname|familienname|kundenname|name des kunden|vollstandiger name|prenom|nom|nom de famille|nom complet|nom du client|nom client|nombre|apellido|apellidos|nombre completo|nombre del cliente|nombre cliente|voornaam|achternaam|klantnaam|naam klant|volledige naam|naam|cognome|nome|sobrenome|nome completo',
    parts: [],
  },
  account: {
    names:
      'company|company name|organization|organisation|organization name|business name|account name|associated company|employer|' +
      'firma|firmenname|unternehmen|unternehmensname|entreprise|societe|nom de l entreprise|nom entreprise|raison sociale|empresa|nombre de la empresa|nombre empresa|bedrijf|bedrijfsnaam|organisatie|azienda|ragione sociale|nome da empresa',
    parts: [],
  },
  consent: {
    names:
      'consent|marketing consent|email consent|sms consent|accepts marketing|accepts email marketing|accepts sms marketing|email marketing consent|sms marketing consent|email opt in|sms opt in|opt in|marketing opt in|newsletter|newsletter opt in|newsletter subscriber|gdpr consent|subscribed to newsletter|' +
      'einwilligung|marketing einwilligung|newsletter einwilligung|werbeeinwilligung|newsletter anmeldung|newsletter abonniert|consentement|consentement marketing|accepte le marketing|abonne newsletter|inscrit newsletter|consentimiento|consentimiento marketing|acepta marketing|acepta publicidad|suscrito al boletin|unsubscribed|unsubscribed from emails|unsubscribed from all email|opted out|opted out of email|opt out|email opt out|do not contact|do not email|abgemeldet|accepts whatsapp marketing|marketing contact status|toestemming|marketing toestemming|toestemming marketing|accepteert marketing|nieuwsbrief|consenso|consenso marketing|consentimento',
    parts: ['consent', 'einwilligung', 'consentement', 'toestemming'],
    not: /date|time|timestamp|source|datum|fecha|ip\b/,
  },
  listPrice: {
    names:
      'list price|compare at price|original price|regular price|rrp|msrp|recommended retail price|price before discount|catalogue price|' +
      'listenpreis|uvp|originalpreis|streichpreis|prix catalogue|prix public|prix d origine|prix barre|precio de lista|precio original|precio de catalogo|adviesprijs|catalogusprijs|originele prijs|prezzo di listino|preco de tabela',
    parts: [],
  },
  shipping: {
    names:
      'shipping|shipping cost|shipping costs|shipping amount|shipping price|shipping fee|shipping total|shipping charge|delivery cost|delivery fee|freight|freight value|postage|' +
      'versand|versandkosten|porto|lieferkosten|frais de port|frais de livraison|frais d expedition|livraison|gastos de envio|coste de envio|costo de envio|envio|verzendkosten|verzending|bezorgkosten|spese di spedizione|frete|portes de envio',
    parts: ['shipping', 'freight', 'postage', 'versandkosten', 'livraison', 'verzendkosten'],
    not: /address|name|method|date|city|country|zip|status|information|street|province|company|phone|tax|carrier|discount|mode|state|postal|post|region|service|line|id\b|no\b|weight|provider|class|type|line|first|last/,
  },
  tax: {
    names:
      'tax|taxes|tax amount|total tax|sales tax|vat|vat amount|gst|tax total|order tax|' +
      'steuer|steuern|mwst|mehrwertsteuer|umsatzsteuer|ust|steuerbetrag|mwst betrag|tva|montant tva|montant de la tva|taxe|impuesto|impuestos|iva|importe iva|btw|btw bedrag|belasting|imposta|imposto',
    parts: ['tax', 'vat', 'mwst', 'tva', 'iva', 'btw'],
    not: /rate|number|id\b|no\b|exempt|inc|incl|ex\b|excl|with|without|name|percent|code|class|type|before|after|return|region|country|income|ht\b|ttc/,
  },
  refunded: {
    names:
      'refunded|refunded amount|refund|refund amount|amount refunded|refund total|total refunded|refund value|' +
      'erstattet|erstattung|erstattungsbetrag|erstatteter betrag|ruckerstattung|rembourse|remboursement|montant rembourse|montant du remboursement|reembolso|importe reembolsado|reembolsado|terugbetaald|terugbetaald bedrag|terugbetaling|rimborso|reembolso total',
    parts: [],
  },
  currency: {
    names:
      'currency|currency code|order currency|payment currency|transaction currency|wahrung|wahrungscode|devise|code devise|monnaie|moneda|divisa|codigo de moneda|valuta|valutacode|moeda',
    parts: ['currency', 'wahrung', 'devise', 'moneda', 'valuta'],
    not: /rate|symbol|exchange|amount|total|price|value/,
  },
  coupon: {
    names:
      'coupon|coupon code|coupons|discount code|promo code|promotion code|voucher|voucher code|' +
      'gutschein|gutscheincode|rabattcode|aktionscode|code promo|code de reduction|code reduction|code remise|bon de reduction|cupon|codigo de descuento|codigo promocional|codigo descuento|kortingscode|actiecode|couponcode|vouchercode|codice sconto|buono sconto|codigo promocional|cupom',
    parts: [],
  },
  channel: {
    names:
      'channel|sales channel|order source|order channel|marketing channel|source channel|acquisition channel|traffic source|utm medium|medium|source medium|' +
      'kanal|vertriebskanal|verkaufskanal|bestellkanal|marketingkanal|canal|canal de vente|canal de venta|canal marketing|canal de marketing|kanaal|verkoopkanaal|marketingkanaal|canale|canale di vendita|canal de vendas',
    parts: [],
  },
  plan: {
    names:
      'plan|plan name|plan id|subscription plan|subscription type|price plan|tier|product plan|membership|membership type|' +
      'tarif|abo|abonnement|abo typ|abotyp|tarifname|vertrag|formule|nom de la formule|forfait|type d abonnement|suscripcion|plan de suscripcion|tarifa|tipo de suscripcion|abonnementstype|piano|plano',
    parts: [],
  },
  start: {
    names:
      'start date|started at|start|subscription start|subscription start date|start date utc|subscribed at|activated at|activation date|begin date|contract start|sign up|signed up|signed up at|sign up date|signup date|registered at|registration date|customer since|member since|joined|join date|profile created on|date added|' +
      'startdatum|beginn|abo beginn|abobeginn|vertragsbeginn|anmeldedatum|kunde seit|registriert am|registrierungsdatum|date de debut|debut|debut abonnement|date debut|date d inscription|client depuis|fecha de inicio|fecha inicio|inicio|fecha de alta|fecha de registro|cliente desde|begindatum|ingangsdatum|startdatum abonnement|aanmelddatum|registratiedatum|klant sinds|data di inizio|data inizio|data de inicio',
    parts: [],
  },
  trialEnd: {
    names:
      'trial end|trial end date|trial ends at|trial ended at|end of trial|trial end utc|testende|ende der testphase|ende testphase|testphase endet|fin d essai|fin de l essai|fin de la periode d essai|fin de prueba|fin del periodo de prueba|fecha fin de prueba|einde proefperiode|proefperiode einde|eind proefperiode|fine prova',
    parts: [],
  },
  end: {
    names:
      'end date|ended at|end|canceled at|cancelled at|cancellation date|canceled on|cancelled on|cancel date|churn date|churned at|termination date|subscription end|subscription end date|contract end|unsub time|' +
      'enddatum|ende|abo ende|aboende|vertragsende|kundigungsdatum|gekundigt am|storniert am|date de fin|fin|fin abonnement|date fin|date de resiliation|resilie le|fecha de fin|fecha fin|fin de suscripcion|fecha de baja|fecha de cancelacion|einddatum|einde|einde abonnement|opzegdatum|opgezegd op|geannuleerd op|data di fine|data fine|data de fim',
    parts: [],
  },
  interval: {
    names:
      'interval|billing interval|billing period|billing cycle|billing frequency|plan interval|frequency of billing|' +
      'abrechnungszeitraum|abrechnungsintervall|zahlungsintervall|intervall|zahlweise|periodicite|frequence de facturation|intervalle|intervalle de facturation|periodicidad|frecuencia de facturacion|intervalo|intervalo de facturacion|factureringsperiode|facturatieperiode|betalingsinterval|facturatie interval|intervallo',
    parts: [],
  },
  reason: {
    names:
      'cancellation reason|cancel reason|churn reason|reason for leaving|reason|reason for cancellation|unsub reason|unsubscribe reason|' +
      'kundigungsgrund|grund|abmeldegrund|grund der kundigung|motif de resiliation|raison de resiliation|motif|raison|motivo|motivo de baja|motivo de cancelacion|reden|opzegreden|reden van opzegging|motivo disdetta',
    parts: [],
  },
  event: {
    names:
      'event|event name|event type|event action|interaction|activity type|' +
      'ereignis|ereignisname|ereignistyp|aktion|evenement|nom de l evenement|nom evenement|type d evenement|evento|nombre del evento|nombre evento|tipo de evento|gebeurtenis|naam gebeurtenis|gebeurtenisnaam|type gebeurtenis|nome evento',
    parts: [],
  },
  session: {
    names:
      'session id|session|user session|visit id|ga session id|session key|sitzung|sitzungs id|sitzungsid|sitzung id|identifiant de session|id session|id de session|id de sesion|sesion|id sesion|sessie|sessie id|id sessione',
    parts: [],
  },
  score: {
    names:
      'nps|nps score|score|rating|nps rating|likelihood to recommend|csat|csat score|satisfaction|satisfaction score|stars|star rating|overall rating|' +
      'bewertung|punktzahl|nps wert|punkte|weiterempfehlung|sterne|zufriedenheit|note|note nps|score nps|evaluation|puntuacion|puntuacion nps|calificacion|valoracion|beoordeling|nps score klant|cijfer|waardering|punteggio|valutazione|pontuacao|avaliacao',
    parts: [],
  },
  comment: {
    names:
      'comment|comments|feedback|review|review text|reviews|verified reviews|verbatim|nps comment|open feedback|reason for score|reason for your score|quote|' +
      'kommentar|kommentare|anmerkung|anmerkungen|begrundung|ruckmeldung|freitext|commentaire|commentaires|remarques|avis|comentario|comentarios|observaciones|opinion|opmerking|opmerkingen|toelichting|reactie|commento|commenti|comentario aberto',
    parts: [],
  },
  stage: {
    names:
      'deal stage|stage|pipeline stage|opportunity stage|sales stage|stage name|' +
      'phase|deal phase|verkaufsphase|vertriebsphase|deal status|etape|etape de la transaction|etape du deal|phase de vente|phase de la transaction|etapa|etapa del negocio|etapa de venta|fase|dealfase|verkoopfase|fase del negocio|fase trattativa',
    parts: [],
  },
  segment: {
    names: 'segment|segment name|customer segment|kundensegment|segmento|segment client',
    parts: [],
  },
  claim: {
    names:
      'claim|hypothesis|assumption|statement|behauptung|hypothese|annahme|affirmation|afirmacion|hipotesis|bewering|stelling',
    parts: [],
  },
};
