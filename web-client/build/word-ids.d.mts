export function wordIds(text: string): string;
