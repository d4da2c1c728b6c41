import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../api/client.ts";
import { useAct } from "../api/use-act.ts";
import { BecauseForm } from "../view/because-form.tsx";
import { Text } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";
import { changeSays } from "./change-says.ts";
import { lineOfPointer, policyText, readPolicyText } from "./policy-text.ts";

interface Props {
  readonly workspace: Workspace;
  readonly stored: Answer<"getPolicy">;
  reload(): Promise<void>;
}

/** The policy as a document: edited as text, proposed with a reason, its problems named by their place. */
export function PolicyEditor({ workspace, stored, reload }: Props) {
  const { policy, vocabulary } = stored;
  const [text, setText] = useState(() => policyText(policy));
  /** The version that the text began with. */
  const [base, setBase] = useState(policy);
  const [outcome, setOutcome] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const act = useAct(workspace.client);
  const isEdited = text !== policyText(policy);

  const restart = () => {
    setText(policyText(policy));
    setBase(policy);
  };
  useEffect(() => {
    // What nobody has edited follows the policy.
    if (text === policyText(base)) restart();
  }, [policy.version]);
  async function propose(because: string) {
    setOutcome(null);
    const reading = readPolicyText(text);
    if ("problem" in reading) {
      act.fail(reading.problem);
      return false;
    }
    const path = { workflow: policy.workflow };
    const done = await act.send("proposePolicyChange", { path, body: { policy: reading.policy, because } });
    if (done === null) return false;
    const says = changeSays(done.answer, Date.now());
    setOutcome(says);
    workspace.announce(says);
    if (done.answer.status === "applied") {
      setText(policyText(done.answer.policy));
      setBase(done.answer.policy);
    }
    await reload();
    return true;
  }
  const show = (line: number) => {
    const field = area.current;
    if (field === null) return;
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    field.focus();
    field.setSelectionRange(start, start + (text.split("\n")[line - 1]?.length ?? 0));
    field.scrollTop = Math.max(0, (line - 4) * (field.scrollHeight / text.split("\n").length));
  };
  return (
    <details class="card">
      <summary>
        Edit the policy <span class="soft">version {policy.version}</span>
      </summary>
      {base.version !== policy.version && isEdited && (
        <p class="look">
          The policy changed since you began to edit.{" "}
          <button type="button" onClick={restart}>
            Start again from version {policy.version}
          </button>
        </p>
      )}
      <div class="editor">
        <label>
          Policy as JSON
          <textarea
            ref={area}
            class="code"
            rows={28}
            spellcheck={false}
            wrap="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div>
          <h3>Problems</h3>
          {act.failure === null ? (
            <p class="soft">The server checks it when it is proposed.</p>
          ) : (
            <div role="alert">
              <p class="fault">
                <Text>{act.failure}</Text>
              </p>
              <ul class="problems">
                {act.faults.map(({ pointer, detail }, at) => (
                  <Problem key={`${pointer}-${at}`} pointer={pointer} detail={detail} text={text} show={show} />
                ))}
              </ul>
            </div>
          )}
          <Words vocabulary={vocabulary} />
        </div>
      </div>
      {outcome !== null && (
        <p class="stored" role="status">
          {outcome}
        </p>
      )}
      <BecauseForm
        question="Why is it changed?"
        action="Propose the change"
        isBusy={act.isBusy}
        maxLength={1_000}
        act={propose}
      />
      {isEdited && (
        <button type="button" class="quiet" onClick={restart}>
          Put it back
        </button>
      )}
    </details>
  );
}

interface ProblemProps {
  readonly pointer: string;
  readonly detail: string;
  readonly text: string;
  show(line: number): void;
}

function Problem({ pointer, detail, text, show }: ProblemProps) {
  // The body of the request holds the policy under its own name.
  const line = lineOfPointer(text, pointer.replace(/^\/policy(?=\/|$)/, ""));
  return (
    <li>
      {line === null ? (
        <code>{pointer}</code>
      ) : (
        <button type="button" class="link" onClick={() => show(line)}>
          <code>{pointer}</code> (line {line})
        </button>
      )}{" "}
      <Text>{detail}</Text>
    </li>
  );
}

const Words = ({ vocabulary: { fields, signals } }: Pick<Answer<"getPolicy">, "vocabulary">) => (
  <details>
    <summary>What conditions may speak of</summary>
    <ul>
      {fields.map(({ name, label }) => (
        <li key={name}>
          <code>field.{name}</code> <Text>{label}</Text>
        </li>
      ))}
      {signals.map(({ name, states }) => (
        <li key={name}>
          <code>signal.{name}</code> <Text>{states}</Text>
        </li>
      ))}
    </ul>
  </details>
);
