import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { VimFaultError } from '../errors.js';
import type { ManagedObjectReference } from '../raw.js';
import { referenceAnswer } from '../soap/answers.js';
import type { OperationName } from '../soap/operations.js';
import type { VimClient } from '../vim-client.js';
import { readObject } from './read-object.js';

const firstPollMs = 100;
const longestPollMs = 2_000;

const outcome = z.object({
  'info.state': z.string().default(''),
  'info.error': z
    .object({
      fault: z.object({ $type: z.string().optional() }).optional(),
      localizedMessage: z.string().optional(),
    })
    .optional()
    .catch(undefined),
});

/**
 * Starts a task of the source and waits until it has ended.
 *
 * @throws VimFaultError where the source refuses the task or it fails.
 */
export async function runTask(
  client: VimClient,
  operation: OperationName,
  target: ManagedObjectReference,
  signal: AbortSignal,
): Promise<void> {
  const task = await client.ask(operation, target, {}, referenceAnswer, { signal });
  for (let pause = firstPollMs; ; pause = Math.min(pause * 2, longestPollMs)) {
    const info = await readObject(client, task, ['info.state', 'info.error'], signal);
    // A task that is forgotten ended long ago; whoever called looks at the machine anyway.
    if (info === undefined) return;
    const { 'info.state': state, 'info.error': error } = outcome.parse(info);
    if (state === 'success') return;
    if (state === 'error') {
      throw new VimFaultError(
        client.address,
        operation,
        error?.fault?.$type ?? 'TaskFailed',
        error?.localizedMessage ?? '',
        undefined,
        target.value,
      );
    }
    await delay(pause, undefined, { signal });
  }
}
