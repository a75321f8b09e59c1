// Catalogues that lack texts for now; where one does, English stands in. Empty at a release. Each is here as its area's
// folder and its language ("staff/locales/ fr"), or as the area's folder alone: then its texts are still being written.
// A language has to leave the list as soon as nothing is missing: texts.test.ts sees to that.

export const unfinished: readonly string[] = [
  "locales/ it",
  "locales/ fr",
  "locales/ pcm",
  "locales/ ar",
  "survivor/locales/",
  "staff/locales/",
  "counsellor/locales/",
];
