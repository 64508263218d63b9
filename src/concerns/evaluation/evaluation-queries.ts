import { z } from 'zod';
import { defineQuery } from '../../graph/query/define-query.js';
import { workloadShape } from '../workload/workload.js';

const marked = z.object({ marked: z.int() });
const after = z.object({ source: z.string(), through: z.int() });

export const workloads = defineQuery({
  file: 'virtual-machine/workload',
  params: z.object({
    ids: z.array(z.string()),
    deviceClasses: z.array(z.string()),
    deviceTypes: z.array(z.string()),
  }),
  row: z.object({
    ...workloadShape,
    hash: z.string().nullable(),
    evaluationDigest: z.string().nullable(),
    concernCount: z.int(),
  }),
});

export const disksOverFile = defineQuery({
  file: 'disk/over-file',
  params: z.object({ source: z.string(), stems: z.array(z.string()) }),
  row: z.object({ id: z.string(), file: z.string(), datastore: z.string().nullable() }),
});

export const evaluationSources = defineQuery({
  file: 'concern/sources',
  params: z.object({}),
  row: z.object({
    id: z.string(),
    kind: z.string(),
    through: z.int().nullable(),
    runningSync: z.int().nullable(),
    lastChange: z.int().nullable(),
    lastRemoval: z.int().nullable(),
  }),
});

export const markChanged = defineQuery({
  file: 'concern/mark-changed',
  params: after,
  row: marked,
  idempotent: true,
});

export const markAfterRemovals = defineQuery({
  file: 'concern/mark-after-removals',
  params: after,
  row: marked,
  idempotent: true,
});

export const forgetRemovedPlaces = defineQuery({
  file: 'concern/forget-removed-places',
  params: after,
  row: z.object({ gone: z.int(), machines: z.int() }),
  idempotent: true,
});

export const forgetRemovedSources = defineQuery({
  file: 'concern/forget-removed-sources',
  params: z.object({ counter: z.string() }),
  row: z.object({ removed: z.int() }),
  idempotent: true,
});

export const changedPlaces = defineQuery({
  file: 'concern/changed-places',
  params: after,
  row: z.object({ id: z.string(), facts: z.array(z.string()) }),
});

export const markAroundPlaces = defineQuery({
  file: 'concern/mark-around-places',
  params: z.object({
    source: z.string(),
    places: z.array(z.object({ id: z.string(), facts: z.array(z.string()) })),
  }),
  row: marked,
  idempotent: true,
});

export const markAll = defineQuery({
  file: 'concern/mark-all',
  params: z.object({ source: z.string() }),
  row: marked,
  idempotent: true,
});

export const advance = defineQuery({
  file: 'concern/advance',
  params: after,
  row: z.object({ through: z.int() }),
  idempotent: true,
});

export const countDueMachines = defineQuery({
  file: 'concern/due-count',
  params: z.object({ source: z.string(), catalogue: z.string() }),
  row: z.object({ due: z.int() }),
});

export const dueMachines = defineQuery({
  file: 'concern/due',
  params: z.object({ source: z.string(), catalogue: z.string() }),
  row: z.object({ id: z.string() }),
});
