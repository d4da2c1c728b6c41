import type { Message } from "../../../shared/contracts/case.ts";
import { showTime } from "../view/clock.ts";
import { Text } from "../view/text.tsx";

/** What sender and reviewers wrote to each other, oldest first. */
export function Thread({ messages, now }: { messages: readonly Message[]; now: number }) {
  if (messages.length === 0) return null;
  return (
    <section class="thread" aria-labelledby="thread">
      <h2 id="thread">Messages</h2>
      <ol>
        {messages.map((message, at) => (
          <li key={`${message.at}-${at}`} class={message.from}>
            <p class="soft">
              <Text>{message.byName}</Text> ({message.from}) ·{" "}
              <time dateTime={message.at}>{showTime(message.at, now)}</time>
            </p>
            <p class="said">
              <Text>{message.text}</Text>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
