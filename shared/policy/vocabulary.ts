/** What a workflow's policy may speak of: its fields with their format, and its signals with what they state. */
export interface Vocabulary {
  readonly fields: Readonly<
    Record<string, { readonly label: string; readonly format: string; readonly required: boolean }>
  >;
  readonly signals: Readonly<Record<string, string>>;
}
