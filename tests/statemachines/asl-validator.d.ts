declare module "asl-validator" {
  /** Checks a definition against the language's schema. The package ships no types. */
  export default function validate(definition: unknown): { isValid: boolean; errors: readonly unknown[] };
}
