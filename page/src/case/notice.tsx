import { Text } from "../view/text.tsx";

/** Something about this case that a person has to know before working on it. */
export function Notice({ text, retry }: { text: string; retry: (() => void) | null }) {
  return (
    <p class="notice" role="status">
      <Text>{text}</Text>
      {retry !== null && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </p>
  );
}
