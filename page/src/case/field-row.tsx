import type { FieldDescriptor } from "../../../shared/contracts/api.ts";
import type { Finding } from "../../../shared/contracts/proposal.ts";
import { isDeceptive, Text } from "../view/text.tsx";
import { Confidence } from "./confidence.tsx";
import { showValue } from "./format.ts";

interface Props {
  readonly descriptor: FieldDescriptor;
  readonly finding: Finding | undefined;
  /** Smallest confidence with which software may act alone. */
  readonly limit: number | undefined;
  /** The software's answer is hidden: nothing is said of it, not even that it found nothing. */
  readonly blind: boolean;
  readonly text: string;
  readonly look: boolean;
  readonly isActive: boolean;
  readonly isKept: boolean;
  readonly isChanged: boolean;
  readonly tookSuggestion: boolean;
  readonly fault: string | null;
  readonly readOnly: boolean;
  onType(text: string): void;
  onFocus(): void;
  onBlur(): void;
  onSuggestion(): void;
  onRestore(): void;
}

/** One value: its name, what it is, how sure the software is; below it what is suggested, what the page says, what is wrong. */
export function FieldRow(props: Props) {
  const { descriptor, finding, text, look, isActive, isKept, fault } = props;
  const { field, label, format } = descriptor;
  const below = `below-${field}`;
  const classes = ["f", look && "look", isActive && "active", fault !== null && "wrong"].filter(Boolean).join(" ");
  return (
    <div class={classes}>
      <label for={`field-${field}`}>
        {label}
        {isKept && (
          <b class="kept" title="Kept">
            ✓<span class="unseen"> kept</span>
          </b>
        )}
      </label>
      <input
        id={`field-${field}`}
        data-value={field}
        value={text}
        readOnly={props.readOnly}
        aria-invalid={fault !== null}
        aria-describedby={below}
        aria-required={descriptor.required}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        inputMode={format === "amount" || format === "number" ? "decimal" : "text"}
        placeholder={!props.blind && finding?.value == null ? "not found" : undefined}
        onInput={(event) => props.onType(event.currentTarget.value)}
        onFocus={props.onFocus}
        onBlur={props.onBlur}
      />
      {props.blind ? (
        <span class="conf">{descriptor.required ? "needed" : ""}</span>
      ) : (
        <Confidence
          finding={finding}
          limit={props.limit}
          look={look}
          isReplaced={props.isChanged && !props.tookSuggestion}
        />
      )}
      <div class="below" id={below}>
        {fault !== null && <p class="fault">{fault}</p>}
        {isDeceptive(text) && (
          <p class="fault">
            Holds invisible marks: <Text>{text}</Text>
          </p>
        )}
        {!props.blind && (
          <Origin {...props} proposed={finding?.value == null ? null : showValue(format, finding.value)} />
        )}
      </div>
    </div>
  );
}

/** Where the value comes from when it is not simply the page's: a suggestion to take, one that was taken, or the person's own. */
function Origin({ finding, descriptor, proposed, ...props }: Props & { proposed: string | null }) {
  const says =
    proposed === null ? (
      "The page says nothing"
    ) : (
      <PageSays value={proposed} onPick={props.readOnly ? null : props.onRestore} />
    );
  if (finding?.suggestion !== undefined) {
    if (props.tookSuggestion) {
      return (
        <p>
          Suggestion taken: <Text>{finding.suggestion.because}</Text>. {says}
        </p>
      );
    }
    if (!props.isChanged && !props.readOnly) {
      return (
        <p>
          Suggestion{" "}
          <button type="button" class="link" tabIndex={-1} onClick={props.onSuggestion} aria-keyshortcuts="Alt+S">
            <Text>{showValue(descriptor.format, finding.suggestion.value)}</Text>
            <kbd>S</kbd>
          </button>
          {" · "}
          <Text>{finding.suggestion.because}</Text>
        </p>
      );
    }
  }
  return props.isChanged ? <p>{says}</p> : null;
}

function PageSays({ value, onPick }: { value: string; onPick: (() => void) | null }) {
  if (onPick === null) {
    return (
      <>
        The page says <Text>{value}</Text>
      </>
    );
  }
  return (
    <>
      The page says{" "}
      <button type="button" class="link" tabIndex={-1} onClick={onPick} title="Put it back">
        <Text>{value}</Text>
      </button>
    </>
  );
}
