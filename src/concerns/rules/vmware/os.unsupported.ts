import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { isSupportedGuestId, isSupportedGuestName } from './supported-guests.js';

const filled = (text: string | null): text is string => text !== null && text.trim() !== '';

export const osUnsupported = defineRule({
  id: 'vmware.os.unsupported',
  category: 'Warning',
  label: 'The guest operating system is not supported',
  version: 1,
  fires:
    'The operating system is not Red Hat Enterprise Linux 7 to 10, Windows 10 or 11, or Windows Server 2016, 2019, 2022 or 2025. What the guest agent reports counts before what is configured; the configured name and id count where it reports nothing.',
  deviation:
    'What the guest agent reports counts before the configured id too: a machine that is set to Red Hat Enterprise Linux and runs something else fires. White space alone counts as no name.',
  effect:
    'Nobody vouches for the conversion: it may fail, or the guest may come up without drivers for disk or network.',
  remedy:
    'Migrate one machine of this operating system as a trial. If it comes up, accept the concern for all of them; else upgrade or rebuild the guests.',
  find: ({ guestId, guestName, guestNameFromTools }) => {
    const supported = filled(guestNameFromTools)
      ? isSupportedGuestName(guestNameFromTools)
      : isSupportedGuestName(guestName ?? '') || isSupportedGuestId(guestId ?? '');
    if (supported) return [];
    const system = [guestNameFromTools, guestName, guestId].find(filled) ?? null;
    return [{ system, guestId: filled(guestId) ? guestId : null }];
  },
  cause: {
    kinds: ['OperatingSystem', 'VirtualMachine'],
    reason:
      'A trial of one release decides for all machines of the source that run it. Where the release is unknown, each machine is a cause of its own.',
    at: ({ guestId, system }, vm) =>
      guestId === null
        ? machinePlace(vm)
        : {
            kind: 'OperatingSystem',
            id: `${vm.source}/OperatingSystem/${guestId}`,
            name: system ?? guestId,
          },
    label: ({ kind, name }) =>
      kind === 'OperatingSystem'
        ? `Try the migration of one machine with ${name}`
        : `Find out the operating system of machine ${name}`,
  },
  assessment: ({ system }) =>
    system === null
      ? 'The operating system is unknown, so nobody vouches for its conversion. Let the guest agent report it.'
      : `${system} is not among the supported operating systems. Try the migration of one such machine first.`,
});
