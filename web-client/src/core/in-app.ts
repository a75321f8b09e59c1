// Is this page inside another app's own browser? There it has no private tab, the app sees what is opened, and a tap
// can throw it away. Only a hint for her; told to nobody.

const apps: [name: string, mark: RegExp][] = [
  ["Instagram", /\bInstagram\b/],
  ["TikTok", /\b(?:musical_ly|BytedanceWebview|TikTok|trill)/i],
  ["WhatsApp", /\bWhatsApp\b/],
  ["Messenger", /\bFBAN\/Messenger|\bMESSENGER\b|Orca-Android/],
  ["Facebook", /\bFB(?:AN|AV|_IAB)\b/],
  ["Snapchat", /\bSnapchat\b/],
  ["Telegram", /\bTelegram/],
  ["Line", /\bLine\//],
];

/** The app's name, "" for one that is not known by name, null for a browser of its own. */
export function appAround(userAgent: string): string | null {
  const app = apps.find(([, mark]) => mark.test(userAgent));
  if (app !== undefined) return app[0];
  const androidView = /\bAndroid\b.*; wv\)/.test(userAgent);
  const iosView = /\b(?:iPhone|iPad)\b.*AppleWebKit(?!.*(?:Safari|CriOS|FxiOS|EdgiOS))/.test(userAgent);
  return androidView || iosView ? "" : null;
}
