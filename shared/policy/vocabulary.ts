/** What a workflow's policy may speak of: its fields with their format, its signals with what they state, its actions. */
export interface Vocabulary {
  readonly fields: Readonly<
    Record<string, { readonly label: string; readonly format: string; readonly required: boolean }>
  >;
  readonly signals: Readonly<Record<string, string>>;
  /** What software may propose to do with a case. */
  readonly actions: readonly string[];
}
