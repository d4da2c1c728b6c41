import { useEffect } from "preact/hooks";
import { useStore } from "../store.ts";
import { Text } from "../view/text.tsx";
import { marksOf } from "./evidence.ts";
import type { EvidenceViewProps } from "./evidence-view.ts";
import { Paper } from "./paper.tsx";
import { zoomBy } from "./zoom.ts";

/** The document as images of its pages, with the boxes of what was found; the one looked at is lit and in sight. */
export function PagesView({ client, subject, active, viewing, onPick, onSeen }: EvidenceViewProps) {
  const { page, zoom } = useStore(viewing);
  const { caseId, pages, fileName } = subject.case;
  const marks = marksOf(subject);
  const activePage = marks.find((mark) => mark.target === active)?.page;
  const turn = (step: 1 | -1) =>
    viewing.update((now) => ({ ...now, page: Math.min(Math.max(now.page + step, 1), Math.max(pages, 1)) }));
  const size = (step: 1 | -1) => viewing.update((now) => ({ ...now, zoom: zoomBy(now.zoom, step) }));

  useEffect(() => {
    if (activePage !== undefined)
      viewing.update((now) => (now.page === activePage ? now : { ...now, page: activePage }));
  }, [active, activePage, viewing]);

  return (
    <>
      <div class="tools" role="toolbar" aria-label="Document">
        <span>
          <button
            type="button"
            onClick={() => turn(-1)}
            disabled={page <= 1}
            aria-label="Previous page"
            title="Previous page ["
          >
            ‹
          </button>
          Page {Math.min(page, Math.max(pages, 1))} of {Math.max(pages, 1)}
          <button
            type="button"
            onClick={() => turn(1)}
            disabled={page >= pages}
            aria-label="Next page"
            title="Next page ]"
          >
            ›
          </button>
        </span>
        <span>
          <button type="button" onClick={() => size(-1)} aria-label="Smaller" title="Smaller -">
            −
          </button>
          {Math.round(zoom * 100)} %
          <button type="button" onClick={() => size(1)} aria-label="Larger" title="Larger +">
            +
          </button>
        </span>
        <span class="file" title={fileName}>
          <Text>{fileName}</Text>
        </span>
      </div>
      {pages === 0 ? (
        <p class="hint">No page of this document could be shown. The reason stands at the right.</p>
      ) : (
        <Paper
          key={caseId}
          client={client}
          caseId={caseId}
          page={page}
          zoom={zoom}
          marks={marks.filter((mark) => mark.page === page)}
          active={active}
          onPick={onPick}
          onSeen={onSeen}
        />
      )}
    </>
  );
}
