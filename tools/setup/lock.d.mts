// Types of lock.mjs for its tests.

export function exclusively<T>(file: string, work: () => Promise<T>): Promise<T>;
