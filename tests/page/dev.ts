import { join } from "node:path";
import { startStack } from "./fake/stack.ts";

// The built page with invented cases, to look at and to work on: `npx vite build --config page/vite.config.ts && npx tsx tests/page/dev.ts`.
const stack = await startStack(join(import.meta.dirname, "../../dist/page"), Number(process.env.PORT ?? 0));
stack.signIn.personId = process.argv[2] ?? "person-1";
console.log(`${stack.page.origin} (signs in as ${stack.signIn.personId}; ctrl-C ends it)`);
