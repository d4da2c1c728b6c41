/** Happens when the dial is to go on before the software has shown enough. HTTP 422; says what is there and what is needed. */
export class ExitCriteriaUnmetError extends Error {
  override readonly name = "ExitCriteriaUnmetError";
}
