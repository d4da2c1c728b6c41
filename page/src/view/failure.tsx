import type { Act } from "../api/use-act.ts";
import { Text } from "./text.tsx";

/** Why something that was asked for did not happen, and what is wrong with single values. */
export function Failure({ act }: { act: Pick<Act, "failure" | "faults"> }) {
  if (act.failure === null) return null;
  return (
    <div class="failure" role="alert">
      <p class="fault">
        <Text>{act.failure}</Text>
      </p>
      {act.faults.length > 0 && (
        <ul>
          {act.faults.map(({ pointer, detail }, at) => (
            <li key={`${pointer}-${at}`}>
              <code>{pointer}</code> <Text>{detail}</Text>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
