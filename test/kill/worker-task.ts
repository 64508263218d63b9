import { z } from 'zod';

/** What a worker process is told by the test that starts it; a file, since it holds addresses with passwords. */
export const workerTaskSchema = z.object({
  neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string() }),
  redisUrl: z.string(),
  kubeconfigPath: z.string(),
  vcsim: z.object({
    host: z.string(),
    username: z.string(),
    password: z.string(),
    sha256: z.string(),
  }),
  config: z.looseObject({ queue: z.string() }),
  /** Where to die: names of kill points by machine. */
  deaths: z.record(z.string(), z.array(z.string())),
  /** Where to stop by SIGSTOP, to be woken from outside: names of kill points by machine. */
  naps: z.record(z.string(), z.array(z.string())).default({}),
  /** A line for every death and nap, written before it. */
  diary: z.string(),
});
export type WorkerTask = z.output<typeof workerTaskSchema>;
