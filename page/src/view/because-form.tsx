import { useId, useState } from "preact/hooks";

interface Props {
  readonly question: string;
  readonly action: string;
  readonly isBusy: boolean;
  readonly isGrave?: boolean;
  readonly maxLength: number;
  /** Resolves to whether it was done; then the text is cleared. */
  act(because: string): Promise<boolean>;
}

/** A text that is asked for before something is done, and the button that does it. */
export function BecauseForm({ question, action, isBusy, isGrave = false, maxLength, act }: Props) {
  const [text, setText] = useState("");
  const id = useId();
  const send = async () => {
    if (await act(text.trim())) setText("");
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !isBusy) void send();
      }}
    >
      <label for={id}>{question}</label>
      <textarea
        id={id}
        rows={2}
        value={text}
        maxLength={maxLength}
        aria-required={true}
        dir="auto"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class={isGrave ? "stop" : undefined} disabled={text.trim() === "" || isBusy}>
        {action}
      </button>
    </form>
  );
}
