// Dates and times as they are written in the language of the page. The relay and the core speak of Unix seconds.

import type { Words } from "./words";

const dayAndTime = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;

/** "Tuesday 1 December at 18:30". */
export const dateIn = (words: Pick<Words, "locales">, seconds: number) =>
  new Intl.DateTimeFormat(words.locales, dayAndTime).format(seconds * 1_000);
