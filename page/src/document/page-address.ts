import { useEffect, useState } from "preact/hooks";
import type { Client } from "../api/client.ts";
import { sentence } from "../api/problem.ts";

/** Where a page's image is for now. `page` says whose, since the next one is fetched while this one is still shown. */
type PageAddress =
  | { readonly kind: "fetching" }
  | { readonly kind: "known"; readonly page: number; readonly url: string }
  | { readonly kind: "failed"; readonly because: string };

/**
 * Fetches the short-lived address of a page's image. The earlier address stays until the new one is there, so that nothing flickers.
 * @param attempt - counts renewals: an address that ran out is fetched again.
 */
export function usePageAddress(client: Client, caseId: string, page: number, attempt: number): PageAddress {
  const [address, setAddress] = useState<PageAddress>({ kind: "fetching" });
  useEffect(() => {
    let isCurrent = attempt >= 0;
    client.call("getPage", { path: { caseId, page } }).then(
      ({ url }) => isCurrent && setAddress({ kind: "known", page, url }),
      (error: unknown) => isCurrent && setAddress({ kind: "failed", because: sentence(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, caseId, page, attempt]);
  return address;
}
