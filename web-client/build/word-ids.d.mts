export function wordIds(text: string, type?: string): string;
