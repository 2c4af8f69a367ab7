import { plainNumber } from './read-number';

/** Written one way only, so that its value can stand for the text. */
function wholeNumber(text: string): number {
  const first = text.charCodeAt(0);
  return first >= 49 && first <= 57 ? plainNumber(text) : NaN;
}

/**
 * A map by text for as many texts as a file has. Ids that are whole numbers are kept by value: where a browser has met
 * many in a row as keys, it finds every other text of the page several times as slowly.
 */
export class TextMap<V> {
  private readonly byText = new Map<string, V>();
  private readonly byNumber = new Map<number, V>();
  get(text: string): V | undefined {
    const number = wholeNumber(text);
    return Number.isNaN(number) ? this.byText.get(text) : this.byNumber.get(number);
  }
  set(text: string, value: V): void {
    const number = wholeNumber(text);
    if (Number.isNaN(number)) this.byText.set(text, value);
    else this.byNumber.set(number, value);
  }
  get size(): number {
    return this.byText.size + this.byNumber.size;
  }
}
