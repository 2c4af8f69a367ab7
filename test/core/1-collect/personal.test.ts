import { expect, test } from 'vitest';
import { personalKind } from '../../../src/core/1-collect/personal';
import { headerWords } from '../../../src/core/1-collect/role-words';

const kindOf = (header: string, ...values: string[]) => personalKind(headerWords(header), values);

test('personalKind(words, values) tells persons apart from things with like headers', () => {
  const cases: [string, string[], ReturnType<typeof kindOf>][] = [
    ['Email', ['a@b.com', 'c@d.org', ''], 'email'],
    ['Kontakt', ['a@b.com', 'c@d.org'], 'email'],
    ['Accepts Email Marketing', ['yes', 'no'], null],
    ['Email Marketing Consent', ['SUBSCRIBED', 'UNSUBSCRIBED'], null],
    ['Marketing emails opened', ['1', '4'], null],
    ['Email', [], 'email'],
    ['Phone', ["'+491511234567", ''], 'phone'],
    ['respondent_phonenumber', ['0151 1234567'], 'phone'],
    ['PhoneService', ['Yes', 'No'], null],
    ['mobile', ['yes', 'no'], null],
    ['Mobile', ['0171/1234567'], 'phone'],
    ['First Name', ['Anna', 'José'], 'name'],
    ['Nachname', ['Müller'], 'name'],
    ['Name', ['Anna Meier', 'Jan van Dijk'], 'name'],
    ['Name', ['#1001', '#1002'], null],
    ['Customer', ['Anna Meier', "Liam O'Neill"], 'name'],
    ['Customer', ['C1', 'C2'], null],
    ['Product name', ['Blue Mug'], null],
    ['Company Name', ['Blue Mugs Ltd'], null],
    ['Card Last4', ['4242', '1111'], 'card'],
    ['Card AVS Zip Status', ['pass'], 'card'],
    ['Card Address Line1', ['1 Main St'], 'card'],
    ['Loyalty card number', ['100200'], null],
    ['card number', ['100200', '100201'], null],
    ['HasCreditCard', ['1', '0'], null],
    ['pan', ['4242424242424242', '5555555555554444', '4111111111111111'], 'card'],
    ['order', ['4242424242424243', '4242424242424244', '4242424242424245'], null],
    ['IPAddress', ['10.0.0.1'], 'ip'],
    ['OPTIN_IP', ['2001:db8:0:0:0:0:2:1'], 'ip'],
    ['Default Address Address1', ['1 Main St'], 'address'],
    ['Billing Street', ['1 Main St'], 'address'],
    ['LocationLatitude', ['52.5'], 'address'],
    ['Default Address City', ['Ulm'], null],
    ['Straße', ['Hauptstr. 5'], 'address'],
    ['Date of birth', ['1980-01-31'], 'birthday'],
    ['Geburtsdatum', ['31.01.1980'], 'birthday'],
    ['customer_id', ['0000123456', '0000123457'], null],
    ['amount', ['10.5', '11'], null],
    ['description', ['Anna Meier'], null],
  ];
  for (const [header, values, wanted] of cases)
    expect([header, values[0], kindOf(header, ...values)]).toEqual([header, values[0], wanted]);
});
