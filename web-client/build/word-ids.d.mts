export function areas(): string[];
export function wordIds(text: string): string;
