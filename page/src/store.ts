import { useEffect, useState } from "preact/hooks";

/** A value that tells its readers when it changes. State lives in stores, so that rules can be tested without a browser. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  update(change: (current: T) => T): void;
  /** @returns ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's value; the component renders again when it changes. */
export function useStore<T>(store: Pick<Store<T>, "get" | "subscribe">): T {
  const [, render] = useState(0);
  const shown = store.get();
  useEffect(() => {
    const again = () => render((count) => count + 1);
    if (store.get() !== shown) again(); // it changed between render and effect
    return store.subscribe(again);
  }, [store]);
  return shown;
}
