import type { Omission, RawObject } from '../contract.js';
import { isVsphereType, kindOfType } from './kind-of-type.js';
import { fullPaths } from './paths.js';
import type { ObjectContent } from './soap/answers.js';

type Missing = ObjectContent['missingSet'][number];

const requested: ReadonlySet<string> = new Set(Object.values(fullPaths).flat());

const reason = ({ fault }: Missing): string => {
  const type = fault?.fault?.$type ?? 'the source gives no reason';
  const privilege = fault?.fault?.privilegeId;
  const words = privilege === undefined ? '' : ` (${privilege})`;
  const message = fault?.localizedMessage ?? '';
  return message === '' ? `${type}${words}` : `${type}${words}: ${message}`;
};

/** Remembers what was already said about a type, so that 10,000 machines do not repeat it. */
export type SaidBefore = Set<string>;

const isAboutTheType = (missing: Missing): boolean =>
  missing.fault?.fault?.$type === 'InvalidProperty';

/**
 * Omissions of one object: a path that this version of the source does not know is said once for
 * its type, refusals of one object are said together by reason.
 */
export function omissionsOf(content: ObjectContent, saidBefore: SaidBefore): Omission[] {
  const { obj, missingSet } = content;
  if (missingSet.length === 0 || !isVsphereType(obj.type)) return [];
  const kind = kindOfType(obj.type);
  const omissions: Omission[] = [];
  const byReason = new Map<string, string[]>();
  for (const missing of missingSet) {
    const why = reason(missing);
    const said = `${obj.type}/${missing.path}`;
    if (!isAboutTheType(missing)) byReason.set(why, [...(byReason.get(why) ?? []), missing.path]);
    else if (!saidBefore.has(said)) {
      saidBefore.add(said);
      omissions.push({ kind, what: missing.path, why });
    }
  }
  for (const [why, paths] of byReason) {
    omissions.push({ kind, externalId: obj.value, what: paths.join(', '), why });
  }
  return omissions;
}

/** The raw object, without what only the reader knows; see `enrich`. */
export function rawObject(content: ObjectContent): RawObject {
  const body: Record<string, unknown> = {};
  for (const { name, val } of content.propSet) {
    if (requested.has(name) && val !== undefined) body[name] = val;
  }
  return { type: content.obj.type, externalId: content.obj.value, body };
}
