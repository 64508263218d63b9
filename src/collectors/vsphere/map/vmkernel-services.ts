import type { Fields } from './fields.js';

/** Pairs of VMkernel device and the service that it was chosen for. */
export function servicesByDevice(host: Fields): readonly (readonly [string, string])[] {
  return host.objects('config.virtualNicManagerInfo.netConfig').flatMap((config) => {
    const service = config.filled('nicType');
    const chosen = new Set(config.texts('selectedVnic'));
    return config.objects('candidateVnic').flatMap((candidate) => {
      const device = candidate.filled('device');
      const isChosen = chosen.has(candidate.text('key') ?? '');
      return isChosen && device !== undefined && service !== undefined
        ? [[device, service] as const]
        : [];
    });
  });
}
