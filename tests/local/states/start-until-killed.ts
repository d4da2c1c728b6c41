import { systemClock } from "../../../local/clock/system-clock.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import { openBench } from "./bench-of-machines.ts";
import { call, machine } from "./machines.ts";

/** A process that starts executions until it is killed, and prints the name of each one whose start was answered. */
const storage = await openStorage(process.argv[2] ?? "");
const bench = await openBench({
  clock: systemClock,
  storage,
  machines: { echo: machine({ Echo: call("echo") }) },
});
for (let index = 0; ; index += 1) {
  const name = `execution-${index}`;
  await bench.call("StartExecution", {
    stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:echo",
    name,
  });
  process.stdout.write(`${name}\n`);
}
