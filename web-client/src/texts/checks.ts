// What is checked of every text, as functions that say what they found: used by texts.test.ts on all that there is, and
// by checks.test.ts on what must be found. Never part of the page.

import { parseSync } from "vite";
import type { Message, Token } from "../message";

const wordsMax = 12; // in a sentence

/** Every way in which a message can come out: each case of a plural, a value as one word. */
export function waysToSay(message: Message): string[] {
  if (typeof message === "string") return [message];
  return message.reduce<string[]>(
    (texts, token) => {
      const next = waysOfToken(token);
      return texts.flatMap((text) => next.map((it) => text + it));
    },
    [""],
  );
}

function waysOfToken(token: Token): string[] {
  if (typeof token === "string") return [token === "#" ? "7" : token];
  const [, , cases] = token;
  return cases === undefined ? ["Name"] : Object.values(cases).flatMap(waysToSay);
}

export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?…؟][”"»)]*)\s+|\n/u)
    .map((it) => it.trim())
    .filter((it) => it !== "");
}

/** A word has a letter or a digit in it: French puts a space before its question marks. */
export const countWords = (text: string) => text.split(/\s+/u).filter((it) => /[\p{L}\p{N}]/u.test(it)).length;

export const longSentences = (message: Message) =>
  waysToSay(message)
    .flatMap(sentences)
    .filter((it) => countWords(it) > wordsMax);

/** The patterns that occur as words of their own, or as the beginning of one where a pattern ends with "-". */
export function wordsOf(patterns: readonly string[], message: Message): string[] {
  const texts = waysToSay(message).map((text) => ` ${text.toLowerCase()} `);
  return patterns.filter((pattern) => {
    const begins = pattern.endsWith("-");
    const word = new RegExp(
      `(?<![\\p{L}\\p{N}])${begins ? pattern.slice(0, -1) : pattern}${begins ? "" : "(?![\\p{L}\\p{N}])"}`,
      "u",
    );
    return texts.some((text) => word.test(text));
  });
}

/** Ids of `ids` that occur nowhere in `sources`, neither whole nor as one that is put together at run time. */
export function unusedIds(ids: readonly string[], sources: readonly string[]): string[] {
  const all = sources.join("\n");
  const whole = new Set([...all.matchAll(/["'`]([\w-]+(?:\.[\w-]+)+)["'`]/gu)].map((it) => it[1]!));
  const prefixes = [...all.matchAll(/[wW]ordKey(?:<[^>]*>)?\(\s*"([\w.-]+)"/gu)].map((it) => `${it[1]!}.`);
  const put = [...all.matchAll(/`([\w-]+\.[^`\n]*)`/gu)]
    .filter((it) => it[1]!.includes("${"))
    .map((it) => new RegExp(`^${it[1]!.replace(/\./gu, "\\.").replace(/\$\{[^}]*\}/gu, "[\\w-]+")}$`, "u"));
  return ids.filter(
    (id) => !whole.has(id) && !put.some((it) => it.test(id)) && !prefixes.some((it) => id.startsWith(it) && id !== it),
  );
}

const spoken = /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|placeholder|title|alt|label)$/u;
const letters = /\p{L}{2}/u;

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Texts that stand in a view instead of a catalogue: between tags, and in the attributes that people hear or see. */
export function hardCodedTexts(file: string, source: string): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    if (letters.test(text)) found.push(`${file}: ${text.trim()}`);
  };
  const visit = (node: Node, shown: boolean): void => {
    if (node.type === "JSXText") note(String(node["value"]));
    if (shown && node.type === "Literal" && typeof node["value"] === "string") note(node["value"]);
    if (shown && node.type === "TemplateElement") note((node["value"] as { cooked: string }).cooked);
    for (const [key, child] of Object.entries(node)) {
      for (const it of Array.isArray(child) ? child : [child]) {
        if (isNode(it)) visit(it, shows(node, key, it, shown));
      }
    }
  };
  visit(parseSync(file, source).program as unknown as Node, false);
  return found;
}

// A literal is shown if it is the value of such an attribute or a child of an element, also as one side of a choice.
function shows(parent: Node, key: string, child: Node, shown: boolean): boolean {
  if (parent.type === "JSXAttribute") return key === "value" && spoken.test(attributeName(parent));
  if (parent.type === "JSXElement" || parent.type === "JSXFragment") return child.type === "JSXExpressionContainer";
  if (parent.type === "ConditionalExpression" || parent.type === "LogicalExpression") {
    return shown && key !== "test" && !(parent["operator"] === "&&" && key === "left");
  }
  const passesOn = ["JSXExpressionContainer", "TemplateLiteral", "ParenthesizedExpression", "TSAsExpression"];
  return shown && passesOn.includes(parent.type) && key !== "expressions";
}

function attributeName(attribute: Node): string {
  return String((attribute["name"] as Node)["name"] ?? "");
}

const isNode = (it: unknown): it is Node => typeof it === "object" && it !== null && "type" in it;

/** What a module imports before it runs: not types, and not what it asks for later. */
export function importedBy(source: string): string[] {
  return [...source.matchAll(/^(?:import|export)\s(?!type\s)([^;]*?)\sfrom\s"(\.[^"]+)"/gmu)]
    .filter(([, what]) => !/^\{\s*type [^,]*\}$/u.test(what!))
    .map(([, , path]) => path!);
}

/** The names of a pool that are somebody's given name. */
export function givenNamesIn(pool: readonly string[], given: readonly string[]): string[] {
  const known = new Set(given.map((it) => it.toLowerCase()));
  return pool.filter((name) =>
    name
      .toLowerCase()
      .split(/[\s-]/u)
      .some((part) => known.has(part)),
  );
}
