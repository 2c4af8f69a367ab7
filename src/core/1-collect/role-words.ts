import type { Role } from './collected';
import { otherRoleWords } from './other-role-words';

export type Words = {
  /** Whole headers, in words separated by blanks, surest first, split by |. */
  names: string;
  /** Words that make a longer header likely to have the role. */
  parts: string[];
  /** Words with which it is something else after all. */
  not?: RegExp;
};

/** Headers seen in exports of shops, tills and payment services, in English, German, French, Spanish and Dutch, the usual ones in Italian and Portuguese. */
export const roleWords: Partial<Record<Role, Words>> = {
  customer: {
    names:
      'customer id|customerid|customer no|customer nr|customer number|customer key|customer code|cust id|custid|cust no|customer|' +
      'client id|clientid|client no|client number|client|household id|household key|household|member id|memberid|member no|member|' +
      'shopper id|buyer id|buyer|account id|account number|user id|userid|subscriber id|person id|contact id|visitor id|loyalty id|loyalty card|card number|' +
      'kunden id|kundenid|kundennummer|kundennr|kunden nr|kunden nummer|kunde|kundin|' +
      'id client|numero client|no client|code client|num client|id cliente|cliente id|codigo cliente|numero cliente|cliente|' +
      'klant id|klantid|klantnummer|klantnr|klant nr|klant|debiteur|customer unique id|user|record id|respondent id|respondent|kundschaft|numero cliente fidelite|identifiant client|ref client|codice cliente|id utente|codigo do cliente|id do cliente|utente|kundenschlussel|loyalty number',
    parts: ['customer', 'client', 'cliente', 'kunden', 'klant', 'cust', 'household', 'shopper', 'buyer'],
  },
  order: {
    names:
      'invoice no|invoiceno|invoice id|invoice number|invoice nr|invoice|order id|orderid|order no|order number|order nr|order|' +
      'basket id|basketid|basket|transaction id|transactionid|transaction no|transaction number|transaction|receipt id|receipt no|receipt number|receipt|ticket id|ticket|bill no|' +
      'bestellnummer|bestellnr|bestell nr|bestell id|bestellung|auftragsnummer|auftragsnr|auftrag|rechnungsnummer|rechnungsnr|rechnung|belegnummer|beleg|' +
      'numero commande|no commande|id commande|num commande|commande|facture|numero facture|' +
      'id pedido|no pedido|no factura|numero pedido|pedido id|pedido|factura|numero factura|' +
      'bestelnummer|bestelling|ordernummer|factuurnummer|factuur|bonnummer|order name|bestell no|order reference|bestelling id|numero ordine|ordine|id ordine|numero fattura|numero do pedido|fatura|ref commande|reference commande|numero ticket|n commande|referencia pedido|folio|bestelreferentie|order id no',
    parts: [],
  },
  time: {
    names:
      'invoice date|invoicedate|order date|orderdate|date|purchase date|transaction date|transaction timestamp|transaction time|order timestamp|order purchase timestamp|order time|order datetime|' +
      'answered at|responded at|surveyed at|response date|submitted at|submit date|recorded date|timestamp|datetime|date time|created at|created|created utc|created on|processed at|placed at|ordered at|purchased at|paid at|sale date|sales date|day|time|' +
      'datum|bestelldatum|auftragsdatum|rechnungsdatum|kaufdatum|belegdatum|' +
      'date commande|date achat|date facture|date vente|fecha|fecha pedido|fecha compra|fecha factura|besteldatum|orderdatum|aankoopdatum|factuurdatum|erstellt am|erstellt|zeitpunkt|zeitstempel|bestellt am|gekauft am|abgegeben am|beantwortet am|close date|closing date|occurred at|sent at|event time|event timestamp|event date|ereigniszeit|abschlussdatum|horodatage|date heure|date creation|cree|cree le|date reponse|date cloture|date evenement|fecha hora|fecha creacion|creado|marca temporal|fecha respuesta|fecha cierre|fecha evento|tijdstip|aangemaakt op|aangemaakt|datum tijd|tijdstempel|datum antwoord|afsluitdatum|sluitingsdatum|data ordine|data acquisto|data pedido|data compra|data criacao|data',
    parts: ['date', 'datum', 'fecha', 'timestamp'],
  },
  amount: {
    names:
      'sales value|net sales|net amount|net revenue|net total|line total|linetotal|total amount|total price|order total|order value|order amount|invoice amount|transaction amount|' +
      'amount|revenue|sales amount|sales|total|total sales|gross sales|gross amount|turnover|spend|dollars|payment value|value|gmv|price paid|total spent|' +
      'umsatz|betrag|gesamtbetrag|gesamtpreis|gesamt|summe|rechnungsbetrag|nettobetrag|bruttobetrag|nettoumsatz|' +
      'montant|montant total|chiffre affaires|total ttc|total ht|importe|importe total|monto|ingresos|ventas|valor|' +
      'bedrag|totaalbedrag|totaal|omzet|extended price|gesamtsumme|endbetrag|bestellwert|auftragswert|bestellsumme|valeur commande|total commande|montant commande|montant affaire|valor pedido|total pedido|importe pedido|importe neto|valor negocio|importe negocio|totaal bestelling|orderbedrag|bestelbedrag|orderwaarde|dealwaarde|importo|totale|importo totale|totale ordine|valor total|receita|dealwert|deal value|opportunity amount|mrr|monthly price|recurring amount|grand total|order total|total paid|total paid tax incl|amount paid|prix total|precio total|totaalprijs',
    parts: ['amount', 'revenue', 'umsatz', 'betrag', 'montant', 'importe', 'bedrag', 'omzet'],
  },
  price: {
    names:
      'unit price|unitprice|price|item price|price each|lineitem price|selling price|' +
      'preis|einzelpreis|stuckpreis|prix|prix unitaire|precio|precio unitario|prijs|stuksprijs|eenheidsprijs|stuckpreis netto|artikelpreis|prix article|prix produit|precio articulo|precio producto|prijs per stuk|artikelprijs|productprijs|prezzo|prezzo unitario|preco|preco unitario',
    parts: [],
  },
  quantity: {
    names:
      'quantity|qty|quantity ordered|order quantity|lineitem quantity|units|units sold|items sold|item count|item quantity|pieces|cds|num items|' +
      'menge|anzahl|stuck|stuckzahl|quantite|qte|cantidad|unidades|aantal|hoeveelheid|artikelmenge|stuckzahl artikel|quantite article|cantidad articulo|aantal stuks|aantal artikelen|quantita|quantidade',
    parts: ['quantity', 'qty'],
  },
  discount: {
    names:
      'discount|discounts|discount amount|retail disc|coupon disc|coupon match disc|promo discount|lineitem discount|' +
      'rabatt|nachlass|remise|reduction|descuento|korting|rabattbetrag|montant remise|montant reduction|importe descuento|kortingsbedrag|sconto|desconto',
    parts: ['discount', 'disc', 'rabatt', 'korting', 'descuento', 'remise'],
  },
  product: {
    names:
      'product id|productid|sku|stock code|stockcode|item id|itemid|item no|article id|article no|article number|product code|lineitem sku|asin|upc|ean|' +
      'product|item|article|product name|item name|lineitem name|artikelnummer|artikelnr|artikel|produkt|produktnummer|' +
      'produit|reference produit|reference article|code produit|producto|codigo producto|id producto|articulo|product nummer|description|product description|artikelname|artikelbezeichnung|produktname|produktbezeichnung|bezeichnung|nom produit|nom article|designation|libelle|nombre producto|nombre articulo|productnaam|artikelnaam|omschrijving|prodotto|nome prodotto|produto|nome produto|leistung|dienstleistung|leistungsbezeichnung|behandlung|warenbezeichnung|ware|artikel bezeichnung|artikeltext|positionstext|prestation',
    parts: ['sku'],
  },
  category: {
    names:
      'category|product category|category name|category id|department|product type|product group|section|' +
      'kategorie|warengruppe|produktkategorie|categorie|categoria|categorie produit|productgroep|artikelgruppe|produktgruppe|famille|famille produit|rayon|familia|categoria producto|productcategorie|artikelgroep|reparto|leistungsart|leistungsgruppe|produktart|artikelart|artikelkategorie|warenbereich|hauptwarengruppe|sortiment|sparte|rubrik|abteilung|type de produit|tipo de producto|productsoort',
    parts: ['category'],
  },
  country: {
    names:
      'country|country code|billing country|shipping country|ship country|customer country|land|pays|pais|landcode|landercode|rechnungsland|lieferland|pays facturation|pays livraison|code pays|pais facturacion|pais envio|codigo pais|factuurland|leveringsland|paese',
    parts: ['country'],
    not: /region|currency|name of/,
  },
  status: {
    names:
      'order status|status|financial status|payment status|transaction status|invoice status|bestellstatus|statut|statut commande|estado|estado pedido|orderstatus|zahlungsstatus|zahlstatus|auftragsstatus|statut paiement|etat|estado pago|betaalstatus|status bestelling|bestelstatus|stato|stato ordine|subscription status|abo status|statut abonnement|estado suscripcion|status abonnement|response type|finished',
    parts: [],
  },
  ...otherRoleWords,
};

/** Header words of names for things: such columns stay text although they hold only digits. */
export const identifierWords = new Set(
  'id|ids|no|nr|code|sku|upc|ean|zip|zipcode|plz|postcode|postal|phone|telefon|tel|nummer|key|uuid|number'.split(
    '|',
  ),
);

/** Words in cells that say an order was taken back. */
export const cancelledWords = new Set(
  'cancelled|canceled|cancel|refunded|refund|returned|return|void|voided|failed|declined|expired|storniert|storno|erstattet|annule|annulee|rembourse|cancelado|cancelada|anulado|anulada|reembolsado|reembolsada|devuelto|devuelta|remboursee|annullato|rimborsato|geannuleerd|terugbetaald|retour'.split(
    '|',
  ),
);

/** The header of a ready label, surest first. */
export const labelWords =
  'churn|churned|churner|exited|attrition|left|cancelled|canceled|abgewandert|gekundigt|abandono|desabonne|opgezegd|disdetta|response|responded|converted|conversion|target|label|outcome|purchased|bought|subscribed|unsubscribed|renewed|defaulted'.split(
    '|',
  );

/** Words of headers and values that say that somebody went. */
export const leavingWords = new Set(
  'churn|churned|churner|exited|attrition|attrited|cancelled|canceled|cancellation|unsubscribed|abgewandert|gekundigt|kundigung|abwanderung|abandono|desabonne|resilie|resiliation|opgezegd|opzegging|disdetta'.split(
    '|',
  ),
);

/** The value of a two-valued label that means "yes, it happened". */
export const positiveWords = new Set([
  'yes',
  'y',
  'true',
  't',
  '1',
  'churned',
  'churn',
  'exited',
  'left',
  'ja',
  'oui',
  'si',
  'sí',
]);

/** "CustomerID", "customer_id" and "Customer-Id" are all "customer id"; accents go. */
export const headerWords = (header: string): string =>
  header
    .replace(/\bn[º°]/gi, 'no ')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/#/g, ' no ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
