// Which voice reads a text: one that lives on the phone, of the text's language, or none at all.

import type { Language } from "../languages";

// Nobody has made a voice for Pidgin. One that speaks English can be followed, a Nigerian one best.
const tags: Record<Language, string[]> = {
  en: ["en"],
  it: ["it"],
  fr: ["fr"],
  pcm: ["pcm", "en-ng", "en"],
  ar: ["ar"],
};

type Voice = Pick<SpeechSynthesisVoice, "lang" | "localService" | "default">;

export function voiceFor<V extends Voice>(language: Language, voices: readonly V[]): V | null {
  const local = voices.filter((voice) => voice.localService);
  for (const tag of tags[language]) {
    const speak = local.filter((voice) => `${voice.lang.toLowerCase().replace("_", "-")}-`.startsWith(`${tag}-`));
    const best = speak.find((voice) => voice.default) ?? speak[0];
    if (best !== undefined) return best;
  }
  return null;
}

/** What is written in Arabic letters is read as Arabic, whatever the language of the page. */
export function languageOfText(text: string, page: Language): Language {
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (page === "ar") return latin > arabic ? "en" : "ar";
  return arabic > latin ? "ar" : page;
}
