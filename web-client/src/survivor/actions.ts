// What a person can do on the page. The views call these; page.tsx carries them out.
import type { ReactionSign } from "../core/commands";
import type { MessageLine } from "../core/conversation";
import type { Sheet } from "../core/state";
import type { Language } from "../languages";
import type { AloneActions } from "./alone/alone-actions";

export interface Actions {
  speak(language: Language): void; // the page in another language
  typeWords(text: string): void;
  openInvite(): void; // the link she came with, or the words she typed
  agree(): void;
  decline(): void; // of the rules; closes everything
  moreNames(): void;
  chooseName(name: string): void;
  knock(): void;
  goBack(): void; // withdraws the knock
  draft(text: string): void; // at every keystroke; kept in memory only, so a killed tab loses it
  say(text: string): void; // to the group; in the waiting room to staff
  answers(seq: number): void; // the message that her draft answers; 0: none
  warns(warns: boolean): void; // that her draft may be hard to read
  react(line: MessageLine, sign: ReactionSign): void;
  hide(line: MessageLine, hidden: boolean): void;
  showRoster(open: boolean): void;
  showSheet(sheet: Sheet | null): void;
  raiseHand(up: boolean): void;
  writeNote(text: string): void;
  sendNote(text: string): void;
  notSafe(text: string): void;
  askForWords(): void;
  copyInvite(): Promise<boolean>; // into the clipboard, to be opened elsewhere; false: it could not be
  remember(pin: string, second: string): void; // on this phone; second: empty if she wants none
  unlock(pin: string): void;
  forgetMe(): void; // on this phone
  wordsSeen(): void; // somebody else has seen them
  showAlone(shown: boolean): void;
  alone: AloneActions;
  askToLeave(open: boolean): void;
  leave(): void;
  continueHere(): void; // her place, from another tab
  leaveItThere(): void;
  startAgain(): void; // from a closing screen
}
