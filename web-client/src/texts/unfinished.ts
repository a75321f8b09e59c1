// Catalogues that lack texts for now; where one does, English stands in. Empty at a release: texts.test.ts says what
// is still to do. Each is here as its area's folder and its language ("staff/locales/ fr"), or with a star for all but
// English. "staff/locales/" alone: its English texts are still being written, too.

export const unfinished: readonly string[] = [];
