// WCAG 2.2 AA: text against what it stands on at least 4.5 to 1, what shows where a control is at least 3 to 1.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/look/page.css", "utf8");
const [light, dark] = css.split("@media (prefers-color-scheme: dark)").map(colours) as [Colours, Colours];

type Colours = Record<string, string>;

function colours(part: string): Colours {
  return Object.fromEntries(
    [...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const texts: [string, string][] = [
  ["ink", "paper"],
  ["ink", "card"],
  ["ink", "leaf-soft"],
  ["ink", "own"],
  ["ink", "lamp-soft"],
  ["ink-quiet", "paper"],
  ["ink-quiet", "card"],
  ["ink-quiet", "leaf-soft"],
  ["leaf", "paper"],
  ["leaf", "card"],
  ["leaf", "leaf-soft"],
  ["on-leaf", "leaf"],
  ["on-leaf", "leaf-strong"],
  ["lamp", "lamp-soft"],
  ["on-exit", "exit"],
];
const controls: [string, string][] = [
  ["field-line", "card"],
  ["field-line", "paper"],
  ["leaf", "paper"],
  ["exit", "paper"],
  ["leaf-dot", "paper"],
  ["leaf-dot", "card"],
];

for (const [name, scheme] of Object.entries({ light, dark })) {
  describe(`${name} colours`, () => {
    it.each(texts)("%s can be read on %s", (text, ground) => {
      expect(contrast(scheme[text]!, scheme[ground]!)).toBeGreaterThanOrEqual(4.5);
    });
    it.each(controls)("%s can be made out on %s", (line, ground) => {
      expect(contrast(scheme[line]!, scheme[ground]!)).toBeGreaterThanOrEqual(3);
    });
  });
}

it("has red for the exit alone", () => {
  const rules = css.split("}").filter((rule) => rule.includes("var(--exit)"));
  expect(rules.every((rule) => rule.includes("#leave-quickly"))).toBe(true);
});
