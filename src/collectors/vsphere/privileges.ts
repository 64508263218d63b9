import type { Finding } from '../contract.js';
import { VimFaultError } from './errors.js';
import { entityPrivileges, userPrivileges } from './soap/answers.js';
import { referenceArgument } from './soap/arguments.js';
import type { VimClient } from './vim-client.js';

/** What the product does at a source, by the privilege that vSphere asks for it. */
const needed: Readonly<Record<string, string>> = {
  'System.Read': 'objects could not be read',
  'System.View': 'objects would be missing without a word from the source',
  'VirtualMachine.Interact.PowerOff': 'a machine could not be shut down before it is copied',
  'VirtualMachine.Interact.PowerOn':
    'a machine could not be started again when its migration is rolled back',
  'VirtualMachine.State.CreateSnapshot': 'a running machine could not be copied',
  'VirtualMachine.State.RemoveSnapshot': 'snapshots of a copy would be left behind',
  'VirtualMachine.Provisioning.DiskRandomRead': 'disks could not be copied',
  'VirtualMachine.Provisioning.GetVmFiles': 'the files of a machine could not be fetched',
  'VirtualMachine.Config.ChangeTracking':
    'changed block tracking could not be switched on, so that warm migrations copy everything again',
  'Datastore.Browse': 'disk files could not be found',
  'Datastore.FileManagement': 'left-over files of a copy could not be removed',
};

/** Without these nothing can be collected; the others are needed from the first migration on. */
const neededToCollect: ReadonlySet<string> = new Set(['System.Read', 'System.View']);

export const neededPrivileges = Object.keys(needed);

export interface PrivilegeCheck {
  readonly present: readonly string[];
  readonly missing: readonly string[];
}

/** Asks for the session, which is right for groups and nested roles too. */
async function forSession(client: VimClient, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { authorizationManager, rootFolder } = client.content;
  if (authorizationManager === undefined) throw notOffered(client);
  const answer = await client.call(
    'HasPrivilegeOnEntities',
    authorizationManager,
    {
      entity: [referenceArgument(rootFolder)],
      sessionId: client.session ?? '',
      privId: neededPrivileges,
    },
    { signal },
  );
  const [first] = entityPrivileges.parse(answer);
  if (first === undefined || first.privAvailability.length === 0) throw notOffered(client);
  return new Set(
    first.privAvailability.filter(({ isGranted }) => isGranted).map(({ privId }) => privId),
  );
}

/** Asks for the account by name: newer, but servers differ in how they want it written. */
async function forUser(client: VimClient, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { authorizationManager, rootFolder } = client.content;
  if (authorizationManager === undefined) throw notOffered(client);
  const answer = await client.call(
    'FetchUserPrivilegeOnEntities',
    authorizationManager,
    {
      entities: [referenceArgument(rootFolder)],
      userName: client.configuration.username,
    },
    { signal },
  );
  const [first] = userPrivileges.parse(answer);
  if (first === undefined) throw notOffered(client);
  return new Set(first.privileges);
}

const notOffered = (client: VimClient): VimFaultError =>
  new VimFaultError(client.address, 'HasPrivilegeOnEntities', 'NotSupported', 'it gives no answer');

/**
 * Which of the needed privileges the account has on the root folder.
 *
 * @throws VimFaultError where the source does not say.
 */
export async function checkPrivileges(
  client: VimClient,
  signal: AbortSignal,
): Promise<PrivilegeCheck> {
  let granted: ReadonlySet<string>;
  try {
    granted = await forSession(client, signal);
  } catch (error) {
    if (!(error instanceof VimFaultError)) throw error;
    granted = await forUser(client, signal);
  }
  return {
    present: neededPrivileges.filter((privilege) => granted.has(privilege)),
    missing: neededPrivileges.filter((privilege) => !granted.has(privilege)),
  };
}

/** One finding for each missing privilege, by name. */
export const privilegeFindings = ({ missing }: PrivilegeCheck): Finding[] =>
  missing.map((privilege) => ({
    severity: neededToCollect.has(privilege) ? 'blocker' : 'warning',
    what: `the privilege ${privilege} is missing on the root folder`,
    effect: `without it ${needed[privilege] ?? 'some steps would fail'}`,
    remedy: `Add ${privilege} to the account's role, granted on the root folder and passed on to children`,
  }));

/** Never silently taken for granted. */
export const uncheckedPrivileges = (why: string): Finding => ({
  severity: 'warning',
  what: `the privileges of the account could not be checked (${why})`,
  effect: 'a missing privilege shows only when a migration needs it',
  remedy: `Compare the account's role with the list: ${neededPrivileges.join(', ')}`,
});
