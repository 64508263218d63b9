import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('estate.py', import.meta.url));

const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(
      `${name} is not set: the lane needs a cloud, given by the variables of its openrc file`,
    );
  }
  return value;
};

/** The configuration of the cloud that the OS_ variables name, as a person would enter it. */
export const realCloud = (
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => {
  const address = variable('OS_AUTH_URL');
  return {
    address,
    username: variable('OS_USERNAME'),
    password: variable('OS_PASSWORD'),
    projectName: variable('OS_PROJECT_NAME'),
    ...(address.startsWith('http:') ? { allowPlainHttp: true } : {}),
    ...more,
  };
};

/** What OpenStack's own client says after it counted or changed something. */
export async function estate(...words: readonly string[]): Promise<Record<string, unknown>> {
  const python = process.env.OPAL_OPENSTACK_PYTHON ?? 'python3';
  const { stdout } = await run(python, [script, ...words]);
  return (JSON.parse(stdout) ?? {}) as Record<string, unknown>;
}
