import type { Clock } from "../clock/clock.ts";
import type { DeclaredFunction } from "../lambda/declared-function.ts";
import type { Pool } from "../lambda/pool.ts";
import type { Storage } from "../storage/storage.ts";
import type { AwsService } from "../wire/service.ts";

/** Parts of the machine that a test puts its own in place of, to break them on purpose. @default the machine's own */
export interface Parts {
  /** Opens the disk of one service. @default LevelDB in that directory */
  readonly openStorage?: ((directory: string) => Promise<Storage>) | undefined;
  /** Runs functions. @default a process of its own for each */
  readonly openPool?:
    | ((environmentOf: (declared: DeclaredFunction) => Readonly<Record<string, string>>) => Pool)
    | undefined;
  /** Stands between the endpoint and one service. @default nothing does */
  readonly around?: ((service: AwsService) => AwsService) | undefined;
  /** By which signatures are judged. @default the system's */
  readonly signatureClock?: Clock | undefined;
}
