// What a talk is called on her screens: by the name of whoever asked, and by the number, since many come as "Guest".

import type { Say } from "../desk-words";
import { partnerOf, type Talk } from "../talk";

export function titleOf(talk: Talk, { desk }: Say): string {
  const name = partnerOf(talk)?.name;
  const number = desk("desk.talk.someone", { number: talk.number });
  return name === undefined ? number : `${name} · ${talk.number}`;
}
