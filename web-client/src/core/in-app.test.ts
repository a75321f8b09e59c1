// Which browsers are an app's own. The texts are those that the apps send.
import { describe, expect, it } from "vitest";
import { appAround } from "./in-app";

const android = "Mozilla/5.0 (Linux; Android 12; SM-A125F Build/SP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko)";
const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("appAround", () => {
  it.each([
    ["Instagram", `${iphone} Mobile/15E148 Instagram 289.0.0.0 (iPhone13,2; iOS 16_5)`],
    ["Facebook", `${android} Version/4.0 Chrome/114.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/420.0;]`],
    ["TikTok", `${android} Version/4.0 Chrome/110.0 Mobile Safari/537.36 trill_2023 BytedanceWebview/d8a21c6`],
    ["WhatsApp", `${iphone} Mobile/15E148 WhatsApp/2.23`],
    ["", `${android} Version/4.0 Chrome/114.0 Mobile Safari/537.36`],
    ["", `${iphone} Mobile/15E148`],
  ])("finds %s", (name, userAgent) => expect(appAround(userAgent)).toBe(name));

  it.each([
    `${iphone} Version/16.5 Mobile/15E148 Safari/604.1`,
    `${iphone} CriOS/114.0 Mobile/15E148 Safari/604.1`,
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
  ])("takes a browser for what it is: %s", (userAgent) => expect(appAround(userAgent)).toBeNull());
});
