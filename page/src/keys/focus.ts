import type { Focus, KeyPress } from "./keymap.ts";

/** Where the focus is, as the key map sees it. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.closest("dialog") !== null) return "dialog";
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return "note";
  if (target instanceof HTMLInputElement)
    return target.dataset.value === undefined || target.readOnly ? readingFocus(target) : "value";
  return target.closest(".queue") === null ? "page" : "queue";
}

/** A value that cannot be changed takes no text, so letters act there; other inputs (a file, for instance) are left alone. */
const readingFocus = (input: HTMLInputElement): Focus => (input.dataset.value === undefined ? "note" : "page");

export const pressOf = (event: KeyboardEvent): KeyPress => ({
  key: event.key,
  code: event.code,
  ctrl: event.ctrlKey || event.metaKey,
  alt: event.altKey,
  shift: event.shiftKey,
  composing: event.isComposing,
});

/** Moves to the next value of the case; after the last to the row of answers, which no plain Enter presses. */
export function focusAfter(current: HTMLElement): void {
  const values = [...document.querySelectorAll<HTMLElement>("[data-value]")];
  const next = values[values.indexOf(current) + 1];
  (next ?? document.querySelector<HTMLElement>(".decision"))?.focus();
  if (next instanceof HTMLInputElement) next.select();
}

/** Moves to the field or line of this name. */
export function focusTarget(target: string): void {
  const line = document.querySelector<HTMLElement>(`[data-line="${CSS.escape(target)}"] input`);
  (document.getElementById(`field-${target}`) ?? line)?.focus();
}

/** Leaves a field for the case around it, where letters act. */
export const focusCase = (): void => document.querySelector<HTMLElement>(".case h1")?.focus({ preventScroll: true });
