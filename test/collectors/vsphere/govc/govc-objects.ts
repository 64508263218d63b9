import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { labBinary } from '../../../lab/lab-binary.js';
import type { Vcsim } from '../../../lab/vcsim.js';

const update = z.object({
  obj: z.object({ type: z.string(), value: z.string() }),
  changeSet: z
    .array(z.object({ name: z.string(), val: z.unknown() }))
    .nullable()
    .transform((changes) => changes ?? []),
});

/** One object as govc prints it. */
export interface GovcObject {
  readonly type: string;
  readonly id: string;
  /** Values by property path. A list is what Go makes of it: an object with `_value`. */
  readonly values: Readonly<Record<string, unknown>>;
}

function asObject(text: string): GovcObject {
  const { obj, changeSet } = update.parse(JSON.parse(text));
  const values = Object.fromEntries(changeSet.map(({ name, val }) => [name, val]));
  return { type: obj.type, id: obj.value, values };
}

/** Objects of a type, subclasses included, as `govc object.collect` prints them, one by one. */
export async function* govcObjects(
  vcsim: Vcsim,
  type: string,
  paths: readonly string[],
): AsyncGenerator<GovcObject> {
  const child = spawn(
    await labBinary('govc'),
    ['object.collect', '-json', '-type', type, '/', ...paths],
    { env: { ...process.env, ...vcsim.govcEnvironment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  let text = '';
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    text += line;
    // Documents follow one another; a brace at the margin alone ends one.
    if (line !== '}') continue;
    yield asObject(text);
    text = '';
  }
  const status = await ended;
  if (status !== 0) throw new Error(`govc object.collect ${type} ended with ${String(status)}`);
}
