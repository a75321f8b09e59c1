// The members' texts from the knock on: they come with the screens that say them. Staff have them from the beginning.

import { catalogueLoader } from "./languages";

export const loadLaterCatalogue = catalogueLoader(
  import.meta.glob("./locales/*.po", { import: "default", query: "?later" }),
);
