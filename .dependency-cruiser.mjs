/** The direction of the data is the direction of the imports; see docs/architecture.md. */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

export default {
  forbidden: [
    never(
      'errors-know-nothing',
      'src/errors is the base of all parts. Put what you need beside the error that uses it.',
      '^src/errors/',
      '^src/(?!errors/)',
    ),
    never(
      'graph-knows-no-part-above-it',
      'src/graph offers the model and the queries. Pass what it needs as a parameter.',
      '^src/graph/',
      '^src/(collectors|concerns|search|schema|reports|planner|executor|server|cli)/',
    ),
    never(
      'collectors-do-not-look-ahead',
      'A collector hands over records. Concerns, search and plans read them from the graph.',
      '^src/collectors/',
      '^src/(concerns|search|schema|reports|planner|executor|server|cli)/',
    ),
    never(
      'collectors-never-touch-the-store',
      'Only the engine writes. Return pages or changes from the collector instead.',
      '^src/collectors/(vsphere|kubevirt|ovirt|openstack|ova|rvtools)/',
      '^src/graph/(query|loader|driver)/',
    ),
    never(
      'concerns-do-not-look-ahead',
      'Concerns read the graph. A plan asks for concerns, not the other way round.',
      '^src/concerns/',
      '^src/(schema|reports|planner|executor|server|cli)/',
    ),
    never(
      'search-does-not-look-ahead',
      'Search compiles to Cypher from the model. Let the caller run it.',
      '^src/search/',
      '^src/(schema|reports|planner|executor|server|cli)/',
    ),
    never(
      'planner-does-not-execute',
      'The planner writes plans. The executor reads them from the graph.',
      '^src/planner/',
      '^src/(schema|executor|server|cli)/',
    ),
    never(
      'executor-does-not-know-the-api',
      'The executor records progress in the graph. The API reads it there.',
      '^src/executor/',
      '^src/(schema|server/http|cli)/',
    ),
    never(
      'the-command-line-speaks-the-api',
      'The command line is a client. What it needs belongs into the GraphQL API or an HTTP route.',
      '^src/cli/',
      '^src/(collectors/(vsphere|kubevirt)|planner|executor|concerns)/',
    ),
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or need a third one below both.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'], exportsFields: ['exports'] },
  },
};
