// A message of a catalogue, put together: values and counts into the places that it has for them. Messages are in ICU's
// form in the PO files and were taken apart when the page was built (build/catalogues.mjs), so that no parser is here.

export type Message = string | readonly Token[];
export type Token = string | readonly [value: string, kind?: "plural", cases?: Readonly<Record<string, Message>>];
export type Values = Readonly<Record<string, unknown>>;

/** `locales`: whose rules count, and whose digits. A value that is not given leaves its place empty. */
export function say(message: Message, values: Values, locales: string[]): string {
  const put = (part: Message, count: string): string =>
    typeof part === "string" ? part : part.map((token) => putToken(token, count)).join("");
  const putToken = (token: Token, count: string): string => {
    if (token === "#") return count;
    if (typeof token === "string") return token;
    const [name, , cases] = token;
    const value = values[name];
    if (cases === undefined) return typeof value === "number" ? number(value) : String(value ?? "");
    const many = Number(value);
    const chosen = cases[many] ?? cases[new Intl.PluralRules(locales).select(many)] ?? cases["other"] ?? "";
    return put(chosen, number(many));
  };
  const number = (value: number) => new Intl.NumberFormat(locales).format(value);
  return put(message, "");
}
