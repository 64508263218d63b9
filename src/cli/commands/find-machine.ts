import { z } from 'zod';
import { CliError } from '../cli-error.js';
import type { ApiClient } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';

const found = z.object({
  sources: z.array(z.object({ id: z.string(), kind: z.string() })),
  virtualMachines: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), source: z.string() }) })),
  }),
});

/**
 * The id of the machine a person means by an id or a name. One that was migrated bears the name of
 * its source, which is then the one that is meant. Throws CliError where it is not one.
 */
export const findMachineId = async (api: ApiClient, idOrName: string): Promise<string> => {
  if (/^[^/]+\/VirtualMachine\//.test(idOrName)) return idOrName;
  const { sources, virtualMachines } = await api.query(
    `query machine($name: String!) {
      sources { id kind }
      virtualMachines(where: { name: { eq: $name } }, first: 100) { edges { node { id source } } }
    }`,
    { name: idOrName },
    found,
  );
  const targets = sources.filter(({ kind }) => kind === 'kubevirt').map(({ id }) => id);
  const named = virtualMachines.edges;
  const atSources = named.filter(({ node }) => !targets.includes(node.source));
  const [first, second] = atSources.length === 0 ? named : atSources;
  if (first !== undefined && second === undefined) return first.node.id;
  throw new CliError(
    {
      what: first === undefined ? 'There is no such machine' : 'Several machines have this name',
      subject: idOrName,
      why: first === undefined ? 'none has this name or id' : 'names are not unique',
      remedy: `Find its id: opal search "vms where name contains '${idOrName}'"`,
    },
    ExitCode.notFound,
  );
};
