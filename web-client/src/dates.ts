// Dates and times as they are written in the language of the page. The relay and the core speak of Unix seconds.

import type { Words } from "./words";

const dayAndTime = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;
const timeOfDay = { hour: "numeric", minute: "2-digit" } as const;

/** "Tuesday 1 December at 18:30". */
export const dateIn = (words: Pick<Words, "locales">, seconds: number) => show(words, seconds, dayAndTime);

/** "18:30". */
export const timeIn = (words: Pick<Words, "locales">, seconds: number) => show(words, seconds, timeOfDay);

function show(words: Pick<Words, "locales">, seconds: number, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(words.locales, parts).format(seconds * 1_000);
}
