import type { Anchor, AnchorHead } from "../../../shared/ledger/anchor.ts";
import { AnchorChangedError, type Anchors, type MovedChains } from "../../../shared/ledger/anchor-ledger.ts";

/** Anchors with all their versions, oldest first. */
export function inMemoryAnchors(): Anchors & { readonly versions: Map<string, Anchor[]> } {
  const versions = new Map<string, Anchor[]>();
  const versionOf = (day: string) => String(versions.get(day)?.length ?? 0);
  return {
    versions,
    days: async () => [...versions.keys()].sort(),
    find: async (day) => {
      const anchor = versions.get(day)?.at(-1);
      return anchor ? { anchor: structuredClone(anchor), version: versionOf(day) } : null;
    },
    put: async (anchor, before) => {
      if ((before?.version ?? "0") !== versionOf(anchor.day)) throw new AnchorChangedError(anchor.day);
      versions.set(anchor.day, [...(versions.get(anchor.day) ?? []), structuredClone(anchor)]);
    },
  };
}

/** Heads by day; changed by writing to it. */
export function inMemoryChains(): MovedChains & { readonly moved: Map<string, AnchorHead[]> } {
  const moved = new Map<string, AnchorHead[]>();
  return { moved, headsOf: async (day) => moved.get(day) ?? [] };
}
