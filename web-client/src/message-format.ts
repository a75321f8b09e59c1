// A compiled message (build/catalogues.mjs) with its values put in: names and numbers, and the right case of a plural.

type Token = string | [name: string, kind?: string, cases?: Record<string, Message> & { offset?: number }];
export type Message = string | Token[];

/** `locales`: for plurals and numbers. `count`: what stands for "#", in a case of a plural. */
export function formatMessage(
  message: Message,
  values: Record<string, unknown>,
  locales: string[],
  count?: number,
): string {
  if (typeof message === "string") return message;
  const shown = message.map((token) => {
    if (token === "#" && count !== undefined) return new Intl.NumberFormat(locales).format(count);
    if (typeof token === "string") return token;
    const [name, kind, cases] = token;
    const value = values[name];
    if (kind !== "plural" || cases === undefined) return String(value ?? "");
    const number = Number(value);
    const counted = number - Number(cases.offset ?? 0);
    const rule = new Intl.PluralRules(locales).select(counted);
    return formatMessage(cases[`${number}`] ?? cases[rule] ?? cases["other"] ?? "", values, locales, counted);
  });
  return shown.join("");
}
