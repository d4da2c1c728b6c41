/** One press of ctrl-C may arrive twice: from the terminal, and from the program that started this one. */
const samePressMilliseconds = 300;

/** Stops cleanly at the first signal, at once at the second. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt !== undefined) {
      if (Date.now() - firstAt > samePressMilliseconds) process.exit(130);
      return;
    }
    firstAt = Date.now();
    console.log("\nStopping. Press ctrl-C again to stop at once; no case is lost either way.");
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
}
