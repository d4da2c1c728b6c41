import { useEffect, useRef, useState } from "preact/hooks";
import type { Client } from "../api/client.ts";
import { type Mark, placeOf } from "./evidence.ts";
import { usePageAddress } from "./page-address.ts";
import { bringIntoView } from "./scroll.ts";

interface Props {
  readonly client: Client;
  readonly caseId: string;
  readonly page: number;
  readonly zoom: number;
  readonly marks: readonly Mark[];
  readonly active: string | null;
  onPick(target: string): void;
  onSeen(page: number): void;
}

/** One page: its image, and over it the boxes, which follow its size. */
export function Paper({ client, caseId, page, zoom, marks, active, onPick, onSeen }: Props) {
  const [attempt, setAttempt] = useState(0);
  const [shownPage, setShownPage] = useState<number | null>(null);
  const [broken, setBroken] = useState(false);
  const address = usePageAddress(client, caseId, page, attempt);
  const desk = useRef<HTMLDivElement>(null);
  const isShown = shownPage === page;

  useEffect(() => {
    const lit = desk.current?.querySelector("[data-lit]");
    if (isShown && desk.current !== null && lit instanceof HTMLElement) bringIntoView(desk.current, lit);
  }, [active, isShown, zoom]);

  const again = () => {
    setBroken(false);
    setAttempt((count) => count + 1);
  };
  // The address of an image lasts five minutes: the first failure fetches a new one, the second is told.
  const onError = () => (attempt === 0 ? again() : setBroken(true));

  return (
    <div ref={desk} class="desk" tabIndex={-1}>
      {(address.kind === "failed" || broken) && (
        <p class="hint" role="alert">
          {address.kind === "failed" ? address.because : "The image of this page could not be loaded."}{" "}
          <button type="button" onClick={again}>
            Try again
          </button>
        </p>
      )}
      <div class="paper" style={{ "--zoom": String(zoom) }} data-shown={isShown}>
        {address.kind === "known" && (
          <img
            src={address.url}
            alt={`Page ${address.page} of the document`}
            onLoad={() => {
              setShownPage(address.page);
              setBroken(false);
              onSeen(address.page);
            }}
            onError={onError}
          />
        )}
        {isShown &&
          marks.map((mark, at) => (
            <button
              key={`${mark.target}-${at}`}
              type="button"
              class={mark.target.startsWith("line:") ? "box row" : "box"}
              tabIndex={-1}
              aria-label={`${mark.label}: go to its field`}
              data-lit={mark.target === active ? "" : undefined}
              style={placeOf(mark.box)}
              onClick={() => onPick(mark.target)}
            />
          ))}
      </div>
    </div>
  );
}
