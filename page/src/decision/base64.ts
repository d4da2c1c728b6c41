/** Characters that one call of fromCharCode takes without running out of stack. */
const chunk = 0x8000;

/** RFC 4648, section 4. */
export function base64Of(content: ArrayBuffer): string {
  const bytes = new Uint8Array(content);
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
}

/** The browser's guess of a file's media type, without parameters; unknown or odd ones are just bytes. */
export const mediaTypeOf = (type: string): string =>
  /^[\w.+-]+\/[\w.+-]+$/.test(type) && type.length <= 100 ? type : "application/octet-stream";
