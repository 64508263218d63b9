/** A command of the README with what it says that the command prints. */
export interface ConsoleStep {
  readonly command: string;
  /** `…` on its own stands for any lines, within a line for any text. */
  readonly output: readonly string[];
}

const fence = /^```console\n(?<body>[\s\S]*?)^```$/gmu;

/** Lines with those joined that end with a backslash. */
export function joinContinued(text: string): string[] {
  return text.replaceAll(/\s*\\\n\s*/gu, ' ').split('\n');
}

/** The commands of all console blocks under a heading, in their order. */
export function consoleSteps(markdown: string, heading: string): ConsoleStep[] {
  const start = markdown.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`there is no heading ${heading}`);
  const end = markdown.indexOf('\n## ', start + 1);
  const section = markdown.slice(start, end < 0 ? undefined : end);
  const steps: { command: string; output: string[] }[] = [];
  for (const { groups } of section.matchAll(fence)) {
    for (const line of joinContinued((groups?.body ?? '').trimEnd())) {
      if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: [] });
      else steps.at(-1)?.output.push(line.trimEnd());
    }
  }
  return steps;
}

function lineMatches(expected: string, actual: string): boolean {
  const [first = '', ...parts] = expected.split('…');
  if (parts.length === 0) return actual === first;
  let place = first.length;
  const found = parts.every((part, index) => {
    const start =
      index === parts.length - 1 ? actual.length - part.length : actual.indexOf(part, place);
    if (start < place || !actual.startsWith(part, start)) return false;
    place = start + part.length;
    return true;
  });
  return actual.startsWith(first) && found;
}

/** Whether what was printed is what the README says. */
export function outputMatches(expected: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return actual.length === 0;
  if (first === '…') {
    return actual.some((_, index) => outputMatches(rest, actual.slice(index))) || rest.length === 0;
  }
  const [line, ...others] = actual;
  return line !== undefined && lineMatches(first, line) && outputMatches(rest, others);
}

/** The line among those printed before that a command with `…` in it stands for. */
export function completeCommand(command: string, printed: readonly string[]): string {
  if (!command.includes('…')) return command;
  const found = printed.map((line) => line.trim()).find((line) => lineMatches(command, line));
  if (found === undefined) throw new Error(`nothing that was printed before fits: ${command}`);
  return found;
}
