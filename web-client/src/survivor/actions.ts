// What a person can do on the page. The views call these; page.tsx carries them out.
import type { ReactionSign } from "../core/commands";
import type { MessageLine } from "../core/conversation";

import type { Language } from "../languages";

export interface Actions {
  speak(language: Language): void;
  typeWords(text: string): void;
  openInvite(): void; // the link she came with, or the words she typed
  agree(): void;
  decline(): void; // of the rules; closes everything
  moreNames(): void;
  chooseName(name: string): void;
  knock(): void;
  goBack(): void; // withdraws the knock
  draft(text: string): void; // at every keystroke; kept in memory only, so a killed tab loses it
  say(text: string): void;
  answers(seq: number): void; // the message that her draft answers; 0: none
  react(line: MessageLine, sign: ReactionSign): void;
  hide(line: MessageLine, hidden: boolean): void;
  showRoster(open: boolean): void;
  askToLeave(open: boolean): void;
  leave(): void;
}
