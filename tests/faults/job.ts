import { openBench } from "./bench.ts";
import { plant } from "./planted/plant.ts";

/** A process that plays the seeds it is given, one after the other: `job.ts [defect]`, seeds by message. */
const [, , defect] = process.argv;
const verbose = process.env.FAULTS_VERBOSE === "1";
const bench = await openBench({
  ...(defect ? await plant(defect) : {}),
  ...(verbose && { log: (line) => console.error(line) }),
});
process.on("unhandledRejection", (error) => console.error("A rejection that nobody handled:", error));
process.on("message", async (message) => {
  if (typeof message !== "number") {
    await bench.close();
    return process.exit(0);
  }
  const began = performance.now();
  const played = await bench.play(message);
  process.send?.({ ...played, seconds: (performance.now() - began) / 1000 });
});
process.send?.("ready");
