// Whose voice may read: one of the phone's own, of the right language.
import { describe, expect, it } from "vitest";
import { languageOfText, voiceFor } from "./voices";

const voice = (lang: string, localService = true, isDefault = false) => ({ lang, localService, default: isDefault });

describe("voiceFor", () => {
  it("never takes one that would send the text away", () => {
    expect(voiceFor("it", [voice("it-IT", false, true)])).toBeNull();
    expect(voiceFor("it", [voice("it-IT", false, true), voice("it_IT")])).toEqual(voice("it_IT"));
  });

  it("takes none of another language", () => {
    expect(voiceFor("ar", [voice("en-US"), voice("arn-CL"), voice("fr-FR", true, true)])).toBeNull();
  });

  it("reads Pidgin with an English voice, a Nigerian one first", () => {
    expect(voiceFor("pcm", [voice("en-US", true, true), voice("en-NG")])).toEqual(voice("en-NG"));
    expect(voiceFor("pcm", [voice("it-IT"), voice("en-US")])).toEqual(voice("en-US"));
  });
});

describe("languageOfText", () => {
  it("knows Arabic by its letters", () => {
    expect(languageOfText("مرحبا Ana", "it")).toBe("ar");
    expect(languageOfText("Ciao مر", "it")).toBe("it");
    expect(languageOfText("", "ar")).toBe("ar");
    expect(languageOfText("Good evening", "ar")).toBe("en");
  });
});
