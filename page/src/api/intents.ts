/** Idempotency keys of what a person asks for: the same for the same request until its fate is known, a new one afterwards. */
export interface Intents {
  keyFor(request: string): string;
  /** The server answered: asking for the same again is another intent. */
  settled(request: string): void;
}

export function createIntents(newKey: () => string): Intents {
  const keys = new Map<string, string>();
  return {
    keyFor(request) {
      const key = keys.get(request) ?? newKey();
      keys.set(request, key);
      return key;
    },
    settled: (request) => void keys.delete(request),
  };
}
