/** Everything a key can do. `keep` and the decisions never share a key. */
export type Command =
  | "approve"
  | "reject"
  | "escalate"
  | "ask"
  | "answer"
  | "undo"
  | "next-case"
  | "previous-case"
  | "keep"
  | "take-suggestion"
  | "leave-field"
  | "note"
  | "next-page"
  | "previous-page"
  | "zoom-in"
  | "zoom-out"
  | "zoom-reset"
  | "keys";

/** Where the focus is: nowhere special, in a value of the case, in a text of several lines, in the queue's list, in a dialog. */
export type Focus = "page" | "value" | "note" | "queue" | "dialog";

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** The physical key: with Alt, Macs type another letter. */
  readonly code: string;
  /** True while an input method composes: the key is not meant for us. */
  readonly composing: boolean;
}

const letters: Readonly<Record<string, Command>> = {
  r: "reject",
  e: "escalate",
  a: "ask",
  h: "answer",
  z: "undo",
  j: "next-case",
  k: "previous-case",
  s: "take-suggestion",
  n: "note",
  "]": "next-page",
  "[": "previous-page",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  "0": "zoom-reset",
  "?": "keys",
};

/** What a key press means here, or null when it is not ours. Single letters act only outside fields. */
export function commandFor(press: KeyPress, focus: Focus): Command | null {
  if (press.composing || focus === "dialog") return null; // a dialog closes on Escape by itself
  if (press.key === "Enter" && press.ctrl && !press.alt) return "approve";
  const typing = focus === "value" || focus === "note";
  if (press.alt && !press.ctrl && press.code === "KeyS" && focus !== "note") return "take-suggestion";
  if (press.ctrl || press.alt) return null;
  if (press.key === "Escape") return "leave-field";
  if (focus === "value" && press.key === "Enter") return "keep";
  if (typing) return null;
  if (focus === "queue" && press.key === "ArrowDown") return "next-case";
  if (focus === "queue" && press.key === "ArrowUp") return "previous-case";
  return letters[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}

/** What `?` shows, in the order of use. */
export const keyHelp: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["Tab"], does: "Next field" },
  { keys: ["Enter"], does: "Keep the field and move on" },
  { keys: ["S", "Alt S"], does: "Take the suggestion, or put the page's value back (Alt S inside a field)" },
  { keys: ["Esc"], does: "Leave the field, close what is open" },
  {
    keys: ["Ctrl Enter", "⌘ Enter"],
    does: "Approve, correct when something was changed, or send what is being explained",
  },
  { keys: ["R"], does: "Reject, with a note" },
  { keys: ["E"], does: "Escalate, with a question" },
  { keys: ["A"], does: "Ask the sender" },
  { keys: ["H"], does: "Answer the question and hand the case back" },
  { keys: ["N"], does: "Write a note" },
  { keys: ["Z"], does: "Undo, while the answer waits to be sent" },
  { keys: ["J", "K"], does: "Next and previous case (arrows inside the queue)" },
  { keys: ["[", "]"], does: "Previous and next page" },
  { keys: ["+", "-", "0"], does: "Larger, smaller, fit" },
  { keys: ["?"], does: "These keys" },
];
