const longest = 1_500;
// What is left when colours and cursor movements are taken out of a log.
// eslint-disable-next-line no-control-regex -- Escape sequences begin with a control character.
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/gu;

/** The end of a log as part of a sentence: its last lines, without what a terminal would act on. */
export function logExcerpt(log: string): string {
  const lines = log
    .replaceAll(escapes, '')
    .split(/[\r\n]+/u)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trim())
    .filter((line) => line !== '');
  return lines.join(' | ').slice(-longest);
}
