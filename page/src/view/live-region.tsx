import { type Store, useStore } from "../store.ts";

/** What was last said to people who listen instead of looking. The number makes the same sentence news again. */
export interface Announcement {
  readonly text: string;
  readonly count: number;
}

export function LiveRegion({ announcement }: { announcement: Store<Announcement> }) {
  const { text, count } = useStore(announcement);
  return (
    <div class="unseen" role="status" aria-live="polite">
      <span key={count}>{text}</span>
    </div>
  );
}
