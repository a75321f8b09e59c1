// A member's main screens in one language after the other, with the worker's stand-in: the texts by their ids, as the
// page has them, and people who write in that language.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";
import { tell } from "./stand-in.mjs";

const src = join(root, "web-client/src");
const { catalogueIds, compileCatalogue } = await import(join(root, "web-client/build/catalogues.mjs"));

/** The languages of the page, each as a browser names it. */
export const languages = {
  en: { tag: "en-GB", dir: "ltr", name: "English", hello: "Good evening, everyone. Take your time." },
  it: { tag: "it-IT", dir: "ltr", name: "Italiano", hello: "Buonasera. Con calma, c’è tempo." },
  fr: { tag: "fr-FR", dir: "ltr", name: "Français", hello: "Bonsoir. Prenez votre temps." },
  pcm: { tag: "pcm-NG", dir: "ltr", name: "Naijá", hello: "Good evening, everybody. Make una take una time." },
  ar: { tag: "ar-EG", dir: "rtl", name: "العربية", hello: "مساء الخير. الوقت معنا، على مهل." },
};

/** Texts of a language by their ids, for those that put nothing in. */
export function textsOf(language) {
  const read = (folder, code) => {
    const path = join(src, folder, `${code}.po`);
    return existsSync(path) ? compileCatalogue(readFileSync(path, "utf8")) : {};
  };
  const all = ["locales", "survivor/locales", "staff/locales"].map((folder) => ({
    ...read(folder, "en"),
    ...read(folder, language),
  }));
  const texts = Object.assign({}, ...all);
  return (id) => {
    if (typeof texts[id] !== "string") throw new Error(`no plain text: ${id}`);
    return texts[id];
  };
}

/** Ids of members' texts that stand on the screen as they are: a text was asked for that is not there. */
export function idsShown(text) {
  const ids = catalogueIds(readFileSync(join(src, "locales/en.po"), "utf8"));
  return ids.filter((id) => text.split(/\s/u).includes(id));
}

const member = (name, more = {}) => ({ name, role: "member", presence: "here", self: false, vouched: true, ...more });

const invitation = {
  event: "invitation",
  group: "Casa, مجموعة الثلاثاء",
  rules: "What is said here stays here.\nNobody has to speak.",
  language: "en",
  organisation: "Casa Aurora",
  facilitator: "Amara",
};

/**
 * From the first screen to the last, as she would go. `at(name)` is called on each: it waits for nothing, so that the
 * screen is there before. Her page is at the first screen.
 */
export async function walkScreens(her, language, at) {
  const text = textsOf(language);
  const press = (id) =>
    her.page
      .getByRole("button", { name: text(id) })
      .first()
      .click();
  const heading = (name) => her.page.getByRole("heading", { name, level: 1 }).waitFor();

  await heading(text("invite.title"));
  await at("invite");
  await press("invite.goOn");
  await tell(her, invitation);
  await heading(invitation.group);
  await at("rules");
  await press("rules.agree");
  await heading(text("name.title"));
  await her.page.locator(".name__choice label").first().click();
  const name = await her.page.locator(".name__choice input:checked").inputValue();
  await at("name");
  await her.page.locator("button.main").click();
  await tell(her, { event: "state", state: "waiting" });
  await heading(text("waiting.title"));
  await at("waiting");

  await tell(her, { event: "state", state: "in_group" });
  await tell(her, ...evening(name, language));
  await her.page.getByText(languages[language].hello).first().waitFor();
  await at("group");
  await press("more.open");
  await her.page.getByText(text("more.title")).waitFor();
  await at("more");
  await press("more.notSafe");
  await her.page.getByText(text("notSafe.what")).waitFor();
  await at("not-safe");
  await her.page
    .getByRole("dialog")
    .getByRole("button", { name: text("more.close") })
    .click();
  await her.page.getByRole("button", { name: text("group.leave"), exact: true }).click();
  await her.page.getByText(text("leaving.question")).waitFor();
  await at("leaving");
  await tell(her, { event: "closing", text: "", from: "Amara", next_session: 1_796_752_800 });
  await tell(her, { event: "state", state: "ended" });
  await heading(text("end.ended.title"));
  await at("ended");
  return name;
}

function evening(name, language) {
  const { hello } = languages[language];
  const message = (seq, from, text, more = {}) => ({
    ...{ event: "message", seq, from, text, role: "member", own: false, id: `${seq}`, reply_to: 0, through: "" },
    ...more,
  });
  return [
    { event: "composer", open: true, why: "" },
    {
      event: "roster",
      members: [
        member("Amara", { role: "facilitator" }),
        member(name, { self: true }),
        member("Maple"),
        member("فانوس", { presence: "away" }),
      ],
    },
    message(3, "Amara", hello, { role: "facilitator" }),
    message(4, "Maple", "I slept well this week. First time in a long while."),
    message(5, name, hello, { own: true, reply_to: 4 }),
    message(6, "فانوس", "نمت جيدا هذا الأسبوع، والحمد لله."),
    { event: "reaction", seq: 4, from: "Amara", sign: "hug", own: false },
    { event: "gap", from_seq: 7, to_seq: 8 },
    { event: "notice", code: "message_not_read", text: "" },
  ];
}
