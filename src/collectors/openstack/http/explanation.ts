import type { HttpAnswer } from './transport.js';

const longestExplanation = 300;

const messageIn = (body: unknown, depth = 0): string | undefined => {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null || depth > 3) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...body };
  if (typeof fields.message === 'string') return fields.message;
  if (typeof fields.faultstring === 'string') return fields.faultstring;
  // Each service wraps its message in a word of its own: error, forbidden, NeutronError, …
  return Object.values(fields)
    .map((field) => (typeof field === 'object' ? messageIn(field, depth + 1) : undefined))
    .find((message) => message !== undefined);
};

/** What a service says about a refusal, in one line, with its status. */
export function explanationOf({ status, body }: HttpAnswer): string {
  const message = messageIn(body)?.replace(/\s+/gu, ' ').trim() ?? '';
  const words =
    message.length > longestExplanation ? `${message.slice(0, longestExplanation)}…` : message;
  return words === '' ? `HTTP status ${status}` : `${words} (HTTP status ${status})`;
}
