// What she can do on the screens of "Talk to someone alone". page.tsx carries them out, on the channel of its own.
import type { Alone, AloneStep } from "../../core/alone";

export interface AloneActions {
  show(shown: boolean): void;
  fill(what: Partial<Pick<Alone, "language" | "urgency" | "note" | "name" | "words">>): void;
  begin(step: Extract<AloneStep, "ask" | "read">): void; // from the beginning
  ask(): void;
  leaveRequest(): void; // with nobody there: for later
  readAnswer(): void; // by the words she typed
  draft(text: string): void;
  say(text: string): void;
  agree(agrees: boolean): void; // to being handed over
  end(): void; // takes back what she asked, or leaves the talk
}
