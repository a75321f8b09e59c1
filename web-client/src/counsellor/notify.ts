// A note of the device when something is new and the page is not looked at. Opt-in; the browser asks when she switches
// it on and not before. Nothing of a person or of a word that was written is in it, and the newest replaces the others.

export type Notifying = "off" | "on" | "denied" | "none"; // none: this browser has no such thing for a page

export class Notifier {
  readonly #title: string;
  #shown: Notification | null = null;
  #on = false;

  constructor(title: string) {
    this.#title = title;
  }

  async switchOn(): Promise<Notifying> {
    if (!("Notification" in window)) return "none";
    const permission = await Notification.requestPermission();
    this.#on = permission === "granted";
    return this.#on ? "on" : "denied";
  }

  switchOff(): Notifying {
    this.#on = false;
    this.clear();
    return "off";
  }

  /** Something is new. Answers "none" where the browser shows such notes for installed pages only. */
  tell(): Notifying | null {
    if (!this.#on || document.visibilityState === "visible") return null;
    try {
      this.clear();
      const note = new Notification(this.#title, { tag: "news" });
      note.onclick = () => {
        window.focus();
        note.close();
      };
      this.#shown = note;
      return null;
    } catch {
      this.#on = false;
      return "none";
    }
  }

  clear(): void {
    this.#shown?.close();
    this.#shown = null;
  }
}
