import * as z from "zod";

/** What the process of the stack tells, in answer to a command or by itself. */
export const told = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ready"),
    awsEndpoint: z.string(),
    pageUrl: z.string(),
    signInUrl: z.string(),
    intakeBucket: z.string(),
    personClientId: z.string(),
    accessKey: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  }),
  /** An outcome was written: the case of that document is as good as over. */
  z.object({ kind: z.literal("outcome"), caseId: z.string() }),
  z.object({
    kind: z.literal("measured"),
    /** Resident memory of the stack's own process, after a collection of garbage. */
    rssBytes: z.number(),
    heapBytes: z.number(),
    /** Resident memory of all processes of functions together; they end when idle, and are bounded in number. */
    functionsRssBytes: z.number(),
    /** Rows that the stack keeps in memory, as JSON on its disk: tables and the index of objects. */
    storedBytes: z.number(),
  }),
  z.object({
    kind: z.literal("counted"),
    succeeded: z.number(),
    otherwise: z.number(),
    openCases: z.number(),
    outcomes: z.number(),
  }),
]);
export type Told = z.infer<typeof told>;
export type Command = "measure" | "count" | "stop";
