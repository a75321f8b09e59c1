// "Read aloud": a button that reads a text or a whole screen with a voice of the phone, and stops when it is pressed
// again, when the page goes out of sight, and first of all when she leaves quickly.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { onExit } from "../exit/leave-quickly";
import type { Words } from "../words";
import { languageOfText, voiceFor } from "./voices";
import "./read-aloud.css";

const read = "h1, h2, h3, dt, dd, p, li, legend, label"; // of a screen, in the order in which they stand there

const silence = () => (window as Partial<Window>).speechSynthesis?.cancel();

onExit(silence);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") silence();
});

export function ReadAloud({ words, text }: { words: Words; text?: string }): VNode | null {
  const button = useRef<HTMLButtonElement>(null);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => silence(), []); // a screen that is gone is read no further
  const voice = voiceFor(languageOfText(text ?? "", words.language), speechSynthesis.getVoices());
  if (voice === null) return null;

  const press = () => {
    silence(); // whatever else was being read
    if (speaking) return setSpeaking(false);
    const parts = text === undefined ? textsOf(button.current?.closest("main")) : [text];
    setSpeaking(parts.length > 0);
    speak(parts, voice, () => setSpeaking(false));
  };
  return (
    <button ref={button} type="button" class="read-aloud" aria-pressed={speaking} onClick={press}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
        <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4z" />
        {speaking ? <path d="M16 9.5v5M19.5 9.5v5" /> : <path d="M15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />}
      </svg>
      {words(speaking ? "readAloud.stop" : "readAloud.start")}
    </button>
  );
}

/** Part after part, so that there is a breath between them. `done` when the last is over, or reading was stopped. */
function speak(parts: string[], voice: SpeechSynthesisVoice, done: () => void): void {
  parts.forEach((part, at) => {
    const utterance = new SpeechSynthesisUtterance(part);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.95;
    utterance.onerror = done; // being stopped is one
    if (at === parts.length - 1) utterance.onend = done;
    speechSynthesis.speak(utterance);
  });
}

export function textsOf(screen: Element | null | undefined): string[] {
  return [...(screen?.querySelectorAll(read) ?? [])]
    .filter((it) => it.querySelector(read) === null)
    .map((it) => it.textContent?.trim() ?? "")
    .filter((it) => it !== "");
}
