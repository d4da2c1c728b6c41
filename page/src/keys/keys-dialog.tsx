import { useEffect, useRef } from "preact/hooks";
import { keyHelp } from "./keymap.ts";

/** All keys, in a dialog of the browser's own: it holds the focus, closes on Escape and gives the focus back. */
export function KeysDialog({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} aria-labelledby="keys" onClose={close}>
      <h2 id="keys">Keys</h2>
      <dl>
        {keyHelp.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">Single letters act outside fields; Esc leaves a field.</p>
      <button type="button" onClick={close}>
        Close<kbd>Esc</kbd>
      </button>
    </dialog>
  );
}
