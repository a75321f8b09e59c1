// Reading aloud: only with a voice of the phone, the whole screen in its order, and silent at once when she leaves.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leaveQuickly } from "../exit/leave-quickly";
import { draw, words } from "../survivor/test-page";
import { ReadAloudHere } from "./read-aloud-here";

const italian = { lang: "it-IT", localService: true, default: false };
const english = { lang: "en-GB", localService: true, default: false };
const away = { lang: "en-GB", localService: false, default: true };

let voices: object[] = [];
let hearChange: () => void = () => undefined;
const synthesis = {
  getVoices: () => voices,
  speak: vi.fn<(utterance: { text: string; voice: object; onend?: () => void }) => void>(),
  cancel: vi.fn(),
  addEventListener: (_: string, hear: () => void) => (hearChange = hear),
  removeEventListener: vi.fn(),
};
class Utterance {
  voice: object | null = null;
  constructor(readonly text: string) {}
}

const screen = () =>
  draw(
    <main>
      <h1>What this is</h1>
      <ReadAloudHere words={words} />
      <ul>
        <li>
          <p>One.</p>
        </li>
        <li>Two.</li>
      </ul>
    </main>,
  );
const buttonOf = async (page: HTMLElement) => {
  await act(async () => void (await vi.dynamicImportSettled()));
  return page.querySelector("button");
};

describe("ReadAloud", () => {
  beforeEach(() => {
    voices = [italian, away, english];
    vi.stubGlobal("speechSynthesis", synthesis);
    vi.stubGlobal("SpeechSynthesisUtterance", Utterance);
    vi.clearAllMocks();
  });
  afterEach(() => {
    act(() => render(null, document.body.firstElementChild ?? document.body));
    vi.unstubAllGlobals();
  });

  it("reads the screen, each part once and in order, with the phone's own voice; and stops", async () => {
    const button = (await buttonOf(screen()))!;
    expect(button.textContent).toBe("Read aloud");
    await act(() => button.click());
    expect(synthesis.speak.mock.calls.map(([it]) => it.text)).toEqual(["What this is", "One.", "Two."]);
    expect(synthesis.speak.mock.calls.every(([it]) => it.voice === english)).toBe(true);
    expect(button.textContent).toBe("Stop reading");
    await act(() => button.click());
    expect(button.textContent).toBe("Read aloud");
    expect(synthesis.speak).toHaveBeenCalledTimes(3);
  });

  it("is not there where no voice lives on the phone, or none that speaks the language", async () => {
    voices = [away];
    expect(await buttonOf(screen())).toBeNull();
    voices = [italian];
    expect(await buttonOf(screen())).toBeNull();
  });

  it("comes when the voices come late, as they do on phones", async () => {
    voices = [];
    const page = screen();
    expect(await buttonOf(page)).toBeNull();
    voices = [english];
    hearChange();
    expect(await buttonOf(page)).not.toBeNull();
  });

  it("falls silent when she leaves quickly", async () => {
    const button = (await buttonOf(screen()))!;
    await act(() => button.click());
    synthesis.cancel.mockClear();
    leaveQuickly({ document, location: { replace: vi.fn() } } as unknown as Window & typeof globalThis);
    expect(synthesis.cancel).toHaveBeenCalled();
    document.documentElement.className = "";
  });
});
