// Starts the reading thread from TypeScript sources (tests, benches): tsx has to be registered in each thread anew.
import { register } from "tsx/esm/api";

register();
await import("./reading-worker.ts");
