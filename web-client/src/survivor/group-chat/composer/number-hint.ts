// Does this text hold what could be a phone number? Only a hint, made on the phone and told to nobody.

const digitsMin = 7;

/** A run of at least seven digits of any script, with what people put between them: spaces, dashes, dots, brackets. */
export function looksLikeNumber(text: string): boolean {
  const runs = text.match(/[+(]?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd})+/gu) ?? [];
  return runs.some((run) => (run.match(/\p{Nd}/gu) ?? []).length >= digitsMin);
}
