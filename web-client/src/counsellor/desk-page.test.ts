// The page of the desk with a shell that plays the core: what is asked of it, on which channel, and that nothing stays.
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { type Command, deskChannel } from "../core/commands";
import type { CoreEvent } from "../core/events";
import type { Answer, Shell } from "../staff/shell";
import { start } from "./desk-page";
import { channelOf, comesIn, opened, request, say, says } from "./test-desk";

async function desk() {
  const asked: [channel: number, command: Command][] = [];
  const answers = new Map<string, Answer>();
  let listener: (channel: number, event: CoreEvent) => void = () => undefined;
  let forget = () => undefined as void;
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const shell: Shell = {
    account: { name: "Celia", role: "counsellor", lastDay: 0 },
    place,
    words: say.members,
    staffWords: say.staff,
    ask: (channel, command) => {
      asked.push([channel, command]);
      return Promise.resolve(answers.get(command[0]) ?? { problem: null, texts: [] });
    },
    hear: (it) => {
      listener = it;
      return () => (listener = () => undefined);
    },
    signOut: vi.fn(),
    onOver: (it) => (forget = it),
  };
  await act(async () => start(shell));
  await vi.waitFor(() => expect(place.textContent).not.toBe(""));
  const hear = (channel: number, ...events: CoreEvent[]) =>
    act(() => events.forEach((event) => listener(channel, event)));
  const press = async (text: string) => {
    const found = [...place.querySelectorAll("button")].find((it) => it.textContent.includes(text));
    await act(async () => found!.click());
  };
  const talk = (number: number) => {
    hear(deskChannel, { event: "duty", state: "on_duty" }, request(number), opened(number));
    hear(channelOf(number), { event: "state", state: "in_group" }, comesIn("Guest"));
  };
  return { asked, answers, place, hear, press, talk, forget: () => forget() };
}

describe("the page of the desk", () => {
  it("goes on duty with her languages, and takes by number", async () => {
    const { asked, hear, press } = await desk();
    await press("Go on duty");
    hear(deskChannel, { event: "duty", state: "on_duty" }, request(7));
    await press("Talk with this person");
    expect(asked).toEqual([
      [deskChannel, ["go-on-duty", "en"]],
      [deskChannel, ["take", 7]],
    ]);
  });

  it("ends a talk with its last words in its own channel, and by its request where there is no room", async () => {
    const { asked, answers, press, talk } = await desk();
    talk(3);
    await press("End");
    await press("End and erase");
    expect(asked.at(-1)).toEqual([channelOf(3), ["end", say.desk("desk.end.words.done")]]);

    const other = await desk();
    other.answers.set("end", { problem: { code: "not_now" }, texts: [] });
    other.talk(3);
    await other.press("End");
    await other.press("End and erase");
    expect(other.asked.at(-1)).toEqual([deskChannel, ["end-request", 3]]);
    expect(answers.size).toBe(0);
  });

  it("closes the channel of a talk that is over", async () => {
    const { asked, hear, press, talk, place } = await desk();
    talk(3);
    hear(channelOf(3), { event: "state", state: "ended" });
    await press("Close this");
    expect(asked.at(-1)).toEqual([channelOf(3), ["close"]]);
    expect(place.textContent).toContain("Nobody is waiting now.");
  });

  it("shows nothing new once she is gone, and forgets", async () => {
    const { hear, talk, forget, place } = await desk();
    talk(3);
    forget();
    const before = place.innerHTML;
    hear(channelOf(3), says("Guest", "late"));
    expect(place.innerHTML).toBe(before);
  });

  it("puts a phrase into what she is writing", async () => {
    const { press, talk, place } = await desk();
    talk(3);
    await press("Phrases");
    await vi.waitFor(() => expect(place.textContent).toContain("Take your time."));
    await press("Take your time.");
    expect(place.querySelector<HTMLTextAreaElement>(".composer textarea")!.value).toContain("Take your time.");
  });
});
