/** The parts of dynalite 4.0.0 (pinned: these are its insides) that judge requests. Its storage is not used. */
declare module "dynalite/db/index.js" {
  type Item = import("./item.ts").Item;
  type Table = import("./tables.ts").Table;

  interface IndexActions {
    readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
    readonly deletes: readonly { readonly index: string; readonly key: string }[];
  }

  const db: {
    createKey(item: Item, table: Table): string;
    createIndexKey(item: Item, table: Table, keySchema: Table["KeySchema"]): string;
    validateKey(key: Item, table: Table): Error | null | undefined;
    checkConditional(data: object, existing: Item | undefined): Error | null | undefined;
    getIndexActions(
      indexes: readonly object[],
      before: Item | undefined,
      after: Item | undefined,
      table: Table,
    ): IndexActions;
  };
  export default db;
}

declare module "dynalite/validations/index.js" {
  const validations: {
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(data: object, types: object, custom: unknown, store: object): void;
  };
  export default validations;
}

declare module "dynalite/validations/*" {
  const rules: { readonly types: object; readonly custom?: unknown };
  export default rules;
}

declare module "dynalite/actions/*" {
  const action: (
    store: object,
    data: object,
    callback: (error: unknown, result?: Record<string, unknown>) => void,
  ) => void;
  export default action;
}
