// Does this text hold what could lead somebody to her: a phone number, or an address? Only a hint, made on the phone
// and told to nobody.

const digitsMin = 7;

/** A run of at least seven digits of any script, with what people put between them: spaces, dashes, dots, brackets. */
export function looksLikeNumber(text: string): boolean {
  const runs = text.match(/[+(]?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd})+/gu) ?? [];
  return runs.some((run) => (run.match(/\p{Nd}/gu) ?? []).length >= digitsMin);
}

// Words that stand beside a house's number, in the languages of the page.
const streets = [
  ...["street", "st", "road", "rd", "avenue", "ave", "lane", "square", "via", "viale", "corso", "piazza", "vicolo"],
  ...["rue", "boulevard", "bd", "allée", "impasse", "شارع", "طريق", "ساحة"],
].join("|");
const words = (count: number) => `(?:[\\p{L}'’.-]+\\s){0,${count}}`;
const pattern = (text: string) => new RegExp(`(?:^|[\\s,])${text}`, "iu");
const streetThenNumber = pattern(`(?:${streets})\\.?\\s${words(4)}\\p{Nd}{1,4}(?![\\p{Nd}:])`);
const numberThenStreet = pattern(`\\p{Nd}{1,4}\\p{L}?,?\\s${words(3)}(?:${streets})(?!\\p{L})`);

/** A street with a house's number, an email address, a name with @, or a link. */
export function looksLikeAddress(text: string): boolean {
  return (
    /(?:^|\s)@?[\p{L}\p{Nd}._-]*@[\p{L}\p{Nd}._-]{2,}/u.test(text) ||
    /(?:https?:\/\/|www\.)\S/iu.test(text) ||
    streetThenNumber.test(text) ||
    numberThenStreet.test(text)
  );
}

export function contactIn(text: string): "number" | "address" | null {
  if (looksLikeNumber(text)) return "number";
  return looksLikeAddress(text) ? "address" : null;
}
