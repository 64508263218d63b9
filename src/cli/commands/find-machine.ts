import { z } from 'zod';
import { CliError } from '../cli-error.js';
import type { ApiClient } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';

const found = z.object({
  virtualMachines: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })),
  }),
});

/** The id of the machine a person means by an id or a name. Throws CliError where it is not one. */
export const findMachineId = async (api: ApiClient, idOrName: string): Promise<string> => {
  if (/^[^/]+\/VirtualMachine\//.test(idOrName)) return idOrName;
  const { virtualMachines } = await api.query(
    `query machine($name: String!) {
      virtualMachines(where: { name: { eq: $name } }, first: 2) { edges { node { id name } } }
    }`,
    { name: idOrName },
    found,
  );
  const [first, second] = virtualMachines.edges;
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
