// What a counsellor can do on her screens. The views call these; desk-page.tsx carries them out.

import type { Language } from "../languages";
import type { ChosenFile } from "../staff/door";
import type { DeskDid, Front } from "./desk";
import type { PhraseDid } from "./phrases/phrases";
import type { TalkDid } from "./talk";

export interface DeskActions {
  do(what: DeskDid): void; // what changes the screen alone
  talk(number: number, what: TalkDid): void; // the same, of one talk
  show(front: Front): void;
  goOnDuty(): void;
  goOffDuty(): void;
  openDeskKey(file: ChosenFile, passphrase: string): void;
  notify(on: boolean): void;
  take(number: number): void;
  say(number: number, text: string): void;
  handOver(number: number): void;
  end(number: number): void;
  close(number: number): void; // a talk that is over
  answer(number: number): void;
  putBack(number: number): void;
  endRequest(number: number): void; // without an answer
  phrases(what: PhraseDid): void;
  phraseLanguage(language: Language): void;
  insertPhrase(number: number, text: string): void;
  signOut(): void;
}
