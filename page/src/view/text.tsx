/**
 * Marks that turn or hide text, as ranges of code points: control codes, soft hyphen, zero-width and bidirectional controls (UAX #9), tag characters.
 * @see Unicode Technical Report 36, Unicode Security Considerations
 */
const deceptive: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
];

const isMark = (codePoint: number) => deceptive.some(([first, last]) => codePoint >= first && codePoint <= last);

/** Text from outside with such marks spelled out ("[U+202E]"), so that what is read is what is there. */
export function visible(text: string): string {
  let shown = "";
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    shown += isMark(codePoint) ? `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]` : character;
  }
  return shown;
}

export const isDeceptive = (text: string): boolean => visible(text) !== text;

/** Text from outside: a text node, isolated from the direction of what surrounds it. */
export const Text = ({ children }: { children: string }) => <bdi>{visible(children)}</bdi>;
