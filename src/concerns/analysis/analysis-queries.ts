import { z } from 'zod';
import { defineQuery } from '../../graph/query/define-query.js';

const after = z.object({ after: z.int() });
const ids = z.array(z.string());

export const holdingsAfter = defineQuery({
  file: 'cause/holdings',
  params: after,
  row: z.object({ id: z.string(), unknown: z.boolean(), causes: ids }),
});

export const evaluatedMachines = defineQuery({
  file: 'concern/evaluated-machines',
  params: z.object({}),
  row: z.object({ id: z.string() }),
});

export const causeDetails = defineQuery({
  file: 'cause/details',
  params: z.object({ ids }),
  row: z.object({
    id: z.string(),
    label: z.string(),
    remedy: z.string(),
    rule: z.string(),
    category: z.string(),
    at: z.string(),
    atKind: z.string(),
    place: z.string().nullable(),
  }),
});

const number = z.number().nullable();
const text = z.string().nullable();

export const featuresAfter = defineQuery({
  file: 'virtual-machine/features',
  params: after,
  row: z.object({
    id: z.string(),
    cpuCount: number,
    memoryMB: number,
    diskCapacityBytes: number,
    diskCount: number,
    nicCount: number,
    firmware: text,
    guestId: text,
    osFamily: text,
    rules: ids,
    causes: ids,
    networks: ids,
    datastores: ids,
    clusters: ids,
    tags: ids,
  }),
});

export const namesOf = defineQuery({
  file: 'concern/names',
  params: z.object({ ids }),
  row: z.object({ id: z.string(), name: z.string() }),
});
