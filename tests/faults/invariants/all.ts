import {
  announcedCasesAreThere,
  casesAreDecidedOrVisiblyWaiting,
  everyDropIsOneCase,
  ledgersVerify,
  nothingElseIsACase,
} from "./cases.ts";
import { acceptedAnswersStand, decidersHadAuthority, whatWasDoneStands } from "./decisions.ts";
import { everyStepIsCountedOnce } from "./figures.ts";
import { fourEyesAreFour } from "./four-eyes.ts";
import { historiesMakeSense } from "./life.ts";
import { outcomesMatchDecisions } from "./outcomes.ts";
import type { Settled } from "./settled.ts";
import { dueTimesFired, executionsMatchCases, nothingLeftInTheOutbox, roundsFollowDecisions } from "./workflows.ts";

/** A sentence for each case in which something that must hold does not. To add an invariant is a line here. */
const invariants: readonly ((settled: Settled) => readonly string[])[] = [
  everyDropIsOneCase,
  announcedCasesAreThere,
  nothingElseIsACase,
  ledgersVerify,
  executionsMatchCases,
  casesAreDecidedOrVisiblyWaiting,
  dueTimesFired,
  nothingLeftInTheOutbox,
  acceptedAnswersStand,
  whatWasDoneStands,
  historiesMakeSense,
  fourEyesAreFour,
  decidersHadAuthority,
  roundsFollowDecisions,
  outcomesMatchDecisions,
  everyStepIsCountedOnce,
];

export const broken = (settled: Settled): string[] => invariants.flatMap((invariant) => invariant(settled));
