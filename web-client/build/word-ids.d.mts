export function areas(): string[];
export function typeOf(area: string): string;
export function wordIds(text: string, type?: string): string;
