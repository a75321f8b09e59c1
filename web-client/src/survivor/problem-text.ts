// A problem in words she can use. What has no words of its own is named, so that she can ask for help with it.
import type { Problem } from "../core/messages";
import { wordKey, type Words } from "../words";

export function problemText(problem: Problem, words: Words): string {
  const key = wordKey("problem", problem.code);
  if (key === null) return words("problem.other", { code: problem.code });
  return words(key, { words: problem.words?.join(", ") ?? "", count: problem.words?.length ?? 0 });
}
