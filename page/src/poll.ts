/** Between two readings of what is live, in milliseconds. */
const pollMilliseconds = 5_000;

/** Runs at once, then again and again while the page is visible, and at once when it becomes visible. @returns ends it. */
export function pollWhileVisible(run: () => Promise<void>, document: Document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const again = async () => {
    clearTimeout(timer);
    if (ended || document.visibilityState === "hidden") return;
    await run();
    clearTimeout(timer);
    if (!ended) timer = setTimeout(again, pollMilliseconds);
  };
  const onVisible = () => void again();
  document.addEventListener("visibilitychange", onVisible);
  void again();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
