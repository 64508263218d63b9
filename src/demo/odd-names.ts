/**
 * Names that people really give, or that break programs that are careless: characters of paths,
 * formulas of spreadsheets, other scripts, spaces at the ends, the longest that vSphere takes.
 */
export const oddNames: readonly [string, ...string[]] = [
  'web/prod/01',
  'café-münchen-01',
  'Finance DB (do NOT touch!)',
  '数据库-主',
  'имя сервера 7',
  'a'.repeat(80),
  '=HYPERLINK("http://example.com")',
  'Copy of Copy of mail',
  'back\\slash',
  '100% done',
  '-starts-with-dash',
  'null',
  'O\'Brien\'s "test"',
  '🚀 launch',
  'under_score_host',
  ' leading and trailing ',
  'שרת-בדיקה',
  'tab\there',
  'ends.with.dot.',
  'éclair-nfd'.normalize('NFD'),
];

/** Machines of this name stand in several folders: a name is no identity. */
export const duplicateName = 'appliance';
