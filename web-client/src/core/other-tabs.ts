// Two tabs with one place in a group: a tab that was doubled finds the other before it takes its place, and a tab that
// lost its place can ask for it back. They talk through the browser's own channel between pages of one origin; nothing
// is stored, and nothing leaves the phone.

type Said =
  | { say: "who-is-here"; place: string }
  | { say: "here"; place: string }
  | { say: "may-i-have-it"; place: string }
  | { say: "take-it"; place: string; ticket: string };

const answerMs = 250; // pages on one phone answer at once, or are not there

interface Line {
  postMessage(said: Said): void;
  addEventListener(type: "message", hear: (event: MessageEvent<Said>) => void): void;
  removeEventListener(type: "message", hear: (event: MessageEvent<Said>) => void): void;
  close(): void;
}

export class OtherTabs {
  readonly #line: Line | null;

  /** `holds`: the place and the ticket of this tab while it is in a group; empty while it is not. */
  constructor(holds: () => { place: string; ticket: string }, open: () => Line = () => new BroadcastChannel("page")) {
    try {
      this.#line = open();
    } catch {
      this.#line = null; // then a doubled tab takes the place, and the other says that it lost it
    }
    this.#line?.addEventListener("message", ({ data }) => {
      const { place, ticket } = holds();
      if (place === "" || data.place !== place) return;
      if (data.say === "who-is-here") this.#line?.postMessage({ say: "here", place });
      if (data.say === "may-i-have-it") this.#line?.postMessage({ say: "take-it", place, ticket });
    });
  }

  /** Is this place open in another tab? */
  async isElsewhere(place: string): Promise<boolean> {
    return (await this.#ask({ say: "who-is-here", place }, "here")) !== null;
  }

  /** The newest ticket of this place, from the tab that has it now. */
  async askForTicket(place: string): Promise<string | null> {
    const answer = await this.#ask({ say: "may-i-have-it", place }, "take-it");
    return answer?.say === "take-it" ? answer.ticket : null;
  }

  close(): void {
    this.#line?.close();
  }

  #ask(question: Said, wanted: Said["say"]): Promise<Said | null> {
    const line = this.#line;
    if (line === null) return Promise.resolve(null);
    return new Promise((resolve) => {
      const done = (answer: Said | null) => {
        line.removeEventListener("message", hear);
        clearTimeout(timer);
        resolve(answer);
      };
      const hear = ({ data }: MessageEvent<Said>) => {
        if (data.say === wanted && data.place === question.place) done(data);
      };
      const timer = setTimeout(() => done(null), answerMs);
      line.addEventListener("message", hear);
      line.postMessage(question);
    });
  }
}
